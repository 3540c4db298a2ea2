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
