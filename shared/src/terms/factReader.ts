import type { AffiliateFacts, Attributes, ClickFacts, CustomerFacts, LineFacts, OrderFacts, OrderOutcome } from '../facts/decisionFacts.ts';
import type { Terms } from './document.ts';

/** Where conditions read their facts. What a section does not look at is undefined there. */
export interface FactContext {
  /** The instant that dates are judged by: the order's placing, or the click. */
  at: number;
  order?: OrderFacts;
  outcome?: OrderOutcome;
  customer?: CustomerFacts;
  /** The winning click, or the one that is judged. */
  click?: ClickFacts;
  affiliate?: Pick<AffiliateFacts, 'class' | 'country' | 'documents' | 'sourceKinds'>;
  line?: LineFacts;
  /** The customer's place among the affiliate's paying customers. */
  place?: number;
  /** Values of facts that the terms derive, by path. */
  derived?: Readonly<Record<string, string>>;
}

export type FactValue = string | boolean | number | bigint | readonly string[] | undefined;
export type FactReader = (context: FactContext) => FactValue;

const READERS: Record<string, FactReader> = {
  'order.placedAt': (c) => c.order?.placedAt,
  'order.country': (c) => c.order?.country,
  'order.price': (c) => c.order?.price,
  'order.goods': (c) => c.order?.goods,
  'order.shipping': (c) => c.order?.shipping,
  'order.platform': (c) => c.order?.platform,
  'order.discounts': (c) => c.order?.discounts,
  'order.isFirstOfCustomer': (c) => c.order?.isFirstOfCustomer,
  'order.paidAt': (c) => c.outcome?.paidAt,
  'order.shippedAt': (c) => c.outcome?.shippedAt,
  'order.completedAt': (c) => c.outcome?.completedAt,
  'order.confirmedAt': (c) => c.outcome?.confirmedAt,
  'order.spam': (c) => c.outcome?.spam,
  'order.spamClearedAt': (c) => c.outcome?.spamClearedAt,
  'line.sku': (c) => c.line?.sku,
  'line.product': (c) => c.line?.product,
  'line.store': (c) => c.line?.store,
  'line.category': (c) => c.line?.category,
  'line.kind': (c) => c.line?.kind,
  'line.price': (c) => c.line?.price,
  'line.quantity': (c) => c.line?.quantity,
  'line.rate': (c) => c.line?.rate,
  'line.forbidden': (c) => c.line?.forbidden,
  'click.at': (c) => c.click?.at,
  'click.country': (c) => c.click?.country,
  'click.page': (c) => c.click?.page,
  'click.product': (c) => c.click?.product,
  'click.store': (c) => c.click?.store,
  'click.channel': (c) => c.click?.channel,
  'click.keyword': (c) => c.click?.keyword,
  'click.referrer': (c) => c.click?.referrer,
  'click.method': (c) => c.click?.method,
  'click.fetchDest': (c) => c.click?.fetchDest,
  'affiliate.class': (c) => c.affiliate?.class,
  'affiliate.country': (c) => c.affiliate?.country,
  'affiliate.documents': (c) => c.affiliate?.documents,
  'affiliate.sourceKinds': (c) => c.affiliate?.sourceKinds,
  'customer.registeredAt': (c) => c.customer?.registeredAt,
  'customer.place': (c) => c.place,
};

/** Reads a built-in, derived or declared fact by its path. Validation has refused paths that do not exist. */
export function factReader(path: string, terms: Terms): FactReader {
  const builtIn = READERS[path];
  if (builtIn !== undefined) return builtIn;
  if (terms.derived?.some((fact) => fact.fact === path)) return (context) => context.derived?.[path];
  const [level, name] = path.split('.') as ['order' | 'line' | 'click' | 'customer', string];
  return (context) => (context[level] as { attributes: Attributes } | undefined)?.attributes[name];
}

export type Fold = (text: string) => string;

/** How the values of a fact are made comparable; undefined: exactly. */
export function foldOf(path: string, terms: Terms): Fold | undefined {
  if (path === 'click.channel') return foldChannel;
  if (path in READERS) return undefined;
  const declared = (terms.facts ?? []).some((fact) => `${fact.level}.${fact.name}` === path && fact.type === 'text');
  return declared ? foldWords : undefined;
}

/** Channels are compared without case and punctuation: `Google Ads` is `google-ads`. */
export function foldChannel(channel: string): string {
  return channel.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Declared texts are words of shops: case and outer spaces do not matter. */
function foldWords(text: string): string {
  return text.trim().toLowerCase();
}
