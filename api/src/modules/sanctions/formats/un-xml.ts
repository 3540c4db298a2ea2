import { SaxesParser } from 'saxes';
import { BadList, entryOf, LONGEST_TEXT, type ReadEntry, type ReadList } from './format.ts';

const ROOT = 'CONSOLIDATED_LIST';
const ENTRIES = new Set(['INDIVIDUAL', 'ENTITY']);
const MOST_DEPTH = 30;
const NAME_PARTS = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'];
/** Where countries stand: in a nationality as a value, in addresses by their own name. */
const COUNTRY_PATHS = new Set(['NATIONALITY/VALUE', 'INDIVIDUAL_ADDRESS/COUNTRY', 'ENTITY_ADDRESS/COUNTRY']);
const ALIAS_PATHS = new Set(['INDIVIDUAL_ALIAS/ALIAS_NAME', 'ENTITY_ALIAS/ALIAS_NAME']);

interface Draft {
  id: string;
  parts: Map<string, string>;
  aliases: string[];
  countries: Set<string>;
}

/** The consolidated list of the United Nations Security Council, as XML. */
export const readUnXml: ReadList = async function* (list) {
  const done: ReadEntry[] = [];
  const path: string[] = [];
  let draft: Draft | undefined;
  let text = '';
  let sawRoot = false;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new BadList(`It is no XML: ${error.message}`);
  });
  parser.on('opentag', ({ name }) => {
    if (path.length === 0 && name !== ROOT) throw new BadList(`It begins with ${name.slice(0, 80)}, not ${ROOT}.`);
    sawRoot = true;
    path.push(name);
    if (path.length > MOST_DEPTH) throw new BadList('It is nested too deep.');
    text = '';
    if (ENTRIES.has(name)) draft = { id: '', parts: new Map(), aliases: [], countries: new Set() };
  });
  const more = (piece: string) => {
    text += piece;
    if (text.length > LONGEST_TEXT) throw new BadList(`A text in it has more than ${LONGEST_TEXT} characters.`);
  };
  parser.on('text', more);
  parser.on('cdata', more);
  parser.on('closetag', ({ name }) => {
    const value = text.trim();
    const parent = path.at(-2) ?? '';
    path.pop();
    text = '';
    if (draft === undefined) return;
    if (ENTRIES.has(name)) {
      done.push(finish(draft));
      draft = undefined;
    } else if (value !== '') take(draft, name, parent, value);
  });
  for await (const piece of list) {
    parser.write(piece);
    yield* done.splice(0);
  }
  parser.close();
  if (!sawRoot) throw new BadList('It is empty.');
  yield* done;
};

function take(draft: Draft, name: string, parent: string, value: string): void {
  if (ENTRIES.has(parent)) {
    if (name === 'REFERENCE_NUMBER') draft.id = value;
    else if (name === 'DATAID' && draft.id === '') draft.id = value;
    else if (NAME_PARTS.includes(name)) draft.parts.set(name, value);
    else if (name === 'NAME_ORIGINAL_SCRIPT') draft.aliases.push(value);
    return;
  }
  const at = `${parent}/${name}`;
  if (COUNTRY_PATHS.has(at)) draft.countries.add(value);
  if (ALIAS_PATHS.has(at)) draft.aliases.push(value);
}

function finish({ id, parts, aliases, countries }: Draft): ReadEntry {
  const name = NAME_PARTS.flatMap((part) => parts.get(part) ?? []).join(' ');
  const names = [name, ...aliases].filter((one) => one !== '');
  if (id === '' || names.length === 0) throw new BadList(`An entry has no ${id === '' ? 'REFERENCE_NUMBER' : 'name'}${id && `: ${id}`}.`);
  return entryOf(id, names, countries);
}
