import type { Finding } from './checks.ts';
import type { Replay } from './replay/index.ts';

export type Say = (line: string) => void;

const count = (number: number) => number.toLocaleString('en');

/** A line per check, and under it what differs. */
export function showFinding({ check, looked, differing, rows }: Finding, say: Say): void {
  const of = `(${count(looked)})`;
  say(differing === 0 ? `ok       ${check.sentence} ${of}` : `DIFFERS  ${check.sentence} ${of}: ${count(differing)} differ`);
  showRows(rows, differing, say);
}

/** The same of a replay: what was told, and what came out otherwise. */
export function showReplay({ facts, acts, refused, differences }: Replay, say: Say): void {
  say(
    `${refused.length === 0 ? 'ok      ' : 'DIFFERS '} Told again to an empty database: ${count(facts)} facts and ${count(acts)} acts; ${count(refused.length)} turned away`,
  );
  showRows(refused.slice(0, 5), refused.length, say);
  for (const { what, compared, differing, rows } of differences) {
    say(`${differing === 0 ? 'ok      ' : 'DIFFERS '} Replayed ${what} (${count(compared)}): ${count(differing)} differ`);
    showRows(rows, differing, say);
  }
}

function showRows(rows: readonly string[], total: number, say: Say): void {
  for (const row of rows) say(`           ${row}`);
  if (total > rows.length) say(`           and ${count(total - rows.length)} more`);
}
