import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';
const LIST = 'id,name,aliases,countries\n7,Tamsin Orrell,,GB\n8,Orest Valdek,,RU\n9,Nobody Known,,Atlantis\n';

describe.skipIf(!hasChromium)('who may be on a sanctions list', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Ada: ['ADMIN'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('enrollAffiliate', { program, affiliate: 'tam', name: 'Tamsin Orrell', country: 'GB' });
    await tell('enrollAffiliate', { program, affiliate: 'orest', name: 'Orest Valdek', country: 'RU' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('is found when a list is taken in, let go on, or shut out for good', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Ada', '/sanctions');
    await page.getByText('None yet: nobody is compared with anything.').waitFor();
    await page.getByRole('button', { name: 'Take a file in' }).click();
    await page.getByText('This is needed').waitFor();
    await page.getByLabel('Name of the list').fill('own');
    await page.getByRole('combobox', { name: 'Format' }).click();
    await page.getByRole('option', { name: 'CSV' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Take a file in' }).click();
    await (await chooser).setFiles({ name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
    await page.getByRole('alert').filter({ hasText: 'own.csv was read: 3 entries' }).waitFor();

    await page.getByText('Atlantis: 1 entry is compared whatever the country').waitFor();
    await page.getByRole('link', { name: 'Tamsin Orrell' }).first().click();
    const sheet = page.getByRole('dialog', { name: /^Is Tamsin Orrell/ });
    await journey.look(page, 'match');
    await sheet.getByRole('button', { name: 'It is somebody else' }).click();
    const other = page.getByRole('dialog', { name: /is somebody else than/ });
    await other.getByLabel('Reason').fill('born in another year');
    await other.getByRole('button', { name: 'It is somebody else' }).click();
    await sheet.getByText('By Ada: born in another year').waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Orest Valdek' }).first().click();
    const second = page.getByRole('dialog', { name: /^Is Orest Valdek/ });
    await second.getByRole('button', { name: 'It is the same' }).click();
    const same = page.getByRole('dialog', { name: 'Orest Valdek is Orest Valdek' });
    await same.getByLabel('Reason').fill('the same passport');
    await same.getByRole('button', { name: 'It is the same' }).click();
    await second.getByText('By Ada: the same passport').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Nobody is held.').waitFor();
    await journey.look(page, 'sanctions');
    expect(journey.problems()).toEqual([]);
  });
});
