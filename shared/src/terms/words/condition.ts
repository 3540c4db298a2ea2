import { builtInFact } from '../catalogue.ts';
import type { Condition, FactTest, FactType, Terms } from '../document.ts';

/** How a language says the parts of a condition. */
export interface ConditionWords {
  test(terms: Terms, test: FactTest, negated: boolean): string;
  joined(parts: readonly string[], last: 'and' | 'or'): string;
  /** Parts of several keep themselves together. */
  grouped(text: string): string;
}

/** `negated`: a `not` around it is drawn into the words; `inner`: it is a part of several. */
export function conditionIn(words: ConditionWords, terms: Terms, condition: Condition, negated = false, inner = false): string {
  if ('not' in condition) return conditionIn(words, terms, condition.not, !negated, inner);
  if ('all' in condition || 'any' in condition) {
    const isAll = 'all' in condition;
    const parts = (isAll ? condition.all : condition.any).map((part) => conditionIn(words, terms, part, negated, true));
    // "not (a and b)" is "not a or not b".
    const text = words.joined([...new Set(parts)], isAll !== negated ? 'and' : 'or');
    return inner && parts.length > 1 ? words.grouped(text) : text;
  }
  return words.test(terms, condition, negated);
}

const MONEY = new Set(['order.price', 'order.goods', 'order.shipping', 'line.price']);

/** Is it in the program's currency? */
export const isMoney = (fact: string): boolean => MONEY.has(fact);

export function typeOfFact(terms: Terms, path: string): FactType | undefined {
  return builtInFact(path)?.type ?? terms.facts?.find((fact) => `${fact.level}.${fact.name}` === path)?.type;
}

/** The one comparison of a test; undefined: it compares nothing. */
export function comparisonOf(
  test: FactTest,
): { readonly how: 'below' | 'atMost' | 'above' | 'atLeast'; readonly bound: string } | undefined {
  const how = (['below', 'atMost', 'above', 'atLeast'] as const).find((name) => test[name] !== undefined);
  return how && { how, bound: test[how] ?? '' };
}

/** "storeCountry" and "weight-class" as "store country" and "weight class". */
export function spaced(name: string): string {
  const apart = name
    .replaceAll('-', ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return apart.charAt(0).toLowerCase() + apart.slice(1);
}
