import type { Day } from './source.ts';

export interface Series {
  readonly name: string;
  /** One for each day of the axis. For the eye only: sums that are paid are exact decimals elsewhere. */
  readonly values: readonly number[];
}

const DAY_MS = 86_400_000;

/** So many days up to that of an instant, whether anything happened on them or not. */
export function axisOf(now: string, count: number): readonly string[] {
  const last = Date.parse(now);
  return Array.from({ length: count }, (_, index) => new Date(last - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10));
}

/** Sums by day, one series for each name, in the order of names. */
export function seriesOf(
  axis: readonly string[],
  days: readonly Day[],
  nameOf: (day: Day) => string,
  amountOf: (day: Day) => number,
): readonly Series[] {
  const groups = Map.groupBy(days, nameOf);
  return [...groups.keys()].sort().map((name) => ({
    name,
    values: axis.map((day) => (groups.get(name) ?? []).filter((one) => one.day === day).reduce((sum, one) => sum + amountOf(one), 0)),
  }));
}

/** The share of orders that earn nothing, as whole percents. */
export function refusalRate(days: readonly Day[]): number {
  const all = days.reduce((sum, { orders }) => sum + orders, 0);
  const refused = days.filter(({ status }) => status === 'rejected').reduce((sum, { orders }) => sum + orders, 0);
  return all === 0 ? 0 : Math.round((100 * refused) / all);
}
