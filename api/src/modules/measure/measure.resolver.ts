import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { MeasuredType, measuredOf } from '../affiliate/index.ts';
import { MeasuredOrderArgs } from './measure.input.ts';
import type { CountedOrder } from './measure.service.ts';
import { MeasuredOrderConnection, MeasuredOrderType } from './measure.type.ts';

@Resolver(() => MeasuredOrderType)
export class MeasureResolver {
  @Access('order.read', 'own.read')
  @Query(() => MeasuredOrderConnection, {
    description: 'The orders behind what an affiliate’s class goes by, the newest first, each with what it counts and why.',
  })
  measuredOrders(@Ctx() context: Context, @Args(() => MeasuredOrderArgs) args: MeasuredOrderArgs): Promise<Connection<CountedOrder>> {
    return context.services.measures.orders(context, args, readPage(args, ['id']));
  }

  @FieldResolver(() => MeasuredType)
  counted(@Root() { amount, by }: CountedOrder): MeasuredType {
    return measuredOf(by, amount);
  }

  @FieldResolver(() => String)
  because(@Root() { why }: CountedOrder): string {
    return why;
  }
}
