/** The zone of the reader's machine. */
export const READER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Terms that hold from 1970 on hold from the beginning. */
export const BEGINNING = '1970-01-01T00:00:00Z';

/** The English of the pages is British: days come before months. */
const TAGS: Readonly<Record<string, string>> = { en: 'en-GB', zh: 'zh-CN' };
const tagOf = (locale: string) => TAGS[locale] ?? locale;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(locale: string, timeZone: string, isExact: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${isExact}`;
  const known = formats.get(key);
  if (known) return known;
  const time = isExact ? ({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const) : {};
  const made = new Intl.DateTimeFormat(tagOf(locale), { day: 'numeric', month: 'short', year: 'numeric', timeZone, ...time });
  formats.set(key, made);
  return made;
}

/** `1 Mar 2026, 12:00 UTC` */
export function formatInstant(instant: string, locale = 'en', timeZone = 'UTC'): string {
  return formatOf(locale, timeZone, true).format(new Date(instant));
}

/** `1 Mar 2026` */
export function formatDate(instant: string, locale = 'en', timeZone = 'UTC'): string {
  return formatOf(locale, timeZone, false).format(new Date(instant));
}

const signs = new Map<string, { readonly group: string; readonly decimal: string }>();
function signsOf(locale: string) {
  const known = signs.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(tagOf(locale)).formatToParts(1_234_567.5);
  const read = (kind: string, otherwise: string) => parts.find(({ type }) => type === kind)?.value ?? otherwise;
  const found = { group: read('group', ','), decimal: read('decimal', '.') };
  signs.set(locale, found);
  return found;
}

/** An exact decimal with thousands set apart, its decimals as they came: `12345.60` is `12,345.60`. */
export function formatDecimal(value: string, locale = 'en'): string {
  const [, sign = '', whole = value, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const { group, decimal } = signsOf(locale);
  return `${sign && '−'}${whole.replaceAll(/\B(?=(\d{3})+$)/g, group)}${fraction && decimal}${fraction}`;
}

/** `IN_REVIEW` and `in-review` as `In review`. */
export function formatWord(word: string): string {
  const plain = word.replaceAll(/[_-]/g, ' ').toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** How a sentence ends before the next one. */
export const sentenceEnd = (locale: string): string => (locale === 'zh' ? '。' : '. ');

/** Clauses in words begin small, where a language has small letters, and have no full stop, for they are parts of sentences: here they stand alone. */
export function formatClause(text: string, locale: string): string {
  // A Chinese sentence may begin with a name, which stays as it is.
  const begun = locale === 'zh' ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return `${begun}${sentenceEnd(locale).trim()}`;
}
