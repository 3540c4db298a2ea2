import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';
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

@ArgsType()
export class BalanceScheduleArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The caller's id of the affiliate. An affiliate may leave it out: its own." })
  affiliate?: string | null;
}

@ArgsType()
export class LedgerEntryArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only of this program, by its key.' })
  program?: string | null;

  @Field(() => String, { nullable: true, description: "Only of this affiliate, by the caller's id." })
  affiliate?: string | null;

  @Field(() => String, { nullable: true, description: 'Only of this unit.' })
  unit?: string | null;

  @Field(() => [String], { nullable: true, description: 'Only of these kinds.' })
  kinds?: string[] | null;

  @Field(() => Instant, { nullable: true, description: 'Only what happened at that instant or later.' })
  from?: number | null;

  @Field(() => Instant, { nullable: true, description: 'Only what happened before that instant.' })
  to?: number | null;

  @Field(() => Boolean, { defaultValue: true, description: 'The last recorded first.' })
  descending!: boolean;
}

@ArgsType()
export class StatementArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => String, { nullable: true, description: "The caller's id of the affiliate. An affiliate may leave it out: its own." })
  affiliate?: string | null;

  @Field(() => Instant, { description: 'The first instant of the period.' })
  from!: number;

  @Field(() => Instant, { description: 'The instant right after the period.' })
  to!: number;

  @Field(() => Instant, {
    nullable: true,
    description: 'By what was recorded until then, by the wall clock. Left out: by all that is known.',
  })
  knownAt?: number | null;
}
