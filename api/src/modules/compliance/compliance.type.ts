import { ArgsType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf, PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { EnrollmentType } from '../affiliate/index.ts';
import type { Case } from './compliance.entity.ts';

export const CaseStatusEnum = { OPEN: 'open', CONFIRMED: 'confirmed', DISMISSED: 'dismissed' } as const;
registerEnumType(CaseStatusEnum, {
  name: 'CaseStatus',
  description: 'What became of a case.',
  valuesConfig: {
    OPEN: { description: 'Waits for staff.' },
    CONFIRMED: { description: 'The breach is proven.' },
    DISMISSED: { description: 'There was none, or none that counts. Its clicks stay as they are.' },
  },
});

@Access('case.read', 'own.read')
@ObjectType('Case', { description: 'A suspected breach of a rule by an affiliate.' })
export class CaseType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The rule.' })
  rule!: string;

  @Field(() => CaseStatusEnum, { description: 'What became of it.' })
  status!: Case['status'];

  @Field(() => Instant, { description: 'When it was opened.' })
  openedAt!: Date;

  @Field(() => Instant, { nullable: true, description: 'When staff closed it; null: it is open.' })
  closedAt!: Date | null;

  @Access('actor.read')
  @Field(() => String, { nullable: true, description: 'Who closed it.' })
  closedBy!: string | null;

  @Access('case.read')
  @Field(() => Int, { description: 'How many clicks or other facts speak for it.' })
  evidenceCount!: number;

  @Access('case.read')
  @Field(() => [String], { description: "The first hundred of them: clicks by the caller's ids, all else in words." })
  evidence!: string[];

  @Field(() => EnrollmentType, { description: 'Of whom.' })
  enrollment!: EnrollmentType;
}

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

export const CaseConnection = connectionOf('Case', () => CaseType);

@ArgsType()
export class CaseArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Of this program only, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Of this affiliate only, by the caller's id." })
  affiliate?: string | null;

  @Field(() => CaseStatusEnum, { nullable: true, description: 'What became of it.' })
  status?: Case['status'] | null;

  @Field(() => String, { nullable: true, description: 'Of this rule only.' })
  rule?: string | null;
}

@Part()
@ObjectType({ description: 'A confirmed case.' })
export class ConfirmCasePayload {
  @Field(() => CaseType, { nullable: true, description: 'The case; null if the act was turned away.' })
  case!: CaseType | null;

  @Field(() => [UserError], { description: 'Why it was turned away.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'A dismissed case.' })
export class DismissCasePayload {
  @Field(() => CaseType, { nullable: true, description: 'The case; null if the act was turned away.' })
  case!: CaseType | null;

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
