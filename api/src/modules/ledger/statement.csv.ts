import { formatDecimal } from '@tributary/shared/money';
import { formatInstant } from '@tributary/shared/time';
import { stringify } from 'csv-stringify/sync';
import type { StatementPiece } from './statement.lines.ts';
import type { StatementHead } from './statement.service.ts';

const COLUMNS = ['unit', 'date', 'kind', 'reference', 'change', 'balance'];
const AT_ONCE = 500;

/** A statement as a table: its first row of a unit is what there was, its last one what there is. */
export async function* statementCsv({ from, to }: StatementHead, pieces: AsyncIterable<StatementPiece>): AsyncGenerator<string> {
  let rows: string[][] = [COLUMNS];
  for await (const piece of pieces) {
    rows.push(rowOf(piece, from, to));
    if (rows.length < AT_ONCE) continue;
    yield write(rows);
    rows = [];
  }
  yield write(rows);
}

function rowOf(piece: StatementPiece, from: number, to: number): string[] {
  const { unit, exponent } = piece.unit;
  const amount = (minor: bigint) => formatDecimal(minor, exponent);
  if (piece.piece === 'opening') return [unit, formatInstant(from), 'opening', '', '', amount(piece.amount)];
  if (piece.piece === 'closing') return [unit, formatInstant(to), 'closing', '', '', amount(piece.amount)];
  const { at, kind, reference, change, balance } = piece.line;
  return [unit, formatInstant(at), kind, textOf(reference ?? ''), amount(change), amount(balance)];
}

/** What a spreadsheet would take for a formula is text. Amounts may be negative and are none. */
function textOf(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function write(rows: string[][]): string {
  return stringify(rows, { record_delimiter: 'windows' });
}
