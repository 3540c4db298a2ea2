import { CUT_FILE, CUT_ROW, type FileFormat, type FileRow, toText, UnreadableFile } from './format.ts';
import { TableReader, type TableRow } from './table.ts';

const DELIMITERS = [',', ';', '\t', '|'];
const MOST_COLUMNS = 200;

/** A table: its first row names the columns. */
export const csv: FileFormat = {
  delimiterOf(sample) {
    const counts = DELIMITERS.map((delimiter) => countOutsideQuotes(sample, delimiter));
    const most = Math.max(...counts);
    return most === 0 ? ',' : (DELIMITERS[counts.indexOf(most)] as string);
  },

  async columnsOf(sample, { encoding, delimiter }) {
    const reader = new TableReader(delimiter ?? ',');
    const [header] = [...reader.write(new TextDecoder(encoding).decode(sample)), ...reader.end()];
    if (header !== undefined) return named(header.cells);
    throw reader.failure ?? new UnreadableFile('The file is empty.');
  },

  async *read(file, { encoding, delimiter, columns }) {
    let isHeader = true;
    for await (const rows of rowsOf(file, encoding, delimiter ?? ',')) {
      const checked = (isHeader ? rows.slice(1) : rows).map((row) => check(row, columns.length));
      isHeader &&= rows.length === 0;
      yield checked;
      if (checked.at(-1)?.isCut) throw new UnreadableFile(CUT_FILE);
    }
  },
};

async function* rowsOf(file: AsyncIterable<Buffer>, encoding: string, delimiter: string): AsyncIterable<TableRow[]> {
  const reader = new TableReader(delimiter);
  for await (const text of toText(file, encoding)) {
    yield reader.write(text);
    if (reader.failure !== undefined) throw reader.failure;
  }
  yield reader.end();
  if (reader.failure !== undefined) throw reader.failure;
}

/** In the first row. */
function countOutsideQuotes(sample: string, delimiter: string): number {
  let count = 0;
  let quoted = false;
  let isBegun = false;
  for (const letter of sample) {
    isBegun ||= letter.trim() !== '' && letter !== '\ufeff';
    if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === '\n' || letter === '\r') && isBegun) break;
    else if (!quoted && letter === delimiter) count++;
  }
  return count;
}

/** Every column by a name of its own. */
function named(header: readonly string[]): readonly string[] {
  if (header.length > MOST_COLUMNS) throw new UnreadableFile(`It has more than ${MOST_COLUMNS} columns.`);
  const seen = new Map<string, number>();
  return header.map((cell, index) => {
    const name = cell.trim().slice(0, 100) || `column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function check(row: TableRow, columns: number): FileRow {
  const { cells, problem, isUnended } = row;
  // A last row without an end of its line may be whole: many programs write it so. One with fewer cells is not.
  if (isUnended && cells.length < columns && cells.some((cell) => cell.trim() !== '')) return { ...row, problem: CUT_ROW, isCut: true };
  if (problem !== undefined) return row;
  // Spreadsheets leave out empty cells at the end, and write some that have no column.
  if (cells.length > columns && cells.slice(columns).some((cell) => cell !== ''))
    return { ...row, problem: `It has ${cells.length} cells, and there are ${columns} columns.` };
  return row;
}
