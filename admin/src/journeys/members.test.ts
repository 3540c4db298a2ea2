import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';

describe.skipIf(!hasChromium)('an admin', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Rev: ['REVIEWER'], Ada: ['ADMIN'] });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('says who may what, which holds at once, and shuts somebody out', { timeout: ALL_MS }, async () => {
    const { page: rev } = await journey.as('Rev', '/');
    await rev.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    const { page } = await journey.as('Ada', '/members');
    await page.getByRole('link', { name: 'Rev' }).click();
    const sheet = page.getByRole('dialog', { name: 'Rev' });
    await sheet.getByRole('button', { name: 'Give a role' }).click();
    const dialog = page.getByRole('dialog', { name: 'Give Rev a role' });
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Finance' }).click();
    await dialog.getByRole('button', { name: 'Give a role' }).click();
    await sheet.getByText('Finance in all programs').waitFor();
    await journey.look(page, 'member');
    await rev.reload();
    await rev.getByRole('link', { name: 'Redemptions' }).waitFor();

    await rev.goto(`${journey.site.url}#/account`);
    await rev.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    await rev.getByText('Chrom').first().waitFor();
    await journey.look(rev, 'account');

    await sheet.getByRole('button', { name: 'Shut out' }).click();
    await page.getByRole('dialog', { name: 'Shut Rev out' }).getByRole('button', { name: 'Shut out' }).click();
    await sheet.getByText('Nowhere').waitFor();
    // Their page is told, and asks who is there.
    await rev.getByLabel('E-mail').waitFor();
    expect(journey.problems().filter((line) => !line.includes('Sign in') && !line.includes('ERR_ABORTED'))).toEqual([]);
  });
});
