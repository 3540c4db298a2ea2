/** Exact decimals: whole minor units in a bigint inside, strings at the edges. Never a floating-point number. */

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/;

/**
 * Reads a decimal string as minor units of the given exponent: `parseDecimal('12.3', 2)` is `1230n`.
 * Answers null for what is no decimal or is more precise than the exponent allows.
 */
export function parseDecimal(text: string, exponent: number): bigint | null {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  const kept = fraction.length > exponent ? cutZeros(fraction, exponent) : fraction;
  if (kept === null) return null;
  const minor = BigInt(match[2] + kept.padEnd(exponent, '0'));
  return match[1] === '-' ? -minor : minor;
}

/** Digits beyond the exponent are fine only when they are zeros. */
function cutZeros(fraction: string, exponent: number): string | null {
  for (let i = exponent; i < fraction.length; i++) if (fraction.charCodeAt(i) !== 48) return null;
  return fraction.slice(0, exponent);
}

/** Writes minor units as a decimal string with exactly `exponent` places: `formatDecimal(1230n, 2)` is `'12.30'`. */
export function formatDecimal(minor: bigint, exponent: number): string {
  const negative = minor < 0n;
  const digits = (negative ? -minor : minor).toString().padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return negative ? `-${text}` : text;
}

/** Places kept of a percentage or factor. */
export const RATE_PLACES = 6;
/** One whole percent as a rate. */
export const ONE_PERCENT = 1_000_000n;
/** A hundred percent as a rate; also a factor of 1. */
export const HUNDRED_PERCENT = 100_000_000n;

/** Reads a percentage (`'0.72'`) as a rate, in millionths of a percent. Null when it is none. */
export function parsePercent(text: string): bigint | null {
  return parseDecimal(text, RATE_PLACES);
}

/** Reads a factor from 0 to 1 (`'0.5'`) on the scale of {@link HUNDRED_PERCENT}. */
export function parseFactor(text: string): bigint | null {
  const scaled = parseDecimal(text, 8);
  return scaled === null || scaled < 0n || scaled > HUNDRED_PERCENT ? null : scaled;
}

/** Writes a rate as the shortest percentage: `'7'`, `'0.72'`. */
export function formatPercent(rate: bigint): string {
  return trimZeros(formatDecimal(rate, RATE_PLACES));
}

/** Writes a factor as the shortest decimal: `'0.5'`. */
export function formatFactor(factor: bigint): string {
  return trimZeros(formatDecimal(factor, 8));
}

/** The shortest way to write a decimal: `'12.30'` is `'12.3'`, `'7.00'` is `'7'`. */
export function trimZeros(text: string): string {
  if (!text.includes('.')) return text;
  let end = text.length;
  while (text.charCodeAt(end - 1) === 48) end--;
  if (text.charCodeAt(end - 1) === 46) end--;
  return text.slice(0, end);
}
