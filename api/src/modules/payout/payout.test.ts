import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { connect, provedWrong } from '../../testing/books.ts';
import { payoutsOf } from '../../testing/payouts.ts';

const program = 'banggood';
const { approvedBatch, approvedWithdrawals, balanceOf, batchOf, linesOf, sentBatch, withdrawalOf } = payoutsOf(program);
const IBAN = 'DE89370400440532013000';
let api: TestApi;
let client: pg.Client;
let folder: string;
let sandbox: TestSandbox;
let staff: Ask;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-payout-'));
  const settings = join(folder, 'payouts.yaml');
  writeFileSync(settings, `bank-transfer: { accounts: [{ currency: USD, name: Tributary Ltd, account: ${IBAN}, bank: COBADEFF }] }\n`);
  api = await startTestApi({ PAYOUT_SETTINGS: settings });
  client = await connect(api.database.url);
  sandbox = await createTestSandbox(api, { programs: [program, 'bigseller'], startsAt: '2026-03-01T00:00:00Z' });
  staff = sandbox.staff;
}, 60_000);

afterAll(async () => {
  expect(await provedWrong(client)).toEqual([]);
  await client.end();
  await api.close();
  rmSync(folder, { recursive: true });
});

const send = (path: string, init: RequestInit = {}, token = sandbox.staffToken) =>
  fetch(`${api.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
const answer = async (batch: string, method: string, text: string, token?: string) => {
  const response = await send(
    `/payouts/${program}/${batch}/answers/${method}`,
    { method: 'POST', body: text, headers: { 'content-type': 'text/csv' } },
    token,
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('a payout batch', () => {
  beforeAll(async () => {
    await approvedWithdrawals(staff, [
      { name: 'ann', points: '1000', kind: 'bank-transfer', account: IBAN, holder: 'Ann Müller', currency: 'USD' },
      { name: 'ben', points: '2000', kind: 'western-union', holder: 'Ben Okafor', account: 'Lagos' },
      { name: 'cem', points: '3000', kind: 'western-union', holder: '=HYPERLINK("http://x")', account: '+90 555' },
      { name: 'dora', points: '4000' },
      { name: 'eva', points: '5000', kind: 'bank-transfer', account: 'MBB-77', holder: 'Eva' },
    ]);
    await withdrawalOf(staff, { name: 'fay', points: '6000', kind: 'western-union', holder: 'Fay' });
    await must(staff, 'holdWithdrawal', { program, withdrawal: 'w-fay', reason: 'a second look' });
    expect(await refusalOf(staff, 'markWithdrawalPaid', { program, withdrawal: 'w-fay' })).toBe('INVALID');
    await must(staff, 'collectPayoutBatch', { program, batch: 'march' });
  }, 60_000);

  it('takes what is approved and can be paid, and says of the others why not', async () => {
    const { lines, totals } = await batchOf(staff, 'march');
    const deferred = lines.nodes
      .filter(({ status }) => status === 'DEFERRED')
      .map(({ affiliate, reason }) => `${affiliate.externalId}: ${reason}`);
    expect(deferred.sort()).toEqual([
      'dora: Nobody has said how it is to be paid.',
      'eva: Give the bank by its BIC: an account number without an IBAN needs it.',
      'fay: It is on hold: a second look',
    ]);
    expect(totals.filter(({ status }) => status === 'COLLECTED')).toMatchObject([
      { method: 'bank-transfer', lines: 1, amount: { amount: '10.00', currency: 'USD' } },
      { method: 'western-union', lines: 2, amount: { amount: '50.00', currency: 'USD' } },
    ]);
  });

  it('looks again when it is filled again', async () => {
    await must(staff, 'setPayoutMethod', { program, affiliate: 'dora', kind: 'western-union', holder: 'Dora' });
    await must(staff, 'collectPayoutBatch', { program, batch: 'march' });
    expect(await linesOf(staff, 'march')).toContain('dora: collected');
    await must(staff, 'rejectWithdrawal', { program, withdrawal: 'w-dora', reason: 'not her' });
    expect(await linesOf(staff, 'march')).toContain('dora: dropped');
    expect(await balanceOf(staff, 'dora')).toEqual({ available: '4000', reserved: '0', paid: '0' });
  });

  it('is of one name, and no other batch takes what it has taken', async () => {
    await must(staff, 'collectPayoutBatch', { program, batch: 'other' });
    const lines = await linesOf(staff, 'other');
    expect(lines.filter((line) => line.endsWith('collected'))).toEqual([]);
    expect(await refusalOf(staff, 'freezePayoutBatch', { program, batch: 'other' })).toBe('INVALID');
    expect(await refusalOf(staff, 'freezePayoutBatch', { program, batch: 'never' })).toBe('NOT_FOUND');
    await must(staff, 'discardPayoutBatch', { program, batch: 'other', reason: 'nothing in it' });
  });

  it('is frozen with a hash, which who approves names', async () => {
    await must(staff, 'freezePayoutBatch', { program, batch: 'march' });
    const { hash, status, parts } = await batchOf(staff, 'march');
    expect(status).toBe('FROZEN');
    expect(parts.map(({ method }) => method)).toEqual(['bank-transfer', 'western-union']);
    expect(await refusalOf(staff, 'collectPayoutBatch', { program, batch: 'march' })).toBe('INVALID');
    expect(await refusalOf(staff, 'sendPayoutBatch', { program, batch: 'march' })).toBe('INVALID');
    expect(await refusalOf(staff, 'approvePayoutBatch', { program, batch: 'march', hash: 'ff' })).toBe('CONFLICT');
    // Whoever changes a line by hand is found out.
    await client.query("update payout_line set account = 'XX' where holder = 'Ben Okafor'");
    expect(await refusalOf(staff, 'approvePayoutBatch', { program, batch: 'march', hash })).toBe('CONFLICT');
    await client.query("update payout_line set account = 'Lagos' where holder = 'Ben Okafor'");
    await must(staff, 'approvePayoutBatch', { program, batch: 'march', hash });
    expect(await refusalOf(staff, 'markWithdrawalPaid', { program, withdrawal: 'w-ann' })).toBe('CONFLICT');
    expect((await send(parts[0]!.file ?? `/payouts/${program}/march/files/1`)).status).toBe(409);
  });

  it('leaves once: what was reserved is on its way', async () => {
    for (let times = 0; times < 2; times++) await must(staff, 'sendPayoutBatch', { program, batch: 'march' });
    expect(await linesOf(staff, 'march')).toEqual([
      'ann: sent',
      'ben: sent',
      'cem: sent',
      'dora: dropped',
      'eva: deferred',
      'fay: deferred',
    ]);
    expect(await balanceOf(staff, 'ben')).toEqual({ available: '0', reserved: '0', paid: '2000' });
    const { taken, left } = await staff<Record<string, { payoutBatch: string | null }>>(
      `{ taken: withdrawal(program: "${program}", id: "w-ben") { payoutBatch } left: withdrawal(program: "${program}", id: "w-fay") { payoutBatch } }`,
    );
    expect([taken?.payoutBatch, left?.payoutBatch]).toEqual(['march', null]);
    expect(await refusalOf(staff, 'discardPayoutBatch', { program, batch: 'march', reason: 'too late' })).toBe('INVALID');
    expect(await refusalOf(staff, 'holdWithdrawal', { program, withdrawal: 'w-ben', reason: 'too late' })).toBe('INVALID');
  });

  it('has files, the same each time, for staff only', async () => {
    const { parts } = await batchOf(staff, 'march');
    const [bank, table] = parts.map(({ file }) => file as string);
    const first = await (await send(bank!)).text();
    expect(first).toContain('<EndToEndId>');
    expect(first).toContain('<Nm>Ann Mueller</Nm>');
    expect(await (await send(bank!)).text()).toBe(first);
    const csv = await (await send(table!)).text();
    expect(csv.split('\r\n')[0]).toBe('Reference,Name,Account,Amount,Currency,Payout currency,Purpose');
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")",'+90 555,30.00,USD`);
    expect((await send(bank!, {}, sandbox.integratorToken)).status).toBe(403);
    expect((await fetch(`${api.url}${bank}`)).status).toBe(401);
    expect((await send(`/payouts/${program}/march/files/9`)).status).toBe(404);
    const other = await createTestSandbox(api, { programs: [program] });
    expect((await send(bank!, {}, other.staffToken)).status).toBe(404);
  });

  it('takes answers, and one that can not be read to its end does nothing', async () => {
    const { lines } = await batchOf(staff, 'march');
    const idOf = (name: string) => lines.nodes.find(({ affiliate }) => affiliate.externalId === name)!.id;
    const broken = await answer('march', 'western-union', `Reference,Status\n${idOf('ben')},paid\n${idOf('cem')},perhaps\n`);
    expect([broken.status, await linesOf(staff, 'march')]).toMatchObject([422, expect.arrayContaining(['ben: sent'])]);
    const text = `Reference,Status,Amount,Currency,Reason\n${idOf('ben')},paid,20.00,USD,\n${idOf('cem')},failed,,,closed\nx,paid,,,\n`;
    expect(await answer('march', 'western-union', text)).toEqual({
      status: 200,
      body: { changed: { paid: 1, failed: 1 }, unchanged: 0, problems: [{ line: 'x', message: 'That is no line of ours.' }] },
    });
    // Brought twice it changes nothing.
    expect((await answer('march', 'western-union', text)).body).toMatchObject({ changed: {}, unchanged: 2 });
    expect(await balanceOf(staff, 'cem')).toEqual({ available: '3000', reserved: '0', paid: '0' });
    expect((await answer('march', 'western-union', text, sandbox.integratorToken)).status).toBe(403);
    expect((await answer('march', 'paypal', text)).status).toBe(422);
    for (const empty of ['', 'Reference,Status\n', '\u0000']) expect((await answer('march', 'western-union', empty)).status).toBe(422);
    // Who takes the file to the bank now pays what has failed once more.
    const { parts } = await batchOf(staff, 'march');
    const { file } = parts.find(({ method }) => method === 'western-union')!;
    expect([(await send(file!)).status, (await send(`${file}?again=true`)).status]).toEqual([409, 200]);
  });

  it('keeps what can not be so from the books, and says it', async () => {
    const { lines } = await batchOf(staff, 'march');
    const idOf = (name: string) => lines.nodes.find(({ affiliate }) => affiliate.externalId === name)!.id;
    const text = `Reference,Status,Amount,Currency\n${idOf('cem')},paid,30.00,USD\n`;
    const { body } = await answer('march', 'western-union', text);
    expect(body).toMatchObject({ changed: {}, problems: [{ message: expect.stringContaining('It is failed and said to be paid') }] });
    expect(await balanceOf(staff, 'cem')).toEqual({ available: '3000', reserved: '0', paid: '0' });
    const { withdrawal } = await staff<{ withdrawal: { history: { kind: string }[] } }>(
      `{ withdrawal(program: "${program}", id: "w-cem") { history { kind reason by } } }`,
    );
    expect(withdrawal.history.map(({ kind }) => kind)).toEqual(['approved', 'sent', 'failed', 'contradicted']);
  });

  it('takes back what comes back after it was paid, into the lots it came from', async () => {
    const { lines } = await batchOf(staff, 'march');
    const ben = lines.nodes.find(({ affiliate }) => affiliate.externalId === 'ben')!.id;
    const mark = (outcome: string) =>
      act(
        staff,
        'markPayoutLines',
        { program, batch: 'march', lines: [ben], outcome, reason: 'the bank called' },
        'changed problems { message }',
      );
    expect(await mark('RETURNED')).toMatchObject({ changed: 1, problems: [] });
    expect(await mark('RETURNED')).toMatchObject({ changed: 0, problems: [] });
    expect(await mark('PAID')).toMatchObject({ changed: 0, problems: [{ message: expect.stringContaining('returned') }] });
    expect(await balanceOf(staff, 'ben')).toEqual({ available: '2000', reserved: '0', paid: '0' });
  });

  it('another amount than was sent is not taken for it', async () => {
    await must(staff, 'releaseWithdrawal', { program, withdrawal: 'w-fay' });
    await must(staff, 'approveWithdrawal', { program, withdrawal: 'w-fay' });
    await sentBatch(staff, staff, 'april');
    const { lines } = await batchOf(staff, 'april');
    const fay = lines.nodes.find(({ affiliate }) => affiliate.externalId === 'fay')!;
    await answer('april', 'western-union', `Reference,Status,Amount\n${fay.id},paid,6.00\n`);
    const after = (await batchOf(staff, 'april')).lines.nodes.find(({ id }) => id === fay.id)!;
    expect(after).toMatchObject({ status: 'UNKNOWN', reason: expect.stringContaining('6.00 USD are said') });
    await must(staff, 'markPayoutLines', { program, batch: 'april', lines: [fay.id], outcome: 'PAID', reason: 'a slip of the table' });
    expect(await linesOf(staff, 'april')).toContain('fay: paid');
  });
});

it('what never left and is said to have failed keeps nobody from being paid', async () => {
  await approvedWithdrawals(staff, [{ name: 'ole', points: '1000', kind: 'western-union', holder: 'Ole' }]);
  await approvedBatch(staff, staff, 'slip');
  await must(staff, 'rejectWithdrawal', { program, withdrawal: 'w-ole', reason: 'asked for by mistake' });
  const line = (await batchOf(staff, 'slip')).lines.nodes.find(({ affiliate }) => affiliate.externalId === 'ole')!.id;
  const contradicted = async () => {
    const { withdrawal } = await staff<{ withdrawal: { contradiction: string | null } }>(
      `{ withdrawal(program: "${program}", id: "w-ole") { contradiction } }`,
    );
    return withdrawal.contradiction;
  };
  for (const outcome of ['FAILED', 'UNKNOWN']) {
    const marked = { program, batch: 'slip', lines: [line], outcome, reason: 'a slip' };
    expect(await act(staff, 'markPayoutLines', marked, 'problems { message }')).toMatchObject({
      problems: [{ message: 'It was never sent: it is dropped.' }],
    });
    expect([outcome, await contradicted()]).toEqual([outcome, null]);
  }
  await must(staff, 'markPayoutLines', { program, batch: 'slip', lines: [line], outcome: 'PAID', reason: 'the bank says so' });
  expect(await contradicted()).toBe('It was never sent: it is dropped.');
  await must(staff, 'settleContradiction', { program, withdrawal: 'w-ole', reason: 'it was another' });
  await must(staff, 'discardPayoutBatch', { program, batch: 'slip', reason: 'tried' });
});

it('nothing more is paid to whoever has an amount back that is said to be paid', async () => {
  const gil = { name: 'gil', points: '2000', kind: 'western-union', holder: 'Gil' };
  await approvedWithdrawals(staff, [gil, { name: 'gwen', points: '1000', kind: 'western-union', holder: 'Gwen' }]);
  await sentBatch(staff, staff, 'twice');
  const line = (await batchOf(staff, 'twice')).lines.nodes.find(({ affiliate }) => affiliate.externalId === 'gil')!.id;
  await answer('twice', 'western-union', `Reference,Status\n${line},failed\n`);
  await must(staff, 'requestWithdrawal', { program, affiliate: 'gil', id: 'w-gil-2' });
  await must(staff, 'approveWithdrawal', { program, withdrawal: 'w-gil-2' });
  await approvedBatch(staff, staff, 'again');
  await answer('twice', 'western-union', `Reference,Status\n${line},paid\n`);
  const sent = await act(staff, 'sendPayoutBatch', { program, batch: 'again' });
  expect(sent.userErrors[0]?.message).toMatch(/has an amount back that is said to be paid/);
  await must(staff, 'discardPayoutBatch', { program, batch: 'again', reason: 'gil' });
  await must(staff, 'collectPayoutBatch', { program, batch: 'later' });
  const { lines } = await batchOf(staff, 'later');
  expect(lines.nodes.find(({ affiliate }) => affiliate.externalId === 'gil')?.reason).toMatch(/^It is on hold: A payment whose amount/);
  await must(staff, 'postAdjustment', { program, affiliate: 'gil', id: 'more', kind: 'BONUS', amount: '500', reason: 'a good week' });
  const coupon = { program, affiliate: 'gil', id: 'c-gil', kind: 'coupon', points: '100' };
  expect(await refusalOf(sandbox.integrator, 'redeemPoints', coupon)).toBe('INVALID');
  await must(staff, 'settleContradiction', { program, withdrawal: 'w-gil', reason: 'the table was wrong' });
  expect(await refusalOf(sandbox.integrator, 'redeemPoints', coupon)).toBe('');
  await must(staff, 'collectPayoutBatch', { program, batch: 'later' });
  expect(await linesOf(staff, 'later')).toContain('gil: collected');
  await must(staff, 'discardPayoutBatch', { program, batch: 'later', reason: 'tried' });
  await must(staff, 'rejectWithdrawal', { program, withdrawal: 'w-gil-2', reason: 'tried' });
});

describe('an answer for a whole file', () => {
  const key = (id: string) => id.replaceAll('-', '');
  /** A sent batch of bank transfers; answers how the bank reports on it. */
  async function sentTransfers(batch: string, names: readonly string[]) {
    await approvedWithdrawals(
      staff,
      names.map((name) => ({ name, points: '2000', kind: 'bank-transfer', account: IBAN, holder: name, currency: 'USD' })),
    );
    await sentBatch(staff, staff, batch);
    const { lines, parts } = await batchOf(staff, batch);
    const idOf = (name: string) => key(lines.nodes.find(({ affiliate }) => affiliate.externalId === name)!.id);
    const report = async (group: string, ...transfers: string[]) => reportOf(batch, group, '', transfers);
    const reportOf = async (to: string, group: string, totals: string, transfers: string[] = []) => {
      const named = transfers.map((transfer) => `<TxInfAndSts>${transfer}</TxInfAndSts>`).join('');
      const text = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
        <OrgnlGrpInfAndSts><OrgnlMsgId>${key(parts[0]!.id)}</OrgnlMsgId>${totals}<GrpSts>${group}</GrpSts></OrgnlGrpInfAndSts>
        <OrgnlPmtInfAndSts>${named}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;
      return (await answer(to, 'bank-transfer', text)).body;
    };
    return { idOf, report, reportOf };
  }

  it('does not hold for a line of which it says another amount itself, nor does the next one', async () => {
    const { idOf, report } = await sentTransfers('group', ['lou', 'mia']);
    const other = '<OrgnlTxRef><Amt><InstdAmt Ccy="USD">1.00</InstdAmt></Amt></OrgnlTxRef>';
    const said = await report('ACSC', `<OrgnlEndToEndId>${idOf('lou')}</OrgnlEndToEndId><TxSts>ACSC</TxSts>${other}`);
    expect(said).toMatchObject({ changed: { unknown: 1, paid: 1 } });
    const problems = [{ message: expect.stringContaining('Only what names it') }];
    expect(await report('ACSC')).toMatchObject({ changed: {}, problems });
    expect(await linesOf(staff, 'group')).toEqual(expect.arrayContaining(['lou: unknown', 'mia: paid']));
    await report('ACSC', `<OrgnlEndToEndId>${idOf('lou')}</OrgnlEndToEndId><TxSts>RJCT</TxSts>`);
    expect(await linesOf(staff, 'group')).toContain('lou: failed');
  });

  it('holds only for as many payments of the same sum as were sent, in the batch that sent them', async () => {
    const { reportOf } = await sentTransfers('totals', ['rio', 'sam']);
    const totals = (count: number, sum: string) => `<OrgnlNbOfTxs>${count}</OrgnlNbOfTxs><OrgnlCtrlSum>${sum}</OrgnlCtrlSum>`;
    for (const other of [totals(1, '40.00'), totals(2, '40.01')])
      expect(await reportOf('totals', 'ACSC', other)).toMatchObject({
        changed: {},
        problems: [{ message: expect.stringContaining('2 payments of 40.00 USD') }],
      });
    const elsewhere = [{ message: 'That is no file of this batch.' }];
    expect(await reportOf('group', 'ACSC', totals(2, '40.00'))).toMatchObject({ changed: {}, problems: elsewhere });
    expect(await reportOf('totals', 'ACSC', totals(2, '40.000'))).toMatchObject({ changed: { paid: 2 }, problems: [] });
  });

  it('does not hold for a line that it names by its instruction, nor for any while it names one that nobody can tell', async () => {
    const { idOf, report } = await sentTransfers('named', ['nia', 'oli', 'pia']);
    const nia = `<OrgnlInstrId>${idOf('nia')}</OrgnlInstrId><OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId><TxSts>RJCT</TxSts>`;
    const stranger = '<OrgnlEndToEndId>NOTPROVIDED</OrgnlEndToEndId><TxSts>RJCT</TxSts>';
    expect(await report('ACSC', nia, stranger)).toMatchObject({ changed: { failed: 1, unknown: 2 }, problems: [{ line: 'NOTPROVIDED' }] });
    expect(await report('ACSC')).toMatchObject({ changed: {}, problems: [{}, {}] });
    const paid = (name: string) => `<OrgnlInstrId>${idOf(name)}</OrgnlInstrId><TxSts>ACSC</TxSts>`;
    expect(await report('PART', paid('oli'), paid('pia'))).toMatchObject({ changed: { paid: 2 }, problems: [] });
    expect(await linesOf(staff, 'named')).toEqual(expect.arrayContaining(['nia: failed', 'oli: paid', 'pia: paid']));
  });
});

describe('in bulk', () => {
  it('many are approved or turned away, and it is said of which not and why', async () => {
    await withdrawalOf(staff, { name: 'gus', points: '1000' });
    await withdrawalOf(staff, { name: 'hal', points: '1000' });
    const acted = await act(
      staff,
      'approveWithdrawals',
      { program, withdrawals: ['w-gus', 'w-nobody', 'w-hal', 'w-ben'] },
      'results { index withdrawal { status } userErrors { code path } }',
    );
    expect(acted['results']).toMatchObject([
      { index: 0, withdrawal: { status: 'APPROVED' }, userErrors: [] },
      { index: 1, withdrawal: null, userErrors: [{ code: 'NOT_FOUND', path: ['withdrawals', '1'] }] },
      { index: 2, withdrawal: { status: 'APPROVED' }, userErrors: [] },
      { index: 3, withdrawal: null, userErrors: [{ code: 'INVALID', path: ['withdrawals', '3'] }] },
    ]);
    await must(
      staff,
      'rejectWithdrawals',
      { program, withdrawals: ['w-gus', 'w-hal'], reason: 'once more' },
      'results { userErrors { code } }',
    );
    expect(await balanceOf(staff, 'gus')).toEqual({ available: '1000', reserved: '0', paid: '0' });
    const { withdrawals } = await staff<{ withdrawals: { totalCount: number } }>(
      `{ withdrawals(program: "${program}", statuses: [REJECTED]) { totalCount nodes { externalId } } }`,
    );
    expect(withdrawals.totalCount).toBe(5);
  });
});

describe('in a live organization', () => {
  it('somebody else approves than who froze', async () => {
    const { secret } = (await must(api.staff, 'createToken', { kind: 'STAFF', name: 'second', role: 'FINANCE' }, 'secret')) as {
      secret?: string;
    };
    const second = api.as(secret);
    await approvedWithdrawals(api.staff, [{ name: 'ann', points: '1000', kind: 'western-union', holder: 'Ann' }]);
    await must(api.staff, 'collectPayoutBatch', { program, batch: 'one' });
    await must(api.staff, 'freezePayoutBatch', { program, batch: 'one' });
    const { hash } = await batchOf(api.staff, 'one');
    expect(await refusalOf(api.staff, 'approvePayoutBatch', { program, batch: 'one', hash })).toBe('INVALID');
    // Nor does the database let it through.
    await expect(
      client.query("update payout_batch set status = 'approved', approved_actor = frozen_actor, approved_by = 'x' where name = 'one'"),
    ).rejects.toThrow(/check constraint/);
    await must(second, 'approvePayoutBatch', { program, batch: 'one', hash });
    await must(api.staff, 'sendPayoutBatch', { program, batch: 'one' });
    expect(await linesOf(api.staff, 'one')).toEqual(['ann: sent']);
  });

  it('two who collect, freeze and send at once make one batch, and each line leaves once', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    await approvedWithdrawals(
      staff,
      names.map((name) => ({ name, points: '1000', kind: 'western-union', holder: name })),
    );
    const twice = (mutation: string, input: object) =>
      Promise.all([act(staff, mutation, input), act(staff, mutation, input), act(staff, mutation, input)]);
    await twice('collectPayoutBatch', { program, batch: 'may' });
    await twice('freezePayoutBatch', { program, batch: 'may' });
    const { hash } = await batchOf(staff, 'may');
    await twice('approvePayoutBatch', { program, batch: 'may', hash });
    await twice('sendPayoutBatch', { program, batch: 'may' });
    expect(await linesOf(staff, 'may')).toEqual(expect.arrayContaining(names.map((name) => `${name}: sent`)));
    const { rows } = await client.query(
      "select count(*)::int as batches from payout_batch where name = 'may' and program_id in (select id from program where organization_id = $1)",
      [sandbox.id],
    );
    expect(rows[0]).toEqual({ batches: 1 });
    const sent = await client.query(
      "select count(*)::int as entries from ledger_entry where kind = 'withdrawal-sent' and cause_id in (select withdrawal_id from payout_line l join payout_batch b on b.id = l.batch_id where b.name = 'may')",
    );
    expect(sent.rows[0]).toEqual({ entries: 12 });
  });

  it('without a debtor account or credentials nothing is sent', async () => {
    await approvedWithdrawals(staff, [{ name: 'pat', points: '1000', kind: 'paypal', account: 'pat@example.org' }]);
    await must(staff, 'collectPayoutBatch', { program, batch: 'june' });
    // It is said before anybody freezes it.
    const unready = async () => {
      const { payoutBatch } = await staff<{ payoutBatch: { unready: string[] } }>(
        `{ payoutBatch(program: "${program}", batch: "june") { unready } }`,
      );
      return payoutBatch.unready;
    };
    expect(await unready()).toEqual(['No PayPal account is set up for sandboxes.']);
    await approvedBatch(staff, staff, 'june');
    const acted = await act(staff, 'sendPayoutBatch', { program, batch: 'june' });
    expect(acted.userErrors[0]?.message).toBe('No PayPal account is set up for sandboxes.');
    await must(staff, 'discardPayoutBatch', { program, batch: 'june', reason: 'no account' });
    expect(await unready()).toEqual([]);
  });
});
