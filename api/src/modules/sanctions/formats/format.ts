import type { SanctionsEntry } from '@tributary/shared/compliance';
import { countriesOf } from './countries.ts';

/** An entry as its list has it. */
export interface ReadEntry extends SanctionsEntry {
  /** Countries that are named by no name that is known. */
  readonly unknownCountries: readonly string[];
}

/** Reads the text of a published list as it comes; throws a {@link BadList} that says what is wrong with it. */
export type ReadList = (text: AsyncIterable<string>) => AsyncIterable<ReadEntry>;

/** Of a text in a list, or a line of a table. */
export const LONGEST_TEXT = 100_000;

export class BadList extends Error {
  override readonly name = 'BadList';
}

/** One that names a country which is not known may be of any: its countries then speak against nobody. */
export function entryOf(id: string, names: readonly string[], countries: Iterable<string>): ReadEntry {
  const codes = new Set<string>();
  const unknownCountries: string[] = [];
  for (const name of countries) {
    const meant = countriesOf(name);
    for (const code of meant) codes.add(code);
    if (meant.length === 0) unknownCountries.push(name);
  }
  return { id, names: [...new Set(names)], countries: unknownCountries.length > 0 ? [] : [...codes].sort(), unknownCountries };
}
