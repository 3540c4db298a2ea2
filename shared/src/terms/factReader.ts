import { liesOn } from '../compliance/hosts.ts';
import {
  type AffiliateFacts,
  type Attributes,
  type ClickFacts,
  type CustomerFacts,
  type LineFacts,
  NO_ATTRIBUTES,
  type OrderFacts,
  type OrderOutcome,
} from '../facts/decisionFacts.ts';
import type { FactLevel, Terms } from './document.ts';

/** Where conditions read their facts. What a section does not look at is undefined there. */
export interface FactContext {
  /** The instant that dates are judged by: the order's placing, or the click. */
  at: number;
  order: OrderFacts | undefined;
  outcome: OrderOutcome | undefined;
  customer: CustomerFacts | undefined;
  /** The winning click, or the one that is judged. */
  click: ClickFacts | undefined;
  affiliate: AffiliateTraits | undefined;
  line: LineFacts | undefined;
  /** The customer's place among the affiliate's paying customers. */
  place: number | undefined;
  /** Values of the facts that the terms derive, in the document's order. */
  derived: readonly string[];
}

/** What conditions may read of an affiliate. */
export type AffiliateTraits = Pick<AffiliateFacts, 'class' | 'country' | 'documents' | 'sourceKinds'>;

const NONE_DERIVED: readonly string[] = [];

/** All contexts are of one shape, as all facts are read from them. */
export function factContext(at: number, known: Partial<Omit<FactContext, 'at'>>): FactContext {
  const { order, outcome, customer, click, affiliate, line, place, derived = NONE_DERIVED } = known;
  return { at, order, outcome, customer, click, affiliate, line, place, derived };
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
  'click.fromMarkedSource': ({ click }) => {
    const referrer = click?.referrer;
    return referrer !== undefined && (click?.markedSources ?? []).some((source) => liesOn(referrer, source));
  },
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
  const derived = terms.derived?.findIndex((fact) => fact.fact === path) ?? -1;
  if (derived >= 0) return (context) => context.derived[derived];
  const [level, name] = path.split('.') as [FactLevel, string];
  return ATTRIBUTE_READERS[level](name);
}

const ATTRIBUTE_READERS: Record<FactLevel, (name: string) => FactReader> = {
  order: (name) => (c) => attribute(c.order?.attributes, name),
  line: (name) => (c) => attribute(c.line?.attributes, name),
  click: (name) => (c) => attribute(c.click?.attributes, name),
  customer: (name) => (c) => attribute(c.customer?.attributes, name),
};

function attribute(attributes: Attributes | undefined, name: string): FactValue {
  // Most have none, which is told without a search by name.
  return attributes === undefined || attributes === NO_ATTRIBUTES ? undefined : attributes[name];
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
  return isFolded(channel) ? channel : foldAny(channel);
}

/** Nothing but small letters and digits of ASCII, as most channels are. */
function isFolded(channel: string): boolean {
  for (let i = 0; i < channel.length; i++) {
    const code = channel.charCodeAt(i);
    if ((code < 97 || code > 122) && (code < 48 || code > 57)) return false;
  }
  return true;
}

function foldAny(channel: string): string {
  return channel.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Declared texts are words of shops: case and outer spaces do not matter. */
function foldWords(text: string): string {
  return text.trim().toLowerCase();
}
