import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { type FileFormat, FORMATS, guessFormat, UnreadableFile } from './formats/index.ts';
import type { ImportColumn, ImportSettings } from './import.entity.ts';
import type { RowKind } from './kinds/kind.ts';

/** What a caller says of a file; what is left out is guessed. */
export interface AskedSettings {
  readonly format?: string | null;
  readonly encoding?: string | null;
  readonly delimiter?: string | null;
  readonly columns?: readonly { readonly name: string; readonly field?: string | null }[] | null;
  readonly complete?: boolean | null;
}

/** How a file is to be read: as asked, and where nothing was asked as its beginning looks. */
export async function settingsFor(kind: RowKind, sample: Buffer, asked: AskedSettings): Promise<Outcome<ImportSettings>> {
  const encoding = asked.encoding == null ? guessEncoding(sample) : nameOfEncoding(asked.encoding);
  if (encoding === undefined)
    return refused(userError('INVALID', 'There is no such encoding; there are utf-8, windows-1252 and more.', ['encoding']));
  const beginning = new TextDecoder(encoding).decode(sample.subarray(0, 65_536));
  const guess = guessFormat(beginning);
  const name = asked.format ?? (kind.formats.includes(guess) ? guess : (kind.formats[0] as string));
  const format: FileFormat | undefined = kind.formats.includes(name) ? FORMATS[name] : undefined;
  if (format === undefined)
    return refused(userError('INVALID', `There is no such format; there are ${kind.formats.join(', ')}.`, ['format']));
  const guessed = format.delimiterOf(beginning);
  if (asked.delimiter != null && guessed !== null && !/^[^\p{L}\p{N}"\r\n\0]$/u.test(asked.delimiter))
    return refused(userError('INVALID', 'A delimiter is one sign, such as a comma, a semicolon or a tab.', ['delimiter']));
  const delimiter = guessed === null ? null : (asked.delimiter ?? guessed);
  let names: readonly string[];
  try {
    names = await format.columnsOf(sample, { encoding, delimiter });
  } catch (error) {
    if (error instanceof UnreadableFile) return refused(userError('INVALID', error.message, ['import']));
    throw error;
  }
  const columns = asked.columns == null ? guessColumns(kind, names) : readColumns(kind, names, asked.columns);
  return Array.isArray(columns)
    ? done({ format: name, encoding, delimiter, columns, complete: asked.complete ?? false })
    : refused(columns as ReturnType<typeof userError>);
}

/** Marks say it; else what can be read as UTF-8 is UTF-8, and what cannot is most likely what Windows writes in the west. */
function guessEncoding(sample: Buffer): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

function nameOfEncoding(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

const fold = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');

/** By the names of the columns; no field is read from two. A field's own name goes before others for it. */
function guessColumns(kind: RowKind, names: readonly string[]): ImportColumn[] {
  const folded = names.map(fold);
  const fieldOf = new Map<number, string>();
  for (const { name, names: others } of kind.fields) {
    const index = [name, ...others].map((one) => folded.indexOf(one)).find((at) => at >= 0 && !fieldOf.has(at));
    if (index !== undefined) fieldOf.set(index, name);
  }
  return names.map((name, index) => ({ name, field: fieldOf.get(index) ?? null }));
}

function readColumns(
  kind: RowKind,
  names: readonly string[],
  asked: readonly { readonly name: string; readonly field?: string | null }[],
): ImportColumn[] | ReturnType<typeof userError> {
  const fieldOf = new Map<string, string>();
  const taken = new Set<string>();
  for (const [index, { name, field }] of asked.entries()) {
    const path = ['columns', String(index)];
    if (!names.includes(name)) return userError('INVALID', `The file has no column "${name.slice(0, 100)}".`, [...path, 'name']);
    if (field == null) continue;
    if (!kind.fields.some((known) => known.name === field))
      return userError('INVALID', `There is no field "${field.slice(0, 100)}".`, [...path, 'field']);
    if (taken.has(field) || fieldOf.has(name)) return userError('INVALID', `${field} is read from one column.`, [...path, 'field']);
    taken.add(field);
    fieldOf.set(name, field);
  }
  return names.map((name) => ({ name, field: fieldOf.get(name) ?? null }));
}

/**
 * Of a format whose rows name what they say: fields that the beginning of the file does not have, under all names that are read as them.
 * Whoever maps columns has not seen these.
 */
export function laterColumns(kind: RowKind, { format, columns }: ImportSettings): ImportColumn[] {
  if (FORMATS[format]?.delimiterOf('') !== null) return [];
  const seen = new Set(columns.map(({ name }) => name));
  const read = new Set(columns.map(({ field }) => field));
  return kind.fields
    .filter(({ name }) => !read.has(name))
    .flatMap(({ name, names }) => [...names, name].filter((one) => !seen.has(one)).map((one) => ({ name: one, field: name })));
}

/** Fields without which no row can be read. */
export function missingFields(kind: RowKind, { columns }: ImportSettings): string[] {
  return kind.fields.filter(({ name, required }) => required && !columns.some(({ field }) => field === name)).map(({ name }) => name);
}
