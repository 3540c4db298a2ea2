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
export function settleDebt(debt: bigint, lots: readonly Lot[], at: number, givenBack: GivenBack = NOTHING): PlannedPosting[] {
  const own = settleFromEnded(debt, lots, at, givenBack);
  const rest = own.reduce((left, { amount }) => left - amount, debt);
  const stillThere = lots.map((lot) => (lot.endsAt === at ? { ...lot, endsAt: at + 1 } : lot));
  return [...own, ...takeFromLots(stillThere, rest, 'debt', at)];
}

/** What was given back to lots just now, by their ids. */
export type GivenBack = ReadonlyMap<string, bigint>;
const NOTHING: GivenBack = new Map();

/**
 * What is given back to a lot past its end expires at once (reading 13), but for what the lot itself still owes: giving back undoes the taking
 * back, or the same facts would leave a debt or none by the order of telling (ALL-01).
 */
function settleFromEnded(debt: bigint, lots: readonly Lot[], at: number, givenBack: GivenBack): PlannedPosting[] {
  const postings: PlannedPosting[] = [];
  let rest = debt;
  for (const lot of lots) {
    const back = givenBack.get(lot.id);
    if (back === undefined || lot.endsAt === null || lot.endsAt >= at) continue;
    const part = [back, remainingOf(lot), lot.indebted, rest].reduce((least, one) => (one < least ? one : least));
    if (part <= 0n) continue;
    postings.push({ debit: 'owed', credit: 'debt', amount: part, lotId: lot.id });
    rest -= part;
  }
  return postings;
}
