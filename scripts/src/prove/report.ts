import type { Finding } from './checks.ts';

/** A line per check, and under it what differs. */
export function showFinding({ check, looked, differing, rows }: Finding, say: (line: string) => void): void {
  const of = `(${looked.toLocaleString('en')})`;
  say(differing === 0 ? `ok       ${check.sentence} ${of}` : `DIFFERS  ${check.sentence} ${of}: ${differing.toLocaleString('en')} differ`);
  for (const row of rows) say(`           ${row}`);
  if (differing > rows.length) say(`           and ${(differing - rows.length).toLocaleString('en')} more`);
}
