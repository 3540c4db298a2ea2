import type { ProductContent } from '../facts/content.ts';
import type { ClickFacts, LineFacts, OrderFacts } from '../facts/decisionFacts.ts';
import { parseDecimal, parsePercent } from '../money/index.ts';
import type { CompiledTerms } from '../terms/compile.ts';
import type { FactContext } from '../terms/factReader.ts';
import { judgeLines } from './lines.ts';

const NO_ATTRIBUTES = Object.freeze({});

/**
 * The rate that a product would have if a visitor came to its very page and ordered it alone: by the terms' exclusions
 * and rate clauses, the delivery country unknown. On the scale of `parsePercent`; undefined where it goes by more than
 * is known, such as the customer's place.
 */
export function approximateRate(
  compiled: CompiledTerms,
  product: ProductContent,
  affiliate: NonNullable<FactContext['affiliate']>,
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
  const derived: Record<string, string> = {};
  const context: FactContext = { at, order, affiliate, click, derived };
  for (const fact of compiled.derived) derived[fact.fact] = fact.cases.find((item) => item.condition.holds(context))?.is ?? fact.otherwise;
  return judgeLines(compiled, context, [line], [], new Set())[0]?.rate;
}

function lineOf(product: ProductContent, currencyExponent: number): LineFacts {
  const line: LineFacts = {
    sku: product.id,
    product: product.id,
    price: product.price === undefined ? 1n : (parseDecimal(product.price, currencyExponent) ?? 1n),
    quantity: 1,
    forbidden: false,
    attributes: product.attributes ?? NO_ATTRIBUTES,
  };
  if (product.store !== undefined) line.store = product.store;
  if (product.category !== undefined) line.category = product.category;
  if (product.kind !== undefined) line.kind = product.kind;
  if (product.rate !== undefined) line.rate = parsePercent(product.rate) ?? 0n;
  return line;
}
