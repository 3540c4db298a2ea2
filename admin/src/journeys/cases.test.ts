import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';

describe.skipIf(!hasChromium)('staff', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Ada: ['ADMIN'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: 'Eva', country: 'DE', class: 'bronze' });
    await tell('recordClick', {
      program,
      id: 'k1',
      affiliate: 'eva',
      visitor: 'v1',
      country: 'DE',
      page: 'promotion',
      channel: 'google-ads',
      keyword: 'cheap',
    });
    await tell('recordOrder', {
      program,
      id: 'o-1',
      visitor: 'v1',
      country: 'DE',
      lines: [{ sku: 'drone', category: 'toys-and-hobbies', price: '90.00' }],
    });
    await tell('recordClick', { program, id: 'k2', affiliate: 'eva', visitor: 'v2', country: 'DE', page: 'home' });
    await tell('recordOrder', {
      program,
      id: 'o-2',
      visitor: 'v2',
      country: 'DE',
      lines: [{ sku: 'drone', category: 'toys-and-hobbies', price: '90.00' }],
    });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('see first what waits, confirm a breach, and find an order by its id', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Ada', '/');
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await page.getByRole('img', { name: 'Commission by status' }).waitFor();
    await journey.look(page, 'dashboard');
    await page
      .getByRole('navigation', { name: 'What waits for you' })
      .getByRole('link', { name: /^Cases/ })
      .click();
    await page.getByRole('row').filter({ hasText: 'Eva' }).getByRole('link').first().click();
    const sheet = page.getByRole('dialog', { name: /^Eva: suspected breach/ });
    await sheet.getByRole('button', { name: 'Confirm the breach' }).waitFor();
    await sheet.getByRole('button', { name: 'Note' }).click();
    const note = page.getByRole('dialog', { name: 'Note' });
    await note.getByLabel('Text').fill('seen in two countries');
    await note.getByRole('button', { name: 'Note' }).click();
    await sheet.getByText('seen in two countries').waitFor();
    await journey.look(page, 'case');
    await sheet.getByRole('button', { name: 'Confirm the breach' }).click();
    await page
      .getByRole('dialog', { name: /^Confirm the breach of/ })
      .getByRole('button', { name: 'Confirm the breach' })
      .click();
    await page.getByText('No case is open.').waitFor();

    await page.keyboard.press('Control+k');
    // What is typed before it is there is not lost.
    await page.keyboard.type('o-1');
    await page.getByRole('option', { name: /o-1/ }).waitFor();
    await journey.look(page, 'palette');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Order o-1' }).waitFor();
    await page.getByRole('button', { name: 'Void' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await journey.look(page, 'help');
    expect(journey.problems()).toEqual([]);
  });
});
