import type { AttributeInput as Attribute, ToldEventKind } from '@tributary/shared/facts';
import { Field, InputType, Int, registerEnumType } from 'type-graphql';
import { Decimal, Instant, Percent } from '../../platform/graphql/scalars.ts';

export const OrderEventKind = {
  PAID: 'paid',
  SHIPPED: 'shipped',
  COMPLETED: 'completed',
  CONFIRMED: 'confirmed',
  CANCELLED: 'cancelled',
  REJECTED: 'rejected',
  REFUNDED: 'refunded',
  DISPUTE_OPENED: 'dispute-opened',
  DISPUTE_CLOSED: 'dispute-closed',
  SPAM_MARKED: 'spam-marked',
} as const;
registerEnumType(OrderEventKind, {
  name: 'OrderEventKind',
  description: 'What became of an order.',
  valuesConfig: {
    PAID: { description: 'The customer paid.' },
    SHIPPED: { description: 'The goods were sent.' },
    COMPLETED: { description: 'The trade was completed: received, nothing open.' },
    CONFIRMED: { description: 'The merchant confirmed the order for commission.' },
    CANCELLED: { description: 'The customer cancelled.' },
    REJECTED: { description: 'The merchant rejected the order for commission.' },
    REFUNDED: { description: 'All or some of it was paid back. Has an id of its own.' },
    DISPUTE_OPENED: { description: 'The customer opened a dispute.' },
    DISPUTE_CLOSED: { description: 'The dispute was closed in favour of one side.' },
    SPAM_MARKED: { description: 'The merchant marked the order as spam or as none.' },
  },
});

export const DisputeSide = { SELLER: 'seller', BUYER: 'buyer' } as const;
registerEnumType(DisputeSide, {
  name: 'DisputeSide',
  description: 'In whose favour a dispute was closed.',
  valuesConfig: { SELLER: { description: 'The commission is given back.' }, BUYER: { description: 'The commission stays taken off.' } },
});

@InputType({ description: 'A fact that only some programs have, as their terms declare it.' })
export class AttributeInput implements Attribute {
  @Field(() => String, { description: 'The name, as declared.' })
  name!: string;

  @Field(() => String, { description: 'The value as text: true or false, a country, a number, words.' })
  value!: string;
}

const OCCURRED_AT = 'When it happened, if not now. Part of what makes two calls the same only when it is given.';

@InputType({ description: "A visitor followed an affiliate's link, poster, banner or tag." })
export class ClickInput {
  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => String, { description: "The affiliate's id." })
  affiliate!: string;

  @Field(() => String, { nullable: true, description: 'The link that was followed, by the id it was made with.' })
  link?: string | null;

  @Field(() => String, { nullable: true, description: 'Who clicked: the id of a browser or device.' })
  visitor?: string | null;

  @Field(() => String, { nullable: true, description: "ISO 3166-1 code of the click's country." })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Kind of page that it led to: hot-product, product, category, store, promotion or home.',
  })
  page?: string | null;

  @Field(() => String, { nullable: true, description: 'The product of that page.' })
  product?: string | null;

  @Field(() => String, { nullable: true, description: 'The store of that page.' })
  store?: string | null;

  @Field(() => String, { nullable: true, description: 'The address that it led to.' })
  url?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the link stood: website, social, email, search-ads, google-ads ... Case and punctuation do not matter.',
  })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: 'The keyword of the ad.' })
  keyword?: string | null;

  @Field(() => String, { nullable: true, description: 'The page that the visitor came from.' })
  referrer?: string | null;

  @Field(() => String, { nullable: true, description: 'How it was followed: link, qr, banner, coupon, tag, popup or hijack.' })
  method?: string | null;

  @Field(() => String, { nullable: true, description: "The request's Sec-Fetch-Dest: document, image, iframe, script or empty." })
  fetchDest?: string | null;

  @Field(() => String, { nullable: true, description: "The affiliate's own mark, kept apart in reports." })
  subId?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: 'Facts that the terms declare for clicks.' })
  attributes?: AttributeInput[] | null;

  @Field(() => Instant, { nullable: true, description: OCCURRED_AT })
  occurredAt?: number | null;
}

@InputType({ description: 'A customer opened an account at the merchant.' })
export class RegistrationInput {
  @Field(() => String, { description: "The caller's id of the customer." })
  customer!: string;

  @Field(() => String, { nullable: true, description: 'The visitor who registered.' })
  visitor?: string | null;

  @Field(() => String, { nullable: true, description: 'The click that led there.' })
  click?: string | null;

  @Field(() => String, { nullable: true, description: "An affiliate's referral code." })
  referralCode?: string | null;

  @Field(() => String, { nullable: true, description: 'The phone number; affiliates see it masked.' })
  phone?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: 'Facts that the terms declare for customers.' })
  attributes?: AttributeInput[] | null;

  @Field(() => Instant, { nullable: true, description: OCCURRED_AT })
  occurredAt?: number | null;
}

@InputType({ description: 'A line of an order.' })
export class OrderLineInput {
  @Field(() => String, { description: 'The SKU; each stands on one line.' })
  sku!: string;

  @Field(() => String, { nullable: true, description: 'The product; left out: the SKU.' })
  product?: string | null;

  @Field(() => String, { nullable: true, description: 'The store that sells it.' })
  store?: string | null;

  @Field(() => String, { nullable: true, description: 'The category that rates go by.' })
  category?: string | null;

  @Field(() => String, { nullable: true, description: 'The kind that rates go by.' })
  kind?: string | null;

  @Field(() => Decimal, { description: "Price of one unit, in the program's currency." })
  price!: string;

  @Field(() => Int, { nullable: true, description: 'Units; left out: 1.' })
  quantity?: number | null;

  @Field(() => Percent, { nullable: true, description: 'Commission rate as the store or the feed gives it, in percent.' })
  rate?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: 'Facts that the terms declare for lines.' })
  attributes?: AttributeInput[] | null;
}

@InputType({ description: 'A customer or visitor placed an order.' })
export class OrderInput {
  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => [String], { nullable: true, description: 'Further numbers of the same order.' })
  aliases?: string[] | null;

  @Field(() => String, { nullable: true, description: 'The customer.' })
  customer?: string | null;

  @Field(() => String, { nullable: true, description: "The visitor; left out: that of the customer's registration." })
  visitor?: string | null;

  @Field(() => String, { nullable: true, description: 'The click that the order came from, where it is known from server to server.' })
  click?: string | null;

  @Field(() => String, { nullable: true, description: "An affiliate's coupon or code entered on the order." })
  affiliateCoupon?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 code of the delivery country.' })
  country?: string | null;

  @Field(() => Decimal, { nullable: true, description: 'Shipping costs.' })
  shipping?: string | null;

  @Field(() => String, { nullable: true, description: 'web or app.' })
  platform?: string | null;

  @Field(() => [String], { nullable: true, description: 'Kinds of discounts used.' })
  discounts?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Spam status, where it is known already: N or another value.' })
  spam?: string | null;

  @Field(() => String, { nullable: true, description: "ISO 4217 code of the prices; left out: the program's currency." })
  currency?: string | null;

  @Field(() => [AttributeInput], { nullable: true, description: 'Facts that the terms declare for orders.' })
  attributes?: AttributeInput[] | null;

  @Field(() => [OrderLineInput], { description: 'What was ordered.' })
  lines!: OrderLineInput[];

  @Field(() => Instant, { nullable: true, description: OCCURRED_AT })
  occurredAt?: number | null;
}

@InputType({ description: 'What a refund pays back of a line: units, or an amount; neither: the whole line.' })
export class RefundLineInput {
  @Field(() => String, { description: 'The SKU.' })
  sku!: string;

  @Field(() => Int, { nullable: true, description: 'Units that came back.' })
  quantity?: number | null;

  @Field(() => Decimal, { nullable: true, description: "Amount paid back, in the program's currency." })
  amount?: string | null;
}

@InputType({ description: 'Something that became of an order.' })
export class OrderEventInput {
  @Field(() => String, { description: 'The order, by any of its numbers. One that is not known yet is waited for.' })
  order!: string;

  @Field(() => OrderEventKind, { description: 'What happened.' })
  kind!: ToldEventKind;

  @Field(() => String, {
    nullable: true,
    description: "The caller's id; a refund has one. Without it the earliest event of its kind counts.",
  })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;

  @Field(() => DisputeSide, { nullable: true, description: 'In whose favour a dispute was closed.' })
  inFavorOf?: 'seller' | 'buyer' | null;

  @Field(() => String, { nullable: true, description: 'Spam status: N or another value.' })
  spam?: string | null;

  @Field(() => [RefundLineInput], { nullable: true, description: 'What was refunded; left out: all.' })
  lines?: RefundLineInput[] | null;

  @Field(() => Instant, { nullable: true, description: OCCURRED_AT })
  occurredAt?: number | null;
}

@InputType({ description: 'Something an affiliate did that earns general points.' })
export class ActivityInput {
  @Field(() => String, { description: "The caller's id." })
  id!: string;

  @Field(() => String, { description: "The affiliate's id." })
  affiliate!: string;

  @Field(() => String, { description: 'What was done, by a name of the terms.' })
  kind!: string;

  @Field(() => Decimal, { nullable: true, description: 'Its amount, where points go by one.' })
  amount?: string | null;

  @Field(() => Instant, { nullable: true, description: OCCURRED_AT })
  occurredAt?: number | null;
}

const PROGRAM = 'Key of the program.';

@InputType({ description: 'A click of a program.' })
export class RecordClickInput extends ClickInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;
}

@InputType({ description: 'Clicks of a program, at most 1,000.' })
export class RecordClicksInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;

  @Field(() => [ClickInput], { description: 'The clicks, applied in this order.' })
  clicks!: ClickInput[];
}

@InputType({ description: 'A registration of a program.' })
export class RecordRegistrationInput extends RegistrationInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;
}

@InputType({ description: 'Registrations of a program, at most 1,000.' })
export class RecordRegistrationsInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;

  @Field(() => [RegistrationInput], { description: 'The registrations, applied in this order.' })
  registrations!: RegistrationInput[];
}

@InputType({ description: 'An order of a program.' })
export class RecordOrderInput extends OrderInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;
}

@InputType({ description: 'Orders of a program, at most 1,000.' })
export class RecordOrdersInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;

  @Field(() => [OrderInput], { description: 'The orders, applied in this order.' })
  orders!: OrderInput[];
}

@InputType({ description: 'An event of an order of a program.' })
export class RecordOrderEventInput extends OrderEventInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;
}

@InputType({ description: 'Events of orders of a program, at most 1,000.' })
export class RecordOrderEventsInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;

  @Field(() => [OrderEventInput], { description: 'The events, applied in this order.' })
  events!: OrderEventInput[];
}

@InputType({ description: 'An activity in a program.' })
export class RecordActivityInput extends ActivityInput {
  @Field(() => String, { description: PROGRAM })
  program!: string;
}
