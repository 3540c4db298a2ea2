import type { RedemptionKind } from '@tributary/shared/payout';

/** Points exchanged for something else than money. */
export interface Redemption {
  readonly id: string;
  readonly affiliateId: string;
  readonly programId: string;
  readonly externalId: string;
  readonly kind: RedemptionKind;
  readonly status: RedemptionStatus;
  readonly unit: string;
  readonly points: bigint;
  readonly lapsesAt: Date | null;
  readonly redeemedAt: Date;
  readonly decidedAt: Date | null;
  /** The order that it was captured with, where one was named. */
  readonly order: string | null;
}

export type RedemptionStatus = 'held' | 'captured' | 'released' | 'redeemed' | 'fulfilled' | 'refused';

export const REDEMPTION_COLUMNS = `r.id, r.affiliate_id as "affiliateId", r.program_id as "programId", r.external_id as "externalId", r.kind, r.status, r.unit, r.points,
  r.lapses_at as "lapsesAt", r.redeemed_at as "redeemedAt", r.decided_at as "decidedAt", r.order_ref as "order"`;
