import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProgramType } from '../program/index.ts';
import { WithdrawalStatusEnum } from './withdrawal.status.ts';

@Part()
@ObjectType('WithdrawalEvent', { description: 'A step in the life of a withdrawal.' })
export class WithdrawalEventType {
  @Field(() => String, { description: 'What was done: approved, held, released, sent, paid ...' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;

  @Field(() => Instant, { description: 'When.' })
  happenedAt!: Date;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'By whom.' })
  by!: string | null;
}

@Part()
@ObjectType('MissingDetail', { description: 'A payment detail that is still to be given.' })
export class MissingDetailType {
  @Field(() => String, { description: 'Which: account, holder or bank; kind: none was given.' })
  field!: string;

  @Field(() => String, { description: 'What to give.' })
  message!: string;
}

@Access('withdrawal.read', 'own.read')
@ObjectType('Withdrawal', { description: 'A request for what is available.' })
export class WithdrawalType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => ProgramType, { description: 'The program that pays it.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { description: 'Who is paid.' })
  affiliate!: AffiliateType;

  @Field(() => WithdrawalStatusEnum, { description: 'How far it is.' })
  status!: string;

  @Field(() => Amount, { nullable: true, description: 'How much; null until the cut-off fixes it.' })
  amount!: Amount | null;

  @Field(() => String, { nullable: true, description: 'Year and month of the cut-off that takes it, e.g. 2026-03.' })
  batch!: string | null;

  @Access('withdrawal.read')
  @Field(() => String, { nullable: true, description: 'The payout batch that has taken it, by its name; null: none has.' })
  payoutBatch!: string | null;

  @Field(() => Instant, { nullable: true, description: 'The cut-off that takes it.' })
  cutOffAt!: Date | null;

  @Field(() => Instant, { description: 'When it was asked for.' })
  requestedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'When its status changed last.' })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  reason!: string | null;

  @Field(() => Instant, { nullable: true, description: 'Since when it is on hold; null: it is not.' })
  heldAt!: Date | null;

  @Access('withdrawal.read')
  @Field(() => String, { nullable: true, description: 'Why it is on hold, for staff.' })
  heldReason!: string | null;

  @Field(() => String, { nullable: true, description: 'What whose withdrawal it is reads of the hold; null: it is not on hold.' })
  heldMessage!: string | null;

  @Access('withdrawal.read')
  @Field(() => Instant, {
    nullable: true,
    description: 'Since when something is said of its payment that cannot be so; null: nothing is, or it is settled.',
  })
  contradictedAt!: Date | null;

  @Access('withdrawal.read')
  @Field(() => String, {
    nullable: true,
    description:
      'What is said of its payment and cannot be so. As long as it is not settled, nothing more is paid to whoever has the amount back.',
  })
  contradiction!: string | null;

  @Field(() => [MissingDetailType], {
    description: 'Of one that has not been sent: the payment details that are still to be given before it can be.',
  })
  missing!: MissingDetailType[];

  @Field(() => PayoutMethodType, { nullable: true, description: 'How the affiliate is to be paid by now; null: nobody has said.' })
  payoutMethod!: PayoutMethodType | null;

  @Field(() => [WithdrawalEventType], { description: 'What was done about it, the oldest first.' })
  history!: WithdrawalEventType[];
}

export const WithdrawalConnection = connectionOf('Withdrawal', () => WithdrawalType);

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

  @Field(() => String, { nullable: true, description: 'Whose account it is.' })
  holder!: string | null;

  @Field(() => String, { nullable: true, description: 'The bank, by its BIC.' })
  bank!: string | null;

  @Field(() => [MissingDetailType], { description: 'What is still to be given before anything can be paid; empty: nothing.' })
  missing!: MissingDetailType[];

  @Field(() => String, { nullable: true, description: 'Why it was changed.' })
  reason!: string | null;

  @Field(() => Instant, { description: 'When it was given.' })
  setAt!: Date;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Who gave it.' })
  setBy!: string | null;
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

@Part()
@ObjectType('DecidedWithdrawal', { description: 'What became of one of many withdrawals.' })
export class DecidedWithdrawalType {
  @Field(() => Int, { description: 'Its place in the list, from 0.' })
  index!: number;

  @Field(() => WithdrawalType, { nullable: true, description: 'The withdrawal; null when it was turned away, or waits.' })
  withdrawal!: WithdrawalType | null;

  @Field(() => Boolean, { description: 'Does it wait for a second person now? See `approvals`.' })
  waits!: boolean;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'What became of decisions about many withdrawals.' })
export class WithdrawalsPayload {
  @Field(() => [DecidedWithdrawalType], { description: 'One for each withdrawal, in the order given.' })
  results!: DecidedWithdrawalType[];

  @Field(() => [UserError], { description: 'Why none of them was looked at.' })
  userErrors!: UserError[];
}
