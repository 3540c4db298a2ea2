import { hotRows as rows, type SqlValue } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';

export type Column = SqlValue[];

export const date = (instant: number | null) => (instant === null ? null : new Date(instant));

/** `insert into ... select from unnest(...)`: the columns of many rows as one array each. */
export async function insert(tx: Transaction, into: string, types: string[], columns: Column[], more = ''): Promise<void> {
  if (columns[0]?.length === 0) return;
  const names = types.map((_, index) => `c${index}`);
  // Arrays of arrays cannot be unnested a row at a time, so they travel as text.
  const values = types.map((type, index) => (type.endsWith('[]') ? `c${index}::${type}` : `c${index}`)).join(', ');
  const source = types.map((type, index) => `$${index + 1}::${type.endsWith('[]') ? 'text' : type}[]`).join(', ');
  await rows(tx, `insert into ${into} select ${values} from unnest(${source}) as u (${names.join(', ')}) ${more}`, columns);
}

/** A PostgreSQL array as text. */
export function textArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
