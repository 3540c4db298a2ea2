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

/** Each side of each pair has a database of its own, filled alike. */
async function fresh(host: Host, name: string): Promise<{ client: pg.Client; url: string; program: string }> {
  const server = await host.serve(name);
  await server.stop();
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  host.later(() => client.end());
  return { client, url: server.databaseUrl, program: readShapes()[0]!.program };
}

/** Due work as the job does it, and the most memory that it took. */
async function runDue(url: string, client: pg.Client, payees: Payees, until: Date): Promise<{ seconds: number; megabytes: number }> {
  const { rows } = await client.query<{ organization_id: string }>('select organization_id from program where id = $1', [payees.programId]);
  const recorder = await openRecorder(url);
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  try {
    const seconds = await timed(async () => void (await recorder.runDue(rows[0]!.organization_id, until.getTime())));
    return { seconds, megabytes: (most - before) / 1e6 };
  } finally {
    clearInterval(watch);
    await recorder.close();
  }
}

interface Race {
  readonly name: string;
  readonly count: number;
  readonly endsAt: Date | null;
  prepare(client: pg.Client, payees: Payees): Promise<void>;
  bySets(client: pg.Client, payees: Payees): Promise<number>;
}

async function race(
  host: Host,
  { pairs }: Pick<Settings, 'pairs'>,
  { name, count, endsAt, prepare, bySets }: Race,
): Promise<{ pairs: Pairs; megabytes: number }> {
  let megabytes = 0;
  const filled = async (side: string, pair: number) => {
    const { client, url, program } = await fresh(host, `${name}_${side}_${pair}`);
    const payees = await addPayees(client, program, count, { usableFrom: BEFORE, endsAt });
    await prepare(client, payees);
    await client.query('checkpoint');
    return { client, url, payees };
  };
  const result = await interleave(
    pairs,
    async (pair) => {
      const { client, url, payees } = await filled('ours', pair);
      const done = await runDue(url, client, payees, AT);
      megabytes = Math.max(megabytes, done.megabytes);
      return { work: count, seconds: done.seconds };
    },
    async (pair) => {
      const { client, payees } = await filled('sets', pair);
      return { work: count, seconds: await bySets(client, payees) };
    },
  );
  return { pairs: result, megabytes };
}

function lineOf(name: string, count: number, { pairs, megabytes }: { pairs: Pairs; megabytes: number }, atLeast: number): Measure {
  return {
    name: `${name}: ${figure(count)}`,
    ours: `${figure(rateOfAll(pairs.ours))}/s, ${figure(megabytes)} MB more memory`,
    against: `statements over sets: ${figure(rateOfAll(pairs.other))}/s`,
    ratio: pairs.ratio,
    goal: { atLeast },
  };
}

export const bench: Bench['run'] = (settings) =>
  withHost(async (host) => {
    const pairs = Math.min(settings.pairs, settings.quick ? 1 : 3);
    const requests = settings.quick ? 2_000 : 100_000;
    const cutOff = await race(
      host,
      { pairs },
      {
        name: 'cut_off',
        count: requests,
        endsAt: null,
        prepare: (client, payees) => addRequests(client, payees, AT),
        bySets: (client, payees) => cutOffBySets(client, payees, AT),
      },
    );
    const lots = settings.quick ? 2_000 : settings.rows;
    const ends = await race(
      host,
      { pairs },
      {
        name: 'year_end',
        count: lots,
        endsAt: AT,
        prepare: async () => {},
        bySets: (client, payees) => expireBySets(client, payees, AT),
      },
    );
    // In at most 3 times, and at most 2 times, what the statements take.
    return [lineOf('payout: requests at a cut-off', requests, cutOff, 1 / 3), lineOf('payout: lots that end', lots, ends, 0.5)];
  });
