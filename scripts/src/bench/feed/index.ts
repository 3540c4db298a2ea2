import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { profileText } from '../decide/profile.ts';
import type { ApiServer } from '../host/apiServer.ts';
import { withHost } from '../host/host.ts';
import { rateOf, type Sample } from '../pairs.ts';
import { summarise } from '../stats.ts';
import { figure } from '../table.ts';
import type { Bench, Measure } from '../types.ts';

const PIECE_BYTES = 16 * 1024 * 1024;
const KILOBYTE = 1024;
/** Megabytes that one process may have more at the end of a feed than before it: so much garbage the runtime lets lie. */
const MOST_GROWTH = 450;
/** However long a feed is, its second half has little more of it than its first. */
const MOST_OF_HALF = 1.1;
/** Products that one core takes in in a second. */
const GOAL = 20_000;
/** Of the clock in which the system counts what a process used. */
const TICKS_PER_SECOND = 100;
const TABLES = ['product_version', 'product', 'feed_product'];

/** A feed of so many products, piece by piece, against COPY of the very rows that it became. */
export const bench: Bench['run'] = ({ quick, rows, pairs, profile, say }) =>
  withHost(async (host) => {
    const server = await host.serve('feed', { profile });
    const admin = new pg.Client({ connectionString: server.databaseUrl });
    await admin.connect();
    host.later(() => admin.end());
    const program = (await server.client.ask<{ programs: { nodes: { key: string }[] } }>('{ programs { nodes { key } } }')).programs
      .nodes[0]!.key;
    const count = quick ? 20_000 : rows;
    const before = memoryOf(server.pid, 'VmHWM');
    const idle = processorOf(server.pid);
    const first = await take(server, program, { count, name: 'first' });
    const busy = processorOf(server.pid) - idle;
    const again = await take(server, program, { count, name: 'first' });
    const peak = memoryOf(server.pid, 'VmHWM');
    const copies: Sample[] = [];
    for (let pair = 0; pair < Math.max(1, Math.min(pairs, 3)); pair++) copies.push({ work: count, seconds: await copySeconds(admin) });
    say(`  ${figure(count)} products; the process had ${before} MB before and ${peak} MB at its most.`);
    if (profile) {
      await server.stop();
      say(profileText(server.profile().slice(0, 40)));
    }
    const measures: Measure[] = [
      {
        name: 'feed: new products for a second of the processor',
        ours: `${figure(count / busy)} products, handed in and taken in`,
        against: `${figure(GOAL)}`,
        ratio: summarise([count / busy / GOAL]),
        goal: { atLeast: 1 },
      },
      {
        name: 'feed: products that are new',
        ours: `${figure(rateOf(first))} products/s`,
        against: `COPY of the same rows: ${figure(rateOf(copies[0]!))} products/s`,
        ratio: summarise(copies.map((copy) => rateOf(first) / rateOf(copy))),
      },
      {
        name: 'feed: products that are as they were',
        ours: `${figure(rateOf(again))} products/s`,
        against: `COPY of the same rows: ${figure(rateOf(copies[0]!))} products/s`,
        ratio: summarise(copies.map((copy) => rateOf(again) / rateOf(copy))),
      },
      {
        name: 'feed: memory at its most, against before',
        ours: `${peak} MB`,
        against: `${before} MB, and ${MOST_GROWTH} MB more`,
        ratio: summarise([peak / (before + MOST_GROWTH)]),
        goal: { atMost: 1 },
      },
      {
        name: 'feed: memory at its most in the second half',
        ours: `${first.halves[1]} MB`,
        against: `in the first half: ${first.halves[0]} MB`,
        ratio: summarise([first.halves[1] / first.halves[0]]),
        goal: { atMost: MOST_OF_HALF },
      },
    ];
    return measures;
  });

/** What the process has now, or the most that it ever had, in megabytes. */
function memoryOf(pid: number, which: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] = new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes ?? 0) / KILOBYTE);
}

/** Seconds that the process has used of any core. */
function processorOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function* lines(count: number): AsyncGenerator<Buffer> {
  let text = 'id,title,link,image_link,price,availability,product_type,brand\n';
  for (let index = 0; index < count; index++) {
    const [id, price] = [`p${index}`, `${(index % 90) + 1}.${String(index % 100).padStart(2, '0')}`];
    text += `${id},"Product number ${index}, of many",https://shop.example/${id}.html,https://img.example/${id}.jpg,${price},in_stock,category-${index % 50},brand-${index % 200}\n`;
    if (text.length < PIECE_BYTES) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** From the start of the import to its end; to hand it in is not counted. And the most memory of the server in each half of it, in megabytes. */
async function take(
  server: ApiServer,
  program: string,
  feed: { count: number; name: string },
): Promise<Sample & { halves: [number, number] }> {
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'text/csv' };
  let id = '';
  let offset = 0;
  for await (const piece of lines(feed.count)) {
    const path = id === '' ? `${program}/products?name=${feed.name}` : `${id}?offset=${offset}`;
    const answer = await fetch(`${server.url}/imports/${path}`, { method: 'POST', headers, body: new Uint8Array(piece) });
    const { import: found } = (await answer.json()) as { import?: { id: string; bytes: number } };
    if (found === undefined) throw new Error(`The feed was turned away with ${answer.status}.`);
    [id, offset] = [found.id, found.bytes];
  }
  await server.client.ask(`mutation { startImport(input: { import: "${id}" }) { userErrors { code } } }`);
  const halves: [number, number] = [0, 0];
  for (;;) {
    const { import: seen } = await server.client.ask<{
      import: { status: string; accepted: number; failure: string | null; startedAt: string; endedAt: string | null };
    }>(`{ import(id: "${id}") { status accepted failure startedAt endedAt } }`);
    const half = seen.accepted * 2 < feed.count ? 0 : 1;
    halves[half] = Math.max(halves[half], memoryOf(server.pid, 'VmRSS'));
    if (seen.status === 'RUNNING') {
      await sleep(250);
      continue;
    }
    if (seen.status !== 'DONE' || seen.accepted !== feed.count)
      throw new Error(`Of ${feed.count} products ${seen.accepted} were taken in: ${seen.failure}`);
    return { work: feed.count, seconds: (Date.parse(seen.endedAt!) - Date.parse(seen.startedAt)) / 1000, halves };
  }
}

/** Writes the rows into tables of the same shape, with the same indexes, one after the other. */
async function copySeconds(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ folder: string }>("select current_setting('data_directory') as folder");
  let seconds = 0;
  for (const table of TABLES) {
    const file = `${rows[0]!.folder}/${table}.copy`.replaceAll("'", "''");
    await admin.query(`copy ${table} to '${file}'`);
    await admin.query(`create table ${table}_twin (like ${table} including all)`);
    const start = performance.now();
    await admin.query(`copy ${table}_twin from '${file}'`);
    seconds += (performance.now() - start) / 1000;
    await admin.query(`drop table ${table}_twin`);
  }
  return seconds;
}
