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
    const barred = page.getByRole('checkbox', { name: 'w-eva: It is rejected: nothing is left to decide' });
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
    const { page } = await journey.as('Rui', '/withdrawals', PHONE);
    await page.getByRole('link', { name: 'w-dora' }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    await journey.look(page, 'phone');
    expect(journey.problems()).toEqual([]);
  });
});
