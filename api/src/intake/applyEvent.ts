import { checkRefund, foldEvents, type OrderEventContent, type Refusal, standingEvents } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import { newId } from '../platform/ids.ts';
import { findFirst, pointOrder, takeWaiting } from './applyOrder.ts';
import type { Apply, Batch } from './batch.ts';
import { hashOf } from './hash.ts';
import { heardKind } from './names.ts';
import { versionAt } from './programTerms.ts';
import { type Ready, type Recorded, refusal } from './types.ts';
import { type EventState, keyOf, type OrderState } from './workset.ts';

/** Records what became of an order. An event of an order that is not known yet waits for it (reading 1). */
export const applyEvent: Apply<'event'> = (batch, { content, at }, told) => {
  const { set } = batch;
  const order = orderNamed(batch, content.order);
  const keyKind = `event.${content.kind}`;
  // By whichever of its numbers an order is named, the event is the same.
  const named = (name: string) => hashOf({ ...content, order: name });
  const hash = named(order?.externalId ?? content.order);
  if (content.id !== undefined) {
    const known = set.keys.get(keyOf(keyKind, content.id));
    if (known !== undefined) {
      const names = order === undefined ? [content.order] : [order.externalId, ...(order.content.aliases ?? [])];
      return names.some((name) => known.hash?.equals(named(name)))
        ? { ok: true, id: order?.id ?? null, repeated: true }
        : refusal('CONFLICT', `The event "${content.id}" is known with other content.`, ['id']);
    }
  }
  const event: EventState = { id: newId(), kind: content.kind, externalId: content.id ?? null, at, toldAt: told.now, by: told.by, content };
  const before = order?.events ?? set.waiting.get(content.order) ?? [];
  const call = content.id === undefined && told.call !== undefined ? { kind: heardKind(content.kind), id: told.call } : undefined;
  const known = { ok: true, id: order?.id ?? null, repeated: true } as const;
  if (call !== undefined && set.keys.has(keyOf(call.kind, call.id))) return known;
  const earlier = content.id === undefined ? sameKind(before, content, at) : undefined;
  if (earlier === 'known') {
    if (call !== undefined) batch.claim(call.kind, call.id, event.id, hash);
    return known;
  }
  if (earlier !== undefined) return earlier;
  if (order === undefined) {
    waitForOrder(batch, content.order, event);
  } else {
    const refused = content.kind === 'refunded' ? refuseRefund(batch, order, content) : null;
    if (refused !== null) return { ok: false, refusal: refused };
    order.events.push(event);
    batch.writes.events.push({ orderId: order.id, event });
    batch.touch(order, content.kind, at, told.now);
  }
  if (content.id !== undefined) batch.claim(keyKind, content.id, event.id, hash);
  if (call !== undefined) batch.claim(call.kind, call.id, event.id, hash);
  return { ok: true, id: order?.id ?? null, repeated: false };
};

function orderNamed(batch: Batch, name: string): OrderState | undefined {
  const key = batch.set.keys.get(keyOf('order', name));
  return key?.hash == null ? undefined : batch.set.orders.get(key.factId);
}

function waitForOrder(batch: Batch, name: string, event: EventState): void {
  const { set, writes } = batch;
  if (!set.keys.has(keyOf('order', name))) batch.claim('order', name, newId(), null);
  set.waiting.set(name, [...(set.waiting.get(name) ?? []), event]);
  writes.waiting.push({ orderExternalId: name, event });
}

/**
 * An event without an id is keyed by its order and kind. Told again it changes nothing, unless it says that it happened earlier, or is a further
 * spam mark. That is known by its instant and status; told without an instant, it is none if the last one says the same.
 */
function sameKind(events: readonly EventState[], content: OrderEventContent, at: number): Recorded | 'known' | undefined {
  const standing = standingEvents(events).filter((event) => event.kind === content.kind && event.externalId === null);
  if (content.kind === 'spam-marked') {
    const last = standing.toSorted((one, next) => one.at - next.at).at(-1);
    if (content.occurredAt === undefined && last?.content.spam === content.spam) return 'known';
    return standing.some((event) => event.at === at && event.content.spam === content.spam) ? 'known' : undefined;
  }
  if (standing.length === 0) return undefined;
  if (standing.some((event) => event.content.inFavorOf !== content.inFavorOf)) {
    return refusal('CONFLICT', 'The dispute is known to be closed in favour of the other side.', ['inFavorOf']);
  }
  return standing.some((event) => event.at <= at) || content.occurredAt === undefined ? 'known' : undefined;
}

function refuseRefund(batch: Batch, order: OrderState, content: OrderEventContent): Refusal | null {
  const { compiled } = versionAt(batch.terms, order.placedAt);
  const exponent = compiled.currencyExponent;
  const lines = order.content.lines.map((line) => ({
    sku: line.sku,
    price: parseDecimal(line.price, exponent) ?? 0n,
    quantity: line.quantity,
  }));
  const { refunds } = foldEvents(lines, order.placedAt, undefined, standingEvents(order.events), exponent);
  return checkRefund(lines, refunds, content, exponent);
}

/** Corrections by staff are facts like any other: kept with who and why, and the order is decided again. */
export const applyCorrection: Apply<'correction'> = async (batch, { content }, told) => {
  const order = orderNamed(batch, content.order);
  if (order === undefined) return refusal('NOT_FOUND', `The program has no order "${content.order}".`, ['order']);
  const { undoes } = content;
  if (undoes !== undefined) {
    const found = standingEvents(order.events).some(
      (event) => event.kind === undoes.kind && (undoes.id === undefined || event.externalId === undoes.id),
    );
    if (!found) return refusal('NOT_FOUND', 'The order has no such event that stands.', ['event']);
  }
  if (content.affiliateId != null && !batch.set.affiliates.has(content.affiliateId))
    return refusal('NOT_FOUND', 'The program has no such affiliate.', ['affiliate']);
  const corrected = content.content;
  if (corrected !== undefined) {
    const refused = await applyContent(batch, order, content, told);
    if (refused !== null) return refused;
  }
  const event: EventState = { id: newId(), kind: content.kind, externalId: null, at: told.now, toldAt: told.now, by: told.by, content };
  order.events.push(event);
  batch.writes.events.push({ orderId: order.id, event });
  batch.touch(order, content.kind, told.now, told.now);
  return { ok: true, id: order.id, repeated: false };
};

async function applyContent(batch: Batch, order: OrderState, { content }: OrderEventContent, { now }: Ready): Promise<Recorded | null> {
  if (content === undefined) return null;
  if (content.id !== order.externalId) return refusal('INVALID', `The order keeps its id "${order.externalId}".`, ['id']);
  const hash = hashOf(content);
  const added = (content.aliases ?? []).filter((name) => batch.set.keys.get(keyOf('order', name))?.factId !== order.id);
  const taken = added.find((name) => batch.set.keys.get(keyOf('order', name))?.hash != null);
  if (taken !== undefined) return refusal('CONFLICT', `Another order bears the number "${taken}".`, ['aliases']);
  for (const name of added) {
    if (batch.set.keys.has(keyOf('order', name))) takeWaiting(batch, order, name);
    batch.fill('order', name, order.id, hash);
  }
  batch.awaitClick(content.click);
  const { placedAt, customerId } = order;
  order.content = content;
  if (content.occurredAt !== undefined) order.placedAt = Date.parse(content.occurredAt);
  pointOrder(batch, order, content);
  if (order.placedAt !== placedAt || order.customerId !== customerId)
    for (const id of new Set([customerId, order.customerId])) if (id !== null) await findFirst(batch, id, now);
  return null;
}
