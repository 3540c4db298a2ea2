import { parsePercent } from '../money/index.ts';
import type { RateClause, RateTable, Terms } from './document.ts';
import { type FactContext, type FactReader, factReader } from './factReader.ts';

/** Finds the rate of a line, on the scale of `parsePercent`; undefined while it goes by a place that has not been given. */
export type RateFinder = (context: FactContext) => bigint | undefined;

export function rateFinder(rate: RateClause['rate'], terms: Terms): RateFinder {
  switch (rate.kind) {
    case 'fixed': {
      const percent = percentOf(rate.percent);
      return () => percent;
    }
    case 'from-line':
      return fromLine(percentOf(rate.atLeast), percentOf(rate.atMost), percentOf(rate.missing));
    case 'table':
      return fromTable(
        rate.table,
        rate.table.by.map((path) => factReader(path, terms)),
      );
    case 'place-tiers':
      return byPlace(rate.tiers.map(({ fromPlace, percent }) => ({ fromPlace, percent: percentOf(percent) })));
  }
}

/** Facts that the rate itself reads. */
export function factsOfRate(rate: RateClause['rate']): readonly string[] {
  switch (rate.kind) {
    case 'fixed':
      return [];
    case 'from-line':
      return ['line.rate'];
    case 'table':
      return rate.table.by;
    case 'place-tiers':
      return ['customer.place'];
  }
}

/** Validation has refused what is no percentage. */
function percentOf(text: string): bigint {
  return parsePercent(text) as bigint;
}

function fromLine(atLeast: bigint, atMost: bigint, missing: bigint): RateFinder {
  return ({ line }) => {
    const told = line?.rate;
    if (told === undefined) return missing;
    return told < atLeast ? atLeast : told > atMost ? atMost : told;
  };
}

function byPlace(tiers: readonly { fromPlace: number; percent: bigint }[]): RateFinder {
  return ({ place }) => {
    if (place === undefined) return undefined;
    let percent = 0n;
    for (const tier of tiers) if (place >= tier.fromPlace) percent = tier.percent;
    return percent;
  };
}

/** A rate, or the cells that the next fact picks from. */
type Cell = bigint | ReadonlyMap<string, Cell>;

function fromTable({ groups }: RateTable, [first, ...others]: readonly FactReader[]): RateFinder {
  const named = new Map<string, Cell>();
  let other: Cell = 0n;
  for (const group of groups) {
    const cell = cellOf(group.cells);
    for (const value of group.in ?? []) named.set(value, cell);
    if (group.other === true) other = cell;
  }
  return (context) => {
    let cell: Cell | undefined = named.get((first as FactReader)(context) as string) ?? other;
    for (const read of others) {
      if (typeof cell !== 'object') return 0n;
      cell = cell.get(String(read(context) ?? ''));
    }
    return typeof cell === 'bigint' ? cell : 0n;
  };
}

function cellOf(cells: string | RateTable['groups'][number]['cells']): Cell {
  return typeof cells === 'string' ? percentOf(cells) : new Map(Object.entries(cells).map(([value, inner]) => [value, cellOf(inner)]));
}
