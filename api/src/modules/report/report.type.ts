import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Amount, Money } from '../../platform/graphql/money.ts';
import { Decimal, Percent } from '../../platform/graphql/scalars.ts';

@Access('commission.read', 'own.read')
@ObjectType('ReportRow', { description: 'Sums of a report.' })
export class ReportRowType {
  @Field(() => String, {
    description: 'What it is of: the day, the affiliate’s id, the link’s id and so on; empty: what says nothing of it.',
  })
  key!: string;

  @Field(() => Int, { description: 'Clicks of people that may be attributed.' })
  clicks!: number;

  @Field(() => Int, { description: 'Clicks of people that may not.' })
  barredClicks!: number;

  @Field(() => Int, { description: 'Customers who were tied to the affiliate.' })
  referrals!: number;

  @Field(() => Int, { description: 'Orders that stand.' })
  orders!: number;

  @Field(() => Int, { description: 'Orders that earn nothing, or what they earned was taken back.' })
  rejectedOrders!: number;

  @Field(() => Money, { description: 'What the orders that stand were placed for.' })
  sales!: Money;

  @Field(() => Amount, { description: 'What they earn, pending included.' })
  commission!: Amount;

  @Field(() => Decimal, {
    nullable: true,
    description: 'Commission for each click, in the program’s unit, with two more decimals; null: no clicks.',
  })
  earningsPerClick!: string | null;

  @Field(() => Percent, { nullable: true, description: 'Orders that stand for a hundred clicks, with two decimals; null: no clicks.' })
  conversionRate!: string | null;
}

export const ReportRowConnection = connectionOf('ReportRow', () => ReportRowType);
