/** What an affiliate has of one unit, in minor units. */
export interface Holdings {
  /** Earned, not usable yet: held, or in lots whose instant has not come. */
  pending: bigint;
  /** What is left of usable lots, less debt: may be below zero. */
  available: bigint;
  /** Set aside for withdrawals. */
  reserved: bigint;
  /** Paid out or redeemed. */
  paid: bigint;
  expired: bigint;
  debt: bigint;
}

export const NOTHING: Readonly<Holdings> = { pending: 0n, available: 0n, reserved: 0n, paid: 0n, expired: 0n, debt: 0n };

/** Whose holdings. */
export interface Holder {
  readonly programId: string;
  readonly affiliateId: string;
}

/** As of when: an instant of business time, by what was recorded until an instant of the wall clock. */
export interface AsOf {
  /** Up to and including. */
  readonly at: number;
  /** Undefined: all that is known by now. */
  readonly knownAt: number | undefined;
}

export interface HoldingsRow extends Holder, Holdings {
  readonly unit: string;
  /** Part of what has expired that the books do not say yet. */
  readonly unswept: bigint;
}

/** An entry of the books, without its postings. */
export interface Entry {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly unit: string;
  readonly kind: string;
  readonly causeId: string;
  readonly happenedAt: Date;
}

/** Columns of {@link Entry}, of the table named `e`. */
export const ENTRY_COLUMNS = `e.id, e.affiliate_id as "affiliateId", e.program_id as "programId", e.unit, e.kind, e.cause_id as "causeId", e.happened_at as "happenedAt"`;

export interface Posting {
  readonly affiliateId: string;
  readonly entryId: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: bigint;
  readonly lotId: string | null;
}
