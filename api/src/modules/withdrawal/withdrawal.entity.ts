/** A request for what is available. */
export interface Withdrawal {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly externalId: string;
  readonly status: WithdrawalStatus;
  readonly unit: string;
  /** Minor units; null until the cut-off fixes it. */
  readonly amount: bigint | null;
  readonly cutOffAt: Date | null;
  readonly batch: string | null;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  /** Null: it is not on hold. */
  readonly heldAt: Date | null;
  /** Why, for staff. */
  readonly heldReason: string | null;
  /** What the affiliate reads of it; null: no more than that it is looked at. */
  readonly heldMessage: string | null;
  /** Since when something that is said of its payment cannot be so; null: nothing is, or it is settled. */
  readonly contradictedAt: Date | null;
  readonly contradiction: string | null;
}

/** `sent` and `unknown`: it may have left, and nobody has said yet that it arrived. */
export type WithdrawalStatus = 'requested' | 'processing' | 'approved' | 'rejected' | 'sent' | 'unknown' | 'paid' | 'failed' | 'returned';

/** Neither turned away nor paid: another one waits for it where the terms have one at a time. */
export const OPEN_STATUSES = ['requested', 'processing', 'approved', 'sent', 'unknown'] as const satisfies readonly WithdrawalStatus[];

export const WITHDRAWAL_COLUMNS = `w.id, w.affiliate_id as "affiliateId", w.program_id as "programId", w.external_id as "externalId", w.status, w.unit, w.amount,
  w.cut_off_at as "cutOffAt", w.batch, w.requested_at as "requestedAt", w.decided_at as "decidedAt", w.decided_by as "decidedBy", w.reason,
  w.held_at as "heldAt", w.held_reason as "heldReason", w.held_message as "heldMessage", w.contradicted_at as "contradictedAt", w.contradiction`;

/** A step in the life of a withdrawal. */
export interface WithdrawalEvent {
  readonly withdrawalId: string;
  readonly kind: string;
  readonly reason: string | null;
  readonly happenedAt: Date;
  readonly by: string;
}

/** Payment details, as last given. */
export interface PayoutMethod {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly kind: string;
  readonly currency: string | null;
  readonly account: string | null;
  /** Whose account it is. */
  readonly holder: string | null;
  /** The bank, by its BIC. */
  readonly bank: string | null;
  readonly reason: string | null;
  readonly setAt: Date;
  readonly setBy: string;
}

/** A detail that is still to be given before anything can be paid. */
export interface MissingDetail {
  readonly field: string;
  /** What to give, for people. */
  readonly message: string;
}

export const METHOD_COLUMNS = `m.id, m.affiliate_id as "affiliateId", m.program_id as "programId", m.kind, m.currency, m.account, m.holder, m.bank, m.reason,
  m.set_at as "setAt", m.set_by as "setBy"`;
