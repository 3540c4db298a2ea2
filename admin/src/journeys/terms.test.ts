import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

describe.skipIf(!hasChromium)('a rate is raised from next month on', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Tess: ['TERMS_EDITOR'], Tom: ['TERMS_EDITOR'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    const program = 'banggood';
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: 'Eva', country: 'DE', class: 'gold' });
    await tell('recordClick', { program, id: 'k1', affiliate: 'eva', visitor: 'v1', country: 'DE', page: 'home' });
    await tell('recordRegistration', { program, customer: 'c1', visitor: 'v1' });
    await tell('recordOrder', {
      program,
      id: 'o1',
      customer: 'c1',
      visitor: 'v1',
      country: 'DE',
      lines: [{ sku: 'drone', category: 'toys-and-hobbies', price: '100.00' }],
    });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('in the grid, read in words beside the old one, published by a second person', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Tess', '/programs/banggood/show');
    await page.getByRole('link', { name: 'Draft the next version' }).click();
    await page.getByRole('heading', { level: 1, name: 'Draft terms of Banggood' }).waitFor();
    await page.getByText('Nothing says anything else than before.').waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);

    await page.getByRole('group', { name: 'Rates of BG-04' }).getByText('A line earns').waitFor();
    const cell = page.getByLabel('toys-and-hobbies, sports-and-outdoor, automobiles-and-motorcycles, gold · new');
    await cell.fill('120');
    await page.getByRole('list', { name: 'What speaks against it' }).waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
    // What cannot be read says nothing of the other clauses: they are not gone.
    expect(await page.getByRole('group', { name: 'What changes' }).getByRole('row').count()).toBe(2);
    await cell.fill('12');
    await page.getByRole('group', { name: 'What changes' }).getByText('12 %').waitFor();
    await page.getByRole('list', { name: 'What speaks against it' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Try on real orders' }).click();
    await page.getByText('1 of 1 orders').waitFor();
    const gold = page.getByRole('group', { name: 'What it would have cost' }).getByRole('row').filter({ hasText: 'gold' });
    expect((await gold.getByRole('cell').allInnerTexts()).slice(0, 5)).toEqual(['1', '1', '1,100 points', '1,200 points', '+100 points']);
    await journey.look(page, 'draft');
    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog', { name: /^Publish version 2 of Banggood/ });
    await dialog.getByText('1 thing changes').waitFor();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('A second person must agree').waitFor();

    const { page: second } = await journey.as('Tom', '/approvals');
    await second.getByRole('link', { name: /^terms from/ }).click();
    const sheet = second.getByRole('dialog', { name: /^terms from/ });
    await sheet.getByRole('button', { name: 'Approve' }).waitFor();
    await journey.look(second, 'approval');
    await sheet.getByRole('button', { name: 'Approve' }).click();
    await second
      .getByRole('dialog', { name: /^Approve: terms from/ })
      .getByRole('button', { name: 'Approve' })
      .click();
    await second.getByText('Nothing waits for a second person.').waitFor();

    await page.goto(`${journey.site.url}#/programs/banggood/show`);
    await page.reload();
    await page.getByRole('combobox', { name: 'Terms' }).click();
    await page.getByRole('option', { name: /^Version 2/ }).waitFor();
    // Reloading breaks off what was being asked.
    expect(journey.problems().filter((line) => !line.includes('ERR_ABORTED'))).toEqual([]);
  });
});
