import { Field, Int, ObjectType } from 'type-graphql';
import { Open } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { CommissionStatus, OrderType } from '../order/index.ts';
import { ProgramType, TermsVersionType } from '../program/index.ts';

@Open()
@ObjectType('CommissionLine', { description: 'What one item of an order earns.' })
export class CommissionLineType {
  @Field(() => String, { description: 'The item.' })
  sku!: string;

  @Field(() => Amount, { description: 'What it earns.' })
  amount!: Amount;
}

@Open()
@ObjectType('Commission', {
  description: 'What an order earns, for whom and why: one decision. Each new fact of the order makes a new one.',
})
export class CommissionType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProgramType, { description: 'The program that pays it.' })
  program!: ProgramType;

  @Field(() => OrderType, { nullable: true, description: 'The order; null: it is no longer yours.' })
  order!: OrderType | null;

  @Field(() => String, { description: "The caller's id of the order." })
  orderExternalId!: string;

  @Field(() => AffiliateType, { nullable: true, description: 'Who earns it; null: the order is attributed to nobody.' })
  affiliate!: AffiliateType | null;

  @Field(() => CommissionStatus, { description: 'Where it stands now.' })
  status!: CommissionStatus;

  @Field(() => Amount, { description: 'All that the order earns.' })
  amount!: Amount;

  @Field(() => [CommissionLineType], { description: 'The same, by item.' })
  lines!: CommissionLineType[];

  @Field(() => Amount, { description: 'What of it has expired by now.' })
  expired!: Amount;

  @Field(() => [String], { description: 'Ids of the rules that decided it.' })
  because!: string[];

  @Field(() => Instant, { nullable: true, description: 'From then on it is usable; null: that is not known yet.' })
  availableAt!: Date | null;

  @Field(() => Instant, { nullable: true, description: 'From then on what is left of it is gone; null: it does not expire.' })
  expiresAt!: Date | null;

  @Field(() => TermsVersionType, { description: 'The terms that judged it: those in force when the order was placed.' })
  termsVersion!: TermsVersionType;

  @Field(() => Int, { description: 'Counts the decisions about the order.' })
  revision!: number;

  @Field(() => Instant, { description: 'When it was decided, in business time.' })
  decidedAt!: Date;

  @Field(() => String, { description: 'The kind of fact that made it be decided.' })
  cause!: string;
}

export const CommissionConnection = connectionOf('Commission', () => CommissionType);
