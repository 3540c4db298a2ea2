import { userError } from '../../platform/graphql/user-error.ts';
import type { FileRow } from './formats/index.ts';
import type { ImportSettings } from './import.entity.ts';
import type { MappedRow, ReadRow, RowKind, TakenRow, TakeRows, Taking } from './kinds/kind.ts';

const LONGEST_CELL = 10_000;

/** Reads the cells that columns say something of. */
export function mapRow({ columns, encoding }: ImportSettings, { line, cells, problem, isCut }: FileRow): ReadRow {
  const values = new Map<string, string>();
  let trouble = problem;
  for (const [index, { name, field }] of columns.entries()) {
    if (field === null) continue;
    const cell = (cells[index] ?? '').trim();
    if (cell === '') continue;
    const wrong = whatIsWrong(cell, encoding);
    if (wrong !== undefined) trouble ??= `The cell of ${name} ${wrong}`;
    else values.set(field, cell);
  }
  return { line, values, ...(trouble === undefined ? {} : { problem: trouble }), ...(isCut && { isCut }) };
}

/** With a cell of which this says something nothing is told, not even that it is named. */
function whatIsWrong(cell: string, encoding: string): string | undefined {
  if (cell.length > LONGEST_CELL) return `has more than ${LONGEST_CELL} letters.`;
  if (cell.includes('\0') || !cell.isWellFormed()) return 'has a sign that no text may have.';
  if (cell.includes('\ufffd')) return `is not in the encoding ${encoding}; say in which one the file is.`;
  return undefined;
}

/** Reads rows, those left out that cannot be read, and answers what takes them in. */
export async function prepareRows(kind: RowKind, read: readonly ReadRow[], taking: Taking): Promise<TakeRows> {
  const rows = kind.whole?.(read) ?? read;
  const good = readable(rows);
  const bad = rows.filter(({ problem }) => problem !== undefined);
  const take = good.length === 0 ? async () => [] : await kind.prepare(good, taking);
  return async () => {
    const taken = await take();
    if (bad.length > 0) await kind.passOver?.(bad, taking);
    return results(rows, taken);
  };
}

/** What is wrong with rows, as far as they themselves tell. */
export async function checkRows(kind: RowKind, read: readonly ReadRow[], taking: Taking): Promise<readonly TakenRow[]> {
  const rows = kind.whole?.(read) ?? read;
  const good = readable(rows);
  const found = good.length === 0 ? [] : await kind.check(good, taking);
  return results(
    rows,
    found.map((errors) => ({ repeated: false, errors })),
  );
}

const readable = (rows: readonly ReadRow[]): readonly MappedRow[] => rows.filter(({ problem }) => problem === undefined);

/** One result a row, in order; `good`: of those that could be read. */
function results(rows: readonly ReadRow[], good: readonly TakenRow[]): TakenRow[] {
  let next = 0;
  return rows.map(({ problem }) =>
    problem === undefined ? (good[next++] as TakenRow) : { repeated: false, errors: [userError('INVALID', problem)] },
  );
}
