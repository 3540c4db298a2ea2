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

/** The least that reaches a class, in minor units of its measure; the lowest class needs nothing. */
export function neededFor(classes: Classes, wanted: string, exponent: number): bigint {
  const threshold = classes.thresholds[wanted];
  if (threshold === undefined) return 0n;
  const { atLeast, above } = threshold;
  // The catalogue has amounts as decimals of any precision; a threshold finer than the unit is met by the next minor unit.
  return atLeast === undefined ? floorOf(above as string, exponent) + 1n : ceilingOf(atLeast, exponent);
}

/** Minor units that a class still lacks of what is measured; zero: it is reached. */
export function missingToClass(classes: Classes, wanted: string, measured: bigint, exponent: number): bigint {
  const needed = neededFor(classes, wanted, exponent);
  return measured >= needed ? 0n : needed - measured;
}

const PLACES = 12;

function floorOf(text: string, exponent: number): bigint {
  return (parseDecimal(text, PLACES) as bigint) / 10n ** BigInt(PLACES - exponent);
}

function ceilingOf(text: string, exponent: number): bigint {
  const unit = 10n ** BigInt(PLACES - exponent);
  return ((parseDecimal(text, PLACES) as bigint) + unit - 1n) / unit;
}
