const DAY_MS = 86_400_000;

/** How many days staff have for a case, where nothing else was set for the program. */
export const CASE_DAYS = 7;
export const MOST_CASE_DAYS = 365;

/** Until when a case is to be settled. It counts from when the breach became known, not from when it was done. */
export function caseDueAt(knownAt: number, days: number): number {
  return knownAt + days * DAY_MS;
}
