import { FieldReader } from '@tributary/shared/facts';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import { grantedPrograms, narrow, noProgram } from '../program/index.ts';
import { FORMATS, UnreadableFile } from './formats/index.ts';
import { IMPORT_COLUMNS, type Import, type ImportRefusal, type ImportSettings, REFUSAL_COLUMNS } from './import.entity.ts';
import type { ImportArgs, StartImportInput } from './import.input.ts';
import type { ReadRow, RowKind } from './kinds/kind.ts';
import { checkRows, mapRow } from './map.ts';
import { readSample, storeParts } from './parts.ts';
import { endImport } from './progress.ts';
import type { ImportRunner } from './runner.ts';
import { type AskedSettings, laterColumns, missingFields, settingsFor } from './settings.ts';

/** Of one program, started or not. */
const MOST_OPEN = 20;
const ROWS_CHECKED = 1_000;
const ROWS_SHOWN = 20;

/** A row as it would be read, and what is wrong with it. */
export interface PreviewedRow {
  readonly line: number;
  readonly values: readonly { readonly field: string; readonly value: string }[];
  readonly errors: readonly UserError[];
}

export interface ImportPreview {
  readonly settings: ImportSettings;
  readonly fields: readonly { readonly name: string; readonly required: boolean }[];
  readonly missing: readonly string[];
  readonly rows: readonly PreviewedRow[];
  readonly refused: readonly PreviewedRow[];
  readonly rowsChecked: number;
  /** Why nothing more can be read. */
  readonly failure: string | null;
}

/** Files of facts: handed in, looked at, and taken in row by row. */
export class ImportService {
  private readonly kinds: readonly RowKind[];
  private readonly runner: ImportRunner;

  constructor(kinds: readonly RowKind[], runner: ImportRunner) {
    this.kinds = kinds;
    this.runner = runner;
  }

  /** Keeps the beginning of a file, or all of it; nothing is taken in yet. */
  async upload(
    context: Context,
    { program: key, kind: name, name: label, source = null }: { program: string; kind: string; name: string; source?: string | null },
    bytes: AsyncIterable<Buffer>,
  ): Promise<Outcome<Import>> {
    const program = await context.services.programs.find(context, key);
    if (program === undefined) return refused(noProgram(key));
    const kind = this.kinds.find((one) => one.kind === name);
    if (kind === undefined)
      return refused(userError('INVALID', `There is no such kind; there are ${this.kinds.map((one) => one.kind).join(', ')}.`, ['kind']));
    const read = new FieldReader();
    const called = read.text(label, ['name'], 200)?.trim() || kind.kind;
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    const id = newId();
    const made = await inTransaction<boolean>(context.em, async (tx) => {
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.id}/imports`]);
      const open = await row<{ count: bigint }>(
        tx,
        "select count(*) from import_job where program_id = $1 and status in ('uploaded', 'running')",
        [program.id],
      );
      if (open!.count >= MOST_OPEN) return false;
      await rows(
        tx,
        'insert into import_job (id, organization_id, program_id, kind, name, uploaded_by, source) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, program.organizationId, program.id, kind.kind, called, context.viewer.name, source],
      );
      return true;
    });
    if (!made) return refused(userError('TOO_MANY', `A program has ${MOST_OPEN} open imports at most; start or cancel one.`));
    return this.store(context, id, 0, kind.mostBytes, bytes);
  }

  /** The same for a file that comes from an address: all of it or nothing, as nobody could go on with it. */
  async fetch(
    context: Context,
    file: { program: string; kind: string; name: string; source: string },
    bytes: AsyncIterable<Buffer>,
  ): Promise<Outcome<Import>> {
    let broken: Error | undefined;
    const whole = async function* () {
      try {
        yield* bytes;
      } catch (error) {
        broken = error as Error;
      }
    };
    const outcome = await this.upload(context, file, whole());
    if (broken === undefined || outcome.errors) return outcome;
    await endImport(context.em, outcome.value.id, { status: 'cancelled' });
    return refused(userError('INVALID', `The address did not answer to its end: ${broken.message.slice(0, 200)}`, ['url']));
  }

  /** Goes on with a file. `offset`: where what comes belongs; it must be where the file ends here. */
  async append(context: Context, id: string, offset: number, bytes: AsyncIterable<Buffer>): Promise<Outcome<Import>> {
    const found = await this.find(context, id);
    if (found === undefined) return refused(noImport(['import']));
    return this.store(context, id, offset, this.kindOf(found).mostBytes, bytes);
  }

  private async store(context: Context, id: string, offset: number, limit: number, bytes: AsyncIterable<Buffer>): Promise<Outcome<Import>> {
    const stored = await storeParts(context.em, id, { offset, limit }, bytes);
    const file = (await this.find(context, id)) as Import;
    if (stored.trouble === 'long') {
      await endImport(context.em, id, { status: 'cancelled' });
      return refused(userError('TOO_MANY', `A file has ${limit} bytes at most.`, ['file']));
    }
    if (stored.trouble === undefined) return done(file);
    const message = file.status === 'uploaded' ? `${file.bytes} bytes are here: go on there.` : 'It has started, or is over.';
    return refused(userError('CONFLICT', message, ['offset']));
  }

  /** One of the viewer's programs. */
  async find(context: Context, id: string): Promise<Import | undefined> {
    if (!isId(id)) return undefined;
    return row<Import>(
      context.em,
      `select ${IMPORT_COLUMNS} from import_job i where i.id = $1 and i.organization_id = $2 and ($3::uuid[] is null or i.program_id = any($3))`,
      [id, context.viewer.organizationId, grantedPrograms(context) ?? null],
    );
  }

  async list(context: Context, { program, kind, status }: ImportArgs, page: Page): Promise<Connection<Import>> {
    const list = new List({ select: IMPORT_COLUMNS, from: 'import_job i', sort: [['i.id', 'uuid']], descending: true });
    await narrow(context, list, 'i', { program: program ?? null });
    if (kind != null) list.where('i.kind = ?', kind);
    if (status != null) list.where('i.status = ?', status);
    return list.read<Import, Import>(context.em, page, { cursor: ({ id }) => [id], node: (found) => found });
  }

  /** How a file would be read, and what is wrong with its first rows. */
  async preview(context: Context, id: string, asked: AskedSettings): Promise<Outcome<ImportPreview>> {
    const found = await this.find(context, id);
    if (found === undefined) return refused(noImport(['import']));
    if (found.status !== 'uploaded') return refused(isOver());
    const kind = this.kindOf(found);
    const sample = await readSample(context.em, id);
    const { value: settings, errors } = await settingsFor(kind, sample, asked);
    if (errors) return refused(...errors);
    const { read, failure } = await readRows(settings, sample, sample.length < found.bytes);
    const taking = {
      fork: () => context.em,
      importId: id,
      program: { id: found.programId, organizationId: found.organizationId },
      feed: found.name,
      complete: settings.complete,
    };
    const results = await checkRows(kind, read, { ...taking, now: await context.now(), by: context.viewer.name });
    const rowsSeen = read.map(({ line, values }, index) => ({
      line,
      values: [...values].map(([field, value]) => ({ field, value })),
      errors: results[index]!.errors,
    }));
    return done({
      settings,
      fields: kind.fields.map(({ name, required = false }) => ({ name, required })),
      missing: missingFields(kind, settings),
      rows: rowsSeen.slice(0, ROWS_SHOWN),
      refused: rowsSeen.filter((one) => one.errors.length > 0),
      rowsChecked: read.length,
      failure,
    });
  }

  /** From now on it is taken in. */
  async start(context: Context, { import: id, ...asked }: StartImportInput): Promise<Outcome<Import>> {
    const found = await this.find(context, id);
    if (found === undefined) return refused(noImport(['import']));
    if (found.status === 'running') return done(found);
    if (found.status !== 'uploaded') return refused(isOver());
    const kind = this.kindOf(found);
    const { value: settings, errors } = await settingsFor(kind, await readSample(context.em, id), asked);
    if (errors) return refused(...errors);
    const missing = missingFields(kind, settings);
    if (missing.length > 0) return refused(userError('INVALID', `No column is read as ${missing.join(' or ')}.`, ['columns']));
    const started = await inTransaction(context.em, (tx) =>
      row<Import>(
        tx,
        `update import_job i set status = 'running', settings = $2, started_at = now(), started_by = $3 where i.id = $1 and i.status = 'uploaded' returning ${IMPORT_COLUMNS}`,
        [id, JSON.stringify({ ...settings, columns: [...settings.columns, ...laterColumns(kind, settings)] }), context.viewer.name],
      ),
    );
    this.runner.wake();
    return done(started ?? ((await this.find(context, id)) as Import));
  }

  /** What was taken in stays; the rest is not. */
  async cancel(context: Context, id: string): Promise<Outcome<Import>> {
    const found = await this.find(context, id);
    if (found === undefined) return refused(noImport(['import']));
    if (found.status === 'cancelled') return done(found);
    const ended = await endImport(context.em, id, { status: 'cancelled' });
    return ended === undefined ? refused(isOver()) : done(ended);
  }

  /** Why rows were turned away, in the order of their lines. */
  refusals(context: Context, importId: string, page: Page): Promise<Connection<ImportRefusal>> {
    const list = new List({
      select: REFUSAL_COLUMNS,
      from: 'import_refusal r',
      sort: [
        ['r.line', 'int'],
        ['r.place', 'int'],
      ],
    });
    list.where('r.import_id = ?', importId);
    return list.read<ImportRefusal, ImportRefusal>(context.em, page, {
      cursor: ({ line, place }) => [line, place],
      node: (found) => found,
    });
  }

  private kindOf({ kind }: Import): RowKind {
    return this.kinds.find((one) => one.kind === kind) as RowKind;
  }
}

/** The first rows. Of a file that goes on the last row of the sample may be cut off: it is left out. */
async function readRows(settings: ImportSettings, sample: Buffer, goesOn: boolean): Promise<{ read: ReadRow[]; failure: string | null }> {
  const { format, encoding, delimiter, columns } = settings;
  const read: ReadRow[] = [];
  const once = async function* () {
    yield sample;
  };
  try {
    for await (const rows of FORMATS[format]!.read(once(), { encoding, delimiter, columns: columns.map(({ name }) => name) })) {
      read.push(...rows.slice(0, ROWS_CHECKED + 1).map((row) => mapRow(settings, row)));
      if (read.length > ROWS_CHECKED) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (!goesOn) return { read: read.slice(0, ROWS_CHECKED), failure: error.message };
  }
  if (goesOn && read.length <= ROWS_CHECKED) read.pop();
  return { read: read.slice(0, ROWS_CHECKED), failure: null };
}

const noImport = (path: readonly string[]) => userError('NOT_FOUND', 'There is no such import.', path);
const isOver = () => userError('CONFLICT', 'It has started, or is over.', ['import']);
