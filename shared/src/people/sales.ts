import { valueLeft } from '../decide/index.ts';
import { assembleOrder, currentContent, foldEvents, type OrderContent, type StoredEvent, standingEvents } from '../facts/index.ts';

/** An order that is attributed to the affiliate, with all that became of it. */
export interface SoldOrder {
  content: OrderContent;
  placedAt: number;
  events: readonly StoredEvent[];
}

/** Why an order is a paid sale or none, by what became of it. */
export type SaleReason =
  | 'counts'
  | 'unpaid'
  | 'cancelled'
  | 'rejected-by-merchant'
  | 'voided'
  | 'dispute-open'
  | 'dispute-lost'
  | 'refunded'
  | 'no-value';

export interface Sale {
  /** The goods after refunds, in minor units of the program's currency; zero unless it counts. */
  readonly value: bigint;
  readonly why: SaleReason;
}

/** When an order began to be a paid sale, and when it ceased to. Null: it never did, or not since. */
export interface SaleSpan extends Sale {
  readonly since: number | null;
  readonly until: number | null;
}

const NO_KNOWLEDGE = { feed: () => undefined, isForbidden: () => false };

/** What an order counts for an affiliate's paid sales: paid, and neither cancelled, rejected nor disputed away (BG-06, reading 17). */
export function saleOf(order: SoldOrder, currencyExponent: number): Sale {
  return foldSale(order, standingEvents(order.events), currencyExponent);
}

/**
 * The same with its instants, by what is known now: a correction counts as if it had always been so, since the order was then
 * what the correction says.
 */
export function saleSpanOf(order: SoldOrder, currencyExponent: number): SaleSpan {
  const standing = standingEvents(order.events);
  const content = currentContent(order.content, standing);
  let since: number | null = null;
  let until: number | null = null;
  let counted = false;
  for (const at of [...new Set(standing.map((event) => event.at))].sort((a, b) => a - b)) {
    const known = standing.filter((event) => event.at <= at && event.kind !== 'corrected');
    const counts = foldSale({ ...order, content }, known, currencyExponent).value > 0n;
    if (counts && !counted) [since, until] = [Math.max(at, order.placedAt), null];
    if (!counts && counted) until = Math.max(at, order.placedAt);
    counted = counts;
  }
  return { ...foldSale(order, standing, currencyExponent), since, until };
}

function foldSale({ content, placedAt }: SoldOrder, standing: readonly StoredEvent[], currencyExponent: number): Sale {
  const current = currentContent(content, standing);
  const { lines } = assembleOrder(current, placedAt, false, NO_KNOWLEDGE, currencyExponent);
  const outcome = foldEvents(lines, placedAt, current.spam, standing, currencyExponent);
  const { paidAt, cancelledAt, rejectedAt, voidedAt, dispute } = outcome;
  const none = (why: SaleReason): Sale => ({ value: 0n, why });
  if (cancelledAt !== undefined) return none('cancelled');
  if (rejectedAt !== undefined) return none('rejected-by-merchant');
  if (voidedAt !== undefined) return none('voided');
  if (dispute === 'open') return none('dispute-open');
  if (dispute === 'buyer') return none('dispute-lost');
  if (paidAt === undefined) return none('unpaid');
  const value = lines.reduce((sum, line, index) => sum + valueLeft(line, outcome.refunds[index]), 0n);
  if (value > 0n) return { value, why: 'counts' };
  return none(outcome.refunded ? 'refunded' : 'no-value');
}
