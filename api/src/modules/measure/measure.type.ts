import type { CountReason } from '@tributary/shared/people';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { MeasuredType } from '../affiliate/index.ts';
import { OrderType } from '../order/index.ts';

export const MeasureReasonEnum = {
  COUNTS: 'counts',
  UNPAID: 'unpaid',
  CANCELLED: 'cancelled',
  REJECTED_BY_MERCHANT: 'rejected-by-merchant',
  VOIDED: 'voided',
  DISPUTE_OPEN: 'dispute-open',
  DISPUTE_LOST: 'dispute-lost',
  REFUNDED: 'refunded',
  NO_VALUE: 'no-value',
  NOT_QUALIFIED: 'not-qualified',
  REVERSED: 'reversed',
  MOVED: 'moved',
  SAME_CUSTOMER: 'same-customer',
  NO_CUSTOMER: 'no-customer',
  EARNS_NOTHING: 'earns-nothing',
} as const satisfies Record<string, CountReason>;
registerEnumType(MeasureReasonEnum, {
  name: 'MeasureReason',
  description: 'Why an order counts for a measure, or does not.',
  valuesConfig: {
    COUNTS: { description: 'It counts.' },
    UNPAID: { description: 'It is not paid.' },
    CANCELLED: { description: 'It was cancelled.' },
    REJECTED_BY_MERCHANT: { description: 'The merchant rejected it.' },
    VOIDED: { description: 'Staff voided it.' },
    DISPUTE_OPEN: { description: 'A dispute about it is open.' },
    DISPUTE_LOST: { description: 'A dispute about it was closed in the buyer’s favour.' },
    REFUNDED: { description: 'All of it was refunded.' },
    NO_VALUE: { description: 'Its goods cost nothing.' },
    NOT_QUALIFIED: { description: 'By the terms it earns nothing; `rules` says by which.' },
    REVERSED: { description: 'What it earned was taken back; `rules` says why.' },
    MOVED: { description: 'It went to another affiliate.' },
    SAME_CUSTOMER: { description: 'An earlier order of the same customer counts.' },
    NO_CUSTOMER: { description: 'It is not known who ordered.' },
    EARNS_NOTHING: { description: 'It earns nothing.' },
  },
});

@Access('order.read', 'own.read')
@ObjectType('MeasuredOrder', { description: 'What an order counts for a measure of an affiliate.' })
export class MeasuredOrderType {
  @Field(() => String, { description: "The caller's id of the order." })
  orderId!: string;

  @Field(() => OrderType, { nullable: true, description: 'The order; null: it is somebody else’s by now.' })
  order!: OrderType | null;

  @Field(() => Instant, { description: 'When it was placed.' })
  placedAt!: Date;

  @Field(() => MeasuredType, { description: 'What it counts: of all orders together that is the measure.' })
  counted!: MeasuredType;

  @Field(() => Instant, { nullable: true, description: 'Since when it counts or counted, by what happened to it; null: it never did.' })
  since!: number | null;

  @Field(() => Instant, { nullable: true, description: 'When it ceased to count; null: it did not.' })
  until!: number | null;

  @Field(() => MeasureReasonEnum, { description: 'Why it counts, or does not.' })
  because!: CountReason;

  @Field(() => [String], { description: 'The rules that decided what it earns; none of an order that went to somebody else.' })
  rules!: readonly string[];
}

export const MeasuredOrderConnection = connectionOf('MeasuredOrder', () => MeasuredOrderType);
