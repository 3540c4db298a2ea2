import { parseDecimal } from '../money/index.ts';
import type { OrderContent, OrderEventContent, RefundLine, Refusal, StoredEvent, ToldEventKind } from './content.ts';
import type { LineRefund, OrderOutcome, RefundMisfit } from './decisionFacts.ts';
import { compareIds } from './ids.ts';

/** A line as far as refunds need it. */
export interface RefundableLine {
  sku: string;
  price: bigint;
  quantity: number;
}

/** Leaves out events that staff undid. An undoing reaches what was told before it, so a later event of the kind counts again. */
export function standingEvents(events: readonly StoredEvent[]): StoredEvent[] {
  if (!events.some((event) => event.kind === 'undone')) return [...events];
  const standing: StoredEvent[] = [];
  for (const event of events) {
    const target = event.kind === 'undone' ? event.content.undoes : undefined;
    if (target === undefined) {
      standing.push(event);
      continue;
    }
    for (let i = standing.length - 1; i >= 0; i--) {
      const earlier = standing[i] as StoredEvent;
      if (earlier.kind === target.kind && (target.id === undefined || earlier.externalId === target.id)) standing.splice(i, 1);
    }
  }
  return standing;
}

/** The order's content after its corrections: the last one told counts. */
export function currentContent(told: OrderContent, events: readonly StoredEvent[]): OrderContent {
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i] as StoredEvent;
    if (event.kind === 'corrected' && event.content.content !== undefined) return event.content.content;
  }
  return told;
}

/** The attribution by staff, if there is one: the last one told counts. */
export function staffAttribution(events: readonly StoredEvent[]): { affiliateId: string | null; reason: string } | undefined {
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i] as StoredEvent;
    if (event.kind === 'attributed') return { affiliateId: event.content.affiliateId ?? null, reason: event.content.reason ?? '' };
  }
  return undefined;
}

/**
 * Folds what became of an order. The order of telling does not matter: the earliest instant of an event that has no
 * id of its own counts (reading 1), the last spam mark by instant (reading 10).
 */
export function foldEvents(
  lines: readonly RefundableLine[],
  placedAt: number,
  spamAtPlacing: string | undefined,
  events: readonly StoredEvent[],
  currencyExponent: number,
): OrderOutcome {
  const earliest = (kind: ToldEventKind | 'voided') => {
    let at: number | undefined;
    for (const event of events) if (event.kind === kind && (at === undefined || event.at < at)) at = event.at;
    return at;
  };
  const outcome: OrderOutcome = { dispute: 'none', refunds: [], refunded: false };
  if (events.length > 0) {
    const [paidAt, shippedAt, completedAt, confirmedAt, cancelledAt, rejectedAt, voidedAt] = (
      ['paid', 'shipped', 'completed', 'confirmed', 'cancelled', 'rejected', 'voided'] as const
    ).map(earliest);
    Object.assign(outcome, { paidAt, shippedAt, completedAt, confirmedAt, cancelledAt, rejectedAt, voidedAt });
    outcome.dispute = foldDispute(events);
  }
  const spam = lastSpamMark(placedAt, spamAtPlacing, events);
  if (spam !== undefined) {
    outcome.spam = spam.status;
    if (spam.status === 'N') outcome.spamClearedAt = spam.at;
  }
  const refunds = events.filter((event) => event.kind === 'refunded');
  if (refunds.length === 0) return outcome;
  const folded = foldRefunds(lines, refunds, currencyExponent);
  const misfits = findMisfits(lines, refunds, currencyExponent);
  return { ...outcome, refunded: true, refunds: folded, ...(misfits.length === 0 ? {} : { misfits }) };
}

/** Of two closings at one instant the one in the buyer's favour counts. */
function foldDispute(events: readonly StoredEvent[]): OrderOutcome['dispute'] {
  let closed: StoredEvent | undefined;
  for (const event of events) {
    if (event.kind !== 'dispute-closed') continue;
    if (closed === undefined || event.at < closed.at || (event.at === closed.at && event.content.inFavorOf === 'buyer')) closed = event;
  }
  const opened = events.some((event) => event.kind === 'dispute-opened');
  if (closed?.content.inFavorOf !== undefined && (opened || closed.content.inFavorOf === 'buyer')) return closed.content.inFavorOf;
  return opened ? 'open' : 'none';
}

/** Of two marks at one instant the one that is not N counts, then the greater: the same whichever was told first. */
function lastSpamMark(
  placedAt: number,
  atPlacing: string | undefined,
  events: readonly StoredEvent[],
): { status: string; at: number } | undefined {
  let last = atPlacing === undefined ? undefined : { status: atPlacing, at: placedAt };
  for (const event of events) {
    if (event.kind !== 'spam-marked' || event.content.spam === undefined) continue;
    const { at } = event;
    const { spam: status } = event.content;
    if (last === undefined || at > last.at || (at === last.at && outweighs(status, last.status))) last = { status, at };
  }
  return last;
}

function outweighs(status: string, other: string): boolean {
  return status !== 'N' && (other === 'N' || status > other);
}

function foldRefunds(lines: readonly RefundableLine[], events: readonly StoredEvent[], exponent: number): LineRefund[] {
  const refunds = lines.map(() => ({ quantity: 0, amount: 0n }));
  for (const event of events) {
    for (const part of partsOf(event.content, lines)) {
      const index = lines.findIndex((line) => line.sku === part.sku);
      const refund = refunds[index];
      if (refund === undefined) continue;
      if (part.amount !== undefined) refund.amount += parseDecimal(part.amount, exponent) ?? 0n;
      else refund.quantity += part.quantity ?? (lines[index] as RefundableLine).quantity;
    }
  }
  return refunds;
}

/**
 * A refund that is told of a known order is checked; one that waited for it, or for its correction, may not fit. The same in whatever order they
 * were told: the whole of a line is what is left of it, so that only what is said in units or amounts can be too much.
 */
function findMisfits(lines: readonly RefundableLine[], events: readonly StoredEvent[], exponent: number): RefundMisfit[] {
  const strangers = new Set<string>();
  const exact: StoredEvent[] = [];
  for (const event of events) {
    for (const { sku } of event.content.lines ?? []) if (!lines.some((line) => line.sku === sku)) strangers.add(sku);
    exact.push({ ...event, content: { ...event.content, lines: countedParts(event.content) } });
  }
  const refunds = foldRefunds(lines, exact, exponent);
  const exceeded = lines.filter((line, index) => isTooMuch(line, refunds[index] as LineRefund));
  return [
    ...[...strangers].sort(compareIds).map((sku) => ({ sku, kind: 'no-line' as const })),
    ...exceeded.map(({ sku }) => ({ sku, kind: 'too-much' as const })),
  ];
}

/** What a refund says in units or amounts. The whole of a line is none of it: that is what is left, whenever it is told. */
export function countedParts({ lines }: OrderEventContent): RefundLine[] {
  return (lines ?? []).filter(({ quantity, amount }) => quantity !== undefined || amount !== undefined);
}

function isTooMuch({ price, quantity }: RefundableLine, refund: LineRefund): boolean {
  return refund.quantity > quantity || price * BigInt(quantity - refund.quantity) < refund.amount;
}

function partsOf(content: OrderEventContent, lines: readonly RefundableLine[]): RefundLine[] {
  return content.lines ?? lines.map((line) => ({ sku: line.sku }));
}

/** Whether a further refund is of what is left: no unknown line, not more than the line still has (reading 11). */
export function checkRefund(
  lines: readonly RefundableLine[],
  already: readonly LineRefund[],
  content: OrderEventContent,
  exponent: number,
): Refusal | null {
  for (const [position, part] of (content.lines ?? []).entries()) {
    const path = ['lines', String(position)];
    const index = lines.findIndex((line) => line.sku === part.sku);
    const line = lines[index];
    if (line === undefined)
      return { code: 'INVALID', message: `The order has no line with the SKU "${part.sku}".`, path: [...path, 'sku'] };
    const { quantity, amount } = already[index] ?? { quantity: 0, amount: 0n };
    const more = part.amount === undefined ? 0n : (parseDecimal(part.amount, exponent) ?? 0n);
    if (part.amount === undefined && part.quantity === undefined) continue;
    const quantityAfter = quantity + (part.quantity ?? 0);
    const leftAfter = line.price * BigInt(Math.max(0, line.quantity - quantityAfter)) - amount - more;
    if (quantityAfter > line.quantity || leftAfter < 0n) {
      return {
        code: 'INVALID',
        message: `More than what is left of the line "${part.sku}" cannot be refunded.`,
        path: [...path, part.amount === undefined ? 'quantity' : 'amount'],
      };
    }
  }
  return null;
}
