import { sumsOf } from '../ui/sums.ts';

interface Sum {
  readonly value: string;
  readonly unit: string;
}

/** What orders of a class earn, and would earn. */
export interface ClassSum {
  readonly class: string | null;
  readonly orders: number;
  readonly changed: number;
  readonly before: Sum;
  readonly after: Sum;
}

const add = (one: Sum, other: Sum): Sum => sumsOf([one, other])[0] ?? one;

const both = (one: ClassSum, other: ClassSum): ClassSum => ({
  class: one.class,
  orders: one.orders + other.orders,
  changed: one.changed + other.changed,
  before: add(one.before, other.before),
  after: add(one.after, other.after),
});

/** Sums so far and those of the next part, class by class in the order of their names. */
export function addParts(sums: readonly ClassSum[], part: readonly ClassSum[]): readonly ClassSum[] {
  const byClass = Map.groupBy([...sums, ...part], (sum) => sum.class);
  return [...byClass.values()].map((found) => found.reduce(both)).sort((one, other) => (one.class ?? '').localeCompare(other.class ?? ''));
}

/** Of all classes; undefined: there are none. */
export function totalOf(sums: readonly ClassSum[]): ClassSum | undefined {
  return sums.length === 0 ? undefined : sums.reduce(both);
}

/** What would be paid more, or less. */
export function differenceOf({ before, after }: ClassSum): string {
  const negative = before.value.startsWith('-') ? before.value.slice(1) : `-${before.value}`;
  return add(after, { ...before, value: negative }).value;
}
