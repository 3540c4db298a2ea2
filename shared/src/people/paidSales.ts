import { valueLeft } from '../decide/index.ts';
import { assembleOrder, currentContent, foldEvents, type OrderContent, type StoredEvent, standingEvents } from '../facts/index.ts';

/** An order that is attributed to the affiliate, with all that became of it. */
export interface SoldOrder {
  content: OrderContent;
  placedAt: number;
  events: readonly StoredEvent[];
}

const NO_KNOWLEDGE = { feed: () => undefined, isForbidden: () => false };

/**
 * What an order counts for an affiliate's paid sales: the goods after refunds, if it is paid and was neither cancelled,
 * rejected nor disputed away (BG-06). Minor units of the program's currency.
 */
export function paidSale({ content, placedAt, events }: SoldOrder, currencyExponent: number): bigint {
  const standing = standingEvents(events);
  const current = currentContent(content, standing);
  const { lines } = assembleOrder(current, placedAt, false, NO_KNOWLEDGE, currencyExponent);
  const outcome = foldEvents(lines, placedAt, current.spam, standing, currencyExponent);
  const { paidAt, cancelledAt, rejectedAt, voidedAt, dispute } = outcome;
  if (paidAt === undefined || dispute === 'open' || dispute === 'buyer') return 0n;
  if (cancelledAt !== undefined || rejectedAt !== undefined || voidedAt !== undefined) return 0n;
  return lines.reduce((sum, line, index) => sum + valueLeft(line, outcome.refunds[index]), 0n);
}
