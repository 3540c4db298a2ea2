import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { PageArgs, RecordArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import type { Case } from './compliance.entity.ts';
import { type CaseSort, CaseSortEnum, CaseStatusEnum } from './compliance.enums.ts';

@InputType({ description: 'A traffic source to declare.' })
export class DeclareTrafficSourceInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "Whose, by the caller's id; an affiliate's token may leave it out." })
  affiliate?: string | null;

  @Field(() => String, {
    description: 'website, social, app, email, sms, search-ads, contextual-ads, display-ads, dropshipping, offline or other.',
  })
  kind!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its address.' })
  url?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Have those who are reached asked for it? For e-mail and SMS.' })
  optIn?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Can those who are reached end it? For e-mail and SMS.' })
  optOut?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'Texts of its ads, up to a hundred. For ad accounts.' })
  texts?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Titles of its ads, up to a hundred. For ad accounts.' })
  titles?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Keywords that its ads are kept off, up to a hundred. For ad accounts.' })
  negativeKeywords?: string[] | null;
}

@InputType({ description: 'A traffic source to mark as a breach.' })
export class MarkTrafficSourceInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "Whose, by the caller's id." })
  affiliate!: string;

  @Field(() => String, { description: 'The source, by its id.' })
  trafficSource!: string;

  @Field(() => String, { description: 'What was found there.' })
  evidence!: string;
}

@InputType({ description: 'A case of an affiliate in a program.' })
export class CaseInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The affiliate, by the caller's id." })
  affiliate!: string;

  @Field(() => String, { description: 'The rule that the case is about.' })
  rule!: string;
}

@InputType({ description: 'A case to close.' })
class CloseCaseInput extends CaseInput {
  @Field(() => String, {
    nullable: true,
    description: 'Why, up to 4,000 characters. Where the affiliate was asked about the case, they read it.',
  })
  reason?: string | null;
}

@InputType({ description: 'A case to confirm.' })
export class ConfirmCaseInput extends CloseCaseInput {}

@InputType({ description: 'A case to dismiss.' })
export class DismissCaseInput extends CloseCaseInput {}

@InputType({ description: 'Who is to see to a case.' })
export class AssignCaseInput extends CaseInput {
  @Field(() => String, { nullable: true, description: 'The id of a member of staff; left out: whoever calls.' })
  member?: string | null;
}

@InputType({ description: 'A case that nobody sees to any more.' })
export class UnassignCaseInput extends CaseInput {}

@InputType({ description: 'Another deadline of a case.' })
export class SetCaseDeadlineInput extends CaseInput {
  @Field(() => Instant, { description: 'Until when it is to be settled.' })
  dueAt!: number;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'A note about a case, among staff.' })
export class NoteCaseInput extends CaseInput {
  @Field(() => String, { description: 'In words, up to 4,000 characters.' })
  text!: string;
}

@InputType({ description: 'What staff need to know from the affiliate about a case.' })
export class AskAboutCaseInput extends CaseInput {
  @Field(() => String, { description: 'The question, up to 4,000 characters.' })
  text!: string;
}

@InputType({ description: 'What speaks for a case: one of these.' })
export class AddCaseEvidenceInput extends CaseInput {
  @Field(() => String, { nullable: true, description: "A click of the program, by the caller's id." })
  click?: string | null;

  @Field(() => String, { nullable: true, description: "An order of the program, by the caller's id or another of its numbers." })
  order?: string | null;

  @Field(() => String, { nullable: true, description: "A customer of the program, by the caller's id: the registration." })
  customer?: string | null;

  @Field(() => String, { nullable: true, description: 'What was found, in words, up to 4,000 characters.' })
  text?: string | null;
}

@InputType({ description: 'How long staff have for cases of a program.' })
export class SetCaseDaysInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => Int, { description: '1 to 365 days of 24 hours, from when a breach becomes known.' })
  days!: number;
}

@ArgsType()
export class CaseArgs extends RecordArgs {
  @Field(() => String, { nullable: true, description: 'Of this program only, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Of this affiliate only, by the caller's id." })
  affiliate?: string | null;

  @Field(() => CaseStatusEnum, { nullable: true, description: 'What became of it.' })
  status?: Case['status'] | null;

  @Field(() => String, { nullable: true, description: 'Of this rule only.' })
  rule?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only open ones whose deadline has passed; false: all others.' })
  overdue?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Whom a member of staff of this id sees to; `me`: whoever asks.' })
  assignee?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'True: only those that nobody sees to; false: only those that somebody does.' })
  unassigned?: boolean | null;

  @Field(() => CaseSortEnum, { defaultValue: CaseSortEnum.DEADLINE, description: 'The order.' })
  sort!: CaseSort;
}

@ArgsType()
export class CaseEvidenceArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The affiliate, by the caller's id." })
  affiliate!: string;

  @Field(() => String, { description: 'The case, by its id.' })
  case!: string;
}
