import { formatDecimal, parseDecimal } from '@tributary/shared/money';
import { currencyExponent } from '@tributary/shared/terms';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { AttributeType, attributesOf } from '../../platform/graphql/attribute.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Money } from '../../platform/graphql/money.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import { type Program, ProgramType, programsById, versionAt } from '../program/index.ts';
import { type Customer, CustomerType, customersById } from '../referral/index.ts';
import { type Click, ClickType, competingClicks } from '../tracking/index.ts';
import type { Order } from './order.entity.ts';
import { type OrderEvent, type OrderKnowledge, orderKnowledge, refundProblems, refundsOf } from './order.facts.ts';
import { OrderArgs } from './order.input.ts';
import { OrderConnection, OrderEventType, OrderLineType, OrderType } from './order.type.ts';

/** A line as fields read it: the order stands beside it for what other modules tell of a line. */
export interface OrderLine extends Omit<OrderLineType, 'attributes'> {
  readonly order: Order;
  readonly index: number;
}

@Resolver(() => OrderType)
export class OrderResolver {
  @Access('order.read', 'own.read')
  @Query(() => OrderConnection, { description: 'Orders. An affiliate sees those attributed to it.' })
  orders(@Ctx() context: Context, @Args(() => OrderArgs) args: OrderArgs): Promise<Connection<Order>> {
    return context.services.orders.list(context, args, readPage(args, args.sort === 'placed' ? ['instant', 'id'] : ['id']));
  }

  @Access('order.read', 'own.read')
  @Query(() => OrderType, { nullable: true, description: 'An order; null: there is none, or it is not yours.' })
  order(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) program: string,
    @Arg('id', () => String, { description: "The caller's id of the order, or any of its other numbers." }) id: string,
  ): Promise<Order | null> {
    return context.services.orders.find(context, program, id);
  }

  @FieldResolver(() => ProgramType)
  program(@Root() { programId }: Order, @Ctx() context: Context): Promise<Program> {
    return context.load(programsById).load(programId);
  }

  @FieldResolver(() => AffiliateType, { nullable: true })
  affiliate(@Root() { affiliateId }: Order, @Ctx() context: Context): Promise<Affiliate | null> | null {
    return affiliateId === null ? null : context.load(affiliatesById).load(affiliateId);
  }

  @FieldResolver(() => CustomerType, { nullable: true })
  customer(@Root() { customerId }: Order, @Ctx() context: Context): Promise<Customer | null> | null {
    return customerId === null ? null : context.load(customersById).load(customerId);
  }

  @FieldResolver(() => [ClickType])
  clicks(@Root() { programId, visitor, clickRef }: Order, @Ctx() context: Context): Promise<Click[]> {
    return context.load(competingClicks).load({ programId, visitor, clickRef });
  }

  @FieldResolver(() => [String])
  async aliases(@Root() order: Order, @Ctx() context: Context): Promise<string[]> {
    const { told, content } = await known(order, context);
    return [...new Set([...(told.aliases ?? []), ...(content.aliases ?? [])])];
  }

  @FieldResolver(() => String, { nullable: true })
  async country(@Root() order: Order, @Ctx() context: Context): Promise<string | null> {
    return (await known(order, context)).content.country ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  async platform(@Root() order: Order, @Ctx() context: Context): Promise<string | null> {
    return (await known(order, context)).content.platform ?? null;
  }

  @FieldResolver(() => [String])
  async discounts(@Root() order: Order, @Ctx() context: Context): Promise<string[]> {
    return (await known(order, context)).content.discounts ?? [];
  }

  @FieldResolver(() => String, { nullable: true })
  async affiliateCoupon(@Root() order: Order, @Ctx() context: Context): Promise<string | null> {
    return (await known(order, context)).content.affiliateCoupon ?? null;
  }

  @FieldResolver(() => [AttributeType])
  async attributes(@Root() order: Order, @Ctx() context: Context): Promise<AttributeType[]> {
    return attributesOf((await known(order, context)).content.attributes);
  }

  @FieldResolver(() => Money)
  async price(@Root() order: Order, @Ctx() context: Context): Promise<Money> {
    const [{ content }, { currency, exponent }] = await Promise.all([known(order, context), currencyOf(order, context)]);
    let price = parseDecimal(content.shipping ?? '0', exponent) ?? 0n;
    for (const line of content.lines) price += (parseDecimal(line.price, exponent) ?? 0n) * BigInt(line.quantity);
    return { amount: formatDecimal(price, exponent), currency };
  }

  @FieldResolver(() => Money)
  async shipping(@Root() order: Order, @Ctx() context: Context): Promise<Money> {
    const [{ content }, { currency, exponent }] = await Promise.all([known(order, context), currencyOf(order, context)]);
    return { amount: formatDecimal(parseDecimal(content.shipping ?? '0', exponent) ?? 0n, exponent), currency };
  }

  @FieldResolver(() => [OrderLineType])
  async lines(@Root() order: Order, @Ctx() context: Context): Promise<OrderLine[]> {
    const [knowledge, { currency, exponent }] = await Promise.all([known(order, context), currencyOf(order, context)]);
    const refunds = refundsOf(knowledge, order.placedAt.getTime(), currency, exponent);
    return knowledge.content.lines.map(({ attributes, ...line }, index) => ({
      ...line,
      product: line.product ?? line.sku,
      price: { amount: line.price, currency },
      attributeValues: attributes,
      order,
      index,
      ...refunds[index]!,
    }));
  }

  @FieldResolver(() => [OrderEventType])
  async events(@Root() order: Order, @Ctx() context: Context): Promise<(OrderEvent & { currency: string; problem: string | null })[]> {
    const [knowledge, { currency, exponent }] = await Promise.all([known(order, context), currencyOf(order, context)]);
    const problems = refundProblems(knowledge, order.placedAt.getTime(), exponent);
    return knowledge.events.map((event) => ({ ...event, currency, problem: problems.get(event.id) ?? null }));
  }
}

function known({ id }: Order, context: Context): Promise<OrderKnowledge> {
  return context.load(orderKnowledge).load(id);
}

/** What prices are in, by the terms in force when the order was placed. */
async function currencyOf({ programId, placedAt }: Order, { em, services }: Context): Promise<{ currency: string; exponent: number }> {
  const terms = await services.terms.of(em, programId);
  const { currency } = (versionAt(terms, placedAt.getTime()) ?? terms.versions[0]!).document.program;
  return { currency, exponent: currencyExponent(currency) };
}
