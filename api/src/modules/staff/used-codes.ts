import { createHash } from 'node:crypto';
import type { EntityManager, Orm } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';

/** A code of the second factor opens once, though it would hold for a minute more. */
export class UsedCodes {
  private readonly orm: Orm;

  constructor(orm: Orm) {
    this.orm = orm;
  }

  /** False: it was used before. Of two that come at once one wins. */
  async use(memberId: string, code: string): Promise<boolean> {
    const hash = createHash('sha256').update(code.trim()).digest();
    const text = `insert into staff_used_code (member_id, code_hash, used_at) values ($1, $2, $3)
      on conflict (member_id, code_hash) do update set used_at = excluded.used_at where staff_used_code.used_at < $4 returning member_id`;
    const now = Date.now();
    return (await row(this.em(), text, [memberId, hash, new Date(now), new Date(now - HOLDS_MS)])) !== undefined;
  }

  /** Nobody has seen the token of this session yet. */
  async undo(token: string): Promise<void> {
    await rows(this.em(), 'delete from staff_session where token = $1', [token]);
  }

  private em(): EntityManager {
    return this.orm.em.fork() as EntityManager;
  }
}

/** Half a minute, with one more before and after for clocks that differ, and some to spare. */
const HOLDS_MS = 180_000;
