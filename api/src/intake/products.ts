import { type LinkHosts, whyNoLink } from '@tributary/shared/compliance';
import type { ProductContent } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import { type CompiledTerms, linkHosts } from '@tributary/shared/terms';
import type { EntityManager } from '../platform/database/orm.ts';
import { hotRows as rows, type SqlValue } from '../platform/database/sql.ts';
import { sliceOf } from '../platform/ids.ts';
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

/** A product with a page that links may lead to. */
type Shown = ProductContent & { readonly url: string };

/** So many of a category are looked at, each way from the price, when the nearest has no page that links may lead to. */
const MOST_LOOKED_AT = 500;

/**
 * A product of the same category that can be had from a participating store, nearest in price; the smaller id of two as near (AE-18).
 * Feeds name any page: only one to which a link may lead is shown (AE-17). Of a click that became known late: as the feed was at the
 * click's instant.
 */
export async function similarProduct(
  batch: Batch,
  product: ProductContent,
  compiled: CompiledTerms,
  { at, now }: { at: number; now: number },
): Promise<Shown | undefined> {
  const { programId } = batch.terms;
  if (product.category === undefined) return undefined;
  if (at >= now) return nearestProduct(batch.tx, programId, product, compiled, at);
  const found = await rows<{ content: ProductContent }>(
    batch.tx,
    `select content from (
       select distinct on (external_id) external_id, available, participates, price, content from product_version
       where program_id = $1 and category = $2 and seen_at <= $3 order by external_id, seen_at desc
     ) newest where available and participates and external_id <> $4
     order by abs(coalesce(price, 0) - $5), external_id collate "C" limit ${2 * MOST_LOOKED_AT}`,
    [programId, product.category, new Date(at), product.id, priceOf(product, compiled)],
  );
  const hosts = linkHosts(compiled, at);
  return found.map(({ content }) => content).find((content): content is Shown => isShown(content, hosts));
}

const OTHERS = 'program_id = $1 and category = $2 and offered and external_id <> $3';

/** The same as products are now: two looks into an index, however many there are. */
export async function nearestProduct(
  em: EntityManager,
  programId: string,
  product: ProductContent,
  compiled: CompiledTerms,
  now: number,
): Promise<Shown | undefined> {
  if (product.category === undefined) return undefined;
  const values = [programId, product.category, product.id, priceOf(product, compiled)];
  const [nearest] = await rows<{ content: ProductContent }>(
    em,
    `select content from (
       (select price, external_id, content from product where ${OTHERS} and price >= $4 order by price, external_id collate "C" limit 1)
       union all
       (select price, external_id, content from product where ${OTHERS} and price = (
          select price from product where ${OTHERS} and price < $4 order by price desc limit 1
        ) order by external_id collate "C" limit 1)
     ) near order by abs(price - $4), external_id collate "C" limit 1`,
    values,
  );
  const hosts = linkHosts(compiled, now);
  if (nearest === undefined || isShown(nearest.content, hosts)) return nearest?.content as Shown | undefined;
  return nearestOfMany(em, values, hosts);
}

async function nearestOfMany(em: EntityManager, values: readonly SqlValue[], hosts: LinkHosts): Promise<Shown | undefined> {
  const near = await rows<{ external_id: string; url: string | null }>(
    em,
    `select external_id, url from (
       (select price, external_id, content ->> 'url' as url from product where ${OTHERS} and price >= $4
        order by price, external_id collate "C" limit ${MOST_LOOKED_AT})
       union all
       (select price, external_id, content ->> 'url' as url from product where ${OTHERS} and price < $4
        order by price desc, external_id collate "C" desc limit ${MOST_LOOKED_AT})
     ) near order by abs(price - $4), external_id collate "C"`,
    values,
  );
  const id = near.find((one) => isShown(one, hosts))?.external_id;
  if (id === undefined) return undefined;
  const text = 'select content from product where slice = $1 and program_id = $2 and external_id = $3';
  return (await rows<{ content: Shown }>(em, text, [sliceOf(id), values[0] as string, id]))[0]?.content;
}

const isShown = ({ url }: { readonly url?: string | null }, hosts: LinkHosts) => url != null && whyNoLink(url, hosts) === null;

const priceOf = ({ price }: ProductContent, { currencyExponent }: CompiledTerms) =>
  price === undefined ? 0n : parseDecimal(price, currencyExponent);
