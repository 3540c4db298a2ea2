import type { SqlItem } from './sql.ts';

const TO_ESCAPE = /["\\]/g;
/** Types whose values have nothing that means something in an array. */
const BARE: ReadonlySet<string> = new Set(['uuid', 'smallint', 'int', 'bigint', 'boolean']);

/**
 * A PostgreSQL array of a type, as text. `pg` writes arrays, too, but looks through every item for what it would have to escape, and reckons
 * instants in the zone of this machine: for the many columns of a batch that takes several times as long.
 */
export function arrayText(type: string, items: readonly SqlItem[]): string {
  const write = BARE.has(type) ? String : type === 'timestamptz' ? instantText : quoted;
  let text = '{';
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (index > 0) text += ',';
    text += item === null || item === undefined ? 'NULL' : write(item);
  }
  return `${text}}`;
}

function quoted(item: SqlItem): string {
  if (item instanceof Uint8Array) return `"\\\\x${Buffer.from(item.buffer, item.byteOffset, item.byteLength).toString('hex')}"`;
  return `"${String(item).replace(TO_ESCAPE, '\\$&')}"`;
}

let [lastInstant, lastText] = [Number.NaN, ''];

/** Rows that are written together mostly have one instant, and to write one takes as long as all else of a row. */
export function instantText(item: SqlItem): string {
  const instant = Number(item);
  // Years of five digits stand behind a plus, which PostgreSQL does not read.
  if (instant !== lastInstant) [lastInstant, lastText] = [instant, new Date(instant).toISOString().replace(/^\+0*/, '')];
  return lastText;
}
