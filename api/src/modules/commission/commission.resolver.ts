import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Amount, amountOf } from '../../platform/graphql/money.ts';
import { nodeFields } from '../../platform/graphql/selection.ts';
import { contentAt, type Order, type OrderLine, OrderLineType, OrderType, orderKnowledge } from '../order/index.ts';
import { type Program, ProgramType, programsById, type TermsVersion, TermsVersionType } from '../program/index.ts';
import type { Commission } from './commission.entity.ts';
import { explanationOf } from './commission.explanation.ts';
import { CommissionArgs } from './commission.input.ts';
import { expiredByNow } from './commission.lots.ts';
import { CommissionConnection, CommissionLineType, CommissionType, ExplanationType } from './commission.type.ts';

@Resolver(() => CommissionType)
export class CommissionResolver {
  @Access('commission.read', 'own.read')
  @Query(() => CommissionConnection, {
    description: 'Commissions of affiliates. An affiliate sees its own, those that went to somebody else included.',
  })
  commissions(
    @Ctx() context: Context,
    @Args(() => CommissionArgs) args: CommissionArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Commission>> {
    const page = readPage(args, args.sort === 'placed' ? ['instant', 'id', 'id'] : ['id', 'id']);
    return context.services.commissions.list(context, args, page, nodeFields(info));
  }

  @Access('commission.read', 'own.read')
  @Query(() => CommissionType, { nullable: true, description: 'What an order earns; null: there is no such order, or it is not yours.' })
  async commission(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('order', () => String, { description: "The caller's id of the order, or any of its other numbers." }) order: string,
  ): Promise<Commission | null> {
    const found = await context.services.orders.find(context, program, order);
    return found && context.services.commissions.ofOrder(context, found);
  }

  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: Commission, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => TermsVersionType)
  async termsVersion(@Root() { programId, termsVersionId }: Commission, @Ctx() { em, services }: Context): Promise<TermsVersion> {
    const { versions } = await services.terms.of(em, programId);
    return versions.find(({ id }) => id === termsVersionId)!;
  }

  @FieldResolver(() => [CommissionLineType])
  async lines(
    @Root() { orderId, decidedAt, lineAmounts, unit, exponent }: Commission,
    @Ctx() context: Context,
  ): Promise<CommissionLineType[]> {
    const { lines } = contentAt(await context.load(orderKnowledge).load(orderId), decidedAt.getTime(), lineAmounts.length);
    return lineAmounts.map((amount, index) => ({ sku: lines[index]!.sku, amount: amountOf(amount, unit, exponent) }));
  }

  @FieldResolver(() => ExplanationType)
  explanation(@Root() commission: Commission, @Ctx() context: Context): Promise<ExplanationType> {
    return explanationOf(context, commission);
  }

  @FieldResolver(() => Amount)
  async expired(@Root() { orderId, affiliateId, unit, exponent }: Commission, @Ctx() context: Context): Promise<Amount> {
    const expired = affiliateId === null ? 0n : await context.load(expiredByNow).load({ orderId, affiliateId });
    return amountOf(expired, unit, exponent);
  }
}

/** What other modules' types tell of commissions. */
@Resolver(() => OrderType)
export class OrderCommissionResolver {
  @FieldResolver(() => CommissionType, {
    description: 'What it earns: the newest decision. It is there, and explained, also when that is nothing.',
  })
  commission(@Root() order: Order, @Ctx() context: Context): Promise<Commission> {
    return context.services.commissions.ofOrder(context, order);
  }

  @FieldResolver(() => [CommissionType], { description: 'All decisions about it, the newest first, the last hundred of them.' })
  revisions(@Root() order: Order, @Ctx() context: Context): Promise<Commission[]> {
    return context.services.commissions.revisionsOf(context, order);
  }
}

@Resolver(() => OrderLineType)
export class OrderLineCommissionResolver {
  @Access('commission.read', 'own.read')
  @FieldResolver(() => Amount, { description: 'What the line earns.' })
  async commission(@Root() { order, index }: OrderLine, @Ctx() context: Context): Promise<Amount> {
    const { lineAmounts, unit, exponent } = await context.services.commissions.ofOrder(context, order);
    return amountOf(lineAmounts[index] ?? 0n, unit, exponent);
  }
}
