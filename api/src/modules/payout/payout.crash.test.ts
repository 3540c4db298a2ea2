import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, must } from '../../testing/acts.ts';
import type { Ask } from '../../testing/api.ts';
import { connect, provedWrong } from '../../testing/books.ts';
import { until } from '../../testing/crash.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { payoutsOf } from '../../testing/payouts.ts';
import { LocalPayPal } from '../../testing/paypal.ts';

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const program = 'banggood';
const batch = 'march';
const { approvedWithdrawals, batchOf } = payoutsOf(program);
/** Five transactions for what is collected and sent, three for what is said of each part. */
const AT_ONCE = 5;
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
  const own = {
    DATABASE_URL: database.url,
    TRIBUTARY_DATA: dataDir,
    TRIBUTARY_DEMO: 'off',
    BUILD_BACK_OFFICE: 'off',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    PAYOUT_LINES_AT_ONCE: `${AT_ONCE}`,
  };
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

/** Holds what `text` locks, so that whoever needs it waits; answers how to let go. */
async function holding(text: string, values: readonly string[] = []): Promise<() => Promise<void>> {
  const holder = await connect(database.url);
  await holder.query('begin');
  await holder.query(text, [...values]);
  return async () => {
    await holder.query('rollback');
    await holder.end();
  };
}
const holdingPayee = (name: string) =>
  holding('select 1 from enrollment e join affiliate a on a.id = e.affiliate_id where a.external_id = $1 for update of e', [name]);

const somebodyWaits = async () => {
  const text = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  return (await client.query(text)).rows.length > 0;
};

/** Cut off where it waits for what is held, having done `half` and no more; then the server is there again. */
async function killedWhere(letGo: () => Promise<void>, work: () => Promise<unknown>, half: Record<string, number>): Promise<void> {
  const running = work().catch(() => 'cut off');
  await reaches(half);
  await kill();
  await running;
  await letGo();
  await start();
}

/** Waits in the middle, and even so nothing is wrong. */
async function reaches(half: Record<string, number>): Promise<void> {
  await until(`it waits at ${JSON.stringify(half)}`, async () => isDeepStrictEqual(await counts(), half) && (await somebodyWaits()));
  await expectSound();
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
  const collect = () => act(staff, 'collectPayoutBatch', { program, batch });
  await killedWhere(await holdingPayee('p12'), collect, { collected: PAYEES.length - AT_ONCE });
  await must(staff, 'collectPayoutBatch', { program, batch });
  expect(await counts()).toEqual({ collected: 24 });
  // The parts are made, and its last lines not in them yet.
  const lastLine = await holding('select 1 from payout_line order by id desc limit 1 for update');
  await killedWhere(lastLine, () => act(staff, 'freezePayoutBatch', { program, batch }), { collected: 24 });
  expect((await batchOf(staff, batch)).parts).toEqual([]);
  await must(staff, 'freezePayoutBatch', { program, batch });
  const { hash } = await batchOf(staff, batch);
  const itself = await holding('select 1 from payout_batch for update');
  await killedWhere(itself, () => act(second, 'approvePayoutBatch', { program, batch, hash }), { collected: 24 });
  expect((await batchOf(staff, batch)).status).toBe('FROZEN');
  await must(second, 'approvePayoutBatch', { program, batch, hash });
  expect(await counts()).toEqual({ collected: 24 });
  await expectSound();
});

/** Cuts the server off where it calls the provider. */
const atStep = (name: string) =>
  new Promise<void>((resolve) => {
    paypal.onStep = (reached) => {
      if (reached !== name) return false;
      paypal.onStep = () => false;
      server.child.kill('SIGKILL');
      resolve();
      return true;
    };
  });

it('while its lines leave: half of it is on its way, nothing is paid, and the rest follows by itself', { timeout: 300_000 }, async () => {
  const letGo = await holdingPayee('p12');
  const sending = act(staff, 'sendPayoutBatch', { program, batch }).catch(() => 'cut off');
  await reaches({ sent: 10, collected: 14 });
  const { parts, status } = await batchOf(staff, batch);
  expect([status, parts.map((part) => `${part.status} ${part.file}`)]).toEqual(['SENDING', ['ready null', 'ready null']]);
  await kill();
  await sending;
  // Whoever is started next goes on where it was, and is cut off further on.
  const letGoNext = await holdingPayee('p22');
  await letGo();
  await start();
  await reaches({ sent: 20, collected: 4 });
  expect(paypal.batches.size).toBe(0);
  await kill();
  await letGoNext();
  const reached = atStep('before taking');
  await start();
  await reached;
  await gone();
  expect(await counts()).toEqual({ sent: 24 });
  await expectSound();
});

it('while the provider takes them and answers: each is taken once, and known once', { timeout: 300_000 }, async () => {
  for (const name of ['after taking', 'results']) {
    const reached = atStep(name);
    await start();
    await sendUntil(reached);
    await gone();
    // What may have been paid is on its way or unknown, and no longer reserved.
    expect(Object.keys(await counts()).filter((status) => !['sent', 'unknown'].includes(status))).toEqual([]);
    await expectSound();
  }
  // Half of what it says is written.
  const letGo = await holdingPayee('p12');
  await start();
  void act(staff, 'askPayoutBatch', { program, batch }).catch(() => {});
  await until('it waits in the middle of what the provider says', async () => {
    const { paid = 0 } = await counts();
    return paid >= AT_ONCE && paid < 12 && (await somebodyWaits());
  });
  await expectSound();
  await kill();
  await letGo();
  await start();
  await until('the rest is known', async () => {
    await must(staff, 'askPayoutBatch', { program, batch });
    return (await counts())['paid'] === 12;
  });
  expect(await counts()).toEqual({ paid: 12, sent: 12 });
  expect(paypal.batches.size).toBe(1);
  await expectSound();
});

it('while its file is fetched and the answer is read: the file is the same, and each line is paid once', { timeout: 300_000 }, async () => {
  const { parts, lines } = await batchOf(staff, batch);
  const file = parts.find(({ method }) => method === 'western-union')!.file!;
  const text = await (await send(file)).text();
  const atLines = await holding('lock table payout_line in access exclusive mode');
  const fetching = send(file)
    .then((response) => response.text())
    .catch(() => 'cut off');
  await until('the file waits', somebodyWaits);
  await kill();
  expect(await fetching).toBe('cut off');
  await atLines();
  await start();
  expect(await (await send(file)).text()).toBe(text);
  const nameOf = ({ affiliate }: (typeof lines.nodes)[number]) => affiliate.externalId;
  const waiting = lines.nodes.filter(({ status }) => status === 'SENT').sort((one, next) => (nameOf(one) < nameOf(next) ? -1 : 1));
  const answer = `Reference,Status\n${waiting.map(({ id }) => `${id},paid`).join('\n')}\n`;
  const bring = () => send(`/payouts/${program}/${batch}/answers/western-union`, { method: 'POST', body: answer });
  await killedWhere(await holdingPayee('p13'), bring, { paid: 12 + AT_ONCE, sent: 12 - AT_ONCE });
  await killedWhere(await holdingPayee('p23'), bring, { paid: 22, sent: 2 });
  expect((await bring()).status).toBe(200);
  expect(await counts()).toEqual({ paid: 24 });
  const { rows } = await client.query(
    "select count(*)::int as entries, count(distinct cause_id)::int as withdrawals from ledger_entry where kind in ('withdrawal-sent', 'withdrawal-paid')",
  );
  expect(rows[0]).toEqual({ entries: 24, withdrawals: 24 });
  expect(kills).toBe(12);
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
