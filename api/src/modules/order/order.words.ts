import { registerEnumType } from 'type-graphql';

/** In the schema in capitals, in code and the database in small letters. */
export const OrderHistoryKind = {
  PAID: 'paid',
  SHIPPED: 'shipped',
  COMPLETED: 'completed',
  CONFIRMED: 'confirmed',
  CANCELLED: 'cancelled',
  REJECTED: 'rejected',
  REFUNDED: 'refunded',
  DISPUTE_OPENED: 'dispute-opened',
  DISPUTE_CLOSED: 'dispute-closed',
  SPAM_MARKED: 'spam-marked',
  CORRECTED: 'corrected',
  VOIDED: 'voided',
  UNDONE: 'undone',
  ATTRIBUTED: 'attributed',
} as const;
registerEnumType(OrderHistoryKind, {
  name: 'OrderHistoryKind',
  description: 'What became of an order, corrections by staff included.',
  valuesConfig: {
    PAID: { description: 'The customer paid.' },
    SHIPPED: { description: 'The goods were sent.' },
    COMPLETED: { description: 'The trade was completed: received, nothing open.' },
    CONFIRMED: { description: 'The merchant confirmed the order for commission.' },
    CANCELLED: { description: 'The customer cancelled.' },
    REJECTED: { description: 'The merchant rejected the order for commission.' },
    REFUNDED: { description: 'All or some of it was paid back.' },
    DISPUTE_OPENED: { description: 'The customer opened a dispute.' },
    DISPUTE_CLOSED: { description: 'The dispute was closed in favour of one side.' },
    SPAM_MARKED: { description: 'The merchant marked the order as spam or as none.' },
    CORRECTED: { description: 'Staff corrected what was told of it.' },
    VOIDED: { description: 'Staff took it out: it should never have been told.' },
    UNDONE: { description: 'Staff undid an event that was told wrongly.' },
    ATTRIBUTED: { description: 'Staff attributed it by hand.' },
  },
});

export const CommissionStatus = { PENDING: 'pending', AVAILABLE: 'available', REJECTED: 'rejected', REVERSED: 'reversed' } as const;
export type CommissionStatus = (typeof CommissionStatus)[keyof typeof CommissionStatus];
registerEnumType(CommissionStatus, {
  name: 'CommissionStatus',
  description: 'Where a commission stands now, in business time.',
  valuesConfig: {
    PENDING: { description: 'Earned, but not usable yet.' },
    AVAILABLE: { description: 'Usable since `availableAt`; what was spent of it, or expired, is told beside.' },
    REJECTED: { description: 'The order earns nothing.' },
    REVERSED: { description: 'The order would have earned, but it was taken back.' },
  },
});

export const OrderSort = { RECORDED: 'recorded', PLACED: 'placed' } as const;
registerEnumType(OrderSort, {
  name: 'OrderSort',
  description: 'By what a list of orders or commissions is sorted.',
  valuesConfig: {
    RECORDED: { description: 'In the order in which orders became known.' },
    PLACED: { description: 'By the instant at which orders were placed.' },
  },
});

/** The condition that a status is, of a decision or commission named `table`; `?` is the business time. */
export function statusCondition(table: string, status: CommissionStatus): { text: string; usesNow: boolean } {
  if (status === 'rejected') return { text: `${table}.status = 'rejected'`, usesNow: false };
  if (status === 'reversed') return { text: `${table}.status in ('reversed', 'moved')`, usesNow: false };
  const isUsable = `coalesce(${table}.available_at <= ?, false)`;
  return { text: `${table}.status = 'earning' and ${status === 'available' ? '' : 'not '}${isUsable}`, usesNow: true };
}

/** What a stored status is at an instant of business time. */
export function statusAt(stored: string, availableAt: Date | null, now: number): CommissionStatus {
  if (stored === 'rejected') return 'rejected';
  if (stored !== 'earning') return 'reversed';
  return availableAt !== null && availableAt.getTime() <= now ? 'available' : 'pending';
}
