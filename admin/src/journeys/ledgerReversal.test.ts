import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, PHONE, startJourney } from '../testing/journey.ts';
import { teller } from '../testing/story.ts';

const program = 'banggood';

describe.skipIf(!hasChromium)('an entry of the books', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Fin: ['FINANCE'] });
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('enrollAffiliate', { program, affiliate: 'eva', name: 'Eva', country: 'DE', class: 'bronze' });
    await tell('postAdjustment', { program, id: 'b1', affiliate: 'eva', kind: 'BONUS', amount: '500', reason: 'too much' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('is reversed by an opposite one, once, and stays', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Fin', '/ledger');
    const bonus = page.getByRole('row').filter({ hasText: 'too much' });
    await bonus.getByRole('button', { name: 'Reverse' }).click();
    const reverse = page.getByRole('dialog', { name: 'Reverse Bonus of Eva' });
    await reverse.getByRole('button', { name: 'Post −500 points' }).click();
    await reverse.getByText('This is needed').waitFor();
    await reverse.getByLabel('Reason').fill('given to the wrong one');
    await reverse.getByRole('button', { name: 'Post −500 points' }).click();
    const opposite = page.getByRole('row').filter({ hasText: 'given to the wrong one' });
    await opposite.waitFor();
    await journey.look(page, 'ledger');

    // What is reversed says so, and offers it no more.
    const reversed = bonus.getByRole('link', { name: /^Reversed on / });
    await reversed.waitFor();
    expect(await reversed.getAttribute('title')).toBe('By Fin: given to the wrong one');
    expect(await bonus.getByRole('button', { name: 'Reverse' }).count()).toBe(0);
    await reversed.click();
    await bonus.waitFor({ state: 'detached' });

    await opposite.getByRole('link', { name: 'Eva' }).click();
    await page.getByRole('heading', { level: 1, name: 'Eva' }).waitFor();
    await page.getByText('By Fin: given to the wrong one').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  it('is reversed on a phone, too', { timeout: ALL_MS }, async () => {
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('postAdjustment', { program, id: 'b2', affiliate: 'eva', kind: 'BONUS', amount: '70', reason: 'twice' });
    const { page } = await journey.as('Fin', '/ledger', PHONE);
    const bonus = page.getByRole('listitem').filter({ hasText: 'twice' });
    await bonus.waitFor();
    await journey.look(page, 'ledger on a phone');
    await bonus.getByRole('button', { name: 'Reverse' }).click();
    const reverse = page.getByRole('dialog', { name: 'Reverse Bonus of Eva' });
    await reverse.getByLabel('Reason').fill('told two times');
    await reverse.getByRole('button', { name: 'Post −70 points' }).click();
    await bonus.getByRole('link', { name: /^Reversed on / }).waitFor();
    await bonus.getByRole('link', { name: 'Eva' }).click();
    await page.getByRole('heading', { level: 1, name: 'Eva' }).waitFor();
    // Nothing of a small table is cut off.
    const balances = page.getByRole('group', { name: 'Balances by unit' });
    const cell = balances.getByRole('cell').first();
    await cell.waitFor();
    expect(await balances.evaluate((group) => group.scrollWidth - group.clientWidth)).toBe(0);
    expect(await cell.evaluate((one) => getComputedStyle(one).flexDirection)).toBe('row');
    await journey.look(page, 'affiliate on a phone');
    expect(journey.problems()).toEqual([]);
  });
});
