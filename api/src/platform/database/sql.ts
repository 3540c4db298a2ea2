import type { EntityManager } from '@mikro-orm/postgresql';
import { Kysely } from 'kysely';
import pg from 'pg';
import { createDialect } from './driver.ts';
import { watchOf } from './watch.ts';

/** What can be bound to a placeholder; an array is bound as one PostgreSQL array. */
export type SqlValue = string | number | bigint | boolean | Date | Uint8Array | null | undefined | readonly SqlValue[];

const INT8 = 20;
const INT8_ARRAY = 1016;
const TEXT_ARRAY = 1009;
const TIMESTAMPTZ = 1184;

/** int8 comes as a native bigint; all else as `pg` does it: timestamptz as Date, numeric as text, json parsed. */
const types = new pg.TypeOverrides();
const parseTexts = pg.types.getTypeParser(TEXT_ARRAY as number) as (text: string) => (string | null)[];
types.setTypeParser(INT8, BigInt);
types.setTypeParser(INT8_ARRAY, (text: string) => parseTexts(text).map((item) => (item === null ? null : BigInt(item))));
const parseDate = pg.types.getTypeParser(TIMESTAMPTZ as number) as (text: string) => Date;
types.setTypeParser(TIMESTAMPTZ, readInstant);

const digits = (text: string, at: number) => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;

/** `2026-03-01 12:00:00.123+00`, as the server writes it in UTC; reading it letter by letter takes a fifth of what `pg` takes. */
function readInstant(text: string): Date {
  const { length } = text;
  const isPlain =
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(10) === 32 &&
    text.endsWith('+00') &&
    (length === 22 || (length <= 26 && text.charCodeAt(19) === 46));
  const year = digits(text, 0) * 100 + digits(text, 2);
  // `Date.UTC` takes small years for those of the last century.
  if (!isPlain || year < 100) return parseDate(text);
  const millis = length === 22 ? 0 : Number(text.slice(20, -3).padEnd(3, '0'));
  return new Date(Date.UTC(year, digits(text, 5) - 1, digits(text, 8), digits(text, 11), digits(text, 14), digits(text, 17), millis));
}

/** The pool of every ORM, by MikroORM's driver, which all EntityManagers of an ORM share. */
const pools = new WeakMap<object, pg.Pool>();
/** What MikroORM takes for a transaction: a Kysely of one connection. Connections are few and live long. */
const bound = new WeakMap<pg.PoolClient, Kysely<unknown>>();
const clients = new WeakMap<object, pg.PoolClient>();
/** Names of prepared statements by their text. */
const names = new Map<string, string>();

export function usePool(em: EntityManager, pool: pg.Pool): void {
  pools.set(em.getDriver(), pool);
}

export function poolOf(em: EntityManager): pg.Pool {
  return pools.get(em.getDriver())!;
}

/** Asks PostgreSQL to stop what a connection does; on a new connection, as all others may be busy. */
export async function cancelOn(em: EntityManager, busy: pg.PoolClient): Promise<void> {
  const client = new pg.Client(poolOf(em).options);
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_cancel_backend($1)', [(busy as pg.PoolClient & { processID: number }).processID]);
  } finally {
    await client.end();
  }
}

/** The connection on which the transaction of `em` is open. */
export function clientOf(em: EntityManager): pg.PoolClient {
  watchOf(em)?.check();
  return clients.get(em.getTransactionContext<object>()!)!;
}

/** From now on all that `em` does happens on this connection, in the transaction that is open there. */
export function bindTo(em: EntityManager, client: pg.PoolClient): void {
  let kysely = bound.get(client);
  if (!kysely) {
    const keep = async () => {};
    kysely = new Kysely({ dialect: createDialect(async () => client, keep, keep) });
    bound.set(client, kysely);
    clients.set(kysely, client);
  }
  em.setTransactionContext(kysely);
}

/**
 * Runs one statement in the transaction of `em`, or on a connection of its own where none is open, and returns its rows.
 * Values are bound, never inlined. It goes straight to `pg`: the way through MikroORM and Kysely costs more than the statement itself.
 *
 *     await rows<{ id: string }>(em, 'select id from click where bucket = $1 and id = any($2::uuid[])', [bucket, ids])
 */
export async function rows<T>(em: EntityManager, text: string, values: readonly SqlValue[] = []): Promise<T[]> {
  return run<T>(em, { text, values });
}

/**
 * As `rows`, for the statements of hot paths: PostgreSQL parses and plans it once for each connection, which saves about a tenth of a
 * millisecond each time. The text is a constant of the code: every text is kept for as long as the process runs.
 */
export async function hotRows<T>(em: EntityManager, text: string, values: readonly SqlValue[] = []): Promise<T[]> {
  let name = names.get(text);
  if (!name) {
    name = `hot${names.size}`;
    names.set(text, name);
  }
  return run<T>(em, { name, text, values });
}

async function run<T>(em: EntityManager, statement: { name?: string; text: string; values: readonly SqlValue[] }): Promise<T[]> {
  const query = { ...statement, values: statement.values as unknown[], types };
  const transaction = em.getTransactionContext<object>();
  const watch = watchOf(em);
  watch?.check();
  if (transaction) return (await clients.get(transaction)!.query(query)).rows as T[];
  if (!watch) return (await poolOf(em).query(query)).rows as T[];
  return withClient(em, async (client) => (await client.query(query)).rows as T[]);
}

/** What `pg` gives of a connection to hold back what is written to it. */
type Corked = { connection: { stream: { cork(): void; uncork(): void } } };

/**
 * Several statements of one transaction that do not need each other's answers: they go to the server in one packet and are done there
 * one after the other, in this order. Each of `works` asks its first statement before it awaits anything; what it asks after that comes
 * after the first statements of all. When one fails, those after it fail too.
 *
 *     const [customers, clicks] = await together(tx, [() => rows(tx, ...), () => rows(tx, ...)])
 */
export async function together<T extends readonly unknown[]>(
  transaction: EntityManager,
  works: readonly [...{ [K in keyof T]: () => Promise<T[K]> }],
): Promise<T> {
  const client = clients.get(transaction.getTransactionContext<object>()!) as unknown as Corked;
  const { stream } = client.connection;
  let asked: Promise<unknown>[];
  stream.cork();
  try {
    asked = works.map((work) => work());
  } finally {
    stream.uncork();
  }
  // Not before all are done: what one of them asks later must not come after a rollback.
  const done = await Promise.allSettled(asked);
  for (const one of done) if (one.status === 'rejected') throw one.reason;
  return done.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

/** Work on a connection of its own, which is stopped when the request's time is over. */
async function withClient<T>(em: EntityManager, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const watch = watchOf(em);
  const client = await poolOf(em).connect();
  let failed = true;
  try {
    watch?.add(client);
    const value = await work(client);
    failed = false;
    return value;
  } finally {
    watch?.remove(client);
    // A late cancellation must not hit the work of others.
    client.release(failed || watch?.passed === true);
  }
}

/** The first row, or undefined. */
export async function row<T>(em: EntityManager, text: string, values: readonly SqlValue[] = []): Promise<T | undefined> {
  return (await rows<T>(em, text, values))[0];
}

/** The number that `select count(*) ...` answers. */
export async function count(em: EntityManager, text: string, values: readonly SqlValue[] = []): Promise<number> {
  const found = await row<{ count: bigint }>(em, text, values);
  return Number(found!.count);
}
