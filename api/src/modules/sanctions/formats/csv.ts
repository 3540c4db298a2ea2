import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { BadList, entryOf, LONGEST_TEXT, type ReadList } from './format.ts';

const COLUMNS = ['id', 'name', 'aliases', 'countries'];
const split = (text: string | undefined) =>
  (text ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A table with the columns id, name, aliases and countries; several of the latter two with a semicolon between. */
export const readCsv: ReadList = async function* (text) {
  const parser = parse({
    columns: (header: string[]) => {
      const missing = COLUMNS.filter((column) => !header.includes(column));
      if (missing.length > 0) throw new BadList(`The column ${missing[0]} is missing.`);
      return header;
    },
    skip_empty_lines: true,
    max_record_size: LONGEST_TEXT,
  });
  // What is wrong with the file itself comes out of the parser, too, where it is waited for.
  pipeline(Readable.from(text), parser, () => undefined);
  let line = 1;
  try {
    for await (const record of parser as AsyncIterable<Record<string, string>>) {
      line++;
      const id = record['id']?.trim() ?? '';
      const names = [record['name']?.trim() ?? '', ...split(record['aliases'])].filter((name) => name !== '');
      if (id === '' || names.length === 0) throw new BadList(`Entry ${line - 1} has no ${id === '' ? 'id' : 'name'}.`);
      yield entryOf(id, names, split(record['countries']));
    }
  } catch (error) {
    if (error instanceof BadList) throw error;
    throw new BadList(`It is no table: ${(error as Error).message}`);
  }
};
