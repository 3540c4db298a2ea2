import { createHash } from 'node:crypto';
import { isPlainUrl } from '@tributary/shared/compliance';
import { type FactForm, normaliseProduct, type ProductContent } from '@tributary/shared/facts';
import { formOf, versionAt } from '../../../intake/index.ts';
import { hotRows, rows } from '../../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../../platform/database/transaction.ts';
import { type UserError, userError } from '../../../platform/graphql/user-error.ts';
import { sliceOf } from '../../../platform/ids.ts';
import type { IntakeService } from '../../intake/index.ts';
import { recordProducts } from '../../product/index.ts';
import type { MappedRow, RowKind, TakenRow, Taking } from './kind.ts';
import { PRODUCT_FIELDS, type ReadProduct, readProduct } from './product-row.ts';

const GONE_AT_ONCE = 1_000;

interface Row extends ReadProduct {
  readonly index: number;
  readonly hash: Buffer;
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
      const product = readProduct(values, form.currency);
      const error = 'code' in product ? product : whatIsWrong(product, form, taking.now);
      return error === undefined ? [] : [error];
    });
  }

  async take(read: readonly MappedRow[], taking: Taking): Promise<readonly TakenRow[]> {
    const form = await this.formFor(taking);
    const results: TakenRow[] = new Array(read.length);
    const good: Row[] = [];
    for (const [index, { values }] of read.entries()) {
      const product = readProduct(values, form.currency);
      if ('code' in product) results[index] = { repeated: false, errors: [product] };
      else good.push({ ...product, index, hash: hashOf(product) });
    }
    const { program, fork } = taking;
    const { taken, revisits } = await inTransaction(fork(), async (tx) => {
      const found = await takeProducts(tx, good, taking, form);
      const refused = read.filter((_, index) => results[index] !== undefined).map(({ values }) => values.get('id') ?? '');
      const turnedAway = found.taken.flatMap(({ errors }, position) => (errors.length > 0 ? [good[position]!.input.id] : []));
      await keepNamed(tx, [...new Set([...refused, ...turnedAway])].sort(), taking);
      return found;
    });
    for (const [position, result] of taken.entries()) results[good[position]!.index] = result;
    if (revisits > 0) await this.intake.drain(program.id, program.organizationId);
    return results;
  }

  /** Products of the feed that a whole one did not name can be had no more. */
  async finish(taking: Taking): Promise<void> {
    if (!taking.complete) return;
    const form = await this.formFor(taking);
    for (let found = GONE_AT_ONCE; found === GONE_AT_ONCE; ) {
      const { count, revisits } = await inTransaction(taking.fork(), (tx) => markGone(tx, taking, form));
      found = count;
      if (revisits > 0) await this.intake.drain(taking.program.id, taking.program.organizationId);
    }
  }

  private async formFor({ fork, program, now }: Taking): Promise<FactForm> {
    return formOf(versionAt(await this.intake.termsOf(fork(), program.id, program.organizationId), now));
  }
}

function whatIsWrong({ input }: ReadProduct, form: FactForm, now: number): UserError | undefined {
  const normal = normaliseProduct(input, form, now);
  if (!normal.ok) return byField(userError('INVALID', normal.refusal.message, normal.refusal.path));
  if (input.url != null && !isPlainUrl(input.url)) return userError('INVALID', 'The link is not a plain http or https address.', ['link']);
  return undefined;
}

function byField(error: UserError): UserError {
  return error.path[0] === 'url' ? { ...error, path: ['link'] } : error;
}

function hashOf({ input, details }: ReadProduct): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([input, details]))
    .digest();
}

async function takeProducts(
  tx: Transaction,
  read: readonly Row[],
  { program, now, feed, importId }: Taking,
  form: FactForm,
): Promise<{ taken: TakenRow[]; revisits: number }> {
  if (read.length === 0) return { taken: [], revisits: 0 };
  const ids = [...new Set(read.map(({ input }) => input.id))].sort();
  const known = new Map(
    (
      await hotRows<{ external_id: string; hash: Buffer; gone: boolean }>(
        tx,
        `select f.external_id, f.hash, f.gone from unnest($2::smallint[], $3::text[]) as k (slice, id)
         join feed_product f on f.slice = k.slice and f.program_id = $1 and f.external_id = k.id order by f.external_id for update of f`,
        [program.id, ids.map(sliceOf), ids],
      )
    ).map(({ external_id, hash, gone }) => [external_id, gone ? null : hash]),
  );
  const changed = read.filter(({ input, hash }) => known.get(input.id)?.equals(hash) !== true);
  const { results, revisits } =
    changed.length === 0
      ? { results: [], revisits: 0 }
      : await recordProducts(
          tx,
          program.id,
          changed.map(({ input }) => input),
          form,
          now,
        );
  const became = new Map(changed.map((row, index) => [row, results[index]!]));
  const newest = new Map<string, Row>();
  for (const row of read) if ((became.get(row)?.userErrors.length ?? 0) === 0) newest.set(row.input.id, row);
  await keepRows(tx, [...newest.values()], { programId: program.id, feed, importId, now });
  const taken = read.map((row) => {
    const result = became.get(row);
    return result === undefined ? { repeated: true, errors: [] } : { repeated: result.repeated, errors: result.userErrors.map(byField) };
  });
  return { taken, revisits };
}

async function keepRows(
  tx: Transaction,
  kept: readonly Row[],
  { programId, feed, importId, now }: { programId: string; feed: string; importId: string; now: number },
): Promise<void> {
  const sorted = [...kept].sort((a, b) => (a.input.id < b.input.id ? -1 : 1));
  await hotRows(
    tx,
    `insert into feed_product as f (slice, program_id, external_id, feed, hash, import_id, changed_at, details)
     select u.slice, $1, u.id, $2, u.hash, $3, $4, u.details from unnest($5::smallint[], $6::text[], $7::bytea[], $8::json[]) as u (slice, id, hash, details)
     on conflict (slice, program_id, external_id) do update set feed = excluded.feed, import_id = excluded.import_id, gone = false, hash = excluded.hash,
       changed_at = case when f.hash = excluded.hash and not f.gone then f.changed_at else excluded.changed_at end,
       details = case when f.hash = excluded.hash then f.details else excluded.details end`,
    [
      programId,
      feed,
      importId,
      new Date(now),
      sorted.map(({ input }) => sliceOf(input.id)),
      sorted.map(({ input }) => input.id),
      sorted.map(({ hash }) => hash),
      sorted.map(({ details }) => JSON.stringify(details)),
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
       select content from product_version p where p.slice = g.slice and p.program_id = $1 and p.external_id = g.external_id order by p.seen_at desc limit 1
     ) p`,
    [program.id, feed, importId, new Date(now)],
  );
  const inputs = gone.map(({ content: { attributes, occurredAt: _, ...content } }) => ({
    ...content,
    attributes: Object.entries(attributes ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    available: false,
  }));
  const { revisits } = await recordProducts(tx, program.id, inputs, form, now);
  return { count: gone.length, revisits };
}
