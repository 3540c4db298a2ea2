import { Field, InputType } from 'type-graphql';
import { Instant } from '../../platform/graphql/scalars.ts';

@InputType({ description: 'A place to try programs in: an organization with a clock of its own.' })
export class CreateSandboxInput {
  @Field(() => String, { description: 'For people.' })
  name!: string;

  @Field(() => Instant, { description: 'Where its clock starts.' })
  startsAt!: number;

  @Field(() => [String], { defaultValue: [], description: 'Keys of bundled programs that it gets copies of.' })
  programs!: string[];
}

@InputType({ description: "Where to move the sandbox's clock." })
export class AdvanceClockInput {
  @Field(() => Instant, { description: 'The new business time, not before the present one.' })
  to!: number;
}
