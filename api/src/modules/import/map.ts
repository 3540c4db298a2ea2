import { userError } from '../../platform/graphql/user-error.ts';
import type { FileRow } from './formats/index.ts';
import type { ImportSettings } from './import.entity.ts';
import type { MappedRow, RowKind, TakenRow, Taking } from './kinds/kind.ts';

const LONGEST_CELL = 10_000;

/** What is read from a row, or why it cannot be. */
export type ReadRow = MappedRow & { readonly problem?: string };

/** Reads the cells that columns say something of. */
export function mapRow({ columns, encoding }: ImportSettings, { line, cells, problem }: FileRow): ReadRow {
  const values = new Map<string, string>();
  if (problem !== undefined) return { line, values, problem };
  let trouble: string | undefined;
  for (const [index, { name, field }] of columns.entries()) {
    if (field === null) continue;
    const cell = (cells[index] ?? '').trim();
    if (cell === '') continue;
    if (cell.length > LONGEST_CELL) trouble = `The cell of ${name} has more than ${LONGEST_CELL} letters.`;
    else if (cell.includes('\0')) trouble = `The cell of ${name} has a sign that no text may have.`;
    else if (cell.includes('\ufffd')) trouble = `The cell of ${name} is not in the encoding ${encoding}; say in which one the file is.`;
    values.set(field, cell.slice(0, LONGEST_CELL));
  }
  return { line, values, ...(trouble === undefined ? {} : { problem: trouble }) };
}

/** Takes rows in, those left out that cannot be read. One result a row, in order. */
export function takeRows(kind: RowKind, rows: readonly ReadRow[], taking: Taking): Promise<readonly TakenRow[]> {
  return readable(rows, (some) => kind.take(some, taking));
}

/** What is wrong with rows, as far as they themselves tell. */
export function checkRows(kind: RowKind, rows: readonly ReadRow[], taking: Taking): Promise<readonly TakenRow[]> {
  return readable(rows, async (some) => (await kind.check(some, taking)).map((errors) => ({ repeated: false, errors })));
}

async function readable(
  rows: readonly ReadRow[],
  work: (rows: readonly MappedRow[]) => Promise<readonly TakenRow[]>,
): Promise<readonly TakenRow[]> {
  const good = rows.filter(({ problem }) => problem === undefined);
  const results = good.length === 0 ? [] : await work(good);
  let next = 0;
  return rows.map(({ problem }) =>
    problem === undefined ? (results[next++] as TakenRow) : { repeated: false, errors: [userError('INVALID', problem)] },
  );
}
