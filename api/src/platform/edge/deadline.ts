import type { EntityManager } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { cancelOn } from '../database/sql.ts';
import type { Watch } from '../database/watch.ts';
import { timedOut } from '../graphql/errors.ts';

/** When a request must be over. What it still does in the database then is stopped, and nothing more is begun. */
export class Deadline implements Watch {
  private readonly em: EntityManager;
  private readonly running = new Set<pg.PoolClient>();
  private timer: NodeJS.Timeout | undefined;
  private expire: (() => void) | undefined;
  readonly begun = performance.now();
  passed = false;

  /** `em`: any one by whose pool the database is reached. */
  constructor(em: EntityManager) {
    this.em = em;
  }

  /** So many seconds from the beginning of the request on. Set again, the last counts. */
  set(seconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pass(), Math.max(0, this.begun + seconds * 1000 - performance.now()));
  }

  /** What `work` answers, or an error as soon as the time is over. */
  async race<T>(work: Promise<T>): Promise<T> {
    // Nobody may be listening any more when it fails.
    work.catch(() => {});
    const over = new Promise<never>((_, reject) => {
      this.expire = () => reject(timedOut());
    });
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(this.timer);
    }
  }

  /** Before something is begun in the database. */
  check(): void {
    if (this.passed) throw timedOut();
  }

  add(client: pg.PoolClient): void {
    this.check();
    this.running.add(client);
  }

  remove(client: pg.PoolClient): void {
    this.running.delete(client);
  }

  private pass(): void {
    this.passed = true;
    for (const client of this.running) cancelOn(this.em, client).catch(() => {});
    this.expire?.();
  }
}
