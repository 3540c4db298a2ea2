import { Field, InputType } from 'type-graphql';

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
class CaseInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: "The affiliate, by the caller's id." })
  affiliate!: string;

  @Field(() => String, { description: 'The rule that the case is about.' })
  rule!: string;
}

@InputType({ description: 'A case to confirm.' })
export class ConfirmCaseInput extends CaseInput {}

@InputType({ description: 'A case to dismiss.' })
export class DismissCaseInput extends CaseInput {}
