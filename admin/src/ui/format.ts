const instantFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `1 Mar 2026, 12:00 UTC` */
export function formatInstant(instant: string): string {
  return `${instantFormat.format(new Date(instant))} UTC`;
}

const BEGINNING = '1970-01-01T00:00:00Z';

/** `1 Mar 2026`; terms that hold from 1970 on hold from the beginning. */
export function formatDate(instant: string): string {
  if (instant === BEGINNING) return 'the beginning';
  return dateFormat.format(new Date(instant));
}

/** An exact decimal with thousands set apart, its decimals as they came: `12345.60` is `12,345.60`. */
export function formatDecimal(value: string): string {
  const [, sign = '', whole = value, fraction = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(value) ?? [];
  return `${sign && '−'}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

/** `IN_REVIEW` and `in-review` as `In review`. */
export function formatWord(word: string): string {
  const plain = word.replaceAll(/[_-]/g, ' ').toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
