import type { Clause, Scalar, Terms } from '../../document.ts';
import { type AnySpan, isLong, plainName, type SpanUnit, spanParts, valuesOf } from '../lists.ts';

const CHINESE = /[\p{Script=Han}（）「」、，]/u;

/** Behind Chinese letters a word in Latin ones, or a number, stands after a space. */
export function led(text: string): string {
  return CHINESE.test(text.charAt(0)) ? text : ` ${text}`;
}

/** The same before Chinese letters. */
export function trailed(text: string): string {
  return CHINESE.test(text.charAt(text.length - 1)) ? text : `${text} `;
}

/** "甲", "甲或乙", "甲、乙或丙". */
export function joined(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${trailed(words.slice(0, -1).join('、'))}${last === 'or' ? '或' : '和'}${led(words.at(-1) ?? '')}`;
}

const UNITS: Readonly<Record<SpanUnit, string>> = { days: '天', hours: '小时', minutes: '分钟', years: '年' };

/** "15 天", "1 年". */
export function spanWords(span: AnySpan): string {
  return spanParts(span)
    .map(([unit, count]) => `${count} ${UNITS[unit]}`)
    .join(' ');
}

/** "BR", "RU 或 KZ", "warned countries 所列 18 项之一". */
export function anyOf(terms: Terms, list: readonly Scalar[] | string): string {
  const values = valuesOf(terms, list);
  return isLong(terms, list) ? `${trailed(plainName(list))}所列 ${values.length} 项之一` : joined(values, 'or');
}

/** "special-coupon、coins", "warned countries 所列 18 项". */
export function listed(terms: Terms, list: readonly Scalar[] | string): string {
  const values = valuesOf(terms, list);
  return isLong(terms, list) ? `${trailed(plainName(list))}所列 ${values.length} 项` : values.join('、');
}

/** "，自 2026-01-01 起，至 2026-02-01 前"; nothing where a clause has no dates. */
export function dateWords({ from, until }: Pick<Clause, 'from' | 'until'>): string {
  return `${from === undefined ? '' : `，自 ${from} 起`}${until === undefined ? '' : `，至 ${until} 前`}`;
}
