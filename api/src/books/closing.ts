import { inChunks } from '../platform/database/chunks.ts';
import type { EntityManager } from '../platform/database/orm.ts';
import { hotRows, rows, together } from '../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';

const AFFILIATES_AT_ONCE = 10_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * A program whose terms end balances closes: all lots that have something left learn when they end, which due work then does like any
 * other end. It begins by a mark that the books look at, so that what is posted meanwhile knows its end by itself, and is safe to repeat.
 * Answers how many lots.
 */
export async function closeBalances(em: EntityManager, programId: string, at: number): Promise<number> {
  const closesAt = new Date(at);
  await rows(em, 'update program_closing set begun_at = closes_at where program_id = $1 and closes_at = $2 and begun_at is null', [
    programId,
    closesAt,
  ]);
  let marked = 0;
  for (let after = NO_ID; ; ) {
    const found = await rows<{ affiliate_id: string }>(
      em,
      `select affiliate_id from enrollment where program_id = $1 and affiliate_id > $2 order by affiliate_id limit ${AFFILIATES_AT_ONCE}`,
      [programId, after],
    );
    const last = found.at(-1);
    if (last === undefined) break;
    const affiliates = found.map((row) => row.affiliate_id);
    for (const count of await inChunks(affiliates, (some) => inTransaction(em, (tx) => lockAndMark(tx, programId, some, at))))
      marked += count;
    after = last.affiliate_id;
  }
  await rows(em, 'update program_closing set marked_at = closes_at where program_id = $1 and begun_at = $2 and marked_at is null', [
    programId,
    closesAt,
  ]);
  return marked;
}

/** Whoever posts without having seen the mark holds a lock until what was posted can be seen. */
async function lockAndMark(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<number> {
  const [, marked] = await together(tx, [
    () =>
      rows(
        tx,
        'select 1 from enrollment where affiliate_id = any($1::uuid[]) and program_id = $2 order by affiliate_id for no key update',
        [affiliateIds, programId],
      ),
    () => markLots(tx, programId, affiliateIds, at),
  ]);
  return marked;
}

/** Lots of accounts learn when they end, where the program has closed by an instant. The caller holds the enrollments' locks. */
export async function markLots(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<number> {
  const [found] = await hotRows<{ marked: number }>(tx, 'select ledger_forfeit($1, $2::uuid[], $3) as marked', [
    programId,
    affiliateIds,
    new Date(at),
  ]);
  return found!.marked;
}
