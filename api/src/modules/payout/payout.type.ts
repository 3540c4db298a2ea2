import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Amount, Money } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProgramType } from '../program/index.ts';
import { WithdrawalType } from '../withdrawal/index.ts';
import { BatchStatusEnum, LineStatusEnum } from './payout.input.ts';

@Part()
@ObjectType('PayoutTotal', { description: 'Lines of one method, currency and status together.' })
export class PayoutTotalType {
  @Field(() => String, { description: 'How they are paid, e.g. paypal.' })
  method!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency of the payees' accounts." })
  payeeCurrency!: string;

  @Field(() => LineStatusEnum, { description: 'How far they are.' })
  status!: string;

  @Field(() => Int, { description: 'How many lines.' })
  lines!: number;

  @Field(() => Money, { description: 'What they pay.' })
  amount!: Money;
}

@Part()
@ObjectType('PayoutPart', { description: 'What of a batch goes one way in one currency: one file, or one call of a provider.' })
export class PayoutPartType {
  @Field(() => String, { description: 'Opaque; a provider and the bank know the part by it.' })
  id!: string;

  @Field(() => Int, { description: 'Its place in the batch, from 1.' })
  number!: number;

  @Field(() => String, { description: 'How it is paid.' })
  method!: string;

  @Field(() => String, { description: 'ISO 4217 code of the currency that is paid in.' })
  currency!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency of the payees' accounts." })
  payeeCurrency!: string;

  @Field(() => String, {
    description: 'ready: nothing has left; sent: nobody has answered yet; accepted or refused by the provider; done: all of it is known.',
  })
  status!: string;

  @Field(() => String, { nullable: true, description: "The provider's own name for it." })
  providerId!: string | null;

  @Field(() => String, { nullable: true, description: 'What the provider said last, or why it was not reached.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Path of the payment file, once the batch is sent; null: it is paid by an API.' })
  file!: string | null;

  @Field(() => String, { nullable: true, description: 'What a file of results for it looks like; null: its provider is asked.' })
  answer!: string | null;
}

@Access('withdrawal.read')
@ObjectType('PayoutLine', { description: 'A withdrawal in a payout batch.' })
export class PayoutLineType {
  @Field(() => String, { description: 'Opaque; payment files and providers bear it.' })
  id!: string;

  @Field(() => WithdrawalType, { description: 'What is paid by it.' })
  withdrawal!: WithdrawalType;

  @Field(() => AffiliateType, { description: 'Who is paid.' })
  affiliate!: AffiliateType;

  @Field(() => LineStatusEnum, { description: 'How far it is.' })
  status!: string;

  @Field(() => Money, { nullable: true, description: 'What is paid; null: nothing is known of it yet.' })
  amount!: Money | null;

  @Field(() => Amount, { nullable: true, description: 'What the withdrawal takes from the books.' })
  withdrawn!: Amount | null;

  @Field(() => String, { nullable: true, description: 'How it is paid.' })
  method!: string | null;

  @Field(() => String, { nullable: true, description: 'The account, as it was when the line was collected.' })
  account!: string | null;

  @Field(() => String, { nullable: true, description: 'Whose account it is.' })
  holder!: string | null;

  @Field(() => String, { nullable: true, description: "The provider's own name for it." })
  providerId!: string | null;

  @Field(() => String, { nullable: true, description: 'What the provider said last, in its own words.' })
  providerStatus!: string | null;

  @Field(() => Boolean, {
    description: 'Was it marked as failed or returned while nobody knew whether it was paid? Then it may be paid all the same.',
  })
  inDoubt!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is deferred, failed, returned or unknown.' })
  reason!: string | null;

  @Field(() => Instant, { description: 'When its status changed last.' })
  changedAt!: Date;
}

export const PayoutLineConnection = connectionOf('PayoutLine', () => PayoutLineType);

@Access('withdrawal.read')
@ObjectType('PayoutBatch', { description: 'Withdrawals of a program that are paid together.' })
export class PayoutBatchType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProgramType, { description: 'The program that pays.' })
  program!: ProgramType;

  @Field(() => String, { description: 'Its name; where the terms have a cut-off, year and month of it.' })
  name!: string;

  @Field(() => BatchStatusEnum, { description: 'How far it is.' })
  status!: string;

  @Field(() => Instant, { description: 'When it was opened.' })
  openedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'The cut-off that opened it; null: somebody of staff did.' })
  cutOffAt!: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When every withdrawal was last looked at; null: it is about to be filled.' })
  filledAt!: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it was frozen.' })
  frozenAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who froze it.' })
  frozenBy!: string | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of its lines as they were frozen: who approves names it.' })
  hash!: string | null;

  @Field(() => Boolean, { description: 'Does approving it take somebody else than freezing it?' })
  twoPeople!: boolean;

  @Field(() => Instant, { nullable: true, description: 'When it was approved.' })
  approvedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who approved it.' })
  approvedBy!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When it was sent.' })
  sentAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who sent it.' })
  sentBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was given up.' })
  reason!: string | null;

  @Field(() => [PayoutTotalType], { description: 'Lines and sums by method, currency and status.' })
  totals!: PayoutTotalType[];

  @Field(() => [PayoutPartType], { description: 'What goes out together, once it is frozen.' })
  parts!: PayoutPartType[];

  @Field(() => [String], { description: 'Of one that has not been sent: why it cannot be as things stand; empty: it can.' })
  unready!: string[];
}

export const PayoutBatchConnection = connectionOf('PayoutBatch', () => PayoutBatchType);

@Part()
@ObjectType({ description: 'What became of an act on a payout batch.' })
export class PayoutBatchPayload {
  @Field(() => PayoutBatchType, { nullable: true, description: 'The batch; null when the act was turned away.' })
  payoutBatch!: PayoutBatchType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType('PayoutLineProblem', { description: 'What was said of a line and can not be so. Nothing was done about it.' })
export class PayoutLineProblemType {
  @Field(() => String, { description: 'The line, by the id that was given.' })
  line!: string;

  @Field(() => String, { description: 'What is wrong, for people.' })
  message!: string;
}

@Part()
@ObjectType('PayoutLineWarning', { description: 'What may become of a line yet.' })
export class PayoutLineWarningType {
  @Field(() => String, { description: 'The line.' })
  line!: string;

  @Field(() => String, { description: 'What may come, for people.' })
  message!: string;
}

@Part()
@ObjectType({ description: 'What became of marks on lines.' })
export class MarkPayoutLinesPayload {
  @Field(() => PayoutBatchType, { nullable: true, description: 'The batch; null when all of it was turned away.' })
  payoutBatch!: PayoutBatchType | null;

  @Field(() => Int, { nullable: true, description: 'How many lines have changed.' })
  changed!: number | null;

  @Field(() => [PayoutLineProblemType], { description: 'Lines that are not as was said.' })
  problems!: PayoutLineProblemType[];

  @Field(() => [PayoutLineWarningType], { description: 'Of these lines, those that may be paid all the same.' })
  warnings!: PayoutLineWarningType[];

  @Field(() => [UserError], { description: 'Why all of it was turned away.' })
  userErrors!: UserError[];
}
