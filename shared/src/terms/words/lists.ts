import type { Scalar, Span, Terms } from '../document.ts';

/** Longer lists are named instead of spelled out. */
const MOST_SPELLED = 12;

/** Values of a list by name, or those given. */
export function valuesOf(terms: Terms, list: readonly Scalar[] | string): string[] {
  if (typeof list !== 'string') return list.map(String);
  return (terms.lists?.[list] ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.value));
}

/** Is it a list by name that has too many values to be spelled out? */
export function isLong(terms: Terms, list: readonly Scalar[] | string): list is string {
  return typeof list === 'string' && valuesOf(terms, list).length > MOST_SPELLED;
}

/** "southeast-asia" as "southeast asia": names of lists read as words. */
export function plainName(name: string): string {
  return name.replaceAll('-', ' ');
}

/** An amount in the program's currency, as people read it: "5000.00 USD". */
export function money(terms: Terms, amount: string): string {
  return `${amount} ${terms.program.currency}`;
}

export type SpanUnit = 'days' | 'hours' | 'minutes' | 'years';
export type AnySpan = Span | Partial<Record<SpanUnit, number>>;

const UNITS: readonly string[] = ['days', 'hours', 'minutes', 'years'] satisfies SpanUnit[];

/** The parts of a length of time; what else stands beside them is left out. */
export function spanParts(span: AnySpan): [unit: SpanUnit, count: number][] {
  return Object.entries(span).filter((part): part is [SpanUnit, number] => UNITS.includes(part[0]));
}
