import { type GivenBack, type Lot, settleDebt } from '@tributary/shared/ledger';
import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';
import { LOT_COLUMNS, type LotRow, lotOf } from './lots.ts';
import { type Entry, postEntries } from './post.ts';

/**
 * Settles debts of affiliates from lots that are usable at an instant (reading 25). The caller holds the enrollments'
 * locks. Without a debt or without usable lots nothing is posted, so that running it again does no harm.
 */
export async function settleDebts(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<number> {
  return settle(tx, programId, await debtsOf(tx, programId, affiliateIds), at);
}

export interface Debt {
  readonly affiliate_id: string;
  readonly unit: string;
  readonly debt: bigint;
}

export function debtsOf(tx: Transaction, programId: string, affiliateIds: readonly string[]): Promise<Debt[]> {
  return rows<Debt>(
    tx,
    `select affiliate_id, unit, -amount as debt from ledger_balance where affiliate_id = any($1::uuid[]) and program_id = $2 and account = 'debt' and amount < 0 order by affiliate_id, unit`,
    [affiliateIds, programId],
  );
}

export async function settle(
  tx: Transaction,
  programId: string,
  debts: readonly Debt[],
  at: number,
  givenBack?: GivenBack,
): Promise<number> {
  if (debts.length === 0) return 0;
  const found = await rows<LotRow>(
    tx,
    `select ${LOT_COLUMNS} from lot l where l.affiliate_id = any($1::uuid[]) and l.program_id = $2 and l.usable_from <= $3 and l.credited > l.taken_back + l.consumed + l.expired`,
    [debts.map((debt) => debt.affiliate_id), programId, new Date(at)],
  );
  const lots = new Map<string, Lot[]>();
  for (const row of found) {
    const key = `${row.affiliate_id}\n${row.unit}`;
    lots.set(key, [...(lots.get(key) ?? []), lotOf(row)]);
  }
  const entries: Entry[] = [];
  for (const { affiliate_id: affiliateId, unit, debt } of debts) {
    const postings = settleDebt(debt, lots.get(`${affiliateId}\n${unit}`) ?? [], at, givenBack);
    if (postings.length > 0)
      entries.push({ affiliateId, unit, kind: 'debt-settled', causeId: newId(), sequence: 0, at, postings, newLot: null });
  }
  return postEntries(tx, programId, entries);
}
