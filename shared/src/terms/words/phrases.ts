import type { Scalar, Span, Terms } from '../document.ts';

/** Longer lists are named instead of spelled out. */
const MOST_SPELLED = 12;

/** "a", "a or b", "a, b or c". */
export function joined(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** "15 days", "1 year". */
export function spanWords(span: Span | Partial<Record<'days' | 'hours' | 'minutes' | 'years', number>>): string {
  const units = Object.entries(span).filter(([unit]) => ['days', 'hours', 'minutes', 'years'].includes(unit));
  return units.map(([unit, count]) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`).join(' ');
}

/** Values of a list by name, or those given; spelled out where they are few. */
export function valuesOf(terms: Terms, list: readonly Scalar[] | string): string[] {
  if (typeof list !== 'string') return list.map(String);
  return (terms.lists?.[list] ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.value));
}

/** "BR", "RU or KZ", "one of the 18 of warned-countries". */
export function anyOf(terms: Terms, list: readonly Scalar[] | string): string {
  const values = valuesOf(terms, list);
  if (typeof list === 'string' && values.length > MOST_SPELLED) return `one of the ${values.length} of ${plainName(list)}`;
  return joined(values, 'or');
}

/** "special-coupon, coins", "the 18 of warned-countries". */
export function listed(terms: Terms, list: readonly Scalar[] | string): string {
  const values = valuesOf(terms, list);
  if (typeof list === 'string' && values.length > MOST_SPELLED) return `the ${values.length} of ${plainName(list)}`;
  return values.join(', ');
}

/** "southeast-asia" as "southeast asia": names of lists read as words. */
export function plainName(name: string): string {
  return name.replaceAll('-', ' ');
}

/** An amount in the program's currency, as people read it: "5000.00 USD". */
export function money(terms: Terms, amount: string): string {
  return `${amount} ${terms.program.currency}`;
}

/** ", from 2026-01-01 on and before 2026-02-01"; nothing where a clause has no dates. */
export function dateWords({ from, until }: { from?: string; until?: string }): string {
  const parts = [...(from === undefined ? [] : [`from ${from} on`]), ...(until === undefined ? [] : [`before ${until}`])];
  return parts.length === 0 ? '' : `, ${parts.join(' and ')}`;
}
