import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, must } from '../../testing/acts.ts';
import type { Ask } from '../../testing/api.ts';
import { connect, provedWrong } from '../../testing/books.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { payoutsOf } from '../../testing/payouts.ts';
import { LocalPayPal } from '../../testing/paypal.ts';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const program = 'banggood';
const batch = 'march';
const { approvedWithdrawals, batchOf } = payoutsOf(program);
const PAYEES = Array.from({ length: 24 }, (_, index) => {
  const name = `p${String(index).padStart(2, '0')}`;
  const way = index % 2 === 0 ? { kind: 'paypal', account: `${name}@example.org` } : { kind: 'western-union', holder: name };
  return { name, points: '1000', ...way };
});

let paypal: LocalPayPal;
let database: TestDatabase;
let client: pg.Client;
let dataDir: string;
let server: { child: ChildProcess; url: string };
let kills = 0;

/** The server as people start it, on a database that outlives it. */
async function start(): Promise<void> {
  const own = { DATABASE_URL: database.url, TRIBUTARY_DATA: dataDir, TRIBUTARY_DEMO: 'off', PORT: '0', LOG_LEVEL: 'fatal' };
  const env = { ...process.env, ...own, ...paypal.environment('PAYPAL') };
  const child = spawn(process.execPath, ['--import', 'tsx', main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  server = { child, url: 'http://127.0.0.1:9' };
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const address = /answers at (\S+)/;
  while (!address.test(output)) {
    if (child.exitCode !== null) throw new Error(`The server did not start:\n${output}`);
    // Cut off at its first call of the provider, before it has said where it answers.
    if (child.signalCode !== null) break;
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
  server.url = address.exec(output)?.[1] ?? server.url;
}

async function kill(): Promise<void> {
  server.child.kill('SIGKILL');
  await gone();
}

async function gone(): Promise<void> {
  while (server.child.exitCode === null && server.child.signalCode === null) await sleep(5);
  kills += 1;
}

/** Whatever runs is cut off after a while; then the server is there again. */
async function killedDuring(work: () => Promise<unknown>, afterMs: number): Promise<void> {
  const running = work().catch(() => 'cut off');
  await sleep(afterMs);
  await kill();
  await running;
  await start();
}

const token = () => (JSON.parse(readFileSync(join(dataDir, 'tokens.json'), 'utf8')) as { staff: string }).staff;
const send = (path: string, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { ...init, headers: { authorization: `Bearer ${token()}`, ...init.headers } });
const askAs =
  (secret: () => string): Ask =>
  async <T>(query: string, variables?: Record<string, unknown>) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret()}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(20_000),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
    if (errors) throw new Error(errors[0]!.message);
    return data;
  };
const staff = askAs(() => token());

/** How many lines are what. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await client.query<{ status: string; count: number }>(
    'select status, count(*)::int as count from payout_line group by 1',
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

/** Nothing is half done, and nobody was paid twice. */
async function expectSound(): Promise<void> {
  expect(await provedWrong(client)).toEqual([]);
  expect([...paypal.timesTaken().values()].filter((times) => times !== 1)).toEqual([]);
}

beforeAll(async () => {
  paypal = await new LocalPayPal().start();
  database = await createTestDatabase();
  client = await connect(database.url);
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-payout-crash-'));
  await start();
  await approvedWithdrawals(staff, PAYEES);
}, 120_000);

afterAll(async () => {
  if (server?.child.exitCode === null && server.child.signalCode === null) {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
  await client.end();
  await database.drop();
  await paypal.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

it('the server is killed while a batch is collected, frozen and approved: it is done or it is not', { timeout: 300_000 }, async () => {
  const { secret } = (await must(staff, 'createToken', { kind: 'STAFF', name: 'second', role: 'FINANCE' }, 'secret')) as {
    secret?: string;
  };
  const second = askAs(() => secret!);
  await killedDuring(() => act(staff, 'collectPayoutBatch', { program, batch }), 12);
  await must(staff, 'collectPayoutBatch', { program, batch });
  expect(await counts()).toEqual({ collected: 24 });
  await killedDuring(() => act(staff, 'freezePayoutBatch', { program, batch }), 9);
  await must(staff, 'freezePayoutBatch', { program, batch });
  const { hash } = await batchOf(staff, batch);
  await killedDuring(() => act(second, 'approvePayoutBatch', { program, batch, hash }), 6);
  await must(second, 'approvePayoutBatch', { program, batch, hash });
  expect(await counts()).toEqual({ collected: 24 });
  await expectSound();
});

it('while its lines leave, and while the provider takes them: each is taken once', { timeout: 300_000 }, async () => {
  const step = (name: string) =>
    new Promise<void>((resolve) => {
      paypal.onStep = (reached) => {
        if (reached !== name) return false;
        paypal.onStep = () => false;
        server.child.kill('SIGKILL');
        resolve();
        return true;
      };
    });
  // The server asks by itself, too: whoever is to cut it off waits for it beforehand.
  let reached = step('before taking');
  for (const afterMs of [8, 20]) {
    await killedDuring(() => act(staff, 'sendPayoutBatch', { program, batch }), afterMs);
    await expectSound();
  }
  for (const next of ['after taking', 'results', undefined]) {
    await sendUntil(reached);
    await gone();
    // What may have been paid is on its way or unknown, and no longer reserved.
    expect(Object.keys(await counts()).filter((status) => !['sent', 'unknown'].includes(status))).toEqual([]);
    await expectSound();
    if (next !== undefined) reached = step(next);
    await start();
  }
  for (let times = 0; times < 3; times++) await must(staff, 'askPayoutBatch', { program, batch });
  expect(await counts()).toEqual({ paid: 12, sent: 12 });
  expect(paypal.batches.size).toBe(1);
  await expectSound();
});

it('while its file is fetched and the answer is read: the file is the same, and each line is paid once', { timeout: 300_000 }, async () => {
  const { parts, lines } = await batchOf(staff, batch);
  const file = parts.find(({ method }) => method === 'western-union')!.file!;
  const text = await (await send(file)).text();
  await killedDuring(async () => (await send(file)).text(), 6);
  expect(await (await send(file)).text()).toBe(text);
  const waiting = lines.nodes.filter(({ status }) => status === 'SENT');
  const answer = `Reference,Status\n${waiting.map(({ id }) => `${id},paid`).join('\n')}\n`;
  const bring = () => send(`/payouts/${program}/${batch}/answers/western-union`, { method: 'POST', body: answer });
  for (const afterMs of [8, 25]) {
    await killedDuring(bring, afterMs);
    await expectSound();
  }
  expect((await bring()).status).toBe(200);
  expect(await counts()).toEqual({ paid: 24 });
  const { rows } = await client.query(
    "select count(*)::int as entries, count(distinct cause_id)::int as withdrawals from ledger_entry where kind in ('withdrawal-sent', 'withdrawal-paid')",
  );
  expect(rows[0]).toEqual({ entries: 24, withdrawals: 24 });
  expect(kills).toBeGreaterThan(8);
  await expectSound();
});

/** Sends and asks, again and again, until the server is cut off at what it waits for. */
async function sendUntil(reached: Promise<void>): Promise<void> {
  let isReached = false;
  void reached.then(() => (isReached = true));
  while (!isReached) {
    await act(staff, 'sendPayoutBatch', { program, batch }).catch(() => {});
    await act(staff, 'askPayoutBatch', { program, batch }).catch(() => {});
    await sleep(20);
  }
}
