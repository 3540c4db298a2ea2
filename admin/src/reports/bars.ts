import type { ReportRecord } from './source.ts';

export interface Bar {
  /** What it is of, as in a row: a day, a country. */
  readonly key: string;
  /** None: on this day nothing happened. */
  readonly row: ReportRecord | undefined;
}

/** What a page of a report is a part of. */
export interface Around {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** By what its rows are ordered; by what they are of when it is left out. */
  readonly order: string | undefined;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

const DAY_MS = 86_400_000;

/** The rows of a page as bars. Days in their order are all there, those without a row too: left out they would draw time shorter than it was. */
export function barsOf(rows: readonly ReportRecord[], { from, to, order = 'KEY', hasPrevious, hasNext }: Around): readonly Bar[] {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last || first.by !== 'DAY' || order !== 'KEY') return rows.map((row) => ({ key: row.key, row }));
  const byDay = new Map(rows.map((row) => [row.key, row]));
  const [start, end] = [hasPrevious ? first.key : (from ?? first.key), hasNext ? last.key : (to ?? last.key)].map((day) => Date.parse(day));
  const count = Math.round((end! - start!) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, index) => {
    const key = new Date(start! + index * DAY_MS).toISOString().slice(0, 10);
    return { key, row: byDay.get(key) };
  });
}
