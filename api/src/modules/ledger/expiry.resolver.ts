import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { ExpiriesArgs, ExpiryMonthsArgs } from './expiry.input.ts';
import type { Expiry, ExpiryMonth } from './expiry.ts';
import { ExpiryConnection, ExpiryMonthType, ExpiryType } from './expiry.type.ts';

/** What will expire, before it does. */
@Resolver(() => ExpiryType)
export class ExpiryResolver {
  @Access('ledger.read')
  @Query(() => [ExpiryMonthType], { description: 'What expires in the next months, month by month and unit by unit.' })
  expiryMonths(@Ctx() context: Context, @Args(() => ExpiryMonthsArgs) args: ExpiryMonthsArgs): Promise<ExpiryMonth[]> {
    return context.services.expiries.months(context, args);
  }

  @Access('ledger.read')
  @Query(() => ExpiryConnection, { description: 'What expires from now on, lot by lot, the next first.' })
  expiries(@Ctx() context: Context, @Args(() => ExpiriesArgs) args: ExpiriesArgs): Promise<Connection<Expiry>> {
    return context.services.expiries.list(context, args, readPage(args, ['instant', 'id']));
  }

  @FieldResolver(() => AffiliateType)
  async affiliate(@Root() { affiliateId }: Expiry, @Ctx() context: Context): Promise<Affiliate> {
    return (await context.load(affiliatesById).load(affiliateId)) as Affiliate;
  }
}
