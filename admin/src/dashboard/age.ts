import type { Say } from '../words/words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long it is between two instants: `3 days`, `5 hours`. */
export function ageOf(from: string, to: string, say: Say): string {
  const span = Math.max(0, Date.parse(to) - Date.parse(from));
  if (span >= DAY_MS) return say('1 day |||| %{smart_count} days', { smart_count: Math.floor(span / DAY_MS) });
  if (span >= HOUR_MS) return say('1 hour |||| %{smart_count} hours', { smart_count: Math.floor(span / HOUR_MS) });
  return say('less than an hour');
}
