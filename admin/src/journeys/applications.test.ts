import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const PROGRAM = 'bigseller';
const NAMES = ['Ann', 'Ben', 'Cem', 'Dora'];

describe.skipIf(!hasChromium)('a reviewer', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Rev: ['REVIEWER'], Rui: ['READER'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    for (const name of NAMES) {
      await tell('applyToProgram', {
        program: PROGRAM,
        affiliate: name.toLowerCase(),
        name,
        country: 'MY',
        channels: ['blog'],
        email: `${name}@shop.example`,
      });
    }
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('reviews all applications without a mouse, and sees on the record what became of each', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Rev', '/applications');
    await page.getByRole('link', { name: 'Dora' }).waitFor();
    await journey.look(page, 'applications');
    const { keyboard } = page;
    await keyboard.press('ArrowDown');
    await page.getByRole('dialog', { name: 'Dora' }).getByText('1 of 4 on this page').waitFor();
    await journey.look(page, 'review');
    await keyboard.press('a');
    await page.getByRole('dialog', { name: 'Cem' }).getByRole('button', { name: 'Approve (a)' }).waitFor();
    await keyboard.press('r');
    const reject = page.getByRole('dialog', { name: 'Reject the application of Cem' });
    await reject.getByLabel('Reason').waitFor();
    await page.waitForFunction('document.activeElement.name === "reason"');
    // Letters are text now, and reject nobody.
    await keyboard.type('a rival of ours');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Ben' }).getByRole('button', { name: 'Approve (a)' }).waitFor();
    await keyboard.press('ArrowDown');
    await page.getByRole('dialog', { name: 'Ann' }).getByRole('button', { name: 'Approve (a)' }).waitFor();
    await keyboard.press('a');
    await page.getByRole('dialog', { name: 'Ben' }).getByRole('button', { name: 'Approve (a)' }).waitFor();
    await keyboard.press('a');
    await page.getByText('No application waits.').waitFor();

    await page.goto(`${journey.site.url}#/affiliates/cem/show`);
    await page.getByRole('heading', { level: 1, name: 'Cem' }).waitFor();
    await page.getByText('By Rev: a rival of ours').waitFor();
    await journey.look(page, 'affiliate');
    await page.goto(`${journey.site.url}#/affiliates/ann/show`);
    await page.getByRole('heading', { level: 1, name: 'Ann' }).waitFor();
    expect(await page.getByRole('button', { name: 'Adjust the balance' }).count()).toBe(0);
  });

  it('is who decides: a reader is not offered the pages, and a forced address says why', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Rui', '/applications');
    await page.getByRole('heading', { level: 1, name: 'This page is not for your role' }).waitFor();
    expect(await page.getByRole('link', { name: 'Applications' }).count()).toBe(0);
    await journey.look(page, 'not allowed');
    expect(journey.problems()).toEqual([]);
  });
});
