import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, PHONE, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';

describe.skipIf(!hasChromium)('a reviewer raises a class', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Rev: ['REVIEWER'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    const line = { sku: 'drone', category: 'toys-and-hobbies', price: '9000.00' };
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: 'Eva', country: 'DE', class: 'bronze' });
    for (const order of ['o-1', 'o-2']) {
      await tell('recordClick', { program, id: `k-${order}`, affiliate: 'eva', visitor: order, country: 'DE', page: 'home' });
      await tell('recordOrder', { program, id: order, visitor: order, country: 'DE', lines: [line] });
    }
    await tell('recordOrderEvent', { program, order: 'o-1', kind: 'PAID' });
    await tell('requestClass', { program, affiliate: 'eva', class: 'silver' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('with the evidence before them: what is needed, and which orders count', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Rev', '/classes', PHONE);
    await page.getByRole('link', { name: 'Eva' }).click();
    const sheet = page.getByRole('dialog', { name: 'Eva asks for the class silver' });
    await sheet.getByRole('row').filter({ hasText: 'o-1' }).getByText('9,000.00').waitFor();
    await sheet.getByRole('row').filter({ hasText: 'o-2' }).getByText('Unpaid').waitFor();
    await sheet.getByRole('row').filter({ hasText: 'When it was asked for' }).getByText('9,000.00').waitFor();
    await journey.look(page, 'class request');
    // Nothing has to be scrolled sideways, neither the page nor a table in it.
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('[role=dialog] [role=group]')].filter((one) => one.scrollWidth > one.clientWidth).length",
      ),
    ).toBe(0);

    // In the inbox, too, the evidence is a link away.
    await page.goto(`${journey.site.url}#/requests`);
    await page.getByRole('link', { name: 'Class', exact: true }).click();
    await page.getByRole('dialog', { name: 'Eva: Class' }).getByRole('link', { name: 'silver' }).click();
    await sheet.getByRole('row').filter({ hasText: 'o-1' }).getByText('9,000.00').waitFor();

    // The address opens it from whatever list one comes.
    await page.goto(page.url().replace('filter=%7B%7D', `filter=${encodeURIComponent('{"status":"REFUSED"}')}`));
    await sheet.getByRole('button', { name: 'Approve (a)' }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('dialog', { name: 'Raise Eva to the class silver' }).getByRole('button', { name: 'Approve' }).click();
    await sheet.getByText('Approved').waitFor();
    expect(await sheet.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await page.goto(`${journey.site.url}#/affiliates/eva/show`);
    await page.getByText('Class silver: Approved').waitFor();
    expect(journey.problems()).toEqual([]);
  });
});
