import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { ReportArgs } from './report.input.ts';
import { ReportRowConnection, type ReportRowType } from './report.type.ts';

@Resolver()
export class ReportResolver {
  @Access('commission.read', 'own.read')
  @Query(() => ReportRowConnection, {
    description: 'Clicks, referrals, orders and commission of a program, added up. An affiliate sees its own.',
  })
  report(@Ctx() context: Context, @Args(() => ReportArgs) args: ReportArgs): Promise<Connection<ReportRowType>> {
    const isByKey = (args.sort ?? 'key') === 'key';
    return context.services.reports.read(context, args, readPage(args, isByKey ? ['text'] : ['bigint', 'text']));
  }
}
