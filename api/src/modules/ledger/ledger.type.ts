import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { AffiliateType } from '../affiliate/index.ts';
import { OrderType } from '../order/index.ts';
import { ProgramType } from '../program/index.ts';

/** In the schema in capitals, in code and the database in small letters. */
export const LedgerAccount = {
  EXPENSE: 'expense',
  HELD: 'held',
  OWED: 'owed',
  RESERVED: 'reserved',
  CLEARING: 'clearing',
  DEBT: 'debt',
  REDEEMED: 'redeemed',
  BREAKAGE: 'breakage',
  FEE: 'fee',
  TAX: 'tax',
} as const;
registerEnumType(LedgerAccount, {
  name: 'LedgerAccount',
  description: 'Accounts of one affiliate in one program and unit. They sum to zero.',
  valuesConfig: {
    EXPENSE: { description: 'What the program has spent on the affiliate.' },
    HELD: { description: 'Earned by orders of which it is not known yet when it will be usable.' },
    OWED: { description: 'Earned, in lots with the instants between which they are usable.' },
    RESERVED: { description: 'Set aside for withdrawals.' },
    CLEARING: { description: 'Handed to a payment provider.' },
    DEBT: { description: 'Taken back though it was spent.' },
    REDEEMED: { description: 'Exchanged for something.' },
    BREAKAGE: { description: 'Expired.' },
    FEE: { description: 'Kept as a fee of a payout.' },
    TAX: { description: 'Withheld as tax.' },
  },
});

const PENDING = 'Earned, but not usable yet.';
const AVAILABLE = 'Usable, less debt. May be below zero; no withdrawal makes it so.';
const RESERVED = 'Set aside for withdrawals that are not done yet.';
const PAID = 'Paid out or redeemed.';
const EXPIRED = 'Was usable and is gone.';
const DEBT = 'Taken back though it was spent already; what is earned later settles it first.';

@Part()
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

@Access('ledger.read', 'own.read')
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

@Part()
@ObjectType('Posting', { description: 'An amount moved from one account to another. It balances by what it is.' })
export class PostingType {
  @Field(() => LedgerAccount, { description: 'The account that it is taken from.' })
  debit!: string;

  @Field(() => LedgerAccount, { description: 'The account that it is put on.' })
  credit!: string;

  @Field(() => Amount, { description: 'How much; above zero.' })
  amount!: Amount;

  @Field(() => String, { nullable: true, description: 'Opaque: the lot of earnings that it touches.' })
  lot!: string | null;
}

@Access('ledger.read', 'own.read')
@ObjectType('LedgerEntry', {
  description: 'Something that happened in the books. Entries are never changed; a correction is another entry.',
})
export class LedgerEntryType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProgramType, { description: 'The program whose books these are.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { description: 'Whose books these are.' })
  affiliate!: AffiliateType;

  @Field(() => String, { description: "ISO 4217 code of a currency, or the name of a program's points." })
  unit!: string;

  @Field(() => String, {
    description:
      'What it was: `commission-earned`, `commission-reversed`, `commission-confirmed`, `expired`, `forfeited`, `debt-settled`, ...',
  })
  kind!: string;

  @Field(() => Instant, { description: 'When it happened, in business time.' })
  happenedAt!: Date;

  @Field(() => Instant, { description: 'When it was recorded, by the wall clock.' })
  recordedAt!: Date;

  @Field(() => Amount, { description: 'By how much it changed what the affiliate has: pending, available and reserved together.' })
  change!: Amount;

  @Field(() => [PostingType], { description: 'What it moved.' })
  postings!: PostingType[];

  @Field(() => OrderType, { nullable: true, description: 'The order whose commission it posts; null: none, or it is no longer yours.' })
  order!: OrderType | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of an adjustment or a bonus: why. Of what the closing of the program ended: the clause.',
  })
  reason!: string | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Of an adjustment or a bonus: who gave it.' })
  by!: string | null;

  @Field(() => LedgerEntryType, { nullable: true, description: 'Of an adjustment or a bonus: the entry that took it back; null: none.' })
  reversedBy!: LedgerEntryType | null;
}

export const LedgerEntryConnection = connectionOf('LedgerEntry', () => LedgerEntryType);

@Part()
@ObjectType('Movement', { description: 'What entries of one kind changed together.' })
export class MovementType {
  @Field(() => String, { description: 'The kind of the entries.' })
  kind!: string;

  @Field(() => Int, { description: 'How many entries. What has expired counts from its instant on, also before the books say so.' })
  count!: number;

  @Field(() => Amount, { description: 'By how much they changed what the affiliate has.' })
  amount!: Amount;
}

@Part()
@ObjectType('UnitStatement', { description: 'A statement of one unit: opening and movements make the closing.' })
export class UnitStatementType {
  @Field(() => String, { description: "ISO 4217 code of a currency, or the name of a program's points." })
  unit!: string;

  @Field(() => Boolean, { description: 'Is it what referrals earn? Otherwise it is what activity earns.' })
  isReward!: boolean;

  @Field(() => BalanceType, { description: 'What there was right before the period.' })
  openingBalance!: BalanceType;

  @Field(() => Amount, { description: 'The same in one: pending, available and reserved together.' })
  opening!: Amount;

  @Field(() => [MovementType], { description: 'What changed it, by kind.' })
  movements!: MovementType[];

  @Field(() => Amount, { description: 'Opening and movements together.' })
  closing!: Amount;

  @Field(() => BalanceType, { description: 'What there was at the end of the period.' })
  closingBalance!: BalanceType;
}

@Access('ledger.read', 'own.read')
@ObjectType('Statement', { description: 'What became of what an affiliate has, in a period of business time.' })
export class StatementType {
  @Field(() => ProgramType, { description: 'The program that owes it.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { description: 'Whose it is.' })
  affiliate!: AffiliateType;

  @Field(() => Instant, { description: 'The first instant of the period.' })
  from!: number;

  @Field(() => Instant, { description: 'The instant right after the period.' })
  to!: number;

  @Field(() => [UnitStatementType], { description: 'Unit by unit, that of referrals first.' })
  units!: UnitStatementType[];
}

@Access('ledger.prove')
@ObjectType('Proof', { description: "The organization's books, proved." })
export class ProofType {
  @Field(() => Boolean, { description: 'Is nothing wrong?' })
  balanced!: boolean;

  @Field(() => [String], { description: 'What is wrong, the first twenty.' })
  problems!: string[];
}

export const BalanceChangeKind = { UNLOCKS: 'unlocks', EXPIRES: 'expires' } as const;
registerEnumType(BalanceChangeKind, {
  name: 'BalanceChangeKind',
  description: 'What time will do to a part of a balance.',
  valuesConfig: {
    UNLOCKS: { description: 'It becomes usable; a debt is settled from it first.' },
    EXPIRES: { description: 'What is left of it then ends.' },
  },
});

@Access('ledger.read', 'own.read')
@ObjectType('BalanceChange', { description: 'What time will do to what an affiliate has, if nothing else happens before.' })
export class BalanceChangeType {
  @Field(() => Instant, { description: 'When.' })
  at!: Date;

  @Field(() => BalanceChangeKind, { description: 'What.' })
  kind!: string;

  @Field(() => Amount, { description: 'How much.' })
  amount!: Amount;

  @Field(() => Int, { description: 'How many lots it lies in: each order has one of its own.' })
  lots!: number;
}

export const BalanceChangeConnection = connectionOf('BalanceChange', () => BalanceChangeType);
