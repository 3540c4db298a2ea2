import { nearTo, spellingsOf } from '../compliance/brand.ts';
import { hostMatches } from '../compliance/hosts.ts';
import { parseDecimal, parsePercent } from '../money/index.ts';
import type { Calendar } from '../time/index.ts';
import { spanMs } from '../time/index.ts';
import type { Condition, FactTest, ListEntry, Scalar, Terms } from './document.ts';
import { type FactContext, type FactReader, type FactValue, type Fold, factReader, foldOf } from './factReader.ts';

export type Predicate = (context: FactContext) => boolean;

/** A condition made ready to run, with the facts that it reads in the order of reading. */
export interface CompiledCondition {
  holds: Predicate;
  /** Paths of the facts, for explanations. */
  facts: string[];
  readers: FactReader[];
}

export interface CompileScope {
  terms: Terms;
  calendar: Calendar;
  currencyExponent: number;
}

export const ALWAYS: CompiledCondition = { holds: () => true, facts: [], readers: [] };

export function compileCondition(condition: Condition | undefined, scope: CompileScope): CompiledCondition {
  if (condition === undefined) return ALWAYS;
  const facts = new Map<string, FactReader>();
  const holds = compileNode(condition, scope, facts);
  return { holds, facts: [...facts.keys()], readers: [...facts.values()] };
}

function compileNode(node: Condition, scope: CompileScope, facts: Map<string, FactReader>): Predicate {
  if ('all' in node) return node.all.map((part) => compileNode(part, scope, facts)).reduceRight(bothHold);
  if ('any' in node) return node.any.map((part) => compileNode(part, scope, facts)).reduceRight(eitherHolds);
  if ('not' in node) {
    const part = compileNode(node.not, scope, facts);
    return (context) => !part(context);
  }
  return compileTest(node, scope, facts);
}

// A chain of pairs, the first part outside: no list is gone through for each order.

function bothHold(rest: Predicate, part: Predicate): Predicate {
  return (context) => part(context) && rest(context);
}

function eitherHolds(rest: Predicate, part: Predicate): Predicate {
  return (context) => part(context) || rest(context);
}

function compileTest(test: FactTest, scope: CompileScope, facts: Map<string, FactReader>): Predicate {
  const read = remember(test.fact, scope, facts);
  const fold = foldOf(test.fact, scope.terms);
  if (test.known !== undefined) return (context) => (read(context) !== undefined) === test.known;
  if (test.is !== undefined) return equality(test.is, read, fold, scope, facts);
  if (test.isNot !== undefined) {
    const same = equality(test.isNot, read, fold, scope, facts);
    return (context) => !same(context);
  }
  if (test.in !== undefined) return membership(test.in, read, fold, scope);
  if (test.notIn !== undefined) {
    const inside = membership(test.notIn, read, fold, scope);
    return (context) => !inside(context);
  }
  if (test.containsAny !== undefined) {
    const has = listTest(test.containsAny, scope, undefined);
    return (context) => {
      const set = read(context);
      return Array.isArray(set) && set.some((value) => has(value, context.at));
    };
  }
  return compileOrdering(test, read, scope, facts);
}

function compileOrdering(test: FactTest, read: FactReader, scope: CompileScope, facts: Map<string, FactReader>): Predicate {
  if (test.below !== undefined) return comparison(read, bound(test.below, test.fact, scope), (a, b) => a < b);
  if (test.atMost !== undefined) return comparison(read, bound(test.atMost, test.fact, scope), (a, b) => a <= b);
  if (test.above !== undefined) return comparison(read, bound(test.above, test.fact, scope), (a, b) => a > b);
  if (test.atLeast !== undefined) return comparison(read, bound(test.atLeast, test.fact, scope), (a, b) => a >= b);
  if (test.within !== undefined) {
    const anchor = remember(test.within.of, scope, facts);
    const end = spanEnd(test.within, scope.calendar);
    return between(read, anchor, (instant, start) => instant >= start && instant <= end(start));
  }
  if (test.sinceAtLeast !== undefined) {
    const anchor = remember(test.sinceAtLeast.of, scope, facts);
    const end = spanEnd(test.sinceAtLeast, scope.calendar);
    return between(read, anchor, (instant, start) => instant >= end(start));
  }
  if (test.near !== undefined) return nearness(test.near, read, scope);
  if (test.hostIn !== undefined) {
    const entries = entriesOf(test.hostIn, scope);
    return (context) => {
      const url = read(context);
      return typeof url === 'string' && entries.some((entry) => entry.holds(context.at) && hostMatches(url, entry.value));
    };
  }
  throw new Error(`the test of ${test.fact} has no operator`);
}

function remember(path: string, scope: CompileScope, facts: Map<string, FactReader>): FactReader {
  const known = facts.get(path);
  if (known !== undefined) return known;
  const reader = factReader(path, scope.terms);
  facts.set(path, reader);
  return reader;
}

function folded(value: FactValue | Scalar, fold: Fold | undefined): FactValue | Scalar {
  return fold !== undefined && typeof value === 'string' ? fold(value) : value;
}

function equality(
  expected: Scalar | { fact: string },
  read: FactReader,
  fold: Fold | undefined,
  scope: CompileScope,
  facts: Map<string, FactReader>,
): Predicate {
  if (typeof expected === 'object') {
    const other = remember(expected.fact, scope, facts);
    return (context) => {
      const value = read(context);
      return value !== undefined && value === other(context);
    };
  }
  if (fold === undefined || typeof expected !== 'string') return (context) => read(context) === expected;
  const wanted = fold(expected);
  return (context) => {
    const value = read(context);
    return value === expected || (typeof value === 'string' && fold(value) === wanted);
  };
}

function membership(list: Scalar[] | string, read: FactReader, fold: Fold | undefined, scope: CompileScope): Predicate {
  const values = steadyValues(list, scope, fold);
  if (values !== undefined && fold === undefined) return (context) => values.has(read(context) as Scalar);
  const has = listTest(list, scope, fold);
  return (context) => {
    const value = read(context);
    return value !== undefined && has(value as Scalar, context.at);
  };
}

/** The values of a list without dates, the usual case: as they are written, and folded. */
function steadyValues(list: Scalar[] | string, scope: CompileScope, fold: Fold | undefined): ReadonlySet<Scalar> | undefined {
  const entries = Array.isArray(list) ? undefined : entriesOf(list, scope);
  if (entries?.some((entry) => !entry.always)) return undefined;
  const values = entries?.map((entry) => entry.value) ?? (list as Scalar[]);
  return new Set<Scalar>([...values, ...values.map((value) => folded(value, fold) as Scalar)]);
}

/** Whether a value stands in a list at an instant. */
function listTest(list: Scalar[] | string, scope: CompileScope, fold: Fold | undefined): (value: Scalar, at: number) => boolean {
  const values = steadyValues(list, scope, fold);
  // To fold is dear, and most values are written as in the list or not at all.
  if (values !== undefined) return (value) => values.has(value) || (fold !== undefined && values.has(folded(value, fold) as Scalar));
  const entries = entriesOf(list as string, scope).map(({ value, holds }) => ({ key: folded(value, fold), holds }));
  return (value, at) => {
    const key = folded(value, fold);
    return entries.some((entry) => entry.key === key && entry.holds(at));
  };
}

export function entriesOf(name: string, scope: CompileScope): { value: string; always: boolean; holds(at: number): boolean }[] {
  const list: (string | ListEntry)[] = scope.terms.lists?.[name] ?? [];
  return list.map((item) => {
    if (typeof item === 'string') return { value: item, always: true, holds: () => true };
    const period = periodOf(item, scope.calendar);
    return { value: item.value, always: false, holds: (at) => at >= period.from && at < period.until };
  });
}

/** The instants between which a dated clause or list entry holds. A day begins at 00:00 in the program's zone. */
export function periodOf(dated: { from?: string; until?: string }, calendar: Calendar): { from: number; until: number } {
  const instant = (text: string) => (text.includes('T') ? Date.parse(text) : calendar.startOfDay(text));
  return {
    from: dated.from === undefined ? Number.NEGATIVE_INFINITY : instant(dated.from),
    until: dated.until === undefined ? Number.POSITIVE_INFINITY : instant(dated.until),
  };
}

function bound(text: string, fact: string, scope: CompileScope): bigint | number {
  if (fact === 'line.rate') return parsePercent(text) as bigint;
  const declared = scope.terms.facts?.find((item) => `${item.level}.${item.name}` === fact);
  if (fact === 'line.quantity' || fact === 'customer.place' || declared?.type === 'integer') return Number(text);
  const money = fact === 'order.price' || fact === 'order.goods' || fact === 'order.shipping' || fact === 'line.price';
  if (money) return parseDecimal(text, scope.currencyExponent) as bigint;
  return parseDecimal(text, 12) as bigint;
}

function comparison(read: FactReader, limit: bigint | number, test: (a: bigint | number, b: bigint | number) => boolean): Predicate {
  return (context) => {
    const value = read(context);
    if (typeof value === 'bigint' || typeof value === 'number') return test(value, limit);
    // A declared decimal travels as text.
    const decimal = typeof value === 'string' ? parseDecimal(value, 12) : null;
    return decimal !== null && test(decimal, limit);
  };
}

function between(read: FactReader, anchor: FactReader, test: (instant: number, start: number) => boolean): Predicate {
  return (context) => {
    const instant = read(context);
    const start = anchor(context);
    return typeof instant === 'number' && typeof start === 'number' && test(instant, start);
  };
}

export function spanEnd(
  span: { days?: number; hours?: number; minutes?: number; years?: number },
  calendar: Calendar,
): (start: number) => number {
  const { years } = span;
  if (years !== undefined) return (start) => calendar.addYears(start, years);
  const length = spanMs(span);
  return (start) => start + length;
}

function nearness(list: string, read: FactReader, scope: CompileScope): Predicate {
  const entries = entriesOf(list, scope).map(({ value, holds }) => ({ holds, isNear: nearTo(value) }));
  return (context) => {
    const text = read(context);
    if (typeof text !== 'string') return false;
    const spellings = spellingsOf(text);
    for (const entry of entries) if (entry.holds(context.at) && entry.isNear(spellings)) return true;
    return false;
  };
}
