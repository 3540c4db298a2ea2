import type { AttributeValue } from '@tributary/shared/facts';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { AttributeType, attributesOf } from '../../platform/graphql/attribute.ts';
import { type Affiliate, AffiliateType, affiliatesById } from '../affiliate/index.ts';
import type { OrderEvent } from './order.facts.ts';
import { OrderEventType, OrderLineType, RefundedLineType } from './order.type.ts';

const BY_STAFF = new Set(['corrected', 'voided', 'undone', 'attributed']);

@Resolver(() => OrderLineType)
export class OrderLineResolver {
  @FieldResolver(() => [AttributeType])
  attributes(@Root() { attributeValues }: { attributeValues?: Record<string, AttributeValue> }): AttributeType[] {
    return attributesOf(attributeValues);
  }
}

@Resolver(() => OrderEventType)
export class OrderEventResolver {
  /** What staff wrote for themselves may name others. */
  @FieldResolver(() => String, { nullable: true })
  reason(@Root() { kind, content }: OrderEvent, @Ctx() { viewer }: Context): string | null {
    return viewer.kind === 'affiliate' && BY_STAFF.has(kind) ? null : (content.reason ?? null);
  }

  @FieldResolver(() => String, { nullable: true })
  inFavorOf(@Root() { content }: OrderEvent): string | null {
    return content.inFavorOf ?? null;
  }

  @FieldResolver(() => String, { nullable: true })
  spam(@Root() { content }: OrderEvent): string | null {
    return content.spam ?? null;
  }

  @FieldResolver(() => [RefundedLineType], { nullable: true })
  lines(@Root() { content, currency }: OrderEvent & { currency: string }): RefundedLineType[] | null {
    const { lines } = content;
    return lines?.map(({ amount, ...line }) => ({ ...line, ...(amount === undefined ? {} : { amount: { amount, currency } }) })) ?? null;
  }

  @FieldResolver(() => AffiliateType, { nullable: true })
  affiliate(@Root() { content }: OrderEvent, @Ctx() context: Context): Promise<Affiliate | null> | null {
    return content.affiliateId == null ? null : context.load(affiliatesById).load(content.affiliateId);
  }
}
