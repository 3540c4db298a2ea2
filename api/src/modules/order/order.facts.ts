import {
  checkRefund,
  countedParts,
  currentContent,
  foldEvents,
  type OrderContent,
  type OrderEventContent,
  type OrderEventKind,
  type StoredEvent,
  standingEvents,
} from '@tributary/shared/facts';
import { formatDecimal, parseDecimal } from '@tributary/shared/money';
import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Money } from '../../platform/graphql/money.ts';

export interface OrderEvent extends StoredEvent {
  readonly id: string;
  readonly toldAt: number;
  readonly by: string;
  /** False: staff undid it. */
  readonly standing: boolean;
}

/** What is known of an order: what was told, what that is after corrections, and what became of it. */
export interface OrderKnowledge {
  readonly told: OrderContent;
  readonly content: OrderContent;
  /** In the order of telling. */
  readonly events: readonly OrderEvent[];
}

interface EventRow {
  order_id: string;
  id: string;
  kind: OrderEventKind;
  external_id: string | null;
  happened_at: Date;
  told_at: Date;
  content: OrderEventContent;
  told_by: string;
}

/** By our order id. The caller has made sure that the viewer may see the orders. */
export const orderKnowledge: LoaderDefinition<string, OrderKnowledge> = {
  async read({ em }, ids) {
    const [contents, events] = await Promise.all([
      rows<{ id: string; content: OrderContent }>(em, 'select id, content from order_record where id = any($1::uuid[])', [ids]),
      rows<EventRow>(
        em,
        'select order_id, id, kind, external_id, happened_at, told_at, content, told_by from order_event where order_id = any($1::uuid[]) order by order_id, id',
        [ids],
      ),
    ]);
    const told = new Map(contents.map((order) => [order.id, order.content]));
    return ids.map((id) => {
      const content = told.get(id);
      return content === undefined
        ? new Error(`There is no order ${id}`)
        : knowledgeOf(
            content,
            events.filter((event) => event.order_id === id),
          );
    });
  },
};

function knowledgeOf(told: OrderContent, found: readonly EventRow[]): OrderKnowledge {
  const stored = found.map((event) => ({
    id: event.id,
    kind: event.kind,
    externalId: event.external_id,
    at: event.happened_at.getTime(),
    toldAt: event.told_at.getTime(),
    by: event.told_by,
    content: event.content,
  }));
  const standing = standingEvents(stored);
  const stands = new Set<StoredEvent>(standing);
  return {
    told,
    content: currentContent(told, standing),
    events: stored.map((event) => ({ ...event, standing: event.kind === 'undone' || stands.has(event) })),
  };
}

/** The content that a decision was made on: the last one known by then that has as many lines. */
export function contentAt({ told, events }: OrderKnowledge, at: number, lineCount: number): OrderContent {
  const known = events.filter((event) => event.toldAt <= at);
  for (let count = known.length; count > 0; count--) {
    const content = currentContent(told, standingEvents(known.slice(0, count)));
    if (content.lines.length === lineCount) return content;
  }
  return told;
}

/** Why not all of a refund counts, by the event's id: it was told before the order was known, or before it was corrected. */
export function refundProblems({ content, events }: OrderKnowledge, placedAt: number, exponent: number): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  const lines = refundable(content, exponent);
  const before: OrderEvent[] = [];
  for (const event of events) {
    if (event.kind !== 'refunded' || !event.standing) continue;
    const { refunds } = foldEvents(lines, placedAt, undefined, before, exponent);
    const wrong = checkRefund(lines, refunds, event.content, exponent);
    if (wrong !== null) problems.set(event.id, wrong.message);
    before.push({ ...event, content: { ...event.content, lines: countedParts(event.content) } });
  }
  return problems;
}

function refundable({ lines }: OrderContent, exponent: number) {
  return lines.map((line) => ({ sku: line.sku, price: parseDecimal(line.price, exponent) ?? 0n, quantity: line.quantity }));
}

export interface LineRefunds {
  readonly refundedQuantity: number;
  readonly refunded: Money;
  readonly left: Money;
}

/** What was refunded of each line, and what is left of it. */
export function refundsOf({ content, events }: OrderKnowledge, placedAt: number, currency: string, exponent: number): LineRefunds[] {
  const lines = refundable(content, exponent);
  const { refunds } = foldEvents(lines, placedAt, undefined, standingEvents(events), exponent);
  return lines.map(({ price, quantity }, index) => {
    const refund = refunds[index] ?? { quantity: 0, amount: 0n };
    const value = price * BigInt(quantity);
    const rest = price * BigInt(Math.max(0, quantity - refund.quantity)) - refund.amount;
    const left = rest > 0n ? rest : 0n;
    return {
      refundedQuantity: Math.min(quantity, refund.quantity),
      refunded: { amount: formatDecimal(value - left, exponent), currency },
      left: { amount: formatDecimal(left, exponent), currency },
    };
  });
}
