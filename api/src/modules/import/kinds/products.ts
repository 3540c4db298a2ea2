import { hash } from 'node:crypto';
import type { FactForm, ProductContent } from '@tributary/shared/facts';
import { formOf, versionAt } from '../../../intake/index.ts';
import { copyRows } from '../../../platform/database/copy.ts';
import { row, rows, type SqlItem } from '../../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../../platform/database/transaction.ts';
import type { UserError } from '../../../platform/graphql/user-error.ts';
import { sliceOf } from '../../../platform/ids.ts';
import type { IntakeService } from '../../intake/index.ts';
import { readTold, recordStates, type ToldProduct } from '../../product/index.ts';
import { allAreNamed } from '../progress.ts';
import type { MappedRow, RowKind, TakenRow, TakeRows, Taking } from './kind.ts';
import { PRODUCT_FIELDS, type ProductDetails, type ReadProduct, readProduct } from './product-row.ts';

const GONE_AT_ONCE = 1_000;

/** A product that can be taken in. */
interface Row {
  readonly id: string;
  readonly slice: number;
  readonly told: ToldProduct;
  readonly details: ProductDetails;
  /** Of all that the feed says of it. */
  readonly hash: Buffer;
}

/** Rows of a batch: what is wrong with each, or the product that it is. Of rows of one product the last counts. */
interface Batch {
  readonly read: readonly (Row | UserError)[];
  readonly products: ReadonlyMap<string, Row>;
  /** Products that are named by rows that cannot be taken. */
  readonly refused: readonly string[];
}

/** Products of a feed, a row each. Those of which the feed says what it said last are left as they are. */
export class ProductRows implements RowKind {
  readonly kind = 'products' as const;
  readonly formats = ['csv', 'xml', 'jsonl'];
  readonly mostBytes = 2_000_000_000;
  readonly fields = PRODUCT_FIELDS;
  readonly atOnce = 2_000;
  private readonly intake: IntakeService;

  constructor(intake: IntakeService) {
    this.intake = intake;
  }

  async check(read: readonly MappedRow[], taking: Taking): Promise<readonly (readonly UserError[])[]> {
    const form = await this.formFor(taking);
    return read.map(({ values }) => {
      const row = readRow(values, form, taking.now);
      return 'code' in row ? [row] : [];
    });
  }

  async prepare(read: readonly MappedRow[], taking: Taking): Promise<TakeRows> {
    const form = await this.formFor(taking);
    const batch = readBatch(read, form, taking.now);
    const { program, fork } = taking;
    return async () => {
      const { repeated, revisits } = await inTransaction(fork(), (tx) => takeBatch(tx, batch, taking, form));
      if (revisits > 0) await this.intake.drain(program.id, program.organizationId);
      return batch.read.map(
        (row): TakenRow => ('code' in row ? { repeated: false, errors: [row] } : { repeated: repeated.has(row), errors: [] }),
      );
    };
  }

  /** Products of the feed that a whole one did not name can be had no more. */
  async finish(now: () => Promise<Taking>): Promise<string | null> {
    const { complete, fork, importId, program } = await now();
    if (!complete) return null;
    const accepted = await row<{ accepted: number }>(fork(), 'select accepted from import_job where id = $1', [importId]);
    if (!accepted?.accepted) return 'No product could be read: none was taken for gone.';
    if (!(await allAreNamed(fork(), importId, 'id')))
      return 'Of some rows it cannot be read which product they are about: none was taken for gone.';
    for (let found = GONE_AT_ONCE; found === GONE_AT_ONCE; ) {
      // Each time of an instant of its own: whoever fetches changes in between goes on behind it.
      const taking = await now();
      const form = await this.formFor(taking);
      const { count, revisits } = await inTransaction(fork(), (tx) => markGone(tx, taking, form));
      found = count;
      if (revisits > 0) await this.intake.drain(program.id, program.organizationId);
    }
    return null;
  }

  /** What a feed names is not gone, even if nothing else of the row can be read. */
  async passOver(read: readonly MappedRow[], taking: Taking): Promise<void> {
    if (!taking.complete) return;
    const ids = [...new Set(read.flatMap(({ values }) => values.get('id') ?? []))].sort();
    await inTransaction(taking.fork(), (tx) => keepNamed(tx, ids, taking));
  }

  private async formFor({ fork, program, now }: Taking): Promise<FactForm> {
    return formOf(versionAt(await this.intake.termsOf(fork(), program.id, program.organizationId), now));
  }
}

function readRow(values: ReadonlyMap<string, string>, form: FactForm, now: number): Row | UserError {
  const product = readProduct(values, form.currency, now);
  if ('code' in product) return product;
  const told = readTold(product.input, form, now);
  if ('code' in told) return byField(told);
  const { id } = told.content;
  return { id, slice: sliceOf(id), told, details: product.details, hash: hashOf(product) };
}

function byField(error: UserError): UserError {
  return error.path[0] === 'url' ? { ...error, path: ['link'] } : error;
}

function hashOf({ input, details }: ReadProduct): Buffer {
  return hash('sha256', JSON.stringify([input, details]), 'buffer');
}

function readBatch(read: readonly MappedRow[], form: FactForm, now: number): Batch {
  const products = new Map<string, Row>();
  const refused = new Set<string>();
  const all = read.map(({ values }) => {
    const row = readRow(values, form, now);
    if ('code' in row) refused.add(values.get('id') ?? '');
    else products.set(row.id, row);
    return row;
  });
  // In one order, so that two feeds with the same products wait for each other and not crosswise.
  const sorted = [...products.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    read: all,
    products: new Map(sorted.map((row) => [row.id, row])),
    refused: [...refused].filter((id) => !products.has(id)).sort(),
  };
}

/** `repeated`: rows that say what is known already. */
async function takeBatch(
  tx: Transaction,
  { products, refused }: Batch,
  taking: Taking,
  form: FactForm,
): Promise<{ repeated: Set<Row>; revisits: number }> {
  const all = [...products.values()];
  const differing = await compare(tx, all, taking);
  const [fresh, there, told]: [Row[], Row[], Row[]] = [[], [], []];
  const repeated = new Set(all);
  for (const { place, isKnown, isTold } of differing) {
    const row = all[place - 1] as Row;
    (isKnown ? there : fresh).push(row);
    if (!isTold) continue;
    told.push(row);
    repeated.delete(row);
  }
  const { program, now } = taking;
  // First of all: whoever takes in the same products meanwhile waits here.
  if (there.length > 0) await replaceRows(tx, there, taking);
  if (fresh.length > 0) await addRows(tx, fresh, taking);
  const { kept, revisits } = await recordStates(
    tx,
    program.id,
    told.map((row) => row.told),
    form.currencyExponent,
    now,
  );
  for (const [index, state] of kept.entries()) if (!('code' in state) && state.repeated) repeated.add(told[index] as Row);
  if (taking.complete) {
    const same = all.filter((row) => repeated.has(row)).map(({ id }) => id);
    await keepNamed(tx, [...same, ...refused].sort(), taking);
  }
  return { repeated, revisits };
}

/** A product of a batch, by its place from 1 on, of which something else is kept: what it says of itself, that it was gone, or its feed. */
interface Differing {
  readonly place: number;
  readonly isKnown: boolean;
  readonly isTold: boolean;
}

/** One look for each, whatever the planner believes. */
function compare(tx: Transaction, all: readonly Row[], { program, feed }: Taking): Promise<Differing[]> {
  return rows<Differing>(
    tx,
    `select k.place::int as place, f.hash is not null as "isKnown", f.hash is distinct from k.hash or f.gone as "isTold"
     from unnest($2::smallint[], $3::text[], $4::bytea[]) with ordinality as k (slice, id, hash, place) left join lateral (
       select hash, gone, feed from feed_product where slice = k.slice and program_id = $1 and external_id = k.id limit 1
     ) f on true where f.hash is distinct from k.hash or f.gone or f.feed <> $5`,
    [program.id, all.map(({ slice }) => slice), all.map(({ id }) => id), all.map(({ hash }) => hash), feed],
  );
}

async function addRows(tx: Transaction, fresh: readonly Row[], { program, feed, importId, now }: Taking): Promise<void> {
  const changedAt = new Date(now);
  function* values(): Generator<SqlItem[]> {
    for (const { slice, id, hash, details } of fresh)
      yield [slice, program.id, id, feed, hash, importId, changedAt, JSON.stringify(details)];
  }
  await copyRows(tx, 'feed_product (slice, program_id, external_id, feed, hash, import_id, changed_at, details)', values());
}

async function replaceRows(tx: Transaction, there: readonly Row[], { program, feed, importId, now }: Taking): Promise<void> {
  await rows(
    tx,
    `insert into feed_product as f (slice, program_id, external_id, feed, hash, import_id, changed_at, details)
     select u.slice, $1, u.id, $2, u.hash, $3, $4, u.details from unnest($5::smallint[], $6::text[], $7::bytea[], $8::json[]) as u (slice, id, hash, details)
     on conflict (slice, program_id, external_id) do update set feed = excluded.feed, import_id = excluded.import_id, gone = false, hash = excluded.hash,
       changed_at = case when f.hash = excluded.hash and not f.gone then f.changed_at else excluded.changed_at end,
       details = case when f.hash = excluded.hash then f.details else excluded.details end`,
    [
      program.id,
      feed,
      importId,
      new Date(now),
      there.map(({ slice }) => slice),
      there.map(({ id }) => id),
      there.map(({ hash }) => hash),
      there.map(({ details }) => JSON.stringify(details)),
    ],
  );
}

/** What a feed names is not gone, even if what it says of it cannot be taken. */
async function keepNamed(tx: Transaction, ids: readonly string[], { program, importId }: Taking): Promise<void> {
  if (ids.length === 0) return;
  await rows(
    tx,
    `update feed_product f set import_id = $2 from unnest($3::smallint[], $4::text[]) as k (slice, id)
     where f.slice = k.slice and f.program_id = $1 and f.external_id = k.id`,
    [program.id, importId, ids.map(sliceOf), ids],
  );
}

/** After all that changed before, also where the clock stands still. */
async function nextChange(tx: Transaction, programId: string, now: number): Promise<Date> {
  const last = await row<{ at: Date | null }>(tx, 'select max(changed_at) as at from feed_product where program_id = $1', [programId]);
  return new Date(Math.max(now, (last?.at?.getTime() ?? 0) + 1));
}

async function markGone(
  tx: Transaction,
  { program, now, feed, importId }: Taking,
  form: FactForm,
): Promise<{ count: number; revisits: number }> {
  const gone = await rows<{ external_id: string; content: ProductContent }>(
    tx,
    `with gone as (
       select slice, external_id from feed_product where program_id = $1 and feed = $2 and import_id <> $3 and not gone order by external_id limit ${GONE_AT_ONCE} for update
     ), marked as (
       update feed_product f set gone = true, changed_at = $4 from gone g where f.slice = g.slice and f.program_id = $1 and f.external_id = g.external_id
     )
     select g.external_id, p.content from gone g cross join lateral (
       select content from product where slice = g.slice and program_id = $1 and external_id = g.external_id limit 1
     ) p`,
    [program.id, feed, importId, await nextChange(tx, program.id, now)],
  );
  const told = gone.flatMap(({ content: { attributes, occurredAt: _, ...content } }) => {
    const named = Object.entries(attributes ?? {}).map(([name, value]) => ({ name, value: String(value) }));
    const read = readTold({ ...content, attributes: named, available: false }, form, now);
    return 'code' in read ? [] : [read];
  });
  const { revisits } = await recordStates(tx, program.id, told, form.currencyExponent, now);
  return { count: gone.length, revisits };
}
