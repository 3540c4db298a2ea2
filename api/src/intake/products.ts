import type { ProductContent } from '@tributary/shared/facts';
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

/** A product of the same category that can be had from a participating store, nearest in price; the smaller id of two as near (AE-18). */
export async function similarProduct(batch: Batch, product: ProductContent, at: number): Promise<ProductContent | undefined> {
  if (product.category === undefined) return undefined;
  const exponent = batch.terms.versions[0]?.compiled.currencyExponent ?? 2;
  const found = await rows<{ content: ProductContent }>(
    batch.tx,
    `select content from (
       select distinct on (external_id) external_id, available, participates, price, content from product_version
       where program_id = $1 and category = $2 and seen_at <= $3 order by external_id, seen_at desc
     ) newest where available and participates and external_id <> $4
     order by abs(coalesce(price, 0) - round($5::numeric * 10 ^ $6::int)), external_id collate "C" limit 1`,
    [batch.terms.programId, product.category, new Date(at), product.id, product.price ?? '0', exponent],
  );
  return found[0]?.content;
}
