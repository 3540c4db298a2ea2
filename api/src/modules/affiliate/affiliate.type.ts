import { formatDecimal } from '@tributary/shared/money';
import type { MeasureUnit } from '@tributary/shared/people';
import type { ClassMeasure } from '@tributary/shared/terms';
import { ArgsType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf, PageArgs, RecordArgs } from '../../platform/graphql/connection.ts';
import { Money } from '../../platform/graphql/money.ts';
import { Decimal, Instant } from '../../platform/graphql/scalars.ts';
import { ProgramType } from '../program/index.ts';
import type { ClassRequest, Enrollment } from './affiliate.entity.ts';

export const EnrollmentStatusEnum = {
  APPLIED: 'applied',
  APPROVED: 'approved',
  CONTRACT_SENT: 'contract-sent',
  ACTIVE: 'active',
  REJECTED: 'rejected',
  SUSPENDED: 'suspended',
  TERMINATED: 'terminated',
} as const;
registerEnumType(EnrollmentStatusEnum, {
  name: 'EnrollmentStatus',
  description: 'Where an affiliate stands in a program. Clicks earn from active on.',
  valuesConfig: {
    APPLIED: { description: 'Waits for staff.' },
    APPROVED: { description: 'Staff said yes; the contract comes next.' },
    CONTRACT_SENT: { description: 'The contract waits for the signature.' },
    ACTIVE: { description: 'Takes part.' },
    REJECTED: { description: 'Staff said no.' },
    SUSPENDED: { description: 'Out for the time being: clicks earn nothing.' },
    TERMINATED: { description: 'Out for good. Links still lead visitors on.' },
  },
});

export const ClassRequestStatusEnum = { REQUESTED: 'requested', APPROVED: 'approved', REFUSED: 'refused', WITHDRAWN: 'withdrawn' } as const;
registerEnumType(ClassRequestStatusEnum, {
  name: 'ClassRequestStatus',
  description: 'What became of a request for a class.',
  valuesConfig: {
    REQUESTED: { description: 'Waits for staff.' },
    APPROVED: { description: 'The class was given.' },
    REFUSED: { description: 'Staff said no.' },
    WITHDRAWN: { description: 'The affiliate asks no longer.' },
  },
});

export const AffiliateSortEnum = { NEWEST: 'newest', OLDEST: 'oldest', EXTERNAL_ID: 'externalId' } as const;
export type AffiliateSort = (typeof AffiliateSortEnum)[keyof typeof AffiliateSortEnum];
registerEnumType(AffiliateSortEnum, {
  name: 'AffiliateSort',
  description: 'The order of a list of affiliates.',
  valuesConfig: {
    NEWEST: { description: 'Who came last is first.' },
    OLDEST: { description: 'Who came first is first.' },
    EXTERNAL_ID: { description: "By the caller's id." },
  },
});

@Access('affiliate.read', 'own.read')
@ObjectType('Affiliate', { description: 'A person or company who refers customers.' })
export class AffiliateType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: "The caller's id." })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'Where the affiliate is from.' })
  country!: string | null;

  @Field(() => Instant, { description: 'When the affiliate first joined or applied.' })
  createdAt!: Date;

  @Access('person.read', 'own.read')
  @Field(() => String, { nullable: true, description: 'The name.' })
  name!: string | null;

  @Access('person.read', 'own.read')
  @Field(() => String, { nullable: true, description: 'The e-mail address.' })
  email!: string | null;

  @Field(() => [EnrollmentType], { description: 'The programs that the affiliate applied to or takes part in.' })
  enrollments!: EnrollmentType[];
}

@Part()
@ObjectType('EnrollmentStatusChange', { description: 'A step of an enrollment, with its time and who did it.' })
export class EnrollmentStatusChangeType {
  @Field(() => EnrollmentStatusEnum, { description: 'The status from then on.' })
  status!: Enrollment['status'];

  @Field(() => Instant, { description: 'From when on it held.' })
  at!: number;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;

  @Access('affiliate.read')
  @Field(() => String, { description: 'Who did it.' })
  doneBy!: string;
}

@Access('enrollment.read', 'own.read')
@ObjectType('Permission', { description: 'What staff decided about a channel.' })
export class PermissionType {
  @Field(() => String, { description: 'The channel.' })
  channel!: string;

  @Field(() => Boolean, { description: 'Whether it is permitted.' })
  granted!: boolean;

  @Field(() => Instant, { description: 'Since when.' })
  since!: number;

  @Access('actor.read')
  @Field(() => String, { description: 'Who decided.' })
  decidedBy!: string;
}

export const ClassMeasureEnum = {
  PAID_SALES: 'paid-sales',
  PAID_ORDERS: 'paid-orders',
  PAYING_CUSTOMERS: 'paying-customers',
  COMMISSION: 'commission',
} as const satisfies Record<string, ClassMeasure>;
registerEnumType(ClassMeasureEnum, {
  name: 'ClassMeasure',
  description: 'What classes go by.',
  valuesConfig: {
    PAID_SALES: { description: 'The goods of paid orders, after refunds and without shipping.' },
    PAID_ORDERS: { description: 'The number of orders that are paid and of which something is left.' },
    PAYING_CUSTOMERS: { description: 'The number of customers of whom a payment stands.' },
    COMMISSION: { description: 'What orders earn, as they are decided now.' },
  },
});

@Part()
@ObjectType('Measured', { description: 'What a measure comes to.' })
export class MeasuredType {
  @Field(() => ClassMeasureEnum, { description: 'What is measured.' })
  measure!: ClassMeasure;

  @Field(() => Decimal, { description: 'How much.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'Currency or points; null: a number of orders or customers.' })
  unit!: string | null;
}

export function measuredOf({ measure, unit, exponent }: { measure: ClassMeasure } & MeasureUnit, minor: bigint): MeasuredType {
  return { measure, value: formatDecimal(minor, exponent), unit };
}

@Part()
@ObjectType('ClassEvidence', { description: 'What a request for a class rests on.' })
export class ClassEvidenceType {
  @Field(() => MeasuredType, { description: 'What the affiliate had when it asked.' })
  measured!: MeasuredType;

  @Field(() => MeasuredType, { description: 'The least that the class needed then.' })
  needed!: MeasuredType;

  @Field(() => MeasuredType, { description: 'What the affiliate has now.' })
  measuredNow!: MeasuredType;

  @Field(() => MeasuredType, {
    nullable: true,
    description: 'The least that the class needs now; null: classes go by something else by now.',
  })
  neededNow!: MeasuredType | null;
}

@Access('enrollment.read', 'own.read')
@ObjectType('ClassRequest', { description: 'A class that an affiliate asked for.' })
export class ClassRequestType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The class.' })
  class!: string;

  @Field(() => ClassRequestStatusEnum, { description: 'What became of it.' })
  status!: ClassRequest['status'];

  @Field(() => Instant, { description: 'When it was made.' })
  requestedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'When staff answered; null: not yet.' })
  answeredAt!: Date | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Who answered.' })
  answeredBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused.' })
  reason!: string | null;

  @Field(() => ClassEvidenceType, { nullable: true, description: 'What it rests on; null: that was not kept yet when it was made.' })
  evidence!: ClassEvidenceType | null;

  @Field(() => EnrollmentType, { description: 'Of whom.' })
  enrollment!: EnrollmentType;
}

@Access('enrollment.read', 'own.read')
@ObjectType('Application', { description: "What an application tells of the affiliate's work." })
export class ApplicationType {
  @Field(() => String, { nullable: true, description: 'What kind of partner it is.' })
  kind!: string | null;

  @Field(() => [String], { description: 'Channels that the affiliate means to use.' })
  channels!: string[];
}

@Part()
@ObjectType('AcceptedTerms', { description: 'That an application accepted a version of the terms.' })
export class AcceptedTermsType {
  @Field(() => Int, { description: 'The number of the version.' })
  version!: number;

  @Field(() => Instant, { description: 'When.' })
  at!: number;

  @Field(() => String, { description: 'By which token or member of staff; `sign-up`: whoever confirmed the address.' })
  by!: string;
}

@Part()
@ObjectType('ClassAhead', { description: 'A class that an affiliate may ask for.' })
export class ClassAheadType {
  @Field(() => String, { description: 'Its name.' })
  class!: string;

  @Field(() => MeasuredType, { description: 'The least that it needs.' })
  needed!: MeasuredType;

  @Field(() => MeasuredType, { description: 'What is still missing to it; zero: it can be asked for.' })
  missing!: MeasuredType;

  @Field(() => String, { description: 'The rule by which it is given.' })
  rule!: string;
}

@Access('affiliate.read', 'own.read')
@ObjectType('Enrollment', { description: 'An affiliate in a program.' })
export class EnrollmentType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => ProgramType, { description: 'The program.' })
  program!: ProgramType;

  @Field(() => AffiliateType, { description: 'The affiliate.' })
  affiliate!: AffiliateType;

  @Field(() => EnrollmentStatusEnum, { description: 'Where the affiliate stands.' })
  status!: Enrollment['status'];

  @Field(() => String, { nullable: true, description: "The affiliate's class; null: the program has none." })
  class!: string | null;

  @Field(() => String, { nullable: true, description: 'Where the affiliate is from.' })
  country!: string | null;

  @Field(() => Instant, { description: 'When the affiliate joined or applied.' })
  createdAt!: Date;

  @Field(() => [EnrollmentStatusChangeType], { description: 'Every step, oldest first.' })
  statusHistory!: EnrollmentStatusChangeType[];

  @Access('enrollment.read', 'own.read')
  @Field(() => ApplicationType, { nullable: true, description: 'What the application told; null: nothing.' })
  application!: ApplicationType | null;

  @Access('enrollment.read', 'own.read')
  @Field(() => AcceptedTermsType, {
    nullable: true,
    description: 'The version of the terms that the last application accepted; null: it said nothing of that.',
  })
  acceptedTerms!: AcceptedTermsType | null;

  @Access('enrollment.read', 'own.read')
  @Field(() => [PermissionType], { description: 'Channels that staff decided about, the newest decision of each.' })
  permissions!: PermissionType[];

  @Access('enrollment.read', 'own.read')
  @Field(() => [String], { description: 'Documents that were accepted, as far as that still counts.' })
  documents!: string[];

  @Access('enrollment.read', 'own.read')
  @Field(() => Decimal, { description: 'What scales the earnings of orders that are placed now: 1, or what staff set.' })
  qualityFactor!: string;

  @Access('enrollment.read', 'own.read')
  @Field(() => Money, { description: 'The value of paid orders, after refunds and without shipping.' })
  paidSales!: Money;

  @Access('enrollment.read', 'own.read')
  @Field(() => MeasuredType, {
    nullable: true,
    description: 'What classes go by: `measuredOrders` has the orders behind it. Null: the program has no classes.',
  })
  measured!: MeasuredType | null;

  @Access('enrollment.read', 'own.read')
  @Field(() => [ClassAheadType], { description: 'The classes above its own, the next one first, and what is missing to each.' })
  classesAhead!: ClassAheadType[];

  @Access('enrollment.read', 'own.read')
  @Field(() => Int, { description: 'Referred customers of whom a payment stands.' })
  payingCustomers!: number;

  @Access('enrollment.read', 'own.read')
  @Field(() => [ClassRequestType], { description: 'Classes asked for, the newest first.' })
  classRequests!: ClassRequestType[];

  @Access('enrollment.read', 'own.read')
  @Field(() => [String], { description: 'Rules under which the affiliate is warned.' })
  warnings!: string[];

  @Access('enrollment.read')
  @Field(() => String, { nullable: true, description: "The affiliate's own customer account at the merchant." })
  customer!: string | null;
}

export const AffiliateConnection = connectionOf('Affiliate', () => AffiliateType);
export const EnrollmentConnection = connectionOf('Enrollment', () => EnrollmentType);

@ArgsType()
export class EnrollmentArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Of this program only, by its key.' })
  program?: string | null;

  @Field(() => EnrollmentStatusEnum, { nullable: true, description: 'Where the affiliate stands.' })
  status?: Enrollment['status'] | null;

  @Field(() => String, { nullable: true, description: 'Of this class only.' })
  class?: string | null;
}

export const ClassRequestConnection = connectionOf('ClassRequest', () => ClassRequestType);

@ArgsType()
export class ClassRequestArgs extends RecordArgs {
  @Field(() => String, { nullable: true, description: 'Of this program only, by its key.' })
  program?: string | null;

  @Field(() => ClassRequestStatusEnum, { nullable: true, description: 'What became of it.' })
  status?: ClassRequest['status'] | null;
}

@ArgsType()
export class AffiliateArgs extends EnrollmentArgs {
  @Field(() => String, { nullable: true, description: "What the caller's id begins with." })
  search?: string | null;

  @Field(() => AffiliateSortEnum, { defaultValue: AffiliateSortEnum.NEWEST, description: 'In which order.' })
  sort!: AffiliateSort;
}
