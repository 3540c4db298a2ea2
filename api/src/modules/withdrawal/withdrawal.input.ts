import { Field, InputType } from 'type-graphql';
import { Decimal } from '../../platform/graphql/scalars.ts';

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

  @Field(() => String, { nullable: true, description: 'The account that is paid to.' })
  account?: string | null;

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
