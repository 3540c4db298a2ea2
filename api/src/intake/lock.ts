import { hotRows as rows, together } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { sliceOf } from '../platform/ids.ts';

/**
 * Locks names that have no row of their own yet, or whose rows are written by several kinds of facts: whoever reads and
 * writes what hangs on a customer or a visitor does it alone. Always in the same order. What `read` reads is read under the locks.
 */
export async function withNamesLocked(
  tx: Transaction,
  programId: string,
  kind: 'customer' | 'visitor',
  names: ReadonlySet<string>,
  read: () => Promise<void>,
): Promise<void> {
  if (names.size === 0) return read();
  const lock = () => lockNames(tx, programId, kind, [...names]);
  const [locked] = await together(tx, [lock, read]);
  if (locked === names.size) return;
  // Others made some of the rows meanwhile: they are there by now.
  await together(tx, [lock, read]);
}

/** Answers how many are locked: of the missing rows those it made itself, which nobody else sees. */
async function lockNames(tx: Transaction, programId: string, kind: string, names: readonly string[]): Promise<number> {
  const [answer] = await rows<{ locked: number }>(
    tx,
    `with k as materialized (select slice, external_id from unnest($1::smallint[], $2::text[]) as k (slice, external_id)),
     locked as materialized (
       select l.slice, l.external_id from k join lock_name l on l.slice = k.slice and l.program_id = $3 and l.kind = $4 and l.external_id = k.external_id
       order by l.slice, l.external_id for no key update of l
     ), made as (
       insert into lock_name (slice, program_id, kind, external_id)
       select k.slice, $3, $4, k.external_id from k left join locked l on l.slice = k.slice and l.external_id = k.external_id
       where l.slice is null order by k.slice, k.external_id on conflict do nothing returning 1
     )
     select ((select count(*) from locked) + (select count(*) from made))::int as locked`,
    [names.map(sliceOf), names, programId, kind],
  );
  return answer?.locked ?? 0;
}
