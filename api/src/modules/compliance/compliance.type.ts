import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { MESSAGE, Weighs } from '../../platform/graphql/weight.ts';
import { EnrollmentType } from '../affiliate/index.ts';
import { OrderType } from '../order/index.ts';
import { ProgramType } from '../program/index.ts';
import { CustomerType } from '../referral/index.ts';
import { ClickType } from '../tracking/index.ts';
import type { Case, CaseEntry, CaseEvidence } from './compliance.entity.ts';
import { CaseEntryKindEnum, CaseEvidenceKindEnum, CaseStatusEnum } from './compliance.enums.ts';

@Access('enrollment.read', 'own.read')
@ObjectType('TrafficSource', { description: 'Where an affiliate promotes, as declared.' })
export class TrafficSourceType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'What kind it is.' })
  kind!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its address.' })
  url!: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Have those who are reached asked for it?' })
  optIn!: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Can those who are reached end it?' })
  optOut!: boolean | null;

  @Field(() => [String], { description: 'Texts of its ads, where it is an ad account.' })
  texts!: string[];

  @Field(() => [String], { description: 'Titles of its ads, where it is an ad account.' })
  titles!: string[];

  @Field(() => [String], { description: 'Keywords that its ads are kept off, where it is an ad account.' })
  negativeKeywords!: string[];

  @Field(() => Instant, { nullable: true, description: 'When staff marked it as a breach; null: they did not.' })
  markedAt!: number | null;

  @Field(() => [String], { description: 'Rules under which it is to be reviewed.' })
  flags!: string[];

  @Field(() => Instant, { description: 'When it was declared.' })
  declaredAt!: Date;
}

@Part()
@ObjectType('CaseEvidence', { description: 'What speaks for a case. What it leads to is seen by whoever may see such a thing.' })
export class CaseEvidenceType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => CaseEvidenceKindEnum, { description: 'What it is.' })
  kind!: CaseEvidence['kind'];

  @Field(() => String, {
    description: "What it is called: a click, a customer or an order by the caller's id, a source by its name; else the words.",
  })
  name!: string;

  @Weighs(MESSAGE)
  @Field(() => String, { nullable: true, description: 'The words; null: there are none, or they were erased.' })
  text!: string | null;

  @Field(() => Instant, { description: 'When it became known.' })
  addedAt!: Date;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Who of staff added it; null: it follows from a clause.' })
  addedBy!: string | null;

  @Field(() => ClickType, { nullable: true, description: 'Of CLICK.' })
  click!: ClickType | null;

  @Field(() => CustomerType, { nullable: true, description: 'Of CUSTOMER.' })
  customer!: CustomerType | null;

  @Field(() => OrderType, { nullable: true, description: 'Of ORDER.' })
  order!: OrderType | null;

  @Field(() => TrafficSourceType, { nullable: true, description: 'Of SOURCE.' })
  trafficSource!: TrafficSourceType | null;
}

@Part()
@ObjectType('CaseEntry', { description: 'Something that staff said or did about a case, or that its deadline passed.' })
export class CaseEntryType {
  @Field(() => CaseEntryKindEnum, { description: 'What it is.' })
  kind!: CaseEntry['kind'];

  @Weighs(MESSAGE)
  @Field(() => String, { nullable: true, description: 'The words; null: there are none, or they were erased.' })
  text!: string | null;

  @Field(() => Instant, { description: 'When.' })
  at!: Date;

  @Access('actor.read')
  @Field(() => String, { description: 'Who it was; `engine`: nobody, it follows from time.' })
  by!: string;
}

@Access('case.read', 'own.read')
@ObjectType('Case', { description: 'A suspected breach of a rule by an affiliate.' })
export class CaseType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The rule.' })
  rule!: string;

  @Field(() => CaseStatusEnum, { description: 'What became of it.' })
  status!: Case['status'];

  @Field(() => Instant, { description: 'When it was opened: when the first of what is suspected was done.' })
  openedAt!: Date;

  @Access('case.read')
  @Field(() => Instant, { description: 'Until when staff are to settle it.' })
  dueAt!: Date;

  @Access('case.read')
  @Field(() => Instant, { nullable: true, description: 'The deadline that passed while it was open; null: none did.' })
  overdueAt!: Date | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Who of staff sees to it.' })
  assignee!: string | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'The same, by the id of the member, or of the token that acts for itself.' })
  assigneeId!: string | null;

  @Field(() => Instant, { nullable: true, description: 'When staff closed it; null: it is open.' })
  closedAt!: Date | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Who closed it.' })
  closedBy!: string | null;

  @Access('case.read')
  @Field(() => Int, { description: 'How many clicks or other facts speak for it, counted up to 10,000.' })
  evidenceCount!: number;

  @Access('case.read')
  @Field(() => [CaseEvidenceType], { description: 'The first hundred of them. All: `caseEvidence`.' })
  evidence!: CaseEvidenceType[];

  @Access('case.read')
  @Field(() => [CaseEntryType], { description: 'The last two hundred things that staff said and did about it, oldest first.' })
  history!: CaseEntryType[];

  @Field(() => EnrollmentType, { description: 'Of whom.' })
  enrollment!: EnrollmentType;
}

export const CaseConnection = connectionOf('Case', () => CaseType);
export const CaseEvidenceConnection = connectionOf('CaseEvidence', () => CaseEvidenceType);

function casePayload(name: string, description: string): ClassType<object> {
  @Part()
  @ObjectType(name, { description })
  class Payload {
    @Field(() => CaseType, { nullable: true, description: 'The case; null if the act was turned away.' })
    case!: CaseType | null;

    @Field(() => [UserError], { description: 'Why it was turned away.' })
    userErrors!: UserError[];
  }
  return Payload;
}

export const ConfirmCasePayload = casePayload('ConfirmCasePayload', 'A confirmed case.');
export const DismissCasePayload = casePayload('DismissCasePayload', 'A dismissed case.');
export const CasePayload = casePayload('CasePayload', 'What became of a case.');

@Part()
@ObjectType({ description: 'How long staff have for cases of a program.' })
export class SetCaseDaysPayload {
  @Field(() => ProgramType, { nullable: true, description: 'The program; null if the act was turned away.' })
  program!: ProgramType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A declared traffic source.' })
export class DeclareTrafficSourcePayload {
  @Field(() => TrafficSourceType, { nullable: true, description: 'The source; null if it was turned away.' })
  trafficSource!: TrafficSourceType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A traffic source that was marked as a breach.' })
export class MarkTrafficSourcePayload {
  @Field(() => TrafficSourceType, { nullable: true, description: 'The source; null if the act was turned away.' })
  trafficSource!: TrafficSourceType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}
