import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';

describe.skipIf(!hasChromium)('a list', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Ada: ['ADMIN'], Rev: ['REVIEWER'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: '=Eva', country: 'DE', class: 'bronze' });
    for (const id of ['banner', 'poster'])
      await tell('openRequest', { program, affiliate: 'eva', id, kind: 'CREATIVE', text: `About ${id}` });
    await tell('openRequest', { program, affiliate: 'eva', id: 'ads', kind: 'CHANNEL', channel: 'google-ads', text: 'About ads' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('is taken along as it is filtered, which the audit log says, and kept for others', { timeout: ALL_MS }, async () => {
    const filter = encodeURIComponent(JSON.stringify({ kind: 'CREATIVE' }));
    const { page } = await journey.as('Ada', `/requests?filter=${filter}`);
    await page.getByRole('link', { name: 'Creative', exact: true }).first().waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export as CSV' }).click()]);
    expect(file.suggestedFilename()).toBe('requests.csv');
    const [head, ...rows] = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(head).toMatch(/^program,affiliate,affiliateName,externalId,kind,state/);
    // A spreadsheet takes nothing in it for a formula.
    expect(rows.map((row) => row.split(',').slice(0, 6).join(' ')).sort()).toEqual([
      `${program} eva '=Eva banner CREATIVE OPEN`,
      `${program} eva '=Eva poster CREATIVE OPEN`,
    ]);
    // The same list another day, and for whoever works on it too.
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save the list as it is filtered' }).click();
    const save = page.getByRole('dialog', { name: 'Save the list as it is filtered' });
    await save.getByLabel('Name').fill('Banners to make');
    await save.getByRole('combobox', { name: 'For whom' }).click();
    await page.getByRole('option', { name: 'for all of staff' }).click();
    await save.getByRole('button', { name: 'Save' }).click();
    await save.waitFor({ state: 'detached' });
    const { page: other } = await journey.as('Rev', '/requests');
    await other.getByRole('link', { name: 'Channel' }).waitFor();
    await other.getByRole('button', { name: 'Views' }).click();
    await other.getByRole('menuitem', { name: 'Banners to make shared by Ada' }).waitFor();
    await journey.look(other, 'views');
    await other.getByRole('menuitem', { name: 'Banners to make shared by Ada' }).click();
    await other.getByRole('link', { name: 'Channel' }).waitFor({ state: 'detached' });
    expect(await other.getByRole('link', { name: 'Creative', exact: true }).count()).toBe(2);

    await page.goto(`${journey.site.url}#/audit`);
    await page.getByRole('row').filter({ hasText: 'requests' }).first().waitFor();
    await journey.look(page, 'audit log');
    expect(journey.problems()).toEqual([]);
  });
});
