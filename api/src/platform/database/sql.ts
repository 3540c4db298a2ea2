import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/** What can be bound to a placeholder; an array is bound as one PostgreSQL array. */
export type SqlValue = string | number | bigint | boolean | Date | Uint8Array | null | undefined | readonly SqlValue[];

/**
 * Runs one statement in the transaction of `em`, or on a connection of its own where none is open, and returns its rows.
 * Values are bound, never inlined.
 *
 *     await rows<{ id: string }>(em, 'select id from click where bucket = $1 and id = any($2::uuid[])', [bucket, ids])
 */
export async function rows<T>(em: EntityManager, text: string, values: readonly SqlValue[] = []): Promise<T[]> {
  const result = await em.getKysely().executeQuery<T>(CompiledQuery.raw(text, values as unknown[]));
  return result.rows;
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
