import { HUNDRED_PERCENT, scaleToTotal } from '../money/index.ts';
import type { CompiledTerms, Fraction } from '../terms/compile.ts';
import { type Derivation, plainAmount } from './derivation.ts';

/** The commission of a line's value: scaled, converted to the reward's unit, rounded down once (BG-03, AE-09). */
export function commissionOf(compiled: CompiledTerms, value: bigint, rate: bigint, factors: readonly bigint[]): bigint {
  if (factors.length === 0 && compiled.perRate !== undefined) {
    const amount = amountInNumbers(value, rate, compiled.perRate);
    if (amount !== undefined) return amount;
  }
  let numerator = value * rate * compiled.conversion.numerator;
  let denominator = HUNDRED_PERCENT * compiled.conversion.denominator;
  for (const factor of factors) {
    numerator *= factor;
    denominator *= HUNDRED_PERCENT;
  }
  return numerator / denominator;
}

/**
 * The same in numbers, which is nearly always exact and takes a fraction of the time; undefined where it might not be.
 * All are whole and none is negative, so that a product within the safe integers was exact at each step.
 */
function amountInNumbers(value: bigint, rate: bigint, { numerator, denominator }: Fraction<number>): bigint | undefined {
  const product = Number(value) * Number(rate) * numerator;
  // Of safe integers no quotient is rounded up to a whole number that it does not reach.
  return product <= Number.MAX_SAFE_INTEGER ? BigInt(Math.floor(product / denominator)) : undefined;
}

/** Holds an order's lines under its caps, in proportion, the left-over minor units by largest remainder (AE-13). */
export function capLines(compiled: CompiledTerms, amounts: bigint[], derivation: Derivation): bigint[] {
  let capped = amounts;
  for (const cap of compiled.caps) {
    let sum = 0n;
    for (const amount of capped) sum += amount;
    if (sum > cap.amount) {
      capped = scaleToTotal(capped, cap.amount);
      derivation.note(cap.entry);
    }
    derivation.steps.push(['cap', cap.entry.number, plainAmount(sum), plainAmount(cap.amount), capped.map(plainAmount)]);
  }
  return capped;
}
