import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Decimal } from '../../platform/graphql/scalars.ts';
import { WithdrawalStatusEnum } from './withdrawal.status.ts';

@InputType({ description: 'What an affiliate asks to be paid.' })
export class RequestWithdrawalInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The affiliate's id; left out: whose token it is." })
  affiliate?: string | null;

  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => Decimal, { nullable: true, description: 'How much; left out: all that is available.' })
  amount?: string | null;
}

@InputType({ description: 'What becomes of a withdrawal.' })
export class DecideWithdrawalInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The withdrawal, by the caller's id." })
  withdrawal!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}

@InputType({ description: 'How an affiliate is paid.' })
export class SetPayoutMethodInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The affiliate's id; left out: whose token it is." })
  affiliate?: string | null;

  @Field(() => String, { description: 'paypal, bank-transfer or western-union.' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code of the currency.' })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: 'The account that is paid to: an e-mail address, an IBAN or an account number.' })
  account?: string | null;

  @Field(() => String, { nullable: true, description: 'Whose account it is, as the bank knows the name.' })
  holder?: string | null;

  @Field(() => String, { nullable: true, description: 'The bank, by its BIC.' })
  bank?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it changes.' })
  reason?: string | null;
}

@InputType({ description: 'A withdrawal to approve.' })
export class ApproveWithdrawalInput extends DecideWithdrawalInput {}

@InputType({ description: 'A withdrawal to turn away.' })
export class RejectWithdrawalInput extends DecideWithdrawalInput {}

@InputType({ description: 'A withdrawal that was paid.' })
export class MarkWithdrawalPaidInput extends DecideWithdrawalInput {}

@InputType({ description: 'A withdrawal whose payment failed.' })
export class MarkWithdrawalFailedInput extends DecideWithdrawalInput {}

@InputType({ description: 'A withdrawal that was paid and came back.' })
export class MarkWithdrawalReturnedInput extends DecideWithdrawalInput {}

@InputType({ description: 'A withdrawal to put on hold.' })
export class HoldWithdrawalInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The withdrawal, by the caller's id." })
  withdrawal!: string;

  @Field(() => String, { description: 'Why. Staff read it; whose withdrawal it is does not.' })
  reason!: string;

  @Field(() => String, { nullable: true, description: 'What whose withdrawal it is reads of it; left out: that it is looked at.' })
  message?: string | null;
}

@InputType({ description: 'A withdrawal of which something is said that cannot be so, and what was found.' })
export class SettleContradictionInput extends DecideWithdrawalInput {}

@InputType({ description: 'A withdrawal to take off its hold.' })
export class ReleaseWithdrawalInput extends DecideWithdrawalInput {}

@InputType({ description: 'What becomes of many withdrawals.' })
export class DecideWithdrawalsInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => [String], { description: "The withdrawals, by the callers' ids; 500 at most." })
  withdrawals!: string[];

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}

@InputType({ description: 'Withdrawals to approve.' })
export class ApproveWithdrawalsInput extends DecideWithdrawalsInput {}

@InputType({ description: 'Withdrawals to turn away.' })
export class RejectWithdrawalsInput extends DecideWithdrawalsInput {}

@ArgsType()
export class WithdrawalArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'The key of a program; left out: all.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "An affiliate's id; left out: all that you may see." })
  affiliate?: string | null;

  @Field(() => [WithdrawalStatusEnum], { nullable: true, description: 'How far they are; left out: however far.' })
  statuses?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Year and month of the cut-off that takes them, e.g. 2026-03.' })
  batch?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those on hold, or only those that are not.' })
  held?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those of which something is said that cannot be so, such as paid after the amount was given back; or only others.',
  })
  contradicted?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that wait for a decision: not those that a cut-off takes first, and not those on hold; or only others.',
  })
  waiting?: boolean | null;
}

@ArgsType()
export class PayoutMethodArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The affiliate's id; left out: whose token it is." })
  affiliate?: string | null;
}
