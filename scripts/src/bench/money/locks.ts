import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { ApiServer } from '../host/apiServer.ts';
import { callers } from '../host/client.ts';
import type { Host } from '../host/host.ts';
import { interleave, rateOfAll, type Sample, timed } from '../pairs.ts';
import { addPayees, payeeName } from '../payout/fill.ts';
import { Random } from '../random.ts';
import { figure } from '../table.ts';
import type { Measure, Settings } from '../types.ts';
import { connectTo, freeProgram } from './setting.ts';

const CLIENTS = 16;
const BALANCES =
  'query ($program: String!, $affiliate: String!) { balances(program: $program, affiliate: $affiliate) { pending { value } available { value } } }';
/** The job looks every five seconds: twice, to be sure that it has. */
const JOBS_HAVE_RUN_MS = 12_000;

/** Rows that were made, changed or removed in the books so far. */
async function writesOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ writes: string }>(
    `select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) as writes from pg_stat_user_tables where relname ~ '^(lot|ledger_|commission|withdrawal)'`,
  );
  return Number(rows[0]!.writes);
}

async function lockUntil(client: pg.Client, programId: string, instant: Date): Promise<void> {
  await client.query('set session_replication_role = replica');
  await client.query('update lot set usable_from = $1 where program_id = $2', [instant, programId]);
  await client.query('vacuum analyze lot');
  // What this connection wrote itself would be counted when it next happens to say so.
  await client.query('select pg_stat_force_next_flush()');
}

async function reads({ client }: ApiServer, program: string, names: readonly string[]): Promise<Sample> {
  const seconds = await timed(() =>
    callers(CLIENTS, names, async (affiliate) => void (await client.ask(BALANCES, { program, affiliate }))),
  );
  return { work: names.length, seconds };
}

/** All locks end at one instant in one database, in the other they are still to end: what reading a balance costs, and what was written. */
export async function unlocking(host: Host, { quick, rows, pairs, say }: Settings): Promise<Measure[]> {
  const count = quick ? 2_000 : rows;
  const [ended, locked] = [await host.serve('ended', { connections: CLIENTS }), await host.serve('locked', { connections: CLIENTS })];
  const [client, other] = [await connectTo(host, ended), await connectTo(host, locked)];
  const program = await freeProgram(client);
  const tomorrow = new Date(Date.now() + 86_400_000);
  const { programId } = await addPayees(client, program, count, { usableFrom: tomorrow, endsAt: () => null });
  const { programId: otherId } = await addPayees(other, program, count, { usableFrom: tomorrow, endsAt: () => null });
  say(`  ${figure(count)} affiliates with a lot each in two databases`);
  // Both tables are written anew in the same way, so that they lie alike on the disk.
  await lockUntil(other, otherId, tomorrow);
  // All at one instant, in some seconds: the books are made by then, and all that is written from now on is due to it.
  const instant = new Date(Date.now() + 5_000 + count / 20);
  await lockUntil(client, programId, instant);
  if (Date.now() > instant.getTime()) throw new Error('The locks ended while they were being set: this machine needs fewer --rows.');
  await sleep(2_000);
  const before = await writesOf(client);
  await sleep(Math.max(0, instant.getTime() - Date.now()) + JOBS_HAVE_RUN_MS);
  const written = (await writesOf(client)) - before;
  say('  all locks ended');
  const random = new Random(5);
  const names = () => Array.from({ length: quick ? 300 : 1_500 }, () => payeeName(program, random.whole(0, count - 1)));
  for (const server of [ended, locked]) await reads(server, program, names());
  const found = await interleave(
    pairs,
    () => reads(ended, program, names()),
    () => reads(locked, program, names()),
  );
  return [
    {
      name: `money: balances read, ${figure(count)} locks ended`,
      ours: `${figure(rateOfAll(found.ours))}/s`,
      against: `before they end: ${figure(rateOfAll(found.other))}/s`,
      ratio: found.ratio,
      goal: { atLeast: 0.9 },
    },
    { name: `money: rows written by ${figure(count)} locks that end`, ours: String(written), against: 'goal: none' },
  ];
}
