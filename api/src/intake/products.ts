import type { ProductContent } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import type { EntityManager } from '../platform/database/orm.ts';
import { hotRows as rows } from '../platform/database/sql.ts';
import type { Batch } from './batch.ts';
import type { Workset } from './workset.ts';

/** What the product feed said of a product at an instant. */
export function productAt(set: Workset, product: string, at: number): ProductContent | undefined {
  let found: { seenAt: number; content: ProductContent } | undefined;
  for (const version of set.products.get(product) ?? []) {
    if (version.seenAt <= at && (found === undefined || version.seenAt >= found.seenAt)) found = version;
  }
  return found?.content;
}

/**
 * A product of the same category that can be had from a participating store, nearest in price; the smaller id of two as near (AE-18).
 * Of a click that became known late: as the feed was at the click's instant.
 */
export async function similarProduct(batch: Batch, product: ProductContent, at: number, now: number): Promise<ProductContent | undefined> {
  if (product.category === undefined) return undefined;
  const exponent = batch.terms.versions[0]?.compiled.currencyExponent ?? 2;
  if (at >= now) return nearestProduct(batch.tx, batch.terms.programId, product, exponent);
  const found = await rows<{ content: ProductContent }>(
    batch.tx,
    `select content from (
       select distinct on (external_id) external_id, available, participates, price, content from product_version
       where program_id = $1 and category = $2 and seen_at <= $3 order by external_id, seen_at desc
     ) newest where available and participates and external_id <> $4
     order by abs(coalesce(price, 0) - $5), external_id collate "C" limit 1`,
    [batch.terms.programId, product.category, new Date(at), product.id, priceOf(product, exponent)],
  );
  return found[0]?.content;
}

const OTHERS = 'program_id = $1 and category = $2 and offered and external_id <> $3';

/** The same as products are now: two looks into an index, however many there are. */
export async function nearestProduct(
  em: EntityManager,
  programId: string,
  product: ProductContent,
  exponent: number,
): Promise<ProductContent | undefined> {
  if (product.category === undefined) return undefined;
  const found = await rows<{ content: ProductContent }>(
    em,
    `select content from (
       (select price, external_id, content from product where ${OTHERS} and price >= $4 order by price, external_id collate "C" limit 1)
       union all
       (select price, external_id, content from product where ${OTHERS} and price = (
          select price from product where ${OTHERS} and price < $4 order by price desc limit 1
        ) order by external_id collate "C" limit 1)
     ) near order by abs(price - $4), external_id collate "C" limit 1`,
    [programId, product.category, product.id, priceOf(product, exponent)],
  );
  return found[0]?.content;
}

const priceOf = ({ price }: ProductContent, exponent: number) => (price === undefined ? 0n : parseDecimal(price, exponent));
