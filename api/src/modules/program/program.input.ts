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
