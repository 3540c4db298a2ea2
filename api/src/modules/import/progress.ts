import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { IMPORT_COLUMNS, type Import, type ImportKind } from './import.entity.ts';
import type { MappedRow, TakenRow } from './kinds/kind.ts';

/** For so long nobody else takes an import that a process works on; each batch says again that it does. */
const LEASE = "interval '10 seconds'";
/** Errors of so many rows are kept; all are counted. */
const MOST_REFUSED_KEPT = 100_000;
const LONGEST_CELL = 1_000;
/** So often one batch is tried. */
const MOST_TRIES = 5;

export interface Claimed extends Import {
  readonly tries: number;
}

/** Takes one import that waits, or that a process left behind. Committed before anything is done: others leave it alone meanwhile. */
export function claimImport(em: EntityManager, kind: ImportKind, runner: string): Promise<Claimed | undefined> {
  return row<Claimed>(
    em,
    `update import_job i set runner = $1, lease_until = now() + ${LEASE}, tries = tries + 1
     where i.id = (select id from import_job where kind = $2 and status = 'running' and (lease_until is null or lease_until < now())
       order by started_at limit 1 for update skip locked)
     returning ${IMPORT_COLUMNS}, i.tries`,
    [runner, kind],
  );
}

export interface BatchDone {
  readonly rows: readonly MappedRow[];
  readonly results: readonly TakenRow[];
  /** Of the file, read so far. */
  readonly bytesRead: number;
}

/** Writes down what became of a batch. False: the import is somebody else's now, or was cancelled. */
export function noteBatch(
  em: EntityManager,
  { id }: Import,
  runner: string,
  { rows: read, results, bytesRead }: BatchDone,
): Promise<boolean> {
  const refused = results.filter(({ errors }) => errors.length > 0).length;
  const repeated = results.filter(({ repeated }) => repeated).length;
  return inTransaction(em, async (tx) => {
    const noted = await row<{ refused: number }>(
      tx,
      `update import_job set rows_read = rows_read + $3, accepted = accepted + $4, repeated = repeated + $5, refused = refused + $6, bytes_read = least($7, bytes),
         lease_until = now() + ${LEASE}, tries = 1 where id = $1 and runner = $2 and status = 'running' returning refused`,
      [id, runner, read.length, read.length - refused, repeated, refused, bytesRead],
    );
    if (noted === undefined) return false;
    if (refused > 0 && noted.refused - refused < MOST_REFUSED_KEPT) await keepRefusals(tx, id, read, results);
    return true;
  });
}

/** Of what a database keeps as a text. */
const storable = (text: string) => text.toWellFormed().replaceAll('\0', '');

async function keepRefusals(tx: Transaction, importId: string, read: readonly MappedRow[], results: readonly TakenRow[]): Promise<void> {
  const refusals = results.flatMap(({ errors }, index) => {
    const { line, values } = read[index] as MappedRow;
    const [fields, cells] = [[...values.keys()], [...values.values()].map((cell) => storable(cell.slice(0, LONGEST_CELL)))];
    return errors.map(({ code, message, path }, place) => {
      return { line, place, field: path.at(-1) ?? null, code, message: storable(message), fields, cells };
    });
  });
  await rows(
    tx,
    `insert into import_refusal (import_id, line, place, field, code, message, fields, cells)
     select $1, r.line, r.place, r.field, r.code, r.message, r.fields, r.cells
     from json_to_recordset($2::json) as r (line int, place int, field text, code text, message text, fields text[], cells text[])
     on conflict do nothing`,
    [importId, JSON.stringify(refusals)],
  );
}

/** Do all rows that were turned away say what they are about, by that field? */
export async function allAreNamed(em: EntityManager, importId: string, field: string): Promise<boolean> {
  const found = await row<{ refused: number; kept: bigint; nameless: bigint }>(
    em,
    `select j.refused, count(distinct r.line) as kept, count(r.line) filter (where not $2 = any(r.fields)) as nameless
     from import_job j left join import_refusal r on r.import_id = j.id where j.id = $1 group by j.refused`,
    [importId, field],
  );
  return found !== undefined && found.nameless === 0n && Number(found.kept) >= found.refused;
}

/** The end of an import; its file is not kept. */
export function endImport(
  em: EntityManager,
  importId: string,
  { status, failure = null, runner = null }: { status: 'done' | 'failed' | 'cancelled'; failure?: string | null; runner?: string | null },
): Promise<Import | undefined> {
  return inTransaction(em, async (tx) => {
    const ended = await row<Import>(
      tx,
      `update import_job i set status = $2, failure = $3, ended_at = now(), lease_until = null, bytes_read = case when $2 = 'done' then bytes else bytes_read end
       where i.id = $1 and i.status in ('uploaded', 'running') and ($4::uuid is null or i.runner = $4) returning ${IMPORT_COLUMNS}`,
      [importId, status, failure, runner],
    );
    if (ended !== undefined) await rows(tx, 'delete from import_part where import_id = $1', [importId]);
    return ended;
  });
}

/** Of somebody who stops in order: others need not wait for the lease to end. */
export async function releaseImport(em: EntityManager, importId: string, runner: string): Promise<void> {
  await rows(em, 'update import_job set lease_until = null, tries = greatest(tries - 1, 0) where id = $1 and runner = $2', [
    importId,
    runner,
  ]);
}

export function isHopeless({ tries }: Claimed): boolean {
  return tries > MOST_TRIES;
}

/** Removes what nobody needs any more: files that nobody started, and rows that were turned away a month ago. */
export async function tidyImports(em: EntityManager): Promise<void> {
  const old = await rows<{ id: string }>(
    em,
    "select id from import_job where status = 'uploaded' and uploaded_at < now() - interval '7 days' limit 1000",
  );
  for (const { id } of old) await endImport(em, id, { status: 'cancelled' });
  await rows(
    em,
    `delete from import_refusal where import_id in (select id from import_job where ended_at between now() - interval '40 days' and now() - interval '30 days')`,
  );
}
