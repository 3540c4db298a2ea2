import { parseDecimal } from '../money/index.ts';
import type { CompiledTerms } from '../terms/index.ts';
import { payable } from './batch.ts';

/** What became of a coupon, as far as it is written down. Instants are milliseconds. */
export interface CouponFacts {
  expiresAt: number | null;
  heldFor: string | null;
  heldUntil: number | null;
  usedFor: string | null;
  voidAt: number | null;
}

export type CouponStatus = 'valid' | 'held' | 'used' | 'expired' | 'void';

/** What a coupon is at an instant. A hold that was given before its end is good until it lapses. */
export function couponStatusAt({ expiresAt, heldUntil, usedFor, voidAt }: CouponFacts, at: number): CouponStatus {
  if (usedFor !== null) return 'used';
  if (voidAt !== null) return 'void';
  if (heldUntil !== null && at < heldUntil) return 'held';
  return expiresAt !== null && at >= expiresAt ? 'expired' : 'valid';
}

/** Why a cart cannot hold or use a coupon; `same`: it has done so already; null: it can. */
export function refuseCoupon(coupon: CouponFacts, cart: string, act: 'hold' | 'use', at: number): 'same' | CouponStatus | null {
  const status = couponStatusAt(coupon, at);
  if (status === 'used') return act === 'use' && coupon.usedFor === cart ? 'same' : 'used';
  if (status === 'held' && coupon.heldFor === cart) return act === 'hold' ? 'same' : null;
  return status === 'valid' ? null : status;
}

/** What points buy coupons: how many must be available, what they are worth, and the rule. */
export interface CouponPoints {
  rule: string;
  unit: string;
  exponent: number;
  minimumAvailable: bigint;
  /** Minor units of the program's currency for so many minor units of these points, rounded down. */
  worth(points: bigint): bigint;
}

/** Of commissions or of activity, as far as the terms let them buy coupons. */
export function couponPoints(compiled: CompiledTerms, unit: string): CouponPoints | null {
  const { redemption, reward, activity } = compiled.terms;
  const coupon = redemption?.coupon;
  if (coupon === undefined) return null;
  if (unit === reward.unit) {
    const { exponent } = reward;
    const minimumAvailable = parseDecimal(coupon.minimumAvailable, exponent) ?? 0n;
    return { rule: coupon.id, unit, exponent, minimumAvailable, worth: (points) => payable(compiled, points) };
  }
  if (activity === undefined || unit !== activity.unit || coupon.activity === undefined) return null;
  const { exponent } = activity;
  const { id, minimumAvailable, perCurrencyUnit } = coupon.activity;
  const points = parseDecimal(perCurrencyUnit, PLACES) as bigint;
  const numerator = 10n ** BigInt(PLACES + compiled.currencyExponent);
  const denominator = points * 10n ** BigInt(exponent);
  return {
    rule: id,
    unit,
    exponent,
    minimumAvailable: parseDecimal(minimumAvailable, exponent) ?? 0n,
    worth: (amount) => (amount * numerator) / denominator,
  };
}

const PLACES = 12;
