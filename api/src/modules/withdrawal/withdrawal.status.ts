import { registerEnumType } from 'type-graphql';

/** Of a table or alias: may it be decided now? What a cut-off takes first does not wait yet, nor does what is on hold. */
export const waitsOn = (alias: string): string =>
  `${alias}.status in ('requested', 'processing') and (${alias}.status = 'processing' or ${alias}.cut_off_at is null) and ${alias}.held_at is null`;

export const WithdrawalStatusEnum = {
  REQUESTED: 'requested',
  PROCESSING: 'processing',
  APPROVED: 'approved',
  REJECTED: 'rejected',
  SENT: 'sent',
  UNKNOWN: 'unknown',
  PAID: 'paid',
  FAILED: 'failed',
  RETURNED: 'returned',
} as const;
registerEnumType(WithdrawalStatusEnum, {
  name: 'WithdrawalStatus',
  description: 'How far a withdrawal is.',
  valuesConfig: {
    REQUESTED: { description: 'Asked for.' },
    PROCESSING: { description: 'The cut-off has taken the balance.' },
    APPROVED: { description: 'Staff approved it.' },
    REJECTED: { description: 'Turned away; what was reserved is available again.' },
    SENT: { description: 'On its way: the order to pay may have left, and nobody has answered yet.' },
    UNKNOWN: { description: 'Sent, and it is not clear whether it was paid. It is asked for, never sent anew.' },
    PAID: { description: 'Paid.' },
    FAILED: { description: 'The payment failed; the amount is available again.' },
    RETURNED: { description: 'Paid, and it came back; the amount is available again.' },
  },
});
