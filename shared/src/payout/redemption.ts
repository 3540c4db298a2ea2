import { formatDecimal, parseDecimal } from '../money/index.ts';
import type { RedemptionRules } from '../terms/document.ts';
import type { RuleRefusal } from './withdrawal.ts';

export const REDEMPTION_KINDS = ['coupon', 'product', 'checkout'] as const;
export type RedemptionKind = (typeof REDEMPTION_KINDS)[number];

/** What an exchange of points is judged by. */
export interface RedemptionFacts {
  kind: RedemptionKind;
  /** Minor units of the reward. */
  points: bigint;
  available: bigint;
  exponent: number;
  /** Of a product: its price in minor units of the currency, and what that is in points. */
  price?: { currency: bigint; exponent: number; points: bigint };
  discounts: readonly string[];
  /** Of a coupon: what these points must have available, by which rule, and what it would be worth in minor units of the currency. */
  coupon?: { rule: string; minimumAvailable: bigint; worth: bigint };
}

/** Why an exchange is turned away; null: it is taken (BG-12, BG-14, ALL-05). */
export function refuseRedemption(rules: RedemptionRules, facts: RedemptionFacts): RuleRefusal | null {
  const words = (minor: bigint) => formatDecimal(minor, facts.exponent);
  const refusal = refuseByKind(rules, facts, words);
  if (refusal !== null) return refusal;
  return facts.points > facts.available ? { rule: rules.overdraw.id, message: `${words(facts.available)} are available.` } : null;
}

function refuseByKind(
  { checkout, product }: RedemptionRules,
  facts: RedemptionFacts,
  words: (minor: bigint) => string,
): RuleRefusal | null {
  const minimum =
    facts.kind === 'coupon' && facts.coupon !== undefined
      ? { rule: facts.coupon.rule, least: facts.coupon.minimumAvailable }
      : facts.kind === 'checkout' && checkout !== undefined
        ? { rule: checkout.minimum.id, least: parseDecimal(checkout.minimum.available, facts.exponent) ?? 0n }
        : undefined;
  if (minimum !== undefined && facts.available < minimum.least)
    return { rule: minimum.rule, message: `This needs ${words(minimum.least)} available; there are ${words(facts.available)}.` };
  if (facts.coupon?.worth === 0n)
    return { rule: facts.coupon.rule, message: 'That is worth less than the smallest amount of the currency.' };
  if (facts.kind !== 'product' || product === undefined) return null;
  const { price } = facts;
  const least = price === undefined ? 0n : (parseDecimal(product.minimumPrice, price.exponent) ?? 0n);
  if (price === undefined || price.currency < least)
    return { rule: product.id, message: `A product costs at least ${product.minimumPrice}.` };
  if (facts.discounts.length > 0) return { rule: product.id, message: 'A product for points has no other discount.' };
  return facts.points === price.points
    ? null
    : { rule: product.id, message: `The product costs ${words(price.points)}, no more and no less.` };
}
