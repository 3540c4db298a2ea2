import pg from 'pg';
import { boundAt } from '../ids.ts';
import { readTables, type TableShape } from '../rows/shape.ts';

/** Names by which things are found; other texts stay as they are. */
const NAMES = ['external_id', 'visitor', 'click_ref'];
/** Sums, and what waits to be added up: these stay rows of the same affiliates and days, however many facts they count. */
const SUMS = /^(ledger_balance|report_(?!order$).*)$/;
/** Copies made by one statement. */
const AT_ONCE = 10;
const WRITERS = 2;

/** The f stands in no id of ours at that place, so that no copy meets what is there. */
const FUNCTIONS = `
  create or replace function bench_id(id uuid, copy int, since uuid) returns uuid language sql immutable parallel safe as $$
    select case when id >= since then overlay(id::text placing 'f' || lpad(to_hex(copy), 3, '0') from 20 for 4)::uuid else id end
  $$;
  create or replace function bench_name(name text, copy int) returns text language sql immutable parallel safe as $$
    select left(name, 3) || substr(md5(name || copy), 1, length(name) - 3)
  $$`;

/** Tables that had no rows before an instant have all of theirs from what was told since. */
export async function emptyTables(client: pg.Client): Promise<string[]> {
  const empty: string[] = [];
  for (const { name } of await readTables(client)) {
    const { rowCount } = await client.query(`select 1 from "${name}" limit 1`);
    if (!rowCount) empty.push(name);
  }
  return empty;
}

/**
 * Copies what was told through the API so many times, set by set: the same shapes under other ids and names, for the
 * same affiliates. Balances are what they would be.
 */
export async function multiply(databaseUrl: string, empty: readonly string[], since: number, times: number): Promise<void> {
  const clients = await Promise.all(Array.from({ length: WRITERS }, () => connect(databaseUrl)));
  const [first] = clients as [pg.Client, ...pg.Client[]];
  try {
    await first.query(FUNCTIONS);
    const all = await readTables(first);
    const tables = all.filter(({ name }) => (empty.includes(name) || name === 'fact_key') && !SUMS.test(name));
    for (const table of tables) await keepBase(first, table, since);
    const jobs = tables.flatMap((table) => {
      const starts = Array.from({ length: Math.ceil((times - 1) / AT_ONCE) }, (_, index) => 1 + index * AT_ONCE);
      return starts.map((from) => ({ table, from, to: Math.min(from + AT_ONCE, times) - 1 }));
    });
    await Promise.all(
      clients.map(async (client) => {
        for (let job = jobs.shift(); job; job = jobs.shift()) await copyTable(client, job.table, since, job.from, job.to);
      }),
    );
    await first.query('update ledger_balance set amount = amount * $1', [times]);
    for (const { name } of tables) await first.query(`drop table bench_${name}`);
    await first.query('vacuum analyze');
    await first.query('checkpoint');
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  // Nothing of this is measured: its commits need not wait for the disk.
  await client.query(`set synchronous_commit = off; set work_mem = '256MB'; set max_parallel_workers_per_gather = 0`);
  return client;
}

/** What is copied, beside what copying adds to. */
async function keepBase(client: pg.Client, { name }: TableShape, since: number): Promise<void> {
  // Names of what was there before, such as affiliates and links, stay names of one thing.
  const only = name === 'fact_key' ? `where fact_id >= '${boundAt(since)}'` : '';
  await client.query(`create unlogged table bench_${name} as select * from "${name}" ${only}`);
}

async function copyTable(client: pg.Client, { name, columns, key }: TableShape, since: number, from: number, to: number): Promise<void> {
  const values = columns.map((column) => {
    const quoted = `b."${column.name}"`;
    if (column.type === 'uuid') return `bench_id(${quoted}, k, '${boundAt(since)}')`;
    return NAMES.includes(column.name) ? `bench_name(${quoted}, k)` : quoted;
  });
  const order = key.map((column) => columns.findIndex((other) => other.name === column) + 1).join(', ');
  await client.query(
    `insert into "${name}" (${columns.map((column) => `"${column.name}"`).join(', ')})
     select ${values.join(', ')} from bench_${name} b, generate_series(${from}, ${to}) as k order by ${order}`,
  );
}
