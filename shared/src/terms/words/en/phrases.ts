import type { Clause, Scalar, Terms } from '../../document.ts';
import { type AnySpan, isLong, plainName, spanParts, valuesOf } from '../lists.ts';

/** "a", "a or b", "a, b or c". */
export function joined(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** "15 days", "1 year". */
export function spanWords(span: AnySpan): string {
  return spanParts(span)
    .map(([unit, count]) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`)
    .join(' ');
}

/** "BR", "RU or KZ", "one of the 18 of warned countries". */
export function anyOf(terms: Terms, list: readonly Scalar[] | string): string {
  const values = valuesOf(terms, list);
  return isLong(terms, list) ? `one of the ${values.length} of ${plainName(list)}` : joined(values, 'or');
}

/** "special-coupon, coins", "the 18 of warned countries". */
export function listed(terms: Terms, list: readonly Scalar[] | string): string {
  const values = valuesOf(terms, list);
  return isLong(terms, list) ? `the ${values.length} of ${plainName(list)}` : values.join(', ');
}

/** ", from 2026-01-01 on and before 2026-02-01"; nothing where a clause has no dates. */
export function dateWords({ from, until }: Pick<Clause, 'from' | 'until'>): string {
  const parts = [...(from === undefined ? [] : [`from ${from} on`]), ...(until === undefined ? [] : [`before ${until}`])];
  return parts.length === 0 ? '' : `, ${parts.join(' and ')}`;
}
