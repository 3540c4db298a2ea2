/** Accounts as seen from one affiliate. `expense` is what the program has spent on the affiliate. */
export type LedgerAccount = 'expense' | 'held' | 'owed' | 'reserved' | 'clearing' | 'debt' | 'redeemed' | 'breakage' | 'fee' | 'tax';

export interface PlannedPosting {
  debit: LedgerAccount;
  credit: LedgerAccount;
  /** Minor units, above zero. */
  amount: bigint;
  /** The lot that the posting touches; null for a lot that the same plan makes. */
  lotId?: string | 'new';
}

/** Earnings with the instants between which they can be used. */
export interface Lot {
  id: string;
  usableFrom: number;
  /** As the terms say; a decision is compared with it. */
  expiresAt: number | null;
  /** When it really ends: later than `expiresAt` while an open request claims it. */
  endsAt: number | null;
  credited: bigint;
  takenBack: bigint;
  consumed: bigint;
  expired: bigint;
  indebted: bigint;
}

/** What is neither spent, taken back nor expired. */
export function remainingOf(lot: Lot): bigint {
  return lot.credited - lot.takenBack - lot.consumed - lot.expired;
}

/** What was spent of it and is still earned. */
export function spentOf(lot: Lot): bigint {
  const spent = lot.consumed - lot.indebted;
  return spent > 0n ? spent : 0n;
}

/** What the lot's source has earned by it so far, spent or not. */
export function earnedOf(lot: Lot): bigint {
  return lot.credited - lot.takenBack - lot.indebted;
}
