import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { type Affiliate, affiliatesById, type Enrollment, EnrollmentType } from '../affiliate/index.ts';
import { programsById } from '../program/index.ts';
import type { Balances } from './balance.service.ts';
import type { Entry } from './ledger.entity.ts';
import { BalanceScheduleArgs, BalancesArgs, LedgerEntryArgs, StatementArgs } from './ledger.input.ts';
import { BalanceChangeConnection, BalancesType, LedgerEntryConnection, ProofType, StatementType } from './ledger.type.ts';
import { problemsOf } from './proof.ts';
import type { BalanceChange } from './schedule.ts';
import type { Statement } from './statement.service.ts';

@Resolver()
export class LedgerResolver {
  @Access('ledger.read', 'own.read')
  @Query(() => BalancesType, {
    nullable: true,
    description: 'What an affiliate has; null: there is none of that id in the program, or it is not you.',
  })
  balances(@Ctx() context: Context, @Args(() => BalancesArgs) args: BalancesArgs): Promise<Balances | null> {
    return context.services.balances.find(context, args);
  }

  @Access('ledger.read', 'own.read')
  @Query(() => BalanceChangeConnection, {
    nullable: true,
    description:
      'What unlocks and what expires when, from now on; null: there is no such affiliate in the program, or it is not you. What is pending without an instant, such as what was never shipped, is not among it.',
  })
  balanceSchedule(
    @Ctx() context: Context,
    @Args(() => BalanceScheduleArgs) args: BalanceScheduleArgs,
  ): Promise<Connection<BalanceChange> | null> {
    return context.services.balances.schedule(context, args, readPage(args, ['instant', 'text', 'text']));
  }

  @Access('ledger.read', 'own.read')
  @Query(() => StatementType, {
    nullable: true,
    description: 'What became of it in a period; null: there is no such affiliate in the program, or it is not you.',
  })
  statement(@Ctx() context: Context, @Args(() => StatementArgs) args: StatementArgs): Promise<Statement | null> {
    return context.services.statements.find(context, args);
  }

  @Access('ledger.read', 'own.read')
  @Query(() => LedgerEntryConnection, { description: 'Entries of the books. An affiliate sees its own.' })
  ledgerEntries(@Ctx() context: Context, @Args(() => LedgerEntryArgs) args: LedgerEntryArgs): Promise<Connection<Entry>> {
    return context.services.entries.list(context, args, readPage(args, ['id']));
  }

  @Access('ledger.prove')
  @Query(() => ProofType, { description: "Proves the organization's books: that all sums are what they must be." })
  async proof(@Ctx() { em, viewer }: Context): Promise<ProofType> {
    const problems = await problemsOf(em, viewer.organizationId);
    return { balanced: problems.length === 0, problems };
  }
}

@Resolver(() => EnrollmentType)
export class EnrollmentBalancesResolver {
  @FieldResolver(() => BalancesType, { description: 'What the affiliate has in the program now.' })
  async balances(@Root() { programId, affiliateId }: Enrollment, @Ctx() context: Context): Promise<Balances> {
    const [program, affiliate] = await Promise.all([
      context.load(programsById).load(programId),
      context.load(affiliatesById).load(affiliateId),
    ]);
    return context.services.balances.current(context, program, affiliate as Affiliate);
  }
}
