import { ArgsType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { Amount } from '../../platform/graphql/money.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { ProgramType } from '../program/index.ts';

export const FoundKindEnum = {
  AFFILIATE: 'affiliate',
  CLICK: 'click',
  CUSTOMER: 'customer',
  ORDER: 'order',
  REDEMPTION: 'redemption',
  REQUEST: 'request',
  WITHDRAWAL: 'withdrawal',
} as const;
export type FoundKind = (typeof FoundKindEnum)[keyof typeof FoundKindEnum];
registerEnumType(FoundKindEnum, {
  name: 'FoundKind',
  description: 'What a caller’s id may be of.',
  valuesConfig: {
    AFFILIATE: { description: 'An affiliate of the organization.' },
    CLICK: { description: 'A click.' },
    CUSTOMER: { description: 'A customer.' },
    ORDER: { description: 'An order, by its id or another of its numbers.' },
    REDEMPTION: { description: 'An exchange of points.' },
    REQUEST: { description: 'Something that an affiliate asks of staff.' },
    WITHDRAWAL: { description: 'A withdrawal.' },
  },
});

export const WaitingKindEnum = {
  APPLICATION: 'application',
  CASE: 'case',
  CLASS_REQUEST: 'class-request',
  CONTRADICTION: 'contradiction',
  MISFIT: 'misfit',
  REQUEST: 'request',
  WITHDRAWAL: 'withdrawal',
} as const;
export type WaitingKind = (typeof WaitingKindEnum)[keyof typeof WaitingKindEnum];
registerEnumType(WaitingKindEnum, {
  name: 'WaitingKind',
  description: 'What waits for a decision of staff.',
  valuesConfig: {
    APPLICATION: { description: 'Somebody who wants to join.' },
    CASE: { description: 'A suspected breach.' },
    CLASS_REQUEST: { description: 'An affiliate who wants to rise.' },
    CONTRADICTION: { description: 'A payment of which something is said that cannot be so: it may have been made twice.' },
    MISFIT: { description: 'An order with a refund that does not fit it.' },
    REQUEST: { description: 'Something that an affiliate asks of staff, where it is the turn of staff.' },
    WITHDRAWAL: { description: 'A withdrawal that may be decided now.' },
  },
});

@Access('order.read')
@ObjectType('FoundRecord', { description: 'Something that has a caller’s id.' })
export class FoundRecordType {
  @Field(() => FoundKindEnum, { description: 'What it is.' })
  kind!: FoundKind;

  @Field(() => String, { description: 'The caller’s id.' })
  id!: string;

  @Field(() => ProgramType, { nullable: true, description: 'The program that knows it; null: it is of the organization.' })
  program!: ProgramType | null;
}

@Part()
@ObjectType('WaitingWork', { description: 'How much waits for a decision in a program.' })
export class WaitingWorkType {
  @Field(() => WaitingKindEnum, { description: 'What waits.' })
  kind!: WaitingKind;

  @Field(() => ProgramType, { description: 'Where.' })
  program!: ProgramType;

  @Field(() => Int, { description: 'How many.' })
  count!: number;

  @Field(() => Instant, { description: 'Since when the oldest waits.' })
  oldest!: Date;
}

@Part()
@ObjectType('CutOffAhead', { description: 'The next cut-off of a program that has one.' })
export class CutOffAheadType {
  @Field(() => ProgramType, { description: 'Whose.' })
  program!: ProgramType;

  @Field(() => Instant, { description: 'When it takes balances.' })
  at!: number;

  @Field(() => String, { description: 'The zone by whose calendar it is, e.g. Asia/Shanghai.' })
  timeZone!: string;

  @Field(() => String, { description: 'Year and month, e.g. 2026-03.' })
  batch!: string;
}

@Part()
@ObjectType('DayOfCommission', { description: 'What the orders of a day earn by now, in one program, class and status.' })
export class DayOfCommissionType {
  @Field(() => String, { description: 'The day of the orders in UTC, e.g. 2026-03-14.' })
  day!: string;

  @Field(() => ProgramType, { description: 'The program.' })
  program!: ProgramType;

  @Field(() => String, { nullable: true, description: 'The class that the affiliates have now; null: none.' })
  class!: string | null;

  @Field(() => String, { description: 'pending, available, rejected or reversed.' })
  status!: string;

  @Field(() => Int, { description: 'How many orders.' })
  orders!: number;

  @Field(() => Amount, { description: 'What they earn.' })
  amount!: Amount;
}

@Access('order.read')
@ObjectType('Dashboard', { description: 'What staff look at first.' })
export class DashboardType {
  @Access('enrollment.read')
  @Field(() => [WaitingWorkType], { description: 'What waits for somebody.' })
  waiting!: WaitingWorkType[];

  @Access('order.read')
  @Field(() => [CutOffAheadType], { description: 'The next cut-offs, the nearest first.' })
  cutOffs!: CutOffAheadType[];

  @Access('commission.read')
  @Field(() => [DayOfCommissionType], { description: 'Commissions by day, program, class and status.' })
  days!: DayOfCommissionType[];
}

@ArgsType()
export class DashboardArgs {
  @Field(() => Int, { defaultValue: 30, description: 'How many days back, 1 to 92.' })
  days!: number;
}
