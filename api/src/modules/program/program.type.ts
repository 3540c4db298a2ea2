import { Field, Int, ObjectType } from 'type-graphql';
import { Access, Part } from '../../platform/graphql/access.ts';
import { connectionOf } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { LONG_TEXT, Weighs } from '../../platform/graphql/weight.ts';

@Part()
@ObjectType({ description: 'A clause of terms, in words.' })
export class TermsClause {
  @Field(() => String, { description: 'Where it stands in the document: `rates[2]`.' })
  path!: string;

  @Field(() => String, { description: 'The rule that it carries.' })
  rule!: string;

  @Field(() => String, { description: 'What it says, as a sentence in the language of `Accept-Language`.' })
  sentence!: string;

  @Field(() => String, { nullable: true, description: 'The published document and the place in it that it rests on.' })
  source!: string | null;

  @Field(() => Boolean, { description: 'Is what it says ours, because the published document is silent?' })
  assumed!: boolean;
}

@Access('program.read', 'own.read')
@ObjectType('TermsVersion', { description: 'Published terms of a program. They never change; the next version follows them.' })
export class TermsVersionType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => Int, { description: 'Counts from 1 within the program.' })
  number!: number;

  @Field(() => Instant, { description: 'Orders placed then or later are priced by it, until the next version holds.' })
  holdsFrom!: number;

  @Weighs(LONG_TEXT)
  @Field(() => String, { description: 'The terms document as JSON.' })
  document!: string;

  @Field(() => [TermsClause], { description: 'Its clauses in words.' })
  clauses!: TermsClause[];

  @Field(() => Instant, { description: 'When it was published, in business time.' })
  publishedAt!: number;

  @Access('program.read')
  @Field(() => String, { description: 'Who published it.' })
  publishedBy!: string;
}

@Access('program.read')
@ObjectType('TermsDraft', { description: 'Terms that are not published: what they would say, and what speaks against them.' })
export class TermsDraftType {
  @Field(() => [TermsClause], { description: 'Its clauses in words; none while the document cannot be read.' })
  clauses!: TermsClause[];

  @Field(() => [UserError], { description: 'Everything for which it would be turned away now. Nothing: it can be published.' })
  problems!: UserError[];
}

@Access('program.read', 'own.read')
@ObjectType('Program', { description: 'An affiliate program. What it pays, to whom and when stands in its terms.' })
export class ProgramType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'By which callers name it; unique in the organization.' })
  key!: string;

  @Field(() => String, { description: 'For people.' })
  name!: string;

  @Field(() => String, { description: 'What it pays in: an ISO 4217 code, or the name of its points.' })
  unit!: string;

  @Field(() => TermsVersionType, { nullable: true, description: 'The terms in force now; null: none hold yet.' })
  terms!: TermsVersionType | null;

  @Field(() => [TermsVersionType], { description: 'All versions of its terms, oldest first, those to come included.' })
  termsVersions!: TermsVersionType[];
}

export const ProgramConnection = connectionOf('Program', () => ProgramType);

@Part()
@ObjectType({ description: 'A new program.' })
export class CreateProgramPayload {
  @Field(() => ProgramType, { nullable: true, description: 'The program; null if it was turned away.' })
  program!: ProgramType | null;

  @Field(() => [UserError], { description: 'Why it was turned away: everything that is wrong with the document at once.' })
  userErrors!: UserError[];
}

@Part()
@ObjectType({ description: 'Newly published terms.' })
export class PublishTermsPayload {
  @Field(() => TermsVersionType, { nullable: true, description: 'The version; null if it was turned away.' })
  termsVersion!: TermsVersionType | null;

  @Field(() => [UserError], { description: 'Why it was turned away: everything that is wrong with the document at once.' })
  userErrors!: UserError[];
}
