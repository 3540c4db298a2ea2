import { parseDecimal, parsePercent } from '../money/index.ts';
import type { LineContent, OrderContent, ProductContent } from './content.ts';
import { type LineFacts, NO_ATTRIBUTES, type OrderFacts } from './decisionFacts.ts';

/** What the product feed and the staff's list say of products, as of the order's instant. */
export interface ProductKnowledge {
  feed(product: string): ProductContent | undefined;
  isForbidden(product: string): boolean;
}

/** Makes the facts of an order from its content. Where a line is silent the product feed speaks (reading 9). */
export function assembleOrder(
  content: OrderContent,
  placedAt: number,
  isFirstOfCustomer: boolean,
  products: ProductKnowledge,
  currencyExponent: number,
): OrderFacts {
  const lines: LineFacts[] = [];
  let goods = 0n;
  for (const told of content.lines) {
    const line = assembleLine(told, products, currencyExponent);
    lines.push(line);
    goods += line.value;
  }
  const shipping = content.shipping === undefined ? 0n : money(content.shipping, currencyExponent);
  return {
    placedAt,
    country: content.country,
    price: goods + shipping,
    goods,
    shipping,
    platform: content.platform,
    discounts: content.discounts ?? [],
    attributes: content.attributes ?? NO_ATTRIBUTES,
    lines,
    isFirstOfCustomer,
  };
}

function assembleLine(line: LineContent, products: ProductKnowledge, currencyExponent: number): LineFacts {
  const product = line.product ?? line.sku;
  const feed = products.feed(product);
  const rate = line.rate ?? feed?.rate;
  const price = money(line.price, currencyExponent);
  // All of one shape: decisions read them all the time.
  return {
    sku: line.sku,
    product,
    store: line.store ?? feed?.store,
    category: line.category ?? feed?.category,
    kind: line.kind ?? feed?.kind,
    price,
    quantity: line.quantity,
    value: line.quantity === 1 ? price : price * BigInt(line.quantity),
    rate: rate === undefined ? undefined : (parsePercent(rate) ?? 0n),
    forbidden: products.isForbidden(product),
    attributes: feed?.attributes === undefined ? (line.attributes ?? NO_ATTRIBUTES) : { ...feed.attributes, ...line.attributes },
  };
}

/** Contents are in normal form, so that reading them cannot fail. */
function money(text: string, exponent: number): bigint {
  return parseDecimal(text, exponent) ?? 0n;
}
