import { Cron } from 'croner';
import type { EntityManager, Orm } from './orm.ts';
import { row } from './sql.ts';
import { inTransaction } from './transaction.ts';

/** Rows are laid into partitions of the day or month in which they are recorded; these are made so long ahead. */
const AHEAD = '40 days';
const DAILY = '17 3 * * *';

/** Answers how many were missing. */
export async function ensurePartitions(em: EntityManager): Promise<number> {
  return inTransaction(em, async (transaction) => {
    // Of processes that start together one makes them and the others find them made.
    await row(transaction, "select pg_advisory_xact_lock(hashtext('tributary.partitions'))");
    const found = await row<{ made: number }>(transaction, 'select ensure_partitions(now() + $1::interval) as made', [AHEAD]);
    return found!.made;
  });
}

/** Sees to it now, and then every day. Answers what stops it. */
export async function keepPartitionsAhead(orm: Orm, onFault: (error: Error) => void): Promise<() => void> {
  await ensurePartitions(orm.em.fork());
  const job = new Cron(DAILY, { unref: true, catch: (error) => onFault(error as Error) }, async () => {
    await ensurePartitions(orm.em.fork());
  });
  return () => job.stop();
}
