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
}
