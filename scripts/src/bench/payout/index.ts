import { openRecorder } from '@tributary/api';
import pg from 'pg';
import { type Host, withHost } from '../host/host.ts';
import { readShapes } from '../intake/people.ts';
import { interleave, type Pairs, rateOfAll, timed } from '../pairs.ts';
import { figure } from '../table.ts';
import type { Bench, Measure, Settings } from '../types.ts';
import { cutOffBySets, expireBySets } from './baselines.ts';
import { addPayees, addRequests, type Payees } from './fill.ts';

const AT = new Date('2026-03-20T00:00:00Z');
const BEFORE = new Date('2026-01-01T00:00:00Z');
const REQUESTS = 100_000;
/** The lots of a year's end, in so many parts: each ends a minute after the one before. */
const PARTS = 10;
const endOf = (part: number) => new Date(AT.getTime() + part * 60_000);

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** A database that is filled and that nobody is connected to: each side of each pair gets a copy. */
async function filled<T>(
  host: Host,
  say: Settings['say'],
  name: string,
  fill: (client: pg.Client, program: string) => Promise<T>,
): Promise<T> {
  const server = await host.serve(name);
  await server.stop();
  const client = await connect(server.databaseUrl);
  try {
    const made = await fill(client, readShapes()[0]!.program);
    await client.query('vacuum analyze');
    await client.query('checkpoint');
    say(`  ${name}: filled`);
    return made;
  } finally {
    await client.end();
  }
}

async function onCopy<T>(host: Host, from: string, name: string, work: (url: string) => Promise<T>): Promise<T> {
  const url = await host.copy(from, name);
  try {
    return await work(url);
  } finally {
    await host.drop(name);
  }
}

/** Due work as the job does it. */
interface Due {
  run(until: Date): Promise<number>;
  /** The most that this process had beyond what it had before, in megabytes. */
  readonly megabytes: number;
}

async function withDue<T>(url: string, { organizationId }: Payees, work: (due: Due) => Promise<T>): Promise<T> {
  const recorder = await openRecorder(url);
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  try {
    return await work({
      run: (until) => timed(async () => void (await recorder.runDue(organizationId, until.getTime()))),
      get megabytes() {
        return (most - before) / 1e6;
      },
    });
  } finally {
    clearInterval(watch);
    await recorder.close();
  }
}

async function bySets(url: string, work: (client: pg.Client) => Promise<number>): Promise<number> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** One cut-off that takes all requests, each time on a fresh copy. */
async function cutOff(host: Host, { quick, pairs, say }: Settings): Promise<Measure> {
  const count = quick ? 2_000 : REQUESTS;
  const payees = await filled(host, say, 'cut_off', async (client, program) => {
    const made = await addPayees(client, program, count, { usableFrom: BEFORE, endsAt: () => null });
    await addRequests(client, made, AT);
    return made;
  });
  let megabytes = 0;
  const found = await interleave(
    pairs,
    () =>
      onCopy(host, 'cut_off', 'cut_off_ours', (url) =>
        withDue(url, payees, async (due) => {
          const seconds = await due.run(AT);
          megabytes = Math.max(megabytes, due.megabytes);
          return { work: count, seconds };
        }),
      ),
    () =>
      onCopy(host, 'cut_off', 'cut_off_sets', async (url) => ({
        work: count,
        seconds: await bySets(url, (client) => cutOffBySets(client, payees, AT)),
      })),
  );
  return lineOf(`payout: ${figure(count)} requests at a cut-off`, found, megabytes, 1 / 3);
}

/** All lots end part by part, in one copy for each side: a pair is a part, in tables that hold them all. */
async function yearEnd(host: Host, { quick, rows, say }: Settings): Promise<Measure> {
  const parts = quick ? 2 : PARTS;
  const size = Math.floor((quick ? 2_000 : rows) / parts);
  const endsAt = (index: number) => endOf(Math.floor(index / size));
  const payees = await filled(host, say, 'year_end', (client, program) =>
    addPayees(client, program, size * parts, { usableFrom: BEFORE, endsAt }),
  );
  return onCopy(host, 'year_end', 'year_end_ours', (ours) =>
    onCopy(host, 'year_end', 'year_end_sets', (sets) =>
      withDue(ours, payees, async (due) => {
        const found = await interleave(
          parts,
          async (part) => ({ work: size, seconds: await due.run(endOf(part)) }),
          async (part) => ({ work: size, seconds: await bySets(sets, (client) => expireBySets(client, payees, endOf(part))) }),
        );
        const name = `payout: ${figure(size * parts)} lots that end, ${figure(size)} at an instant`;
        return lineOf(name, found, due.megabytes, 0.5);
      }),
    ),
  );
}

function lineOf(name: string, pairs: Pairs, megabytes: number, atLeast: number): Measure {
  return {
    name,
    ours: `${figure(rateOfAll(pairs.ours))}/s, ${figure(megabytes)} MB more memory`,
    against: `statements over sets: ${figure(rateOfAll(pairs.other))}/s`,
    ratio: pairs.ratio,
    goal: { atLeast },
  };
}

/** In at most 3 times, and at most 2 times, what the statements take. */
export const bench: Bench['run'] = (settings) => withHost(async (host) => [await cutOff(host, settings), await yearEnd(host, settings)]);
