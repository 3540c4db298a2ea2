import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';

const FEED = 'id,title,link,price,availability\nkite,A kite,https://www.banggood.com/kite-p-1.html,19.90 USD,in stock\n';

describe.skipIf(!hasChromium)('what affiliates promote', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Ada: ['ADMIN'] });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('is published, taken back, told, and taken in from a feed', { timeout: ALL_MS }, async () => {
    const ofBanggood = `?filter=${encodeURIComponent(JSON.stringify({ program: 'banggood' }))}`;
    const { page } = await journey.as('Ada', `/creatives${ofBanggood}`);
    await page.getByText('This program has no banner and no offer yet.').waitFor();
    await page.getByRole('button', { name: 'Publish a banner' }).click();
    const banner = page.getByRole('dialog', { name: 'Publish a banner' });
    await banner.getByLabel('Title').fill('Summer');
    await banner.getByLabel('Leads to').fill('https://elsewhere.example/');
    await banner.getByLabel('Address of the picture').fill('https://img.example/summer.png');
    await banner.getByLabel('Width in pixels').fill('300');
    await banner.getByLabel('Height in pixels').fill('250');
    await banner.getByRole('button', { name: 'Publish' }).click();
    // What is wrong stands at its field, and the rest stays written.
    await banner
      .locator('.Mui-error')
      .getByText(/does not lead to/)
      .waitFor();
    await banner.getByLabel('Leads to').fill('https://www.banggood.com/summer.html');
    await banner.getByRole('button', { name: 'Publish' }).click();
    const summer = page.getByRole('row').filter({ hasText: 'Summer' });
    await summer.getByText('300 × 250').waitFor();
    await page.getByRole('button', { name: 'Publish an offer' }).click();
    const offer = page.getByRole('dialog', { name: 'Publish an offer' });
    await offer.getByLabel('Title').fill('Ten percent off');
    await offer.getByLabel('Leads to').fill('https://www.banggood.com/');
    await offer.getByLabel('Code that customers type in').fill('TEN');
    await offer.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('row').filter({ hasText: 'TEN' }).waitFor();
    await journey.look(page, 'creatives');
    await summer.getByRole('button', { name: 'Take back' }).click();
    await page.getByRole('dialog', { name: 'Take Summer back' }).getByRole('button', { name: 'Take back' }).click();
    await summer.getByText('Withdrawn').waitFor();

    await page.goto(`${journey.site.url}#/news${ofBanggood}`);
    await page.getByRole('button', { name: 'Publish news' }).click();
    const news = page.getByRole('dialog', { name: 'Publish news' });
    await news.getByLabel('Title').fill('A summer sale');
    await news.getByLabel('Words').fill('From Monday on.');
    await news.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('heading', { level: 2, name: 'A summer sale' }).waitFor();
    await journey.look(page, 'news');

    await page.goto(`${journey.site.url}#/products${ofBanggood}`);
    await page.getByText('No product of this program is known yet.').waitFor();
    await page.getByRole('link', { name: 'Import a feed' }).click();
    await page.getByRole('button', { name: 'Hand a file in' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hand a file in' });
    await dialog.getByRole('combobox', { name: 'Program' }).click();
    await page.getByRole('option', { name: 'Banggood' }).click();
    await dialog.getByRole('combobox', { name: 'What is in it' }).click();
    await page.getByRole('option', { name: 'Products' }).click();
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose the file' }).click();
    await (await chooser).setFiles({ name: 'feed.csv', mimeType: 'text/csv', buffer: Buffer.from(FEED) });
    const sheet = page.getByRole('dialog', { name: 'feed.csv' });
    await sheet.getByText('0 of the first 1 rows').waitFor();
    await journey.look(page, 'import');
    await sheet.getByRole('button', { name: 'Take it in' }).click();
    await page.getByRole('dialog', { name: 'Take the file in' }).getByRole('button', { name: 'Take it in' }).click();
    await sheet.getByText('Done').waitFor();

    await page.goto(`${journey.site.url}#/products${ofBanggood}`);
    const kite = page.getByRole('row').filter({ hasText: 'A kite' });
    await kite.getByText('19.90 USD').waitFor();
    await kite.getByRole('button', { name: 'Forbid' }).click();
    await page.getByRole('dialog', { name: 'Forbid A kite' }).getByRole('button', { name: 'Forbid' }).click();
    await kite.getByText('Forbidden').waitFor();
    await journey.look(page, 'products');
    expect(journey.problems()).toEqual([]);
  });
});
