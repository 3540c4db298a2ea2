import { createHash } from 'node:crypto';
import type { EntityManager, Orm } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';

export interface Limit {
  /** So many tries ... */
  readonly tries: number;
  /** ... in so long. */
  readonly seconds: number;
}

/** One thing that is counted: by what, and how often at most. */
export interface Counted {
  readonly key: string;
  readonly limit: Limit;
}

/**
 * Counts tries in the database, so that it survives a restart and holds for several processes together. A try is counted before it is
 * made: many at once can't all slip through.
 */
export class Throttle {
  private readonly orm: Orm;

  constructor(orm: Orm) {
    this.orm = orm;
  }

  /** Undefined: go on. Otherwise after how many seconds to try again. */
  async count(all: readonly Counted[]): Promise<number | undefined> {
    const waits = await Promise.all(all.map((counted) => this.countOne(counted)));
    const longest = Math.max(...waits);
    return longest > 0 ? longest : undefined;
  }

  /** After a success nothing is held against whoever it was. */
  async forget(keys: readonly string[]): Promise<void> {
    await rows(this.em(), 'delete from sign_in_attempt where key = any($1::bytea[])', [keys.map(hash)]);
  }

  private async countOne({ key, limit: { tries, seconds } }: Counted): Promise<number> {
    const now = Date.now();
    const found = await row<{ began_at: Date; count: number }>(
      this.em(),
      `insert into sign_in_attempt (key, began_at, count) values ($1, $2, 1)
       on conflict (key) do update set
         count = case when sign_in_attempt.began_at <= $3 then 1 else least(sign_in_attempt.count + 1, 1000000) end,
         began_at = case when sign_in_attempt.began_at <= $3 then excluded.began_at else sign_in_attempt.began_at end
       returning began_at, count`,
      [hash(key), new Date(now), new Date(now - seconds * 1_000)],
    );
    if (found!.count <= tries) return 0;
    return Math.max(1, Math.ceil((found!.began_at.getTime() + seconds * 1_000 - now) / 1_000));
  }

  private em(): EntityManager {
    return this.orm.em.fork() as EntityManager;
  }
}

/** Addresses of people are kept in one place only, and this is not it. */
function hash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
