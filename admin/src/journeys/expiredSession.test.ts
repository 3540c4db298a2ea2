import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, emailOf, hasChromium, type Journey, signIn, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';
const PASSWORD = 'four words for testing';

describe.skipIf(!hasChromium)('whose session ends while they write', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Rev: ['REVIEWER'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: 'Eva', country: 'DE', class: 'bronze' });
    await tell('openRequest', { program, affiliate: 'eva', id: 'banner', kind: 'CREATIVE', text: 'A banner, please' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('signs in and is at the same place, with what was written', { timeout: ALL_MS }, async () => {
    const { page, context } = await journey.as('Rev', '/requests');
    await page.getByRole('link', { name: 'Creative', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Eva: Creative' });
    await sheet.getByLabel('Write').fill('How wide is it to be?');
    await sheet.getByRole('button', { name: 'Refuse (r)' }).click();
    const dialog = page.getByRole('dialog', { name: 'Refuse what Eva asks for' });
    await dialog.getByLabel('Reason').fill('There is one already');
    await context.clearCookies();
    await dialog.getByRole('button', { name: 'Refuse' }).click();
    await signIn(page, emailOf('Rev'), PASSWORD);
    await sheet.getByText('A banner, please').waitFor();
    expect(await sheet.getByLabel('Write').inputValue()).toBe('How wide is it to be?');
    await sheet.getByRole('button', { name: 'Refuse (r)' }).click();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('There is one already');
    await dialog.getByRole('button', { name: 'Refuse' }).click();
    await page.getByText('Nobody waits for an answer.').waitFor();
    // Only that the session had ended was complained of.
    expect(journey.problems().filter((line) => !line.includes('Sign in, or send a valid token'))).toEqual([]);
  });
});
