import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { AffiliateType } from '../affiliate/index.ts';

export const WithdrawalStatusEnum = {
  REQUESTED: 'requested',
  PROCESSING: 'processing',
  APPROVED: 'approved',
  REJECTED: 'rejected',
  PAID: 'paid',
  FAILED: 'failed',
} as const;
registerEnumType(WithdrawalStatusEnum, {
  name: 'WithdrawalStatus',
  description: 'How far a withdrawal is.',
  valuesConfig: {
    REQUESTED: { description: 'Asked for.' },
    PROCESSING: { description: 'The cut-off has taken the balance.' },
    APPROVED: { description: 'Staff approved it.' },
    REJECTED: { description: 'Turned away; what was reserved is available again.' },
    PAID: { description: 'Paid.' },
    FAILED: { description: 'The payment failed; the amount is available again.' },
  },
});

@Access('withdrawal.read', 'own.read')
@ObjectType('Withdrawal', { description: 'A request for what is available.' })
export class WithdrawalType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => AffiliateType, { description: 'Who is paid.' })
  affiliate!: AffiliateType;

  @Field(() => WithdrawalStatusEnum, { description: 'How far it is.' })
  status!: string;

  @Field(() => Amount, { nullable: true, description: 'How much; null until the cut-off fixes it.' })
  amount!: Amount | null;

  @Field(() => String, { nullable: true, description: 'Year and month of the cut-off that takes it, e.g. 2026-03.' })
  batch!: string | null;

  @Field(() => Instant, { nullable: true, description: 'The cut-off that takes it.' })
  cutOffAt!: Date | null;

  @Field(() => Instant, { description: 'When it was asked for.' })
  requestedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'When its status changed last.' })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  reason!: string | null;
}

@Access('withdrawal.read', 'own.read')
@ObjectType('PayoutMethod', { description: 'How an affiliate is paid.' })
export class PayoutMethodType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'paypal, bank-transfer or western-union.' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code of the currency.' })
  currency!: string | null;

  @Field(() => String, { nullable: true, description: 'The account that is paid to.' })
  account!: string | null;

  @Field(() => Instant, { description: 'When it was given.' })
  setAt!: Date;
}

@Part()
@ObjectType({ description: 'What became of a request or a decision about a withdrawal.' })
export class WithdrawalPayload {
  @Field(() => WithdrawalType, { nullable: true, description: 'The withdrawal; null when it was turned away.' })
  withdrawal!: WithdrawalType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'An approved withdrawal.' })
export class ApproveWithdrawalPayload extends WithdrawalPayload {}

@Part()
@ObjectType({ description: 'What became of payment details.' })
export class SetPayoutMethodPayload {
  @Field(() => PayoutMethodType, { nullable: true, description: 'The details as they are now; null when they were turned away.' })
  payoutMethod!: PayoutMethodType | null;

  @Field(() => [UserError], { description: 'Why they were turned away.' })
  userErrors!: UserError[];
}
