import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, emailOf, hasChromium, type Journey, signIn, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';
const PASSWORD = 'four words for testing';

describe.skipIf(!hasChromium)('staff answer what affiliates ask', () => {
  let journey: Journey;
  const ask = (id: string, kind: string, more: object = {}) =>
    teller(journey.api.as(journey.api.staffToken))('openRequest', { program, affiliate: 'eva', id, kind, text: `About ${id}`, ...more });

  beforeAll(async () => {
    journey = await startJourney({ Rev: ['REVIEWER'], Ada: ['ADMIN'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: 'Eva', country: 'DE', class: 'bronze' });
    await ask('banner', 'CREATIVE');
    await ask('ads', 'CHANNEL', { channel: 'google-ads' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('see what comes in by itself, and lose nothing when their session ends', { timeout: ALL_MS }, async () => {
    const { page, context } = await journey.as('Rev', '/requests');
    await page.getByRole('link', { name: 'Creative' }).click();
    const sheet = page.getByRole('dialog', { name: 'Eva: Creative' });
    await sheet.getByText('About banner').waitFor();
    await journey.look(page, 'request');
    await sheet.getByLabel('Write').fill('How wide is it to be?');
    await context.clearCookies();
    await sheet.getByRole('button', { name: 'Ask, and wait for the reply' }).click();
    await signIn(page, emailOf('Rev'), PASSWORD);
    // At the same place, with what was written.
    await sheet.getByText('About banner').waitFor();
    expect(await sheet.getByLabel('Write').inputValue()).toBe('How wide is it to be?');
    await sheet.getByRole('button', { name: 'Ask, and wait for the reply' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Creative' }).waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Channel' }).click();
    await page.getByRole('dialog', { name: 'Eva: Channel' }).getByRole('button', { name: 'Grant (a)' }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('dialog', { name: 'Grant what Eva asks for' }).getByRole('button', { name: 'Grant' }).click();
    await page.getByText('Nobody waits for an answer.').waitFor();
    await ask('late', 'OTHER');
    await page.getByRole('link', { name: 'Other' }).waitFor();
  });

  it('take the list with them, and say who else may', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Ada', `/requests?filter=${encodeURIComponent('{}')}`);
    await page.getByRole('link', { name: 'Creative' }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export as CSV' }).click()]);
    expect(file.suggestedFilename()).toBe('requests.csv');
    const [head, ...rows] = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(head).toMatch(/^program,affiliate,affiliateName,externalId,kind,state/);
    expect(rows.map((row) => row.split(',').slice(0, 6).join(' '))).toEqual([
      `${program} eva Eva banner CREATIVE WAITING`,
      `${program} eva Eva ads CHANNEL GRANTED`,
      `${program} eva Eva late OTHER OPEN`,
    ]);

    await page.goto(`${journey.site.url}#/members`);
    await page.getByRole('link', { name: 'Rev' }).click();
    const sheet = page.getByRole('dialog', { name: 'Rev' });
    await sheet.getByRole('button', { name: 'Give a role' }).click();
    const dialog = page.getByRole('dialog', { name: 'Give Rev a role' });
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Finance' }).click();
    await dialog.getByRole('button', { name: 'Give a role' }).click();
    await sheet.getByText('Finance in all programs').waitFor();
    await journey.look(page, 'member');
    // Only that the session had ended was complained of.
    expect(journey.problems().filter((line) => !line.includes('Sign in, or send a valid token'))).toEqual([]);
  });
});
