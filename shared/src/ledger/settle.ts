import { type Lot, type PlannedPosting, remainingOf } from './types.ts';

/** First the lot that ends first, then the one usable first, then the older: the order in which lots are spent. */
export function compareLots(a: Lot, b: Lot): number {
  const ends = (a.endsAt ?? Number.POSITIVE_INFINITY) - (b.endsAt ?? Number.POSITIVE_INFINITY);
  if (ends !== 0 && !Number.isNaN(ends)) return ends;
  if (a.usableFrom !== b.usableFrom) return a.usableFrom - b.usableFrom;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Whether the lot can be spent at an instant. At its end it is gone. */
export function isUsable(lot: Lot, at: number): boolean {
  return lot.usableFrom <= at && (lot.endsAt === null || at < lot.endsAt) && remainingOf(lot) > 0n;
}

/** Takes an amount from usable lots, the one that ends first first. Answers less when there is less. */
export function takeFromLots(lots: readonly Lot[], amount: bigint, credit: PlannedPosting['credit'], at: number): PlannedPosting[] {
  const postings: PlannedPosting[] = [];
  let rest = amount;
  for (const lot of lots.filter((item) => isUsable(item, at)).sort(compareLots)) {
    if (rest <= 0n) break;
    const there = remainingOf(lot);
    const part = rest < there ? rest : there;
    postings.push({ debit: 'owed', credit, amount: part, lotId: lot.id });
    rest -= part;
  }
  return postings;
}

/**
 * Settles a debt from lots that are usable at an instant (reading 25). Lots that end at this very instant still serve:
 * locks end and debts are settled before anything expires.
 */
export function settleDebt(debt: bigint, lots: readonly Lot[], at: number): PlannedPosting[] {
  const stillThere = lots.map((lot) => (lot.endsAt === at ? { ...lot, endsAt: at + 1 } : lot));
  return takeFromLots(stillThere, debt, 'debt', at);
}
