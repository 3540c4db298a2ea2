import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';

@ArgsType()
export class ClickArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only of this program, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Only of this affiliate, by the caller's id." })
  affiliate?: string | null;

  @Field(() => String, { nullable: true, description: 'Only of this visitor. Needs `program`.' })
  visitor?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those that orders may be attributed to, or only the others.' })
  attributable?: boolean | null;

  @Field(() => Instant, { nullable: true, description: 'Only clicks of that instant and later.' })
  from?: number | null;

  @Field(() => Instant, { nullable: true, description: 'Only clicks before that instant.' })
  to?: number | null;
}
