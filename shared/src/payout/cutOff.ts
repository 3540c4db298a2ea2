import type { Calendar } from '../time/index.ts';

/** A monthly instant at which balances are taken. */
export interface CutOff {
  at: number;
  /** Year and month of the cut-off in the program's zone, e.g. `2026-03`. */
  batch: string;
}

/** The first cut-off after an instant: a request made at the very cut-off goes into the next one (BS-09). */
export function nextCutOff(calendar: Calendar, dayOfMonth: number, after: number): CutOff {
  for (let months = 0; ; months++) {
    const { at, year, month } = calendar.dayOfMonth(after, months, dayOfMonth);
    if (at > after) return { at, batch: `${year}-${String(month).padStart(2, '0')}` };
  }
}

/** The instant of the cut-off that a batch is named by; null: the name is no year and month. */
export function cutOffOf(calendar: Calendar, dayOfMonth: number, batch: string): number | null {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(batch) ?? [];
  if (year === undefined) return null;
  // The middle of a month lies in it in every zone.
  return calendar.dayOfMonth(Date.UTC(Number(year), Number(month) - 1, 15), 0, dayOfMonth).at;
}
