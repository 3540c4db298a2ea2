import { formatDecimal } from '../money/index.ts';

const MORE_DECIMALS = 2;
const SCALE = 10n ** BigInt(MORE_DECIMALS);

/** Minor units of commission for each click, written with two decimals more than the unit has, rounded down; null: there were no clicks. */
export function earningsPerClick(commission: bigint, clicks: bigint, exponent: number): string | null {
  return clicks === 0n ? null : formatDecimal((commission * SCALE) / clicks, exponent + MORE_DECIMALS);
}

/** Orders for a hundred clicks, with two decimals, rounded down; null: there were no clicks. */
export function conversionRate(orders: bigint, clicks: bigint): string | null {
  return clicks === 0n ? null : formatDecimal((orders * 100n * SCALE) / clicks, MORE_DECIMALS);
}
