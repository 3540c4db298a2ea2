import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';

describe.skipIf(!hasChromium)('staff answer what affiliates ask', () => {
  let journey: Journey;
  const ask = (id: string, kind: string, more: object = {}) =>
    teller(journey.api.as(journey.api.staffToken))('openRequest', { program, affiliate: 'eva', id, kind, text: `About ${id}`, ...more });

  beforeAll(async () => {
    journey = await startJourney({ Rev: ['REVIEWER'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: 'Eva', country: 'DE', class: 'bronze' });
    await ask('banner', 'CREATIVE');
    await ask('ads', 'CHANNEL', { channel: 'google-ads' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('see what comes in by itself, ask back, and grant', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Rev', '/requests');
    await page.getByRole('link', { name: 'Creative', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Eva: Creative' });
    await sheet.getByText('About banner').waitFor();
    await journey.look(page, 'request');
    await sheet.getByLabel('Write').fill('How wide is it to be?');
    await sheet.getByRole('button', { name: 'Ask, and wait for the reply' }).click();
    // With the focus gone along with what had it, too.
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Creative', exact: true }).waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Channel' }).click();
    await page.getByRole('dialog', { name: 'Eva: Channel' }).getByRole('button', { name: 'Grant (a)' }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('dialog', { name: 'Grant what Eva asks for' }).getByRole('button', { name: 'Grant' }).click();
    await page.getByText('Nobody waits for an answer.').waitFor();
    await ask('late', 'OTHER');
    await page.getByRole('link', { name: 'Other' }).waitFor();
    expect(journey.problems()).toEqual([]);
  });
});
