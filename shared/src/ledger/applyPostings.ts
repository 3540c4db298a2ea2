import type { Lot, PlannedPosting } from './types.ts';

/** Lots as they stand after postings, in place: what the books do when the postings are written. */
export function applyPostings(
  lots: Lot[],
  postings: readonly PlannedPosting[],
  newLot: { id: string; usableFrom: number; expiresAt: number | null } | null,
): void {
  if (newLot !== null)
    lots.push({ ...newLot, endsAt: newLot.expiresAt, credited: 0n, takenBack: 0n, consumed: 0n, expired: 0n, indebted: 0n });
  for (const { debit, credit, amount, lotId } of postings) {
    const id = lotId === 'new' ? newLot?.id : lotId;
    const lot = id === undefined ? undefined : lots.find((item) => item.id === id);
    if (lot === undefined) continue;
    if (credit === 'owed') {
      if (debit === 'expense' || debit === 'held') lot.credited += amount;
      else lot.consumed -= amount;
    } else if (credit === 'expense') {
      if (debit === 'debt') {
        lot.indebted += amount;
      } else {
        lot.takenBack += amount;
        if (debit === 'breakage') lot.expired -= amount;
      }
    } else if (credit === 'breakage') {
      lot.expired += amount;
    } else {
      lot.consumed += amount;
    }
  }
}
