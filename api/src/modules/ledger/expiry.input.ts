import { ArgsType, Field, Int } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
import { Instant } from '../../platform/graphql/scalars.ts';

@ArgsType()
export class ExpiryMonthsArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => Int, { defaultValue: 12, description: 'How many months from this one on, 1 to 36.' })
  months!: number;
}

@ArgsType()
export class ExpiriesArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "Of this affiliate only, by the caller's id." })
  affiliate?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Only what expires before that instant.' })
  to?: number | null;
}
