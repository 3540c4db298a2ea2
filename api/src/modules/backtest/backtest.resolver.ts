import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { BackTestArgs } from './backtest.input.ts';
import type { BackTest } from './backtest.service.ts';
import { BackTestType } from './backtest.type.ts';

@Resolver()
export class BackTestResolver {
  @Access('terms.publish')
  @Query(() => BackTestType, {
    nullable: true,
    description: 'Decides orders of a period by terms that are not published, a hundred at a time; null: there is no such program.',
  })
  backTestTerms(@Ctx() context: Context, @Args(() => BackTestArgs) args: BackTestArgs): Promise<BackTest | null> {
    return context.services.backTests.run(context, args);
  }
}
