import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_MS, hasChromium, type Journey, startJourney } from '../testing/journey.ts';
import { askForMoney, teller } from '../testing/story.ts';

const PROGRAM = 'banggood';

describe.skipIf(!hasChromium)('a payout batch goes from approved withdrawals to paid, by two people', () => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney({ Fen: ['FINANCE'], Gus: ['FINANCE'] });
    await askForMoney(journey.api, PROGRAM, [
      { name: 'Ann', points: '1000', kind: 'western-union' },
      { name: 'Ben', points: '2000', kind: 'western-union' },
      { name: 'Cem', points: '3000' },
    ]);
    const tell = teller(journey.api.as(journey.api.staffToken));
    for (const name of ['ann', 'ben', 'cem']) await tell('approveWithdrawal', { program: PROGRAM, withdrawal: `w-${name}` });
  }, ALL_MS);

  afterAll(() => journey?.stop());

  it('and says on the way what it pays, what it leaves and why', { timeout: ALL_MS }, async () => {
    const { page: first } = await journey.as('Fen', '/batches');
    await first.getByText('No batch has been collected yet.').waitFor();
    await first.getByRole('button', { name: 'Collect a batch' }).click();
    const collect = first.getByRole('dialog', { name: 'Collect a payout batch' });
    await collect.getByRole('combobox', { name: 'Program' }).click();
    await first.getByRole('option', { name: 'Banggood' }).click();
    await collect.getByLabel('Name of the batch').fill('march');
    await collect.getByRole('button', { name: 'Collect a batch' }).click();
    await first.getByRole('heading', { level: 1, name: 'Batch march of Banggood' }).waitFor();
    await first.getByRole('row').filter({ hasText: 'w-cem' }).getByText('Nobody has said how it is to be paid.').waitFor();
    await journey.look(first, 'collected');

    await first.getByRole('button', { name: 'Freeze 30.00 USD' }).click();
    const freeze = first.getByRole('dialog', { name: 'Freeze batch march' });
    await freeze.getByText('It pays 30.00 USD in 2 payments.').waitFor();
    await freeze.getByRole('button', { name: 'Freeze 30.00 USD' }).click();
    await first.getByText('You froze it. Somebody else must approve it').waitFor();
    expect(await first.getByRole('button', { name: /^Approve/ }).count()).toBe(0);

    const { page: second } = await journey.as('Gus', '/batches/banggood%3Amarch/show');
    await second.getByRole('button', { name: 'Approve 30.00 USD' }).click();
    const approve = second.getByRole('dialog', { name: 'Approve batch march' });
    await approve.getByText('Fen froze it.').waitFor();
    // A click alone moves no money.
    await approve.getByRole('button', { name: 'Approve 30.00 USD' }).click();
    await approve.getByRole('button', { name: 'Hold it for a second: Approve 30.00 USD' }).waitFor();
    await journey.look(second, 'approving');
    await approve.getByRole('button', { name: 'Approve 30.00 USD' }).click({ delay: 1_200 });
    await second.getByRole('button', { name: 'Send 30.00 USD' }).click();
    const send = second.getByRole('dialog', { name: 'Send batch march' });
    // Without a pointer it is pressed twice.
    await send.getByRole('button', { name: 'Send 30.00 USD' }).press('Enter');
    await send.getByRole('button', { name: 'Press again: Send 30.00 USD' }).press('Enter');

    const [file] = await Promise.all([second.waitForEvent('download'), second.getByRole('button', { name: 'Download part 1' }).click()]);
    expect(file.suggestedFilename()).toBe('banggood-march-1.csv');
    const [head = '', ...rows] = readFileSync(await file.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(rows).toHaveLength(2);
    await second.getByText('A table with the columns Reference, as in the payment file, and Status').waitFor();
    await journey.look(second, 'sent');

    // The provider answers with a table of its own: one was paid, one was not.
    const told = (row = '', status: string, reason: string) => `${row},${status},${reason}`;
    const answer = [`${head},Status,Reason`, told(rows[0], 'paid', ''), told(rows[1], 'failed', 'no such person')].join('\n');
    const chooser = second.waitForEvent('filechooser');
    await second.getByText('Import the results').click();
    await (await chooser).setFiles({ name: 'answer.csv', mimeType: 'text/csv', buffer: Buffer.from(answer) });
    await second.getByRole('alert').filter({ hasText: 'answer.csv was read' }).waitFor();
    await second.getByRole('row').filter({ hasText: 'w-ann' }).getByText('Paid', { exact: true }).waitFor();
    await second.getByRole('row').filter({ hasText: 'w-ben' }).getByText('no such person').waitFor();
    await journey.look(second, 'results');
    // From a line to its withdrawal, and back.
    await second.getByRole('link', { name: 'w-ann' }).click();
    const paid = second.getByRole('dialog', { name: 'Withdrawal w-ann' });
    await paid.getByRole('link', { name: 'march' }).click();
    await second.getByRole('heading', { level: 1, name: 'Batch march of Banggood' }).waitFor();

    // Later it says the opposite of one: that is a matter until somebody has taken the amount back and settled it.
    const other = [`${head},Status,Reason`, told(rows[1], 'paid', '')].join('\n');
    const again = second.waitForEvent('filechooser');
    await second.getByText('Import the results').click();
    await (await again).setFiles({ name: 'other.csv', mimeType: 'text/csv', buffer: Buffer.from(other) });
    await second.getByRole('alert').filter({ hasText: 'It is failed and said to be paid' }).waitFor();
    const { page } = await journey.as('Fen', '/');
    await page.getByRole('link', { name: /Contradicted payments/ }).click();
    await page.getByRole('link', { name: 'w-ben' }).click();
    const sheet = page.getByRole('dialog', { name: 'Withdrawal w-ben' });
    await sheet.getByText('If it was paid, 2,000 points is out twice.').waitFor();
    await journey.look(page, 'contradiction');
    await sheet.getByRole('button', { name: 'Take 2,000 points back' }).click();
    const taking = page.getByRole('dialog', { name: 'Take back what withdrawal w-ben paid twice' });
    await taking.getByLabel('Reason').fill('it was paid in March');
    await taking.getByRole('button', { name: 'Take 2,000 points back' }).click({ delay: 1_200 });
    await taking.waitFor({ state: 'detached' });
    await sheet.getByRole('button', { name: 'Settle it' }).click();
    const settling = page.getByRole('dialog', { name: 'Settle what contradicts withdrawal w-ben' });
    await settling.getByLabel('Reason').fill('taken back');
    await settling.getByRole('button', { name: 'Settle it' }).click();
    await sheet.getByText('By Fen: taken back').waitFor();
    expect(await sheet.getByRole('button', { name: 'Settle it' }).count()).toBe(0);
    expect(journey.problems()).toEqual([]);
  });
});
