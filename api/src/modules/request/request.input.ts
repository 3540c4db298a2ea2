import { ArgsType, Field, InputType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Decimal } from '../../platform/graphql/scalars.ts';
import type { Request } from './request.entity.ts';
import { RequestKindEnum, type RequestSort, RequestSortEnum, RequestStateEnum } from './request.enums.ts';

@InputType({ description: 'Payment details that an affiliate asks for.' })
export class RequestedPayoutMethodInput {
  @Field(() => String, { description: 'paypal, bank-transfer or western-union.' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code of the currency.' })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: 'The account that is to be paid to.' })
  account?: string | null;

  @Field(() => String, { nullable: true, description: 'Whose account it is, as the bank knows the name.' })
  holder?: string | null;

  @Field(() => String, { nullable: true, description: 'The BIC of the bank.' })
  bank?: string | null;
}

@InputType({ description: 'Something to ask of staff. What stands here beside the words is for some kinds only.' })
export class OpenRequestInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The affiliate's id; left out: whose token it is." })
  affiliate?: string | null;

  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => RequestKindEnum, { description: 'What is asked for.' })
  kind!: Request['kind'];

  @Field(() => String, { description: 'In words, up to 4,000 characters.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Of CLASS: which.' })
  class?: string | null;

  @Field(() => String, { nullable: true, description: 'Of CHANNEL: which.' })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'Of SOURCE_REVIEW: the id of the declared source.' })
  trafficSource?: string | null;

  @Field(() => String, { nullable: true, description: 'Of ORDER_FACT: the number of the order.' })
  order?: string | null;

  @Field(() => String, { nullable: true, description: 'Of PRODUCT_EXCHANGE and SAMPLE: which product.' })
  product?: string | null;

  @Field(() => Decimal, { nullable: true, description: "Of PRODUCT_EXCHANGE: the product's price, in the program's currency." })
  productPrice?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Of PRODUCT_EXCHANGE: the points, which leave at once.' })
  points?: string | null;

  @Field(() => [String], { nullable: true, description: 'Of PRODUCT_EXCHANGE: other discounts that would apply.' })
  discounts?: string[] | null;

  @Field(() => RequestedPayoutMethodInput, { nullable: true, description: 'Of PAYOUT_METHOD: how the affiliate is to be paid.' })
  payoutMethod?: RequestedPayoutMethodInput | null;
}

/** Names one request. */
@InputType({ description: 'A request.' })
export class RequestInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The request, by the caller's id." })
  request!: string;
}

@InputType({ description: 'A request, and what to say of it.' })
class SayingInput extends RequestInput {
  @Field(() => String, { description: 'In words, up to 4,000 characters.' })
  text!: string;
}

@InputType({ description: 'A reply, by the affiliate or by staff.' })
export class ReplyToRequestInput extends SayingInput {}

@InputType({ description: 'A note among staff.' })
export class NoteRequestInput extends SayingInput {}

@InputType({ description: 'What staff need to know from the affiliate.' })
export class AskAboutRequestInput extends SayingInput {}

@InputType({ description: 'An answer that settles a request.' })
export class AnswerRequestInput extends SayingInput {}

@InputType({ description: 'A request to grant.' })
export class GrantRequestInput extends RequestInput {
  @Field(() => String, { nullable: true, description: 'What to say of it. Of SOURCE_REVIEW the advice, which must be given.' })
  text?: string | null;
}

@InputType({ description: 'A request to refuse.' })
export class RefuseRequestInput extends RequestInput {
  @Field(() => String, { description: 'Why. The affiliate reads it; of SOURCE_REVIEW it is the advice.' })
  reason!: string;
}

@InputType({ description: 'A request that the affiliate asks for no longer.' })
export class WithdrawRequestInput extends RequestInput {}

@InputType({ description: 'Who is to see to a request.' })
export class AssignRequestInput extends RequestInput {
  @Field(() => String, { nullable: true, description: 'The id of a member of staff; left out: whoever calls.' })
  member?: string | null;
}

@InputType({ description: 'A request that nobody sees to any more.' })
export class UnassignRequestInput extends RequestInput {}

@InputType({ description: 'What may be asked for in a program.' })
export class SetRequestKindsInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => [RequestKindEnum], { description: 'The kinds that it takes, as far as its terms know something of them.' })
  kinds!: Request['kind'][];
}

@ArgsType()
export class RequestArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Of this program only, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Of this affiliate only, by the caller's id." })
  affiliate?: string | null;

  @Field(() => RequestKindEnum, { nullable: true, description: 'Of this kind only.' })
  kind?: Request['kind'] | null;

  @Field(() => [RequestStateEnum], { nullable: true, description: 'In one of these states only.' })
  states?: Request['state'][] | null;

  @Field(() => String, { nullable: true, description: 'Whom a member of staff of this id sees to; `me`: whoever asks.' })
  assignee?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only those that nobody sees to; false: only those that somebody does.' })
  unassigned?: boolean | null;

  @Field(() => RequestSortEnum, { defaultValue: RequestSortEnum.OLDEST, description: 'In which order.' })
  sort!: RequestSort;
}
