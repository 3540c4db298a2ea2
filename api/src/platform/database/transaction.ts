import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';

const MAX_ATTEMPTS = 6;
/** Serialization failure and deadlock: nothing was written, and the same work may succeed at the next attempt. */
const TRANSIENT = new Set(['40001', '40P01']);

export type Transaction = EntityManager;

/**
 * One business act, one commit. `work` gets an EntityManager of its own; it may run several times, so it touches nothing but the
 * database. Whatever it throws rolls all of it back: refusals are decided before writing and returned as values.
 */
export async function inTransaction<T>(em: EntityManager, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  if (em.isInTransaction()) throw new Error('A transaction runs already: pass it on instead of opening another');
  for (let attempt = 1; ; attempt++) {
    try {
      return await em.transactional((transaction) => work(transaction as Transaction), { clear: true });
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !isTransient(error)) throw error;
      await sleep(Math.random() * 5 * 2 ** attempt);
    }
  }
}

export function isTransient(error: unknown): boolean {
  return TRANSIENT.has(sqlStateOf(error) ?? '');
}

/** PostgreSQL's five letters, where the error is one of the database's. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
