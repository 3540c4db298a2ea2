import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { sliceOf } from '../platform/ids.ts';

/**
 * Locks names that have no row of their own yet, or whose rows are written by several kinds of facts: whoever reads and
 * writes what hangs on a customer or a visitor does it alone. Always in the same order.
 */
export async function lockNames(
  tx: Transaction,
  programId: string,
  kind: 'customer' | 'visitor',
  names: ReadonlySet<string>,
): Promise<void> {
  if (names.size === 0) return;
  const wanted = [...names].map((name) => ({ name, slice: sliceOf(name) }));
  const values = [wanted.map((item) => item.slice), wanted.map((item) => item.name), programId, kind];
  const source = 'unnest($1::smallint[], $2::text[]) as k (slice, external_id)';
  const lock = () =>
    rows<{ external_id: string }>(
      tx,
      `select l.external_id from ${source} join lock_name l on l.slice = k.slice and l.program_id = $3 and l.kind = $4 and l.external_id = k.external_id
       order by l.slice, l.external_id for no key update of l`,
      values,
    );
  const locked = await lock();
  if (locked.length === wanted.length) return;
  const made = await rows<{ external_id: string }>(
    tx,
    `insert into lock_name (slice, program_id, kind, external_id) select slice, $3, $4, external_id from ${source} order by slice, external_id
     on conflict do nothing returning external_id`,
    values,
  );
  // What it made itself nobody else sees; others may have made the rest meanwhile.
  if (locked.length + made.length < wanted.length) await lock();
}
