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
export function insertion(into: string, types: string[], columns: Column[], more = ''): Write {
  const selected: string[] = [];
  const lists: string[] = [];
  const names: string[] = [];
  const values = columns.map((column, index) => {
    const type = types[index] as string;
    const parameter = `$${index + 1}`;
    if (!isList(column)) {
      selected.push(`${parameter}::${type}`);
      return column;
    }
    // Arrays of arrays cannot be unnested a row at a time, so they travel as text.
    const item = type.endsWith('[]') ? 'text' : type;
    names.push(`c${index}`);
    lists.push(`${parameter}::${item}[]`);
    selected.push(item === type ? `c${index}` : `c${index}::${type}`);
    return arrayText(item, column);
  });
  const source = `unnest(${lists.join(', ')}) as u (${names.join(', ')})`;
  return { text: `insert into ${into} select ${selected.join(', ')} from ${source} ${more}`, values };
}

/** A PostgreSQL array as text. */
export function textArray(values: readonly string[]): string {
  return arrayText('text', values);
}
