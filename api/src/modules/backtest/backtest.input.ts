import { ArgsType, Field } from 'type-graphql';
import { Instant } from '../../platform/graphql/scalars.ts';

@ArgsType()
export class BackTestArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { description: 'The terms document, as YAML or JSON.' })
  document!: string;

  @Field(() => Instant, { description: 'From when on it would be published.' })
  holdsFrom!: number;

  @Field(() => Instant, { description: 'Orders that were placed then or later.' })
  from!: number;

  @Field(() => Instant, { description: 'Orders that were placed before that.' })
  to!: number;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the part before: it goes on after that.' })
  after?: string | null;
}
