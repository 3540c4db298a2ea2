import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { beginWithNext, bindTo, hotWrite, poolOf, together, type Write } from './sql.ts';
import { watchOf } from './watch.ts';

const MAX_ATTEMPTS = 6;
/** Serialization failure and deadlock: nothing was written, and the same work may succeed at the next attempt. */
const TRANSIENT = new Set(['40001', '40P01']);

export type Transaction = EntityManager;

/** What is done in a transaction when its work is done, right before the commit. `call` is the same for all attempts of one act. */
export type BeforeCommit = (transaction: Transaction, value: unknown, call: object) => Promise<void>;

const followers = new WeakMap<EntityManager, Set<BeforeCommit>>();

/** Has something written with every act that `em` is asked for from now on, in the same transaction. Answers how to end that. */
export function withEveryCommit(em: EntityManager, follower: BeforeCommit): () => void {
  const all = followers.get(em) ?? new Set();
  followers.set(em, all.add(follower));
  return () => all.delete(follower);
}

/** Of a transaction that is open: how it may be committed by its last statements. */
interface Ending {
  readonly client: pg.PoolClient;
  /** Nothing else is to be written or asked first. */
  readonly mayCommit: boolean;
  isCommitted: boolean;
}

const endings = new WeakMap<Transaction, Ending>();

/**
 * Sends the last write of a transaction, and where nothing else is to be asked its commit in the same packet. Whatever is wrong must be known
 * before, or have the write fail, which has all of it rolled back.
 */
export async function writeAtLast(transaction: Transaction, write: Write): Promise<void> {
  const ending = endings.get(transaction);
  const works = [() => hotWrite(transaction, write)];
  if (ending === undefined || !ending.mayCommit) {
    await together(transaction, works);
    return;
  }
  await together(transaction, [...works, () => ending.client.query('commit').then(() => {})]);
  ending.isCommitted = true;
}

export interface TransactionOptions {
  /**
   * For work that is all `hotRows` by keys: PostgreSQL plans each of them once for a connection. Left to itself it plans many of them
   * anew each time, since it expects more of lists whose length it knows, and planning takes longer than what is planned. Plans are
   * made while tables are small and kept when they have grown, so they go by indexes from the first.
   */
  readonly keepsPlans?: boolean;
  /**
   * Its first statements, one or several that go together, only read and lock: it begins in the packet that brings them. Should it not
   * begin, they have done nothing.
   */
  readonly readsFirst?: boolean;
}

const BEGIN_KEEPING_PLANS = 'begin; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off';

/**
 * One business act, one commit. `work` gets an EntityManager of its own; it may run several times, so it touches nothing but the
 * database. Whatever it throws rolls all of it back: refusals are decided before writing and returned as values.
 */
export async function inTransaction<T>(
  em: EntityManager,
  work: (transaction: Transaction) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  if (em.isInTransaction()) throw new Error('A transaction runs already: pass it on instead of opening another');
  const call = {};
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(em, work, call, options);
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isTransient(error)) throw error;
      await sleep(Math.random() * 5 * 2 ** attempt);
    }
  }
}

/** On a connection of the pool rather than by `em.transactional`, which takes three times as long to begin and commit. */
async function attemptOnce<T>(
  em: EntityManager,
  work: (transaction: Transaction) => Promise<T>,
  call: object,
  { keepsPlans = false, readsFirst = false }: TransactionOptions,
): Promise<T> {
  const client = await poolOf(em).connect();
  const transaction = em.fork({ clear: true }) as Transaction;
  const watch = watchOf(em);
  let broken: Error | undefined;
  let hasBegun = () => true;
  try {
    watch?.add(client);
    const text = keepsPlans ? BEGIN_KEEPING_PLANS : 'begin';
    if (readsFirst) hasBegun = beginWithNext(client, text);
    else await client.query(text);
    bindTo(transaction, client);
    const ending: Ending = { client, mayCommit: watch === undefined && !followers.get(em)?.size, isCommitted: false };
    endings.set(transaction, ending);
    const value = await work(transaction);
    if (ending.isCommitted) return value;
    await transaction.flush();
    for (const follower of followers.get(em) ?? []) await follower(transaction, value, call);
    // From here on it is done, however late it is.
    watch?.remove(client);
    watch?.check();
    if (hasBegun()) await client.query('commit');
    return value;
  } catch (error) {
    if (hasBegun())
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
    throw error;
  } finally {
    // The connection serves others now.
    transaction.resetTransactionContext();
    watch?.remove(client);
    client.release(broken ?? watch?.passed === true);
  }
}

export function isTransient(error: unknown): boolean {
  return TRANSIENT.has(sqlStateOf(error) ?? '');
}

/** A row of the same key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === '23505';
}

/** PostgreSQL's five letters, where the error is one of the database's. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
