import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access, Open } from '../../platform/graphql/access.ts';
import type { Balances } from './balance.service.ts';
import { BalancesArgs } from './ledger.input.ts';
import { BalancesType, ProofType } from './ledger.type.ts';
import { problemsOf } from './proof.ts';

@Resolver()
export class LedgerResolver {
  @Open()
  @Query(() => BalancesType, {
    nullable: true,
    description: 'What an affiliate has; null: there is none of that id in the program, or it is not you.',
  })
  balances(@Ctx() context: Context, @Args(() => BalancesArgs) args: BalancesArgs): Promise<Balances | null> {
    return context.services.balances.find(context, args);
  }

  @Access('staff')
  @Query(() => ProofType, { description: "Proves the organization's books: that all sums are what they must be." })
  async proof(@Ctx() { em, viewer }: Context): Promise<ProofType> {
    const problems = await problemsOf(em, viewer.organizationId);
    return { balanced: problems.length === 0, problems };
  }
}
