import type { Order, OrderItem, StepContents } from '../model.ts';
import { type Act, attributesOf, type Telling, type ToAct, when } from './act.ts';

type Facts =
  | 'click'
  | 'register'
  | 'activity'
  | 'order'
  | 'product'
  | 'pay'
  | 'ship'
  | 'complete'
  | 'confirm'
  | 'cancel'
  | 'rejectOrder'
  | 'refund'
  | 'dispute'
  | 'closeDispute'
  | 'spam';

/** What became of an order, as the API names it. */
export const EVENT_KINDS = {
  pay: 'PAID',
  ship: 'SHIPPED',
  complete: 'COMPLETED',
  confirm: 'CONFIRMED',
  cancel: 'CANCELLED',
  rejectOrder: 'REJECTED',
  refund: 'REFUNDED',
  dispute: 'DISPUTE_OPENED',
  closeDispute: 'DISPUTE_CLOSED',
  spam: 'SPAM_MARKED',
} as const;

function told(mutation: string, input: object, telling: Telling): Act {
  return { caller: 'integrator', mutation, input: { ...input, ...when(telling) } };
}

function became(kind: keyof typeof EVENT_KINDS, input: object, telling: Telling): Act {
  return told('recordOrderEvent', { ...input, kind: EVENT_KINDS[kind] }, telling);
}

async function lineOf(item: OrderItem, telling: Telling): Promise<Record<string, unknown>> {
  const { storeCountry, storeCommission, section, deliveryFrom, deliveryService, attributes, ...line } = item;
  const named = { storeCountry, storeCommission, section, deliveryFrom, deliveryService };
  return { ...line, ...(await attributesOf(telling, 'line', named, attributes)) };
}

/** An order's content as the API takes it. */
export async function orderInput({ plugin, items, attributes, ...order }: Order, telling: Telling): Promise<Record<string, unknown>> {
  const lines = await Promise.all(items.map((item) => lineOf(item, telling)));
  return { ...order, lines, ...(await attributesOf(telling, 'order', { plugin }, attributes)) };
}

/** What the merchant's systems tell. */
export const facts: { [K in Facts]: ToAct<StepContents[K]> } = {
  click: async ({ landing, attributes, ...click }, telling) =>
    told('recordClick', { ...click, ...landing, ...(await attributesOf(telling, 'click', {}, attributes)) }, telling),
  register: async ({ storeAuthorized, attributes, ...registration }, telling) => {
    const declared = await attributesOf(telling, 'customer', { storeAuthorized }, attributes);
    return told('recordRegistration', { ...registration, ...declared }, telling);
  },
  activity: (activity, telling) => told('recordActivity', { ...activity }, telling),
  order: async (order, telling) => told('recordOrder', await orderInput(order, telling), telling),
  product: async ({ storeCountry, attributes, ...product }, telling) =>
    told('recordProduct', { ...product, ...(await attributesOf(telling, 'line', { storeCountry }, attributes)) }, telling),
  pay: (event, telling) => became('pay', event, telling),
  ship: (event, telling) => became('ship', event, telling),
  complete: (event, telling) => became('complete', event, telling),
  confirm: (event, telling) => became('confirm', event, telling),
  cancel: (event, telling) => became('cancel', event, telling),
  rejectOrder: (event, telling) => became('rejectOrder', event, telling),
  refund: (event, telling) => became('refund', event, telling),
  dispute: (event, telling) => became('dispute', event, telling),
  closeDispute: ({ order, inFavorOf }, telling) => became('closeDispute', { order, inFavorOf: inFavorOf.toUpperCase() }, telling),
  spam: ({ order, status }, telling) => became('spam', { order, spam: status }, telling),
};
