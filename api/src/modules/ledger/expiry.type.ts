import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { AffiliateType } from '../affiliate/index.ts';

@Access('ledger.read')
@ObjectType('ExpiryMonth', { description: 'What of one unit expires in a month, if nobody uses it before.' })
export class ExpiryMonthType {
  @Field(() => String, { description: 'Year and month by the calendar of the program, e.g. 2026-03.' })
  month!: string;

  @Field(() => Amount, { description: 'How much.' })
  amount!: Amount;

  @Field(() => Int, { description: 'In how many lots.' })
  lots!: number;

  @Field(() => Instant, { description: 'When the first of it expires.' })
  first!: Date;
}

@Access('ledger.read')
@ObjectType('Expiry', { description: 'What is left of a lot that will expire.' })
export class ExpiryType {
  @Field(() => Instant, { description: 'When it expires.' })
  at!: Date;

  @Field(() => Amount, { description: 'What is left in it now.' })
  amount!: Amount;

  @Field(() => AffiliateType, { description: 'Whose it is.' })
  affiliate!: AffiliateType;
}

export const ExpiryConnection = connectionOf('Expiry', () => ExpiryType);
