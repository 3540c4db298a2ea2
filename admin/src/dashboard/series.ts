import type { Day } from './source.ts';

export interface Series {
  readonly name: string;
  /** One for each day of the axis. For the eye only: sums that are paid are exact decimals elsewhere. */
  readonly values: readonly number[];
}

/** The days from the first to the last that has something. */
export function axisOf(days: readonly Day[]): readonly string[] {
  const known = days.map(({ day }) => day).sort();
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return [];
  const axis: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) axis.push(new Date(at).toISOString().slice(0, 10));
  return axis;
}

/** Sums by day, one series for each name, in the order of names. */
export function seriesOf(days: readonly Day[], nameOf: (day: Day) => string, amountOf: (day: Day) => number): readonly Series[] {
  const axis = axisOf(days);
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
