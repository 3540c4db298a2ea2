import { compareIds, type OrderContent } from '@tributary/shared/facts';
import { hotRows as rows } from '../platform/database/sql.ts';
import { newId } from '../platform/ids.ts';
import { newCustomer } from './applyRegistration.ts';
import type { Apply, Batch } from './batch.ts';
import { hashOf } from './hash.ts';
import { refusal } from './types.ts';
import { type CustomerState, keyOf, type OrderState } from './workset.ts';

/** Records an order under its own id and its aliases (AE-27), with the events that were told before it (reading 1). */
export const applyOrder: Apply<'order'> = (batch, { content, at }, { now }) => {
  const { set, writes } = batch;
  const hash = hashOf(content);
  const known = set.keys.get(keyOf('order', content.id));
  if (known?.hash != null) {
    return known.hash.equals(hash)
      ? { ok: true, id: known.factId, repeated: true }
      : refusal('CONFLICT', `The order "${content.id}" is known with other content.`, ['id']);
  }
  const names = [content.id, ...(content.aliases ?? [])];
  const taken = names.find((name) => set.keys.get(keyOf('order', name))?.hash != null);
  if (taken !== undefined) return refusal('CONFLICT', `Another order bears the number "${taken}".`, ['aliases']);

  const awaited = names.filter((name) => set.keys.has(keyOf('order', name)));
  const id = awaited.length === 0 ? newId() : (set.keys.get(keyOf('order', awaited[0] as string))?.factId as string);
  const customer = content.customer === undefined ? null : (set.customers.get(content.customer) ?? newCustomer(batch, content.customer));
  const order: OrderState = {
    id,
    externalId: content.id,
    content,
    placedAt: at,
    toldAt: now,
    customerId: customer?.id ?? null,
    visitor: content.visitor ?? customer?.visitor ?? null,
    clickRef: content.click ?? null,
    revision: 0,
    affiliateId: null,
    misfit: false,
    events: [],
    commissions: new Map(),
    touched: null,
  };
  for (const name of names) batch.fill('order', name, order.id, hash);
  batch.awaitClick(content.click);
  for (const name of awaited) takeWaiting(batch, order, name);
  set.orders.set(id, order);
  writes.orders.push({ order, told: content });
  if (customer !== null) noteFirst(batch, customer, order, now);
  batch.touch(order, 'order', latest(order, at), now);
  return { ok: true, id, repeated: false };
};

function latest(order: OrderState, at: number): number {
  return order.events.reduce((last, event) => Math.max(last, event.at), at);
}

/** The events that waited for an order under one of its names. */
export function takeWaiting({ set, writes }: Batch, order: OrderState, name: string): void {
  writes.arrived.push(name);
  for (const event of set.waiting.get(name) ?? []) {
    order.events.push(event);
    writes.events.push({ orderId: order.id, event });
  }
}

/** An order that is earlier than the customer's first known one makes that one a later order, decided again (BG-05). */
export function noteFirst(batch: Batch, customer: CustomerState, order: OrderState, now: number): void {
  const { first } = customer;
  const candidate = { placedAt: order.placedAt, externalId: order.externalId, orderId: order.id };
  if (first !== null && compareFirsts(first, candidate) <= 0) return;
  customer.first = candidate;
  if (first !== null && first.orderId !== order.id) decideAgain(batch, first.orderId, order.placedAt, now);
}

type First = NonNullable<CustomerState['first']>;

function compareFirsts(a: First, b: First): number {
  return a.placedAt - b.placedAt || compareIds(a.externalId, b.externalId);
}

/** After a correction another order may be a customer's first: both that it was and that it is are decided again. */
export async function findFirst(batch: Batch, customerId: string, now: number): Promise<void> {
  const { set, tx } = batch;
  const customer = set.customersById.get(customerId);
  if (customer === undefined) return;
  // What is in the batch may stand otherwise in the database.
  const others = await rows<{ id: string; placed_at: Date; external_id: string }>(
    tx,
    `select id, placed_at, external_id from order_record where customer_id = $1 and id <> all ($2::uuid[]) order by placed_at, external_id collate "C" limit 1`,
    [customerId, [...set.orders.keys()]],
  );
  const candidates = others.map((row): First => ({ placedAt: row.placed_at.getTime(), externalId: row.external_id, orderId: row.id }));
  for (const order of set.orders.values())
    if (order.customerId === customerId) candidates.push({ placedAt: order.placedAt, externalId: order.externalId, orderId: order.id });
  const before = customer.first?.orderId;
  customer.first = candidates.sort(compareFirsts)[0] ?? null;
  const after = customer.first?.orderId;
  if (before !== after) for (const id of [before, after]) if (id !== undefined) decideAgain(batch, id, now, now);
}

function decideAgain(batch: Batch, orderId: string, at: number, now: number): void {
  const inBatch = batch.set.orders.get(orderId);
  if (inBatch !== undefined) batch.touch(inBatch, 'earlier-order', at, now);
  else batch.revisit('order', orderId, 'earlier-order', at, now);
}

/** What an order is found by, after its content or its customer's registration changed. */
export function pointOrder(batch: Batch, order: OrderState, content: OrderContent): void {
  const customer =
    content.customer === undefined ? null : (batch.set.customers.get(content.customer) ?? newCustomer(batch, content.customer));
  order.customerId = customer?.id ?? null;
  order.visitor = content.visitor ?? customer?.visitor ?? null;
  order.clickRef = content.click ?? null;
}
