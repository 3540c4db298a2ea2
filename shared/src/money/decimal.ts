/** Exact decimals: whole minor units in a bigint inside, strings at the edges. Nothing is ever rounded by a floating-point number. */

const ZERO = 48;
const NINE = 57;
const POINT = 46;
const MINUS = 45;
/** So many digits before the point, and after it, are taken at most. */
const MOST_WHOLE = 15;
const MOST_FRACTION = 12;

/**
 * Reads a decimal string as minor units of the given exponent: `parseDecimal('12.3', 2)` is `1230n`.
 * Answers null for what is no decimal or is more precise than the exponent allows. Digit by digit, since every price of
 * every order passes here.
 */
export function parseDecimal(text: string, exponent: number): bigint | null {
  const { length } = text;
  const negative = text.charCodeAt(0) === MINUS;
  const start = negative ? 1 : 0;
  let point = start;
  while (point < length && isDigit(text.charCodeAt(point))) point++;
  const whole = point - start;
  if (whole === 0 || whole > MOST_WHOLE) return null;
  const fraction = point < length ? length - point - 1 : 0;
  if (point < length && (text.charCodeAt(point) !== POINT || fraction === 0 || fraction > MOST_FRACTION)) return null;
  for (let i = point + 1; i < length; i++) {
    const code = text.charCodeAt(i);
    // Digits beyond the exponent are fine only when they are zeros.
    if (!isDigit(code) || (i - point > exponent && code !== ZERO)) return null;
  }
  const minor =
    whole + exponent <= MOST_WHOLE ? BigInt(smallMinor(text, start, point, exponent)) : largeMinor(text, start, point, exponent);
  return negative ? -minor : minor;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Up to fifteen digits are exact in a number. */
function smallMinor(text: string, start: number, point: number, exponent: number): number {
  let minor = 0;
  for (let i = start; i < point; i++) minor = minor * 10 + text.charCodeAt(i) - ZERO;
  for (let i = point + 1; i <= point + exponent; i++) minor = minor * 10 + (i < text.length ? text.charCodeAt(i) - ZERO : 0);
  return minor;
}

function largeMinor(text: string, start: number, point: number, exponent: number): bigint {
  return BigInt(text.slice(start, point) + text.slice(point + 1, point + 1 + exponent).padEnd(exponent, '0'));
}

/** Writes minor units as a decimal string with exactly `exponent` places: `formatDecimal(1230n, 2)` is `'12.30'`. */
export function formatDecimal(minor: bigint, exponent: number): string {
  const negative = minor < 0n;
  let digits = (negative ? -minor : minor).toString();
  if (digits.length <= exponent) digits = digits.padStart(exponent + 1, '0');
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
  const whole = Number(rate) / 1_000_000;
  // Most are whole percents.
  if (whole >= 0 && whole <= 100 && Number.isInteger(whole)) return String(whole);
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
