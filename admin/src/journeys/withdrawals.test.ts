import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, PHONE, startJourney } from '../testing/journey.ts';
import { askForMoney, teller } from '../testing/story.ts';

const PROGRAM = 'banggood';

describe.skipIf(!hasChromium)('finance decides a month’s withdrawals at once', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Fen: ['FINANCE'], Rui: ['READER'] });
    await askForMoney(
      journey.api,
      PROGRAM,
      ['Ann', 'Ben', 'Cem', 'Dora', 'Eva'].map((name, index) => ({ name, points: String(1000 * (index + 1)), kind: 'western-union' })),
    );
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('rejectWithdrawal', { program: PROGRAM, withdrawal: 'w-eva', reason: 'asked twice' });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('sees count and sum, can’t tick what is decided, and reads afterwards what was turned away and why', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Fen', '/withdrawals');
    await page.getByRole('heading', { level: 1, name: 'Withdrawals' }).waitFor();
    // It opens with what waits; that is a filter as any other.
    await page.getByRole('link', { name: 'w-dora' }).waitFor();
    expect(await page.getByRole('link', { name: 'w-eva' }).count()).toBe(0);
    const status = page.getByRole('combobox', { name: 'Status' });
    expect(await status.textContent()).toBe('To be decided');
    await status.click();
    await page.getByRole('option', { name: 'All' }).click();
    const barred = page.getByRole('checkbox', { name: 'w-eva: It is rejected: nothing is left to decide' });
    await barred.waitFor();
    expect(await barred.isDisabled()).toBe(true);

    await page.getByRole('checkbox', { name: 'Tick all that can be ticked' }).check();
    const bar = page.getByRole('region', { name: 'What is ticked' });
    await bar.getByText('4 ticked').waitFor();
    await bar.getByRole('button', { name: 'Approve 10,000 points' }).waitFor();
    await journey.look(page, 'bulk bar');

    // Meanwhile somebody else puts one on hold.
    const tell = teller(journey.api.as(journey.api.staffToken));
    await tell('holdWithdrawal', { program: PROGRAM, withdrawal: 'w-ben', reason: 'a second look' });
    await bar.getByRole('button', { name: /^Approve/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve 4 withdrawals' });
    await dialog.waitFor();
    await journey.look(page, 'approving');
    await dialog.getByRole('button', { name: 'Approve 10,000 points' }).click();

    const report = page.getByRole('alert').filter({ hasText: '3 decided · 1 turned away' });
    await report.getByText('It is on hold: a second look').waitFor();
    await page.getByRole('row').filter({ hasText: 'w-ann' }).getByText('Approved').waitFor();
    await page.getByRole('row').filter({ hasText: 'w-ben' }).getByText('On hold').waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'w-ben' }).getByText('Requested').isVisible()).toBe(true);
    await journey.look(page, 'report');
  });

  it('decides without a mouse, beside one that cannot be decided', { timeout: ALL_MS }, async () => {
    const tell = teller(journey.api.as(journey.api.staffToken));
    for (const id of ['x-1', 'x-2'])
      await tell('postAdjustment', { program: PROGRAM, id, affiliate: 'eva', kind: 'BONUS', amount: '1000', reason: 'a good month' });
    for (const id of ['w-eva-2', 'w-eva-3']) await tell('requestWithdrawal', { program: PROGRAM, id, affiliate: 'eva', amount: '1000' });
    const { page } = await journey.as('Fen', '/withdrawals');
    const { keyboard } = page;
    await page.getByRole('link', { name: 'w-eva-3' }).waitFor();
    await keyboard.press('t');
    const bar = page.getByRole('region', { name: 'What is ticked' });
    await bar.getByText('2 ticked').waitFor();
    await keyboard.press('h');
    const hold = page.getByRole('dialog', { name: 'Hold 2 withdrawals' });
    await hold.getByLabel('Reason').waitFor();
    await page.waitForFunction('document.activeElement.name === "reason"');
    await keyboard.type('the bank asks who she is');
    await keyboard.press('Control+Enter');
    await page.getByRole('alert').filter({ hasText: '2 decided' }).waitFor();
    await page.getByText('No withdrawal waits for a decision.').waitFor();
    await journey.look(page, 'held');
  });

  it('rejects one with a reason that the affiliate reads, beside the list, and the field says that it is needed', {
    timeout: ALL_MS,
  }, async () => {
    const { page } = await journey.as('Fen', '/withdrawals?open=banggood%3Aw-cem');
    const sheet = page.getByRole('dialog', { name: 'Withdrawal w-cem' });
    await sheet.getByText('Cem Holder').waitFor();
    await journey.look(page, 'sheet');
    await sheet.getByRole('button', { name: 'Reject' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reject withdrawal w-cem' });
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await dialog.getByText('This is needed').waitFor();
    await journey.look(page, 'field error');
    await dialog.getByLabel('Reason').fill('the name does not fit the account');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await sheet.getByText('It is rejected: nothing is left to decide').waitFor();
    await sheet.getByText('By Fen: the name does not fit the account').waitFor();
  });

  it('who may only read is offered nothing, also on a phone', { timeout: ALL_MS }, async () => {
    const { page } = await journey.as('Rui', '/withdrawals?filter=%7B%7D', PHONE);
    await page.getByRole('link', { name: 'w-dora' }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    await journey.look(page, 'phone');
    expect(journey.problems()).toEqual([]);
  });
});
