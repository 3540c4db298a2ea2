import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';

@ArgsType()
export class CustomerArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only of this program, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Only customers tied to this affiliate, by the caller's id." })
  affiliate?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those who are tied to somebody, or only the others.' })
  tied?: boolean | null;

  @Field(() => Instant, { nullable: true, description: 'Only those registered at that instant or later.' })
  from?: number | null;

  @Field(() => Instant, { nullable: true, description: 'Only those registered before that instant.' })
  to?: number | null;
}
