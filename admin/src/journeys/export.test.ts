import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';

describe.skipIf(!hasChromium)('a list', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Ada: ['ADMIN'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: '=Eva', country: 'DE', class: 'bronze' });
    for (const id of ['banner', 'poster'])
      await tell('openRequest', { program, affiliate: 'eva', id, kind: 'CREATIVE', text: `About ${id}` });
    await tell('openRequest', { program, affiliate: 'eva', id: 'ads', kind: 'CHANNEL', channel: 'google-ads', text: 'About ads' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('is taken along as it is filtered, and the audit log says so', { timeout: ALL_MS }, async () => {
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
    await page.goto(`${journey.site.url}#/audit`);
    await page.getByRole('row').filter({ hasText: 'requests' }).first().waitFor();
    await journey.look(page, 'audit log');
    expect(journey.problems()).toEqual([]);
  });
});
