import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { connect, provedWrong } from '../../testing/books.ts';
import { monthlyTerms, payoutsOf } from '../../testing/payouts.ts';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const program = 'monthly';
const { batchOf, linesOf, balanceOf } = payoutsOf(program);
let api: TestApi;
let client: pg.Client;

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  client = await connect(api.database.url);
}, 60_000);

afterAll(async () => {
  expect(await provedWrong(client)).toEqual([]);
  await client.end();
  await api.close();
});

async function pay(sandbox: Pick<TestSandbox, 'staff'>, affiliate: string, amount = '20.00', isRequested = true): Promise<void> {
  const { staff } = sandbox;
  await must(staff, 'enrollAffiliate', { program, affiliate, country: 'MY' });
  await must(staff, 'setPayoutMethod', { program, affiliate, kind: 'paypal', account: `${affiliate}@example.org` });
  await must(staff, 'postAdjustment', { program, affiliate, id: `bonus-${affiliate}`, kind: 'BONUS', amount, reason: 'a good month' });
  if (isRequested) await must(staff, 'requestWithdrawal', { program, affiliate, id: `w-${affiliate}` });
}

async function batches(staff: TestSandbox['staff']): Promise<string[]> {
  const { payoutBatches } = await staff<{ payoutBatches: { nodes: { name: string; status: string; cutOffAt: string | null }[] } }>(
    `{ payoutBatches(program: "${program}") { nodes { name status cutOffAt filledAt } } }`,
  );
  return payoutBatches.nodes.map(({ name, status, cutOffAt }) => `${name} ${status} ${cutOffAt}`).sort();
}

describe('a cut-off', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await createTestSandbox(api, { startsAt: '2026-03-01T00:00:00Z' });
    await must(sandbox.staff, 'createProgram', { document: monthlyTerms(program) });
    for (const name of ['ann', 'ben', 'cem']) await pay(sandbox, name);
    await pay(sandbox, 'dora', '30.00', false);
  });

  it('opens no batch before its instant, and staff open none for it either', async () => {
    await sandbox.at('2026-03-19T15:59:59Z');
    expect(await batches(sandbox.staff)).toEqual([]);
    const early = await act(sandbox.staff, 'collectPayoutBatch', { program, batch: '2026-03' });
    expect(early.userErrors).toMatchObject([
      { code: 'BS-09', path: ['batch'], message: 'The cut-off of 2026-03 is at 2026-03-19T16:00:00.000Z.' },
    ]);
    for (const batch of ['2026-13', '2026-00', 'march'])
      expect((await act(sandbox.staff, 'collectPayoutBatch', { program, batch })).userErrors).toMatchObject([{ code: 'INVALID' }]);
  });

  it('fixes what is asked for, also when terms without one have come since', async () => {
    const other = await createTestSandbox(api, { startsAt: '2026-03-01T00:00:00Z', name: 'dropped' });
    const { staff } = other;
    await must(staff, 'createProgram', { document: monthlyTerms(program) });
    await pay(other, 'gil');
    const { withdrawal, ...terms } = JSON.parse(monthlyTerms(program));
    const { cutOff: _, ...anyTime } = withdrawal;
    await other.at('2026-03-05T00:00:00Z');
    const published = { ...terms, withdrawal: anyTime };
    await must(staff, 'publishTerms', { program, document: JSON.stringify(published), holdsFrom: '2026-03-06T00:00:00Z' });
    await other.at('2026-03-07T00:00:00Z');
    const early = await act(staff, 'approveWithdrawal', { program, withdrawal: 'w-gil' });
    expect(early.userErrors).toMatchObject([{ code: 'INVALID', message: 'It is reviewed after the cut-off at 2026-03-19T16:00:00.000Z.' }]);
    await other.at('2026-03-20T00:00:00Z');
    await must(staff, 'approveWithdrawal', { program, withdrawal: 'w-gil' });
    await must(staff, 'markWithdrawalPaid', { program, withdrawal: 'w-gil' });
    expect(await balanceOf(staff, 'gil')).toMatchObject({ available: '0.00', paid: '20.00' });
  });

  it('covers what would lapse before it, until the request is given up: what was, stays', async () => {
    const other = await createTestSandbox(api, { startsAt: '2026-03-01T00:00:00Z', name: 'claims' });
    const { staff } = other;
    await must(staff, 'createProgram', { document: monthlyTerms(program) });
    await pay(other, 'fay', '5.00', false);
    const bonus = { program, affiliate: 'fay', id: 'short', kind: 'BONUS', amount: '20.00', reason: 'for a while' };
    await must(staff, 'postAdjustment', { ...bonus, expiresAt: '2026-03-10T00:00:00Z' });
    await must(staff, 'requestWithdrawal', { program, affiliate: 'fay', id: 'w-fay' });
    await other.at('2026-03-12T00:00:00Z');
    const then = async () => {
      const query = `{ balances(program: "${program}", affiliate: "fay", asOf: "2026-03-11T00:00:00Z") { available { value } expired { value } } }`;
      return (await staff<{ balances: object }>(query)).balances;
    };
    const before = await then();
    expect(before).toEqual({ available: { value: '25.00' }, expired: { value: '0.00' } });
    await must(staff, 'rejectWithdrawal', { program, withdrawal: 'w-fay', reason: 'asked twice' });
    expect(await then()).toEqual(before);
    expect(await balanceOf(staff, 'fay')).toMatchObject({ available: '5.00' });
  });

  it('opens its batch by itself, dated at its instant, with the reason of whatever is not approved yet', async () => {
    await sandbox.at('2026-03-25T09:00:00Z');
    expect(await batches(sandbox.staff)).toEqual(['2026-03 OPEN 2026-03-19T16:00:00Z']);
    const { lines } = await batchOf(sandbox.staff, '2026-03');
    expect(lines.nodes.map(({ affiliate, reason }) => `${affiliate.externalId}: ${reason}`).sort()).toEqual([
      'ann: It is processing, not approved.',
      'ben: It is processing, not approved.',
      'cem: It is processing, not approved.',
    ]);
  });

  it('takes what was approved by then, and what was left over of earlier months', async () => {
    await must(sandbox.staff, 'approveWithdrawals', { program, withdrawals: ['w-ann', 'w-ben'] }, 'results { userErrors { code } }');
    await must(sandbox.staff, 'holdWithdrawal', { program, withdrawal: 'w-cem', reason: 'a question' });
    await must(sandbox.staff, 'requestWithdrawal', { program, affiliate: 'dora', id: 'w-dora' });
    await sandbox.at('2026-04-21T00:00:00Z');
    expect(await batches(sandbox.staff)).toEqual(['2026-03 OPEN 2026-03-19T16:00:00Z', '2026-04 OPEN 2026-04-19T16:00:00Z']);
    expect(await linesOf(sandbox.staff, '2026-04')).toEqual(['ann: collected', 'ben: collected', 'cem: deferred', 'dora: deferred']);
    const { lines } = await batchOf(sandbox.staff, '2026-04');
    expect(lines.nodes.find(({ affiliate }) => affiliate.externalId === 'cem')!.reason).toBe('It is on hold: a question');
    expect(await balanceOf(sandbox.staff, 'dora')).toMatchObject({ available: '0.00', reserved: '30.00' });
  });

  it('that was discarded is not opened again, and one without requests opens none', async () => {
    await must(sandbox.staff, 'discardPayoutBatch', { program, batch: '2026-03', reason: 'paid with April' });
    await sandbox.at('2026-05-21T00:00:00Z');
    expect(await batches(sandbox.staff)).toEqual(['2026-03 DISCARDED 2026-03-19T16:00:00Z', '2026-04 OPEN 2026-04-19T16:00:00Z']);
    await must(sandbox.staff, 'collectPayoutBatch', { program, batch: '2026-05' });
    expect(await linesOf(sandbox.staff, '2026-05')).toEqual(['cem: deferred', 'dora: deferred']);
  });

  it('cut off between its batch and its balances finds both again', async () => {
    await pay(sandbox, 'eva');
    // As a process leaves it that dies when it has opened the batch, and again when it has taken the balances.
    await client.query(
      `insert into payout_batch (id, program_id, name, status, opened_at, opened_by, cut_off_at)
       select gen_random_uuid(), program_id, batch, 'open', cut_off_at, 'clock', cut_off_at from withdrawal where external_id = 'w-eva'`,
    );
    await sandbox.at('2026-06-20T00:00:00Z');
    expect(await linesOf(sandbox.staff, '2026-06')).toContain('eva: deferred');
    await client.query(`update payout_batch set filled_at = null where name = '2026-06'`);
    await must(sandbox.staff, 'approveWithdrawal', { program, withdrawal: 'w-eva' });
    await sandbox.at('2026-06-20T00:00:01Z');
    expect(await linesOf(sandbox.staff, '2026-06')).toContain('eva: collected');
  });
});

describe('two processes', () => {
  const PAYEES = Array.from({ length: 20 }, (_, index) => `p${index}`);
  const children: ChildProcess[] = [];
  const folders: string[] = [];

  afterAll(async () => {
    for (const child of children) {
      if (child.exitCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  /** The server as people start it. */
  async function start(): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'tributary-cut-off-'));
    folders.push(folder);
    const own = {
      DATABASE_URL: api.database.url,
      TRIBUTARY_DATA: folder,
      TRIBUTARY_DEMO: 'off',
      BUILD_BACK_OFFICE: 'off',
      PORT: '0',
      LOG_LEVEL: 'error',
    };
    const child = spawn(process.execPath, ['--import', 'tsx', main], {
      env: { ...process.env, ...own },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    while (!/answers at/.test(output)) {
      if (child.exitCode !== null) throw new Error(`The server did not start:\n${output}`);
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    }
  }

  it('at one cut-off open one batch, and each balance is taken once', { timeout: 90_000 }, async () => {
    await must(api.staff, 'createProgram', { document: monthlyTerms(program) });
    for (const name of PAYEES) await pay({ staff: api.staff }, name);
    await Promise.all([start(), start()]);
    // Both look every five seconds of the same clock: the cut-off of this month is now.
    await client.query(
      `update withdrawal set cut_off_at = date_trunc('milliseconds', now()) - interval '1 second' where external_id like 'w-p%'`,
    );
    const count = async (sql: string) => Number((await client.query<{ count: string }>(sql)).rows[0]!.count);
    while (
      (await count(`select count(*) from payout_batch b join program p on p.id = b.program_id join organization o on o.id = p.organization_id
      where o.kind = 'live' and b.filled_at is not null`)) === 0
    )
      await sleep(100);
    // Whoever came second has looked, too.
    await sleep(500);
    const found = await batches(api.staff);
    expect(found).toHaveLength(1);
    expect(await count(`select count(*) from withdrawal where external_id like 'w-p%' and status = 'processing' and amount = 2000`)).toBe(
      PAYEES.length,
    );
    expect(
      await count(
        `select count(*) from ledger_entry e join withdrawal w on w.affiliate_id = e.affiliate_id and w.id = e.cause_id where w.external_id like 'w-p%' and e.kind = 'withdrawal-reserved'`,
      ),
    ).toBe(PAYEES.length);
    expect(await linesOf(api.staff, found[0]!.split(' ')[0]!)).toEqual(PAYEES.map((name) => `${name}: deferred`).sort());
  });
});
