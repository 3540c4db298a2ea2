import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { BadList, countryOf, type ReadList } from './format.ts';

const COLUMNS = ['id', 'name', 'aliases', 'countries'];
const split = (text: string | undefined) =>
  (text ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A table with the columns id, name, aliases and countries; several of the latter two with a semicolon between. */
export const readCsv: ReadList = async function* (file) {
  const parser = Readable.from(file).pipe(
    parse({
      bom: true,
      columns: (header: string[]) => {
        const missing = COLUMNS.filter((column) => !header.includes(column));
        if (missing.length > 0) throw new BadList(`The column ${missing[0]} is missing.`);
        return header;
      },
      skip_empty_lines: true,
    }),
  );
  let line = 1;
  try {
    for await (const record of parser as AsyncIterable<Record<string, string>>) {
      line++;
      const id = record['id']?.trim() ?? '';
      const names = [...new Set([record['name']?.trim() ?? '', ...split(record['aliases'])])].filter((name) => name !== '');
      if (id === '' || names.length === 0) throw new BadList(`Entry ${line - 1} has no ${id === '' ? 'id' : 'name'}.`);
      const countries = split(record['countries']).map((text) => {
        const code = countryOf(text);
        if (code === undefined) throw new BadList(`Entry ${line - 1}: ${text.slice(0, 80)} is no country.`);
        return code;
      });
      yield { id, names, countries: [...new Set(countries)].sort() };
    }
  } catch (error) {
    if (error instanceof BadList) throw error;
    throw new BadList(`It is no table: ${(error as Error).message}`);
  }
};
