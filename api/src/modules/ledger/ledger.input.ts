import { ArgsType, Field } from 'type-graphql';
import { Instant } from '../../platform/graphql/scalars.ts';

@ArgsType()
export class BalancesArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The caller's id of the affiliate. An affiliate may leave it out: its own." })
  affiliate?: string | null;

  @Field(() => Instant, { nullable: true, description: 'As of that instant of business time. Left out: now.' })
  asOf?: number | null;

  @Field(() => Instant, {
    nullable: true,
    description: 'By what was recorded until then, by the wall clock. Left out: by all that is known.',
  })
  knownAt?: number | null;
}
