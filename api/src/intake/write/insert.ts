import { arrayText } from '../../platform/database/arrays.ts';
import { hotWrite, type SqlItem, type Write } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';

/** A value for each row, or the one that all of them have. */
export type Column = readonly SqlItem[] | SqlItem;

export const date = (instant: number | null) => (instant === null ? null : new Date(instant));

const isList = (column: Column): column is readonly SqlItem[] => Array.isArray(column);

/** `insert into ... select from unnest(...)`: the columns of many rows as one array each. */
export async function insert(tx: Transaction, into: string, types: string[], columns: Column[], more = ''): Promise<void> {
  if (columns.find(isList)?.length !== 0) await hotWrite(tx, insertion(into, types, columns, more));
}

/** The same before it is sent. */
export function insertion(into: string, types: readonly string[], columns: readonly Column[], more = ''): Write {
  return {
    text: textOf(into, types, columns.map(isList), more),
    values: columns.map((column, index) => (isList(column) ? arrayText(itemOf(types[index] as string), column) : column)),
  };
}

/** Arrays of arrays cannot be unnested a row at a time, so they travel as text. */
const itemOf = (type: string) => (type.endsWith('[]') ? 'text' : type);

/** By table and columns, then by what stands behind: whoever inserts into some columns does so with the same of them as lists. */
const texts = new Map<string, Map<string, string>>();

function textOf(into: string, types: readonly string[], lists: readonly boolean[], more: string): string {
  const known = texts.get(into) ?? new Map<string, string>();
  texts.set(into, known);
  const made = known.get(more);
  if (made !== undefined) return made;
  const selected = types.map((type, index) => {
    if (!lists[index]) return `$${index + 1}::${type}`;
    return itemOf(type) === type ? `c${index}` : `c${index}::${type}`;
  });
  const listed = types.flatMap((type, index) =>
    lists[index] ? [{ parameter: `$${index + 1}::${itemOf(type)}[]`, name: `c${index}` }] : [],
  );
  const source = `unnest(${listed.map(({ parameter }) => parameter).join(', ')}) as u (${listed.map(({ name }) => name).join(', ')})`;
  const text = `insert into ${into} select ${selected.join(', ')} from ${source} ${more}`;
  known.set(more, text);
  return text;
}

/** A PostgreSQL array as text. */
export function textArray(values: readonly string[]): string {
  return arrayText('text', values);
}
