/** What other systems may hear of. */
export const EVENTS = [
  'click.recorded',
  'customer.referred',
  'commission.created',
  'commission.changed',
  'commission.reversed',
  'commission.available',
  'lot.expired',
  'withdrawal.requested',
  'withdrawal.processing',
  'withdrawal.approved',
  'withdrawal.rejected',
  'withdrawal.held',
  'withdrawal.released',
  'withdrawal.sent',
  'withdrawal.unknown',
  'withdrawal.paid',
  'withdrawal.failed',
  'withdrawal.returned',
  'withdrawal.contradicted',
  'redemption.held',
  'redemption.redeemed',
  'redemption.captured',
  'redemption.released',
  'redemption.fulfilled',
  'redemption.refused',
  'class.changed',
  'terms.published',
  'case.opened',
  'case.overdue',
  'case.closed',
] as const;

export type EventName = (typeof EVENTS)[number];

/** About the work of staff: no affiliate hears of it, whosever it is. */
export const EVENTS_OF_STAFF: readonly EventName[] = ['case.overdue', 'withdrawal.contradicted'];
/** What an affiliate may hear of. */
export const EVENTS_OF_AFFILIATES = EVENTS.filter((event) => !EVENTS_OF_STAFF.includes(event));

export interface Message {
  readonly event: EventName;
  /** Whose it is; null: everybody's in the program. */
  readonly affiliateId: string | null;
  /** Business time. */
  readonly at: number;
  /** Ids and amounts, never who a person is. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What addresses of affiliates hear instead; left out: the same. */
  readonly dataForAffiliate?: Readonly<Record<string, unknown>>;
}
