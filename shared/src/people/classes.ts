import { parseDecimal } from '../money/index.ts';
import type { Classes } from '../terms/document.ts';

/** Whether one class stands above another. Whoever has none stands below all. */
export function isHigherClass(classes: Classes, wanted: string, current: string | null): boolean {
  return classes.names.indexOf(wanted) > (current === null ? -1 : classes.names.indexOf(current));
}

/** The classes above a class, the next one first; above none all of them. */
export function classesAbove(classes: Classes, current: string | null): string[] {
  return classes.names.filter((name) => isHigherClass(classes, name, current));
}

/** Minor units of paid sales that a class still lacks; zero: it is reached. */
export function missingSales(classes: Classes, wanted: string, paidSales: bigint, currencyExponent: number): bigint {
  const threshold = classes.thresholds[wanted];
  if (threshold === undefined) return 0n;
  const { atLeast, above } = threshold;
  // The catalogue has amounts as decimals of any precision; a threshold finer than the currency is met by the next minor unit.
  const least = atLeast === undefined ? floorOf(above as string, currencyExponent) + 1n : ceilingOf(atLeast, currencyExponent);
  return paidSales >= least ? 0n : least - paidSales;
}

const PLACES = 12;

function floorOf(text: string, exponent: number): bigint {
  return (parseDecimal(text, PLACES) as bigint) / 10n ** BigInt(PLACES - exponent);
}

function ceilingOf(text: string, exponent: number): bigint {
  const unit = 10n ** BigInt(PLACES - exponent);
  return ((parseDecimal(text, PLACES) as bigint) + unit - 1n) / unit;
}
