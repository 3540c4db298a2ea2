import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access, Part } from '../../platform/graphql/access.ts';
import { Instant } from '../../platform/graphql/scalars.ts';
import { type FraudFigures, fraudFigures } from './figures.ts';

@Part()
@ObjectType('ClicksUnderRule', { description: 'Clicks of which a clause spoke.' })
class ClicksUnderRuleType {
  @Field(() => String, { description: 'The rule that keeps them from earning, opened a case or warned.' })
  rule!: string;

  @Field(() => Int, { description: 'How many.' })
  clicks!: number;
}

@Access('case.read')
@ObjectType('FraudFigures', { description: 'What the clicks of an affiliate look like in a period.' })
export class FraudFiguresType {
  @Field(() => Int, { description: 'All clicks.' })
  clicks!: number;

  @Field(() => Int, { description: 'Of these, those of bots and of pages fetched ahead.' })
  automated!: number;

  @Field(() => Int, { description: 'Of the others, those that orders may not be attributed to.' })
  barred!: number;

  @Field(() => [ClicksUnderRuleType], {
    description: 'How many clicks each rule spoke of, most first: suspect ones, those of cases, those with a warning.',
  })
  byRule!: FraudFigures['byRule'];

  @Field(() => Int, { description: 'The most clicks within one minute of the clock.' })
  busiestMinute!: number;

  @Field(() => Int, { description: 'The most clicks of one visitor.' })
  busiestVisitor!: number;

  @Field(() => Int, { description: "Orders placed in the period that are the affiliate's, whatever they earn." })
  orders!: number;
}

@Resolver(() => FraudFiguresType)
export class FraudFiguresResolver {
  @Access('case.read')
  @Query(() => FraudFiguresType, {
    nullable: true,
    description: 'What the clicks of an affiliate look like in a period of up to 31 days; null: there is no such affiliate.',
  })
  fraudFigures(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('affiliate', () => String, { description: "The affiliate, by the caller's id." }) affiliate: string,
    @Arg('from', () => Instant, { description: 'Clicks of that instant and later.' }) from: number,
    @Arg('to', () => Instant, { description: 'Clicks before that instant.' }) to: number,
  ): Promise<FraudFigures | null> {
    return fraudFigures(context, { program, affiliate, from, to });
  }
}
