export type BatchStatus = 'open' | 'frozen' | 'approved' | 'sending' | 'sent' | 'discarded';
export type PartStatus = 'ready' | 'sent' | 'accepted' | 'refused' | 'done';
export type LineStatus = 'deferred' | 'collected' | 'dropped' | 'sent' | 'unknown' | 'paid' | 'failed' | 'returned';

/** What is paid together. */
export interface PayoutBatch {
  readonly id: string;
  readonly programId: string;
  readonly name: string;
  readonly status: BatchStatus;
  readonly openedAt: Date;
  readonly openedBy: string;
  /** The cut-off that opened it; null: somebody did. */
  readonly cutOffAt: Date | null;
  /** When every withdrawal was last looked at. */
  readonly filledAt: Date | null;
  readonly frozenAt: Date | null;
  readonly frozenBy: string | null;
  readonly frozenActor: string | null;
  readonly hash: Buffer | null;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
  readonly twoPeople: boolean;
  readonly sentAt: Date | null;
  readonly sentBy: string | null;
  readonly reason: string | null;
}

export const BATCH_COLUMNS = `b.id, b.program_id as "programId", b.name, b.status, b.opened_at as "openedAt", b.opened_by as "openedBy", b.cut_off_at as "cutOffAt", b.filled_at as "filledAt", b.frozen_at as "frozenAt",
  b.frozen_by as "frozenBy", b.frozen_actor as "frozenActor", b.hash, b.approved_at as "approvedAt", b.approved_by as "approvedBy", b.two_people as "twoPeople",
  b.sent_at as "sentAt", b.sent_by as "sentBy", b.reason`;

/** What of a batch goes one way in one currency. */
export interface PayoutPart {
  readonly id: string;
  readonly batchId: string;
  readonly programId: string;
  readonly number: number;
  readonly method: string;
  readonly currency: string;
  readonly payeeCurrency: string;
  readonly status: PartStatus;
  readonly sentAt: Date | null;
  readonly providerId: string | null;
  readonly firstTriedAt: Date | null;
  readonly triedAt: Date | null;
  readonly tries: number;
  readonly askAt: Date | null;
  readonly reason: string | null;
}

export const PART_COLUMNS = `p.id, p.batch_id as "batchId", p.program_id as "programId", p.number, p.method, p.currency, p.payee_currency as "payeeCurrency", p.status,
  p.sent_at as "sentAt", p.provider_id as "providerId", p.first_tried_at as "firstTriedAt", p.tried_at as "triedAt", p.tries, p.ask_at as "askAt", p.reason`;

/** A withdrawal in a batch. */
export interface PayoutLine {
  readonly id: string;
  readonly affiliateId: string;
  readonly batchId: string;
  readonly programId: string;
  readonly withdrawalId: string;
  readonly partId: string | null;
  readonly status: LineStatus;
  readonly unit: string;
  readonly points: bigint | null;
  readonly currency: string | null;
  readonly amount: bigint | null;
  readonly method: string | null;
  readonly payeeCurrency: string | null;
  readonly account: string | null;
  readonly holder: string | null;
  readonly bank: string | null;
  readonly providerId: string | null;
  readonly providerStatus: string | null;
  /** It was said to have failed while nobody knew whether it was paid. */
  readonly inDoubt: boolean;
  readonly reason: string | null;
  readonly changedAt: Date;
}

export const LINE_COLUMNS = `l.id, l.affiliate_id as "affiliateId", l.batch_id as "batchId", l.program_id as "programId", l.withdrawal_id as "withdrawalId", l.part_id as "partId",
  l.status, l.unit, l.points, l.currency, l.amount, l.method, l.payee_currency as "payeeCurrency", l.account, l.holder, l.bank,
  l.provider_id as "providerId", l.provider_status as "providerStatus", l.in_doubt as "inDoubt", l.reason, l.changed_at as "changedAt"`;
