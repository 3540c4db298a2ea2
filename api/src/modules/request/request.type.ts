import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { MESSAGE, Weighs } from '../../platform/graphql/weight.ts';
import { EnrollmentType } from '../affiliate/index.ts';
import type { Request, RequestMessage } from './request.entity.ts';
import { RequestKindEnum, RequestMessageKindEnum, RequestSideEnum, RequestStateEnum } from './request.enums.ts';

@Part()
@ObjectType('RequestMessage', { description: 'Something said or done about a request.' })
export class RequestMessageType {
  @Field(() => RequestMessageKindEnum, { description: 'What it is.' })
  kind!: RequestMessage['kind'];

  @Field(() => RequestSideEnum, { description: 'Who speaks.' })
  side!: RequestMessage['side'];

  @Weighs(MESSAGE)
  @Field(() => String, { nullable: true, description: 'The words; null: there are none, or they were erased.' })
  text!: string | null;

  @Field(() => Instant, { description: 'When.' })
  at!: Date;

  @Access('actor.read')
  @Field(() => String, { description: 'Who of them it was.' })
  by!: string;
}

@Access('withdrawal.read', 'own.read')
@ObjectType('RequestedPayoutMethod', { description: 'Payment details that an affiliate asks for.' })
export class RequestedPayoutMethodType {
  @Field(() => String, { description: 'paypal, bank-transfer or western-union.' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code of the currency.' })
  currency!: string | null;

  @Field(() => String, { nullable: true, description: 'The account that is to be paid to.' })
  account!: string | null;

  @Field(() => String, { nullable: true, description: 'Whose account it is.' })
  holder!: string | null;

  @Field(() => String, { nullable: true, description: 'The BIC of the bank.' })
  bank!: string | null;
}

@Access('request.read', 'own.read')
@ObjectType('Request', { description: 'Something that an affiliate asks of staff.' })
export class RequestType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => RequestKindEnum, { description: 'What is asked for.' })
  kind!: Request['kind'];

  @Field(() => RequestStateEnum, { description: 'How far it is.' })
  state!: Request['state'];

  @Field(() => String, {
    nullable: true,
    description: 'What it is about: the channel, the class, the order, the product, the id of the traffic source.',
  })
  subject!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Our id of what stands behind it: the class request, the case or the exchange; null: nothing does.',
  })
  reference!: string | null;

  @Field(() => RequestedPayoutMethodType, {
    nullable: true,
    description: 'Of PAYOUT_METHOD: what is asked for; null too when it was erased.',
  })
  payoutMethod!: RequestedPayoutMethodType | null;

  @Field(() => [RequestMessageType], { description: 'What was said and done, oldest first. Notes are for staff only.' })
  thread!: RequestMessageType[];

  @Field(() => String, { nullable: true, description: 'What staff said when they closed it.' })
  answer!: string | null;

  @Field(() => Instant, { description: 'When it was opened.' })
  openedAt!: Date;

  @Field(() => Instant, { description: 'When anything of it happened last.' })
  changedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'When it was closed; null: it is not.' })
  closedAt!: Date | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Who closed it.' })
  closedBy!: string | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Who of staff sees to it.' })
  assignee!: string | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'The same, by the id of the member, or of the token that acts for itself.' })
  assigneeId!: string | null;

  @Field(() => EnrollmentType, { description: 'Of whom.' })
  enrollment!: EnrollmentType;
}

export const RequestConnection = connectionOf('Request', () => RequestType);

function requestPayload(name: string, description: string): ClassType<object> {
  @Part()
  @ObjectType(name, { description })
  class Payload {
    @Field(() => RequestType, { nullable: true, description: 'The request; null if the act was turned away.' })
    request!: RequestType | null;

    @Field(() => [UserError], { description: 'Why it was turned away.' })
    userErrors!: UserError[];
  }
  return Payload;
}

export const OpenRequestPayload = requestPayload('OpenRequestPayload', 'A request to staff.');
export const RequestPayload = requestPayload('RequestPayload', 'What became of a request.');

@Part()
@ObjectType({ description: 'What may be asked for in a program.' })
export class SetRequestKindsPayload {
  @Field(() => [RequestKindEnum], { nullable: true, description: 'The kinds that it takes from now on; null if the act was turned away.' })
  kinds!: Request['kind'][] | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
