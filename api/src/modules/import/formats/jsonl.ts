import { CUT_FILE, CUT_ROW, type FileFormat, type FileRow, toText, UnreadableFile } from './format.ts';

const LONGEST_ROW = 1024 * 1024;
const MOST_COLUMNS = 200;
const ROWS_OF_SAMPLE = 1_000;

/** An object on every line. */
export const jsonl: FileFormat = {
  delimiterOf: () => null,

  async columnsOf(sample, { encoding }) {
    const names = new Set<string>();
    const lines = new TextDecoder(encoding).decode(sample).split('\n');
    for (const text of lines.filter((line) => line.trim() !== '').slice(0, ROWS_OF_SAMPLE))
      for (const name of Object.keys(objectOf(text) ?? {})) if (names.size < MOST_COLUMNS) names.add(name);
    if (names.size === 0) throw new UnreadableFile('It has no line with an object.');
    return [...names];
  },

  async *read(file, { encoding, columns }): AsyncIterable<FileRow[]> {
    let rest = '';
    let line = 1;
    for await (const text of toText(file, encoding)) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() as string;
      const rows = lines.flatMap((one, index) => (one.trim() === '' ? [] : [rowOf(line + index, one, columns)]));
      line += lines.length;
      yield rows;
      if (rest.length > LONGEST_ROW) throw new UnreadableFile(`A row is longer than ${LONGEST_ROW} letters in line ${line}.`);
    }
    if (rest.trim() === '') return;
    // A whole object needs no end of its line.
    const isCut = objectOf(rest) === null;
    yield [isCut ? { line, cells: [], problem: CUT_ROW, isCut } : rowOf(line, rest, columns)];
    if (isCut) throw new UnreadableFile(CUT_FILE);
  },
};

function rowOf(line: number, text: string, columns: readonly string[]): FileRow {
  const object = objectOf(text);
  if (object === null) return { line, cells: [], problem: 'It is no JSON object.' };
  const values = columns.map((name) => (Object.hasOwn(object, name) ? object[name] : undefined));
  const cells = values.map((value) => (isDeep(value) ? '' : textOf(value)));
  return values.some((value) => isDeep(value)) ? { line, cells, problem: 'Its values lie in each other without end.' } : { line, cells };
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const DEEPEST = 20;

function isDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth >= DEEPEST || Object.values(value).some((inner) => isDeep(inner, depth + 1));
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? Object.values(value).map(textOf).join(':') : String(value);
}
