/** Instants are milliseconds since 1970 in UTC; at the edges RFC 3339 text. "Now" is always a parameter. */

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const DAY_MS = 86_400_000;
const PLAIN = '0000-00-00T00:00:00Z';
const ZERO = 48;

/** Reads RFC 3339 text. Null when it is none, names no real day, or is finer than a millisecond. */
export function parseInstant(text: string): number | null {
  return text.length === PLAIN.length ? parsePlain(text) : parseAny(text);
}

/** The form that nearly all have, read without a search for the parts. */
function parsePlain(text: string): number | null {
  for (let i = 0; i < PLAIN.length; i++) {
    const code = text.charCodeAt(i);
    if (PLAIN.charCodeAt(i) === ZERO ? code < ZERO || code > ZERO + 9 : code !== PLAIN.charCodeAt(i)) return parseAny(text);
  }
  const year = pairAt(text, 0) * 100 + pairAt(text, 2);
  const month = pairAt(text, 5);
  const day = pairAt(text, 8);
  const hour = pairAt(text, 11);
  const minute = pairAt(text, 14);
  const second = pairAt(text, 17);
  // Of the days that not every month has, and of the first century, the calendar decides.
  if (year < 100 || month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) return parseAny(text);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

function parseAny(text: string): number | null {
  const m = RFC3339.exec(text);
  if (m === null) return null;
  const [year, month, day, hour, minute, second] = [Number(m[1]), Number(m[2]), Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6])];
  if (hour > 23 || minute > 59 || second > 59 || Number(m[9] ?? 0) > 23 || Number(m[10] ?? 0) > 59) return null;
  const start = Date.UTC(year, month - 1, day);
  const back = new Date(start);
  if (back.getUTCFullYear() !== year || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return null;
  const fraction = m[7] ?? '';
  if (fraction.length > 3 && /[1-9]/.test(fraction.slice(3))) return null;
  const millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offset = m[8] === undefined ? 0 : (m[8] === '-' ? -1 : 1) * (Number(m[9]) * 60 + Number(m[10]));
  return start + hour * 3_600_000 + (minute - offset) * 60_000 + second * 1000 + millis;
}

/** Writes an instant in UTC, with milliseconds only where there are any. */
export function formatInstant(instant: number): string {
  const text = new Date(instant).toISOString();
  return instant % 1000 === 0 ? `${text.slice(0, -5)}Z` : text;
}

/** Days, hours and minutes are fixed lengths: a day is 24 hours. */
export function spanMs(span: { days?: number; hours?: number; minutes?: number }): number {
  return (span.days ?? 0) * DAY_MS + (span.hours ?? 0) * 3_600_000 + (span.minutes ?? 0) * 60_000;
}
