import { Field, ObjectType } from 'type-graphql';
import { Access, Open } from '../../platform/graphql/access.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { ProgramType } from '../program/index.ts';

const PENDING = 'Earned, but not usable yet.';
const AVAILABLE = 'Usable, less debt. May be below zero; no withdrawal makes it so.';
const RESERVED = 'Set aside for withdrawals that are not done yet.';
const PAID = 'Paid out or redeemed.';
const EXPIRED = 'Was usable and is gone.';
const DEBT = 'Taken back though it was spent already; what is earned later settles it first.';

@Open()
@ObjectType('Balance', { description: 'What an affiliate has of one unit. Units never add.' })
export class BalanceType {
  @Field(() => String, { description: "ISO 4217 code of a currency, or the name of a program's points." })
  unit!: string;

  @Field(() => Boolean, { description: 'Is it what referrals earn? Otherwise it is what activity earns.' })
  isReward!: boolean;

  @Field(() => Amount, { description: PENDING })
  pending!: Amount;

  @Field(() => Amount, { description: AVAILABLE })
  available!: Amount;

  @Field(() => Amount, { description: RESERVED })
  reserved!: Amount;

  @Field(() => Amount, { description: PAID })
  paid!: Amount;

  @Field(() => Amount, { description: EXPIRED })
  expired!: Amount;

  @Field(() => Amount, { description: DEBT })
  debt!: Amount;
}

@Open()
@ObjectType('Balances', {
  description: 'What an affiliate has in a program: of what referrals earn, and beside it of every unit by itself.',
})
export class BalancesType {
  @Field(() => ProgramType, { description: 'The program that owes it.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { description: 'Whose it is.' })
  affiliate!: AffiliateType;

  @Field(() => Instant, { description: 'As of when, in business time.' })
  asOf!: number;

  @Field(() => Amount, { description: PENDING })
  pending!: Amount;

  @Field(() => Amount, { description: AVAILABLE })
  available!: Amount;

  @Field(() => Amount, { description: RESERVED })
  reserved!: Amount;

  @Field(() => Amount, { description: PAID })
  paid!: Amount;

  @Field(() => Amount, { description: EXPIRED })
  expired!: Amount;

  @Field(() => Amount, { description: DEBT })
  debt!: Amount;

  @Field(() => Amount, { nullable: true, description: 'Usable points for activity; null: the program has none.' })
  generalPoints!: Amount | null;

  @Field(() => [BalanceType], { description: 'Every unit by itself, that of referrals first.' })
  units!: BalanceType[];
}

@Access('staff')
@ObjectType('Proof', { description: "The organization's books, proved." })
export class ProofType {
  @Field(() => Boolean, { description: 'Is nothing wrong?' })
  balanced!: boolean;

  @Field(() => [String], { description: 'What is wrong, the first twenty.' })
  problems!: string[];
}
