import { Readable } from 'node:stream';
import { type CsvError, type Options, parse } from 'csv-parse';
import { type FileFormat, type FileRow, type ReadSettings, toUtf8, UnreadableFile } from './format.ts';

const DELIMITERS = [',', ';', '\t', '|'];
/** Nobody's row is longer; a quote that is never closed would make one of all that follows. */
const LONGEST_ROW_BYTES = 1024 * 1024;
const MOST_COLUMNS = 200;
/** After these nobody knows where the next row begins. */
const FATAL = new Set(['CSV_MAX_RECORD_SIZE', 'CSV_QUOTE_NOT_CLOSED']);

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** A table: its first row names the columns. Cells with a delimiter, a quote or a line break stand in quotes. */
export const csv: FileFormat = {
  delimiterOf(sample) {
    const counts = DELIMITERS.map((delimiter) => countOutsideQuotes(sample, delimiter));
    const most = Math.max(...counts);
    return most === 0 ? ',' : (DELIMITERS[counts.indexOf(most)] as string);
  },

  async columnsOf(sample, settings) {
    for await (const { cells } of rowsOf(once(sample), settings)) return named(cells);
    throw new UnreadableFile('The file is empty.');
  },

  async *read(file, settings) {
    let isHeader = true;
    for await (const row of rowsOf(file, settings)) {
      if (!isHeader) yield checked(row, settings.columns.length);
      isHeader = false;
    }
  },
};

async function* once(sample: Buffer): AsyncIterable<Buffer> {
  yield sample;
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

function checked(row: FileRow, columns: number): FileRow {
  if (row.problem !== undefined) return row;
  // Spreadsheets leave out empty cells at the end, and write some that have no column.
  if (row.cells.length > columns && row.cells.slice(columns).some((cell) => cell !== ''))
    return { ...row, problem: `It has ${row.cells.length} cells, and there are ${columns} columns.` };
  return row;
}

/** Every row, the first included. */
async function* rowsOf(
  file: AsyncIterable<Buffer>,
  { encoding, delimiter }: Pick<ReadSettings, 'encoding' | 'delimiter'>,
): AsyncIterable<FileRow> {
  const skipped: FileRow[] = [];
  let fatal: CsvError | undefined;
  // What was read before it is still given out, and nothing after it.
  const untilFatal = async function* () {
    for await (const chunk of toUtf8(file, encoding)) {
      yield chunk;
      if (fatal !== undefined) return;
    }
  };
  const options: Options = {
    bom: true,
    delimiter: delimiter ?? ',',
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: LONGEST_ROW_BYTES,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error === undefined) return undefined;
      if (FATAL.has(error.code)) {
        fatal ??= error;
        return undefined;
      }
      const line = Number(error['lines']);
      if (skipped.at(-1)?.line !== line) skipped.push({ line, cells: [], problem: 'A quote stands in it where none may stand.' });
      return undefined;
    },
  };
  const parser = Readable.from(untilFatal()).pipe(parse(options));
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const line = info.lines - breaksIn(record);
      while (skipped[0] !== undefined && skipped[0].line < line) yield skipped.shift() as FileRow;
      yield { line, cells: record };
    }
    yield* skipped;
  } finally {
    parser.destroy();
  }
  if (fatal !== undefined) throw new UnreadableFile(whyNot(fatal));
}

function whyNot(error: CsvError): string {
  const { code, lines } = error as CsvError & { lines?: unknown };
  const line = typeof lines === 'number' ? ` in line ${lines}` : '';
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `A quote is opened and never closed${line}.`;
  return `A row is longer than ${LONGEST_ROW_BYTES} bytes${line}; perhaps a quote is not closed.`;
}

function breaksIn(record: readonly string[]): number {
  let breaks = 0;
  for (const cell of record) if (cell.includes('\n')) breaks += cell.split('\n').length - 1;
  return breaks;
}
