import type pg from 'pg';
import type { Row, Written } from './capture.ts';
import type { Column, TableShape } from './shape.ts';

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/** One statement per table: the columns of all rows as one array each. */
export function bulkStatements(tables: readonly TableShape[], written: Written, fresh: ReadonlySet<string>): Statement[] {
  return statements(tables, written, fresh, ({ columns }, rows) => {
    const source = columns.map(({ type }, index) => `$${index + 1}::${isArray(type) ? 'text' : type}[]`).join(', ');
    const names = columns.map((_, index) => `c${index}`);
    // Arrays of arrays cannot be unnested a row at a time, so they travel as text.
    const picked = columns.map(({ type }, index) => (isArray(type) ? `c${index}::${type}` : `c${index}`)).join(', ');
    return {
      source: `select ${picked} from unnest(${source}) as u (${names.join(', ')})`,
      batches: [columns.map(({ name }) => rows.map((row) => row[name] ?? null))],
    };
  });
}

/** One statement per row. */
export function singleStatements(tables: readonly TableShape[], written: Written, fresh: ReadonlySet<string>): Statement[] {
  return statements(tables, written, fresh, ({ columns }, rows) => ({
    source: `values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    batches: rows.map((row) => columns.map(({ name }: Column) => row[name] ?? null)),
  }));
}

const isArray = (type: string) => type.endsWith('[]');

type Source = (table: TableShape, rows: readonly Row[]) => { source: string; batches: readonly (readonly unknown[])[] };

function statements(tables: readonly TableShape[], written: Written, fresh: ReadonlySet<string>, make: Source): Statement[] {
  return tables.flatMap((table) => {
    const rows = written.get(table.name);
    if (!rows) return [];
    const { source, batches } = make(table, rows);
    const text = `insert into "${table.name}" as t (${quoted(table.columns.map(({ name }) => name))}) ${source}${onConflict(table, fresh)}`;
    return batches.map((values) => ({ name: `${table.name}/${source.slice(0, 6)}`, text, values }));
  });
}

/** Tables where rows were changed rather than made: balances move, others take the new values. */
function onConflict({ name, key, columns }: TableShape, fresh: ReadonlySet<string>): string {
  if (fresh.has(name)) return '';
  if (name === 'ledger_balance') return ` on conflict (${quoted(key)}) do update set amount = t.amount + excluded.amount`;
  const others = columns.filter((column) => !key.includes(column.name)).map((column) => `"${column.name}" = excluded."${column.name}"`);
  return ` on conflict (${quoted(key)}) ${others.length === 0 ? 'do nothing' : `do update set ${others.join(', ')}`}`;
}

/** Tables of which these transactions only made rows: after copying, none has the key of a row that was there. */
export function freshTables(tables: readonly TableShape[], originals: readonly Written[], copies: readonly Written[]): Set<string> {
  const fresh = new Set<string>();
  for (const { name, key } of tables) {
    const keyOf = (row: Row) => key.map((column) => row[column]).join('\n');
    const known = new Set(originals.flatMap((written) => (written.get(name) ?? []).map(keyOf)));
    const changed = copies.some((written) => (written.get(name) ?? []).some((row) => known.has(keyOf(row))));
    if (!changed && name !== 'ledger_balance') fresh.add(name);
  }
  return fresh;
}

/** All statements in one transaction. */
export async function replay(client: pg.PoolClient | pg.Client, transaction: readonly Statement[], prepared: boolean): Promise<void> {
  await client.query('begin');
  for (const { name, text, values } of transaction)
    await client.query({ text, values: values as unknown[], ...(prepared ? { name } : {}) });
  await client.query('commit');
}
