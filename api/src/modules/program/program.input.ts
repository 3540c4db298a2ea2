import { Field, InputType } from 'type-graphql';
import { Instant } from '../../platform/graphql/scalars.ts';

@InputType({ description: 'A program to make.' })
export class CreateProgramInput {
  @Field(() => String, { description: 'Its terms document, as YAML or JSON.' })
  document!: string;

  @Field(() => Instant, { nullable: true, description: 'From when on its terms hold. Left out: from 1970 on.' })
  holdsFrom?: number | null;
}

@InputType({ description: 'Terms to publish.' })
export class PublishTermsInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The terms document, as YAML or JSON.' })
  document!: string;

  @Field(() => Instant, { description: 'From when on it holds: orders placed then or later are priced by it. Not in the past.' })
  holdsFrom!: number;
}

@InputType({ description: 'What is decided about a program as a whole.' })
export class TurnProgramInput {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => Instant, { nullable: true, description: 'From when on; not in the past. Left out: from now on.' })
  from?: number | null;
}

@InputType({ description: 'A program to pause.' })
export class PauseProgramInput extends TurnProgramInput {}

@InputType({ description: 'A program that goes on.' })
export class ReopenProgramInput extends TurnProgramInput {}

@InputType({ description: 'A program to close.' })
export class CloseProgramInput extends TurnProgramInput {
  @Field(() => Instant, {
    nullable: true,
    description: 'The last instant at which affiliates may ask for what they have; staff may later, too. Left out: there is none.',
  })
  requestsUntil?: number | null;
}
