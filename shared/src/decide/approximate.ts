import type { ProductContent } from '../facts/content.ts';
import { type ClickFacts, type LineFacts, NO_ATTRIBUTES, type OrderFacts } from '../facts/decisionFacts.ts';
import { parseDecimal, parsePercent } from '../money/index.ts';
import type { CompiledTerms } from '../terms/compile.ts';
import { type AffiliateTraits, factContext } from '../terms/factReader.ts';
import { derive } from './decide.ts';
import { Derivation } from './derivation.ts';
import { judgeLines } from './lines.ts';

/**
 * The rate that a product would have if a visitor came to its very page and ordered it alone: by the terms' exclusions
 * and rate clauses, the delivery country unknown. On the scale of `parsePercent`; undefined where it goes by more than
 * is known, such as the customer's place.
 */
export function approximateRate(
  compiled: CompiledTerms,
  product: ProductContent,
  affiliate: AffiliateTraits,
  at: number,
): bigint | undefined {
  const line = lineOf(product, compiled.currencyExponent);
  const order: OrderFacts = {
    placedAt: at,
    price: line.price,
    goods: line.price,
    shipping: 0n,
    discounts: [],
    attributes: NO_ATTRIBUTES,
    lines: [line],
    isFirstOfCustomer: false,
  };
  const click: ClickFacts = {
    id: product.id,
    affiliateId: '',
    at,
    page: product.kind === 'hot' ? 'hot-product' : 'product',
    product: product.id,
    ...(product.store === undefined ? {} : { store: product.store }),
    attributes: NO_ATTRIBUTES,
    active: true,
    permitted: true,
    documents: affiliate.documents,
  };
  const context = factContext(at, { order, affiliate, click });
  const derivation = new Derivation();
  derive(compiled, context, derivation);
  return judgeLines(compiled, context, [line], derivation)[0]?.rate;
}

function lineOf(product: ProductContent, currencyExponent: number): LineFacts {
  const price = product.price === undefined ? 1n : (parseDecimal(product.price, currencyExponent) ?? 1n);
  return {
    sku: product.id,
    product: product.id,
    store: product.store,
    category: product.category,
    kind: product.kind,
    price,
    quantity: 1,
    value: price,
    rate: product.rate === undefined ? undefined : (parsePercent(product.rate) ?? 0n),
    forbidden: false,
    attributes: product.attributes ?? NO_ATTRIBUTES,
  };
}
