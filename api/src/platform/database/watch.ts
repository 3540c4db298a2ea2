import type { EntityManager } from '@mikro-orm/postgresql';
import type pg from 'pg';

/** Watches over what one request does in the database, and stops it when its time is over. */
export interface Watch {
  readonly passed: boolean;
  /** Throws when the time is over: before something is begun. */
  check(): void;
  /** From now on this connection works for the request. */
  add(client: pg.PoolClient): void;
  remove(client: pg.PoolClient): void;
}

const watches = new WeakMap<EntityManager, Watch>();

/** What goes through `em` is watched from now on. What several requests do together goes through none of theirs. */
export function watchOver(em: EntityManager, watch: Watch): void {
  watches.set(em, watch);
}

export function watchOf(em: EntityManager): Watch | undefined {
  return watches.get(em);
}
