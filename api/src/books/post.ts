import type { PlannedPosting } from '@tributary/shared/ledger';
import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';

export type LotSource = 'order' | 'activity' | 'adjustment' | 'bonus';

/** One entry with its postings and the lot it makes, if any. */
export interface Entry {
  affiliateId: string;
  unit: string;
  kind: string;
  /** What caused it: with the sequence, once per affiliate for ever. */
  causeId: string;
  sequence: number;
  /** Business time in milliseconds. */
  at: number;
  postings: readonly PlannedPosting[];
  newLot: { id: string; usableFrom: number; expiresAt: number | null; sourceKind: LotSource; sourceId: string } | null;
}

/**
 * Posts entries in the running transaction, all in one call of the database's own function: the application may not
 * write the books in any other way. An entry whose cause is known already posts nothing. Answers how many were posted.
 */
export async function postEntries(tx: Transaction, programId: string, entries: readonly Entry[]): Promise<number> {
  if (!tx.isInTransaction()) throw new Error('the books are written in a transaction');
  if (entries.length === 0) return 0;
  const ids = entries.map(() => newId());
  const postings = entries.flatMap((entry, index) =>
    entry.postings.map((posting, line) => ({
      ...posting,
      entryId: ids[index] as string,
      line,
      lotId: posting.lotId === 'new' ? (entry.newLot?.id ?? null) : (posting.lotId ?? null),
    })),
  );
  const lots = entries.flatMap((entry, index) => (entry.newLot === null ? [] : [{ ...entry.newLot, entryId: ids[index] as string }]));
  const [answer] = await rows<{ posted: number }>(
    tx,
    `select ledger_post($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::timestamptz[],
       $9::uuid[], $10::smallint[], $11::ledger_account[], $12::ledger_account[], $13::bigint[], $14::uuid[],
       $15::uuid[], $16::uuid[], $17::text[], $18::uuid[], $19::timestamptz[], $20::timestamptz[]) as posted`,
    [
      entries.map((entry) => entry.affiliateId),
      ids,
      entries.map(() => programId),
      entries.map((entry) => entry.unit),
      entries.map((entry) => entry.kind),
      entries.map((entry) => entry.causeId),
      entries.map((entry) => entry.sequence),
      entries.map((entry) => new Date(entry.at)),
      postings.map((posting) => posting.entryId),
      postings.map((posting) => posting.line),
      postings.map((posting) => posting.debit),
      postings.map((posting) => posting.credit),
      postings.map((posting) => posting.amount),
      postings.map((posting) => posting.lotId),
      lots.map((lot) => lot.id),
      lots.map((lot) => lot.entryId),
      lots.map((lot) => lot.sourceKind),
      lots.map((lot) => lot.sourceId),
      lots.map((lot) => new Date(lot.usableFrom)),
      lots.map((lot) => (lot.expiresAt === null ? null : new Date(lot.expiresAt))),
    ],
  );
  return answer?.posted ?? 0;
}
