import { dateMillis } from '../codes.ts';
import type { Condition } from '../document.ts';
import type { Draft } from '../draft.ts';
import type { CheckContext } from './context.ts';

/** From the first instant to before the second. */
export interface Period {
  from: number;
  until: number;
}

/** When a clause holds; a date that cannot be read counts as none, it has its own finding. */
export function periodOf(context: CheckContext, dated: { from?: string | undefined; until?: string | undefined }): Period {
  const instant = (text: string | undefined, otherwise: number) =>
    text === undefined ? otherwise : (dateMillis(text, context.calendar) ?? otherwise);
  return { from: instant(dated.from, Number.NEGATIVE_INFINITY), until: instant(dated.until, Number.POSITIVE_INFINITY) };
}

export function overlap(a: Period, b: Period): boolean {
  return a.from < b.until && b.from < a.until;
}

/** Whether the inner period leaves a part of the outer one free. */
export function isPartOf(inner: Period, outer: Period): boolean {
  return inner.from >= outer.from && inner.until <= outer.until && (inner.from > outer.from || inner.until < outer.until);
}

/** Whether the periods together leave nothing of the one free. */
export function covers(periods: readonly Period[], one: Period): boolean {
  let reached = one.from;
  for (const period of [...periods].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (period.from > reached) return false;
    if (period.until > reached) reached = period.until;
    if (reached >= one.until) return true;
  }
  return reached >= one.until;
}

/** The same text for conditions that say the same in another order. The condition that always holds is empty. */
export function conditionKey(condition: Draft<Condition> | undefined): string {
  if (condition === undefined) return '';
  if ('all' in condition || 'any' in condition) {
    const [word, parts] = 'all' in condition ? ['all', condition.all] : ['any', 'any' in condition ? condition.any : []];
    const keys = [...new Set((parts ?? []).map((part) => conditionKey(part)))].sort();
    return keys.length === 1 ? (keys[0] ?? '') : `${word}(${keys.join('&')})`;
  }
  if ('not' in condition) return `not(${conditionKey(condition.not)})`;
  return canonical(condition);
}

/** JSON with sorted keys; the values of `in` and its kin are sets, and sorted too. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? '';
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.sort().join()}}`;
}
