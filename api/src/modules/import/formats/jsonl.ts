import { type FileFormat, type FileRow, toUtf8, UnreadableFile } from './format.ts';

const LONGEST_ROW = 1024 * 1024;
const MOST_COLUMNS = 200;
const ROWS_OF_SAMPLE = 1_000;

/** An object on every line. */
export const jsonl: FileFormat = {
  delimiterOf: () => null,

  async columnsOf(sample, { encoding }) {
    const names = new Set<string>();
    let read = 0;
    for await (const { text } of linesOf(once(sample), encoding)) {
      for (const name of Object.keys(objectOf(text) ?? {})) if (names.size < MOST_COLUMNS) names.add(name);
      if (++read >= ROWS_OF_SAMPLE) break;
    }
    if (names.size === 0) throw new UnreadableFile('It has no line with an object.');
    return [...names];
  },

  async *read(file, { encoding, columns }): AsyncIterable<FileRow> {
    for await (const { line, text } of linesOf(file, encoding)) {
      const object = objectOf(text);
      if (object === null) {
        yield { line, cells: [], problem: 'It is no JSON object.' };
        continue;
      }
      const values = columns.map((name) => (Object.hasOwn(object, name) ? object[name] : undefined));
      const cells = values.map((value) => (isDeep(value) ? '' : textOf(value)));
      yield values.some((value) => isDeep(value)) ? { line, cells, problem: 'Its values lie in each other without end.' } : { line, cells };
    }
  },
};

async function* once(sample: Buffer): AsyncIterable<Buffer> {
  yield sample;
}

async function* linesOf(file: AsyncIterable<Buffer>, encoding: string): AsyncIterable<{ line: number; text: string }> {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 0;
  for await (const chunk of toUtf8(file, encoding)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() as string;
    if (rest.length > LONGEST_ROW)
      throw new UnreadableFile(`A row is longer than ${LONGEST_ROW} letters in line ${line + lines.length + 1}.`);
    for (const text of lines) {
      line++;
      if (text.trim() !== '') yield { line, text };
    }
  }
  if (rest.trim() !== '') yield { line: line + 1, text: rest };
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
