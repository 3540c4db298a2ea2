import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { Part } from '../../platform/graphql/access.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { OrderType } from '../order/index.ts';
import { CustomerType } from '../referral/index.ts';
import { ClickType } from '../tracking/index.ts';

/** The fields of an answer, as graphql-js reads them of what resolvers return. */
export interface Recording {
  readonly id: string | null;
  readonly repeated: boolean;
  readonly userErrors: UserError[];
}

export interface Recordings {
  readonly results: (Recording & { readonly index: number })[];
  readonly userErrors: UserError[];
}

/** A thing that a fact is about: the name of its field and its type. */
interface Subject {
  name: string;
  type: () => ClassType<object>;
  description: string;
}

/** The payload of recording one fact: `<Name>Payload`. */
function payloadOf(name: string, subject?: Subject): ClassType<Recording> {
  @Part()
  @ObjectType(`${name}Payload`, { description: 'What became of a fact that was told.' })
  class Payload {
    @Field(() => String, {
      nullable: true,
      description: 'Our id of what the fact is about; null when it was turned away, or is an event of an order that is waited for.',
    })
    id!: string | null;

    @Field(() => Boolean, { description: 'It was known already, and nothing changed.' })
    repeated!: boolean;

    @Field(() => [UserError], { description: 'Why it was turned away.' })
    userErrors!: UserError[];
  }
  describeSubject(Payload.prototype, subject);
  return Payload as ClassType<Recording>;
}

/** The payload of recording many facts: `<Name>Payload` with a `<One>Result` for each. */
function payloadOfMany(name: string, one: string, subject: Subject): ClassType<Recordings> {
  @Part()
  @ObjectType(`${one}Result`, { description: 'What became of one of many facts.' })
  class Result {
    @Field(() => Int, { description: 'Its place in the list that was sent, from 0.' })
    index!: number;

    @Field(() => String, {
      nullable: true,
      description: 'Our id of what the fact is about; null when it was turned away, or is an event of an order that is waited for.',
    })
    id!: string | null;

    @Field(() => Boolean, { description: 'It was known already, and nothing changed.' })
    repeated!: boolean;

    @Field(() => [UserError], { description: 'Why it was turned away.' })
    userErrors!: UserError[];
  }
  describeSubject(Result.prototype, subject);

  @Part()
  @ObjectType(`${name}Payload`, { description: 'What became of facts that were told together. Each stands for itself.' })
  class Payload {
    @Field(() => [Result], { description: 'One for each fact, in the order sent.' })
    results!: Result[];

    @Field(() => [UserError], { description: 'Why all were turned away.' })
    userErrors!: UserError[];
  }
  return Payload as ClassType<Recordings>;
}

function describeSubject(prototype: object, subject: Subject | undefined): void {
  if (subject !== undefined) Field(subject.type, { nullable: true, description: subject.description })(prototype, subject.name);
}

const click: Subject = { name: 'click', type: () => ClickType, description: 'The click; null when it was turned away.' };
const customer: Subject = { name: 'customer', type: () => CustomerType, description: 'The customer; null when it was turned away.' };
const order: Subject = {
  name: 'order',
  type: () => OrderType,
  description: 'The order; null when it was turned away or is not known yet.',
};

export const RecordClickPayload = payloadOf('RecordClick', click);
export const RecordClicksPayload = payloadOfMany('RecordClicks', 'RecordClick', click);
export const RecordRegistrationPayload = payloadOf('RecordRegistration', customer);
export const RecordRegistrationsPayload = payloadOfMany('RecordRegistrations', 'RecordRegistration', customer);
export const RecordOrderPayload = payloadOf('RecordOrder', order);
export const RecordOrdersPayload = payloadOfMany('RecordOrders', 'RecordOrder', order);
export const RecordOrderEventPayload = payloadOf('RecordOrderEvent', order);
export const RecordOrderEventsPayload = payloadOfMany('RecordOrderEvents', 'RecordOrderEvent', order);
export const RecordActivityPayload = payloadOf('RecordActivity');

export interface Correction {
  readonly id: string | null;
  readonly userErrors: UserError[];
}

function correctionOf(name: string, subject?: Subject): ClassType<Correction> {
  @Part()
  @ObjectType(`${name}Payload`, { description: 'What became of a correction.' })
  class Payload {
    @Field(() => String, { nullable: true, description: 'Our id of what was corrected or posted; null when it was turned away.' })
    id!: string | null;

    @Field(() => [UserError], { description: 'Why it was turned away.' })
    userErrors!: UserError[];
  }
  describeSubject(Payload.prototype, subject);
  return Payload as ClassType<Correction>;
}

export const CorrectOrderPayload = correctionOf('CorrectOrder', order);
export const VoidOrderPayload = correctionOf('VoidOrder', order);
export const UndoOrderEventPayload = correctionOf('UndoOrderEvent', order);
export const AttributeOrderPayload = correctionOf('AttributeOrder', order);
export const PostAdjustmentPayload = correctionOf('PostAdjustment');
