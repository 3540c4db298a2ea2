import type { EntityManager } from '@mikro-orm/postgresql';
import { Kysely } from 'kysely';
import pg from 'pg';
import { createDialect } from './driver.ts';
import { watchOf } from './watch.ts';

export type SqlItem = string | number | bigint | boolean | Date | Uint8Array | null | undefined;
/** What can be bound to a placeholder; an array is bound as one PostgreSQL array. */
export type SqlValue = SqlItem | readonly SqlValue[];

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
  return (await run(em, { text, values })).rows as T[];
}

/**
 * As `rows`, for the statements of hot paths: PostgreSQL parses and plans it once for each connection, which saves about a tenth of a
 * millisecond each time. The text is a constant of the code: every text is kept for as long as the process runs.
 */
export async function hotRows<T>(em: EntityManager, text: string, values: readonly SqlValue[] = []): Promise<T[]> {
  return (await run(em, { name: nameOf(text), text, values })).rows as T[];
}

/** A statement that only writes, before it is sent. */
export interface Write {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** Texts of several statements, and of the one that does the same. There are few. */
const combined: { readonly texts: readonly string[]; readonly text: string }[] = [];

/** Several as one, which costs less than each by itself: all are done, in whatever order, or none. */
export function asOne(writes: readonly [Write, ...Write[]]): Write {
  const values = writes.flatMap((write) => write.values);
  const known = combined.find(({ texts }) => texts.length === writes.length && writes.every(({ text }, index) => text === texts[index]));
  if (known !== undefined) return { text: known.text, values };
  let before = 0;
  const parts = writes.map((write) => {
    const part = write.text.replaceAll(/\$(\d+)/g, (_, number) => `$${before + Number(number)}`);
    before += write.values.length;
    return part;
  });
  const rest = parts.slice(0, -1).map((part, index) => `w${index} as (${part})`);
  const text = rest.length === 0 ? parts[0]! : `with ${rest.join(', ')} ${parts.at(-1)}`;
  combined.push({ texts: writes.map((write) => write.text), text });
  return { text, values };
}

/** Sends one, prepared as by `hotRows`. */
export async function hotWrite(em: EntityManager, { text, values }: Write): Promise<void> {
  await run(em, { name: nameOf(text), text, values });
}

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `hot${names.size}`;
    names.set(text, name);
  }
  return name;
}

async function run(em: EntityManager, statement: Write & { name?: string }): Promise<pg.QueryResult> {
  const query = { ...statement, values: statement.values as unknown[], types };
  const transaction = em.getTransactionContext<object>();
  const watch = watchOf(em);
  watch?.check();
  if (transaction) return ask(clients.get(transaction)!, query);
  if (!watch) return poolOf(em).query(query);
  return withClient(em, (client) => client.query(query));
}

/** What goes to a connection before its next statement. */
const held = new WeakMap<pg.PoolClient, string>();

/** Has a transaction begin with its first statement, in one packet. Answers how to find out whether it has: false, and it does not any more. */
export function beginWithNext(client: pg.PoolClient, text: string): () => boolean {
  held.set(client, text);
  return () => !held.delete(client);
}

function ask(client: pg.PoolClient, query: pg.QueryConfig): Promise<pg.QueryResult> {
  const text = held.get(client);
  if (text === undefined) return client.query(query);
  held.delete(client);
  return inOnePacket(client, async () => {
    const [begun, answer] = await Promise.allSettled([client.query(text), client.query(query)]);
    if (begun.status === 'rejected') throw begun.reason;
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  });
}

/** What `pg` gives of a connection to hold back what is written to it. */
type Corked = { connection: { stream: { cork(): void; uncork(): void } } };

/** What `work` asks at once goes to the server together. */
function inOnePacket<T>(client: pg.PoolClient, work: () => T): T {
  const { stream } = (client as unknown as Corked).connection;
  stream.cork();
  try {
    return work();
  } finally {
    stream.uncork();
  }
}

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
  const client = clients.get(transaction.getTransactionContext<object>()!)!;
  const asked = inOnePacket(client, () => works.map((work) => work()));
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
