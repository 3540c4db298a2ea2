import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { AttributeType } from '../../platform/graphql/attribute.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Money } from '../../platform/graphql/money.ts';
import { Instant, Percent } from '../../platform/graphql/scalars.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProgramType } from '../program/index.ts';
import { CustomerType } from '../referral/index.ts';
import { ClickType } from '../tracking/index.ts';
import { OrderHistoryKind } from './order.words.ts';

@Part()
@ObjectType('OrderLine', { description: 'One item of an order.' })
export class OrderLineType {
  @Field(() => String, { description: "The merchant's number of the item; once in an order." })
  sku!: string;

  @Field(() => String, { description: 'Id of the product; where none was told, the SKU.' })
  product!: string;

  @Field(() => String, { nullable: true, description: 'The store that sells it.' })
  store?: string;

  @Field(() => String, { nullable: true, description: 'Its category.' })
  category?: string;

  @Field(() => String, { nullable: true, description: 'Its kind, as the program sorts them.' })
  kind?: string;

  @Field(() => Money, { description: 'Price of one unit.' })
  price!: Money;

  @Field(() => Int, { description: 'Units ordered.' })
  quantity!: number;

  @Field(() => Percent, { nullable: true, description: 'The rate that the line itself states.' })
  rate?: string;

  @Field(() => [AttributeType], { description: 'Facts of the line that only this program has.' })
  attributes!: AttributeType[];

  @Field(() => Int, { description: 'Units that were refunded.' })
  refundedQuantity!: number;

  @Field(() => Money, { description: 'What was refunded of its value, by units or by amount.' })
  refunded!: Money;

  @Field(() => Money, { description: 'What is left of its value.' })
  left!: Money;
}

@Part()
@ObjectType('RefundedLine', { description: 'What a refund takes of a line. Neither a quantity nor an amount: the whole of it.' })
export class RefundedLineType {
  @Field(() => String, { description: 'The item.' })
  sku!: string;

  @Field(() => Int, { nullable: true, description: 'Units refunded.' })
  quantity?: number;

  @Field(() => Money, { nullable: true, description: 'Amount refunded.' })
  amount?: Money;
}

@Part()
@ObjectType('OrderEvent', { description: 'Something that became of an order. Events are never changed; a wrong one is undone by another.' })
export class OrderEventType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { nullable: true, description: "The caller's id, where the event has one." })
  externalId!: string | null;

  @Field(() => OrderHistoryKind, { description: 'What happened.' })
  kind!: string;

  @Field(() => Instant, { description: 'When it happened.' })
  at!: number;

  @Field(() => Instant, { description: 'When it became known, in business time.' })
  toldAt!: number;

  @Access('order.read')
  @Field(() => String, { description: 'Who told it.' })
  by!: string;

  @Field(() => String, { nullable: true, description: 'Why, as it was told.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Of a closed dispute: in whose favour, `seller` or `buyer`.' })
  inFavorOf!: string | null;

  @Field(() => String, { nullable: true, description: 'Of a spam mark: the status.' })
  spam!: string | null;

  @Field(() => [RefundedLineType], { nullable: true, description: 'Of a refund: the lines; null: all of them.' })
  lines!: RefundedLineType[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of a refund that was told before the order was known or corrected: why not all of it counts; null: it fits.',
  })
  problem!: string | null;

  @Access('order.read')
  @Field(() => AffiliateType, { nullable: true, description: 'Of an attribution by staff: to whom; null: to nobody.' })
  affiliate!: AffiliateType | null;

  @Field(() => Boolean, { description: 'Does it count? False: staff undid it.' })
  standing!: boolean;
}

@Access('order.read', 'own.read')
@ObjectType('Order', { description: 'An order at the merchant, with what is known of it and what it earns.' })
export class OrderType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => [String], { description: 'Further numbers by which it can be found.' })
  aliases!: string[];

  @Field(() => ProgramType, { description: 'The program that judges it.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { nullable: true, description: 'To whom it is attributed; null: to nobody.' })
  affiliate!: AffiliateType | null;

  @Field(() => CustomerType, { nullable: true, description: 'Who ordered; null: not known, or nobody of yours.' })
  customer!: CustomerType | null;

  @Access('order.read')
  @Field(() => String, { nullable: true, description: 'The visitor whose clicks compete for it.' })
  visitor!: string | null;

  @Field(() => Instant, { description: 'When it was placed. The terms in force then judge it.' })
  placedAt!: Date;

  @Field(() => Instant, { description: 'When it became known, in business time.' })
  toldAt!: Date;

  @Field(() => String, { nullable: true, description: 'Country that it is delivered to.' })
  country!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it was made: web or app.' })
  platform!: string | null;

  @Field(() => [String], { description: 'Kinds of discount that it used.' })
  discounts!: string[];

  @Access('order.read')
  @Field(() => String, { nullable: true, description: 'The coupon or referral code that was entered on it.' })
  affiliateCoupon!: string | null;

  @Field(() => Money, { description: 'Goods and shipping together, as placed.' })
  price!: Money;

  @Field(() => Money, { description: 'What the customer pays for shipping.' })
  shipping!: Money;

  @Field(() => [AttributeType], { description: 'Facts of the order that only this program has.' })
  attributes!: AttributeType[];

  @Access('order.read')
  @Field(() => Boolean, { description: 'Has it a refund that does not fit? Its `events` say which, and why.' })
  misfit!: boolean;

  @Field(() => [OrderLineType], { description: 'Its items.' })
  lines!: OrderLineType[];

  @Field(() => [OrderEventType], { description: 'What became of it, in the order of telling.' })
  events!: OrderEventType[];

  @Field(() => [ClickType], {
    description: 'The clicks that compete for it, oldest first, the last hundred of them. An affiliate sees its own.',
  })
  clicks!: ClickType[];
}

export const OrderConnection = connectionOf('Order', () => OrderType);
