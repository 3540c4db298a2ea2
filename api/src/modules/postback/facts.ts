import { ORDER_EVENT_KINDS, type OrderInput, type ToldEventKind } from '@tributary/shared/facts';
import type { Fact } from '../../intake/index.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';

/** Parameters in the field's names, beside the fields of facts that they stand for. */
const NAMES = new Set([
  ...['order_id', 'status', 'amount', 'currency', 'click_id', 'customer', 'visitor', 'coupon', 'country', 'shipping'],
  ...['sku', 'product', 'category', 'kind', 'rate', 'quantity', 'event_id', 'reason', 'spam', 'in_favor_of', 'at'],
  ...['key', 'signature'],
]);
const KINDS: ReadonlySet<string> = new Set(ORDER_EVENT_KINDS);
const MOST_STATUSES = 5;
/** An order that is told as one amount is one line. */
const WHOLE = 'order';

/**
 * The facts that a postback tells: the order where a status says that it was placed, and what became of it. What is wrong with a value is
 * said by intake, as of all facts.
 */
export function factsOf(parameters: ReadonlyMap<string, string>): Fact[] | UserError {
  const unknown = [...parameters.keys()].find((name) => !NAMES.has(name));
  if (unknown !== undefined) return userError('INVALID', `There is no parameter "${unknown}".`, [unknown]);
  const given = (name: string) => parameters.get(name) || undefined;
  const order = given('order_id');
  if (order === undefined) return userError('INVALID', 'It must say which order.', ['order_id']);
  const statuses = (given('status') ?? 'placed').split(',').map((status) => status.trim().toLowerCase());
  const wrong = statuses.find((status) => status !== 'placed' && !KINDS.has(status));
  if (wrong !== undefined || statuses.length > MOST_STATUSES)
    return userError('INVALID', `A status is placed, ${ORDER_EVENT_KINDS.join(', ')}.`, ['status']);
  const quantity = given('quantity');
  if (quantity !== undefined && !/^\d{1,9}$/.test(quantity)) return userError('INVALID', 'A quantity is a whole number.', ['quantity']);
  const at = given('at') === undefined ? {} : { occurredAt: given('at') as string };
  const facts: Fact[] = [];
  for (const status of statuses) {
    if (status === 'placed') {
      const placed = orderOf(order, given, at);
      if ('code' in placed) return placed;
      facts.push({ kind: 'order', input: placed });
    } else facts.push(eventOf(status as ToldEventKind, order, given, at));
  }
  return facts;
}

type Given = (name: string) => string | undefined;

function orderOf(id: string, given: Given, at: { occurredAt?: string }): OrderInput | UserError {
  const amount = given('amount');
  if (amount === undefined) return userError('INVALID', 'An order has an amount.', ['amount']);
  const quantity = given('quantity');
  return {
    id,
    click: given('click_id'),
    customer: given('customer'),
    visitor: given('visitor'),
    affiliateCoupon: given('coupon'),
    country: given('country'),
    shipping: given('shipping'),
    currency: given('currency'),
    ...at,
    lines: [
      {
        sku: given('sku') ?? WHOLE,
        product: given('product'),
        category: given('category'),
        kind: given('kind'),
        rate: given('rate'),
        price: amount,
        ...(quantity === undefined ? {} : { quantity: Number(quantity) }),
      },
    ],
  };
}

/** Of a refund the amount is what was paid back; without one it is all. */
function eventOf(kind: ToldEventKind, order: string, given: Given, at: { occurredAt?: string }): Fact {
  const amount = given('amount');
  const isPart = kind === 'refunded' && amount !== undefined;
  return {
    kind: 'event',
    input: {
      order,
      kind,
      id: given('event_id'),
      reason: given('reason'),
      ...(kind === 'spam-marked' ? { spam: given('spam') } : {}),
      ...(kind === 'dispute-closed' ? { inFavorOf: given('in_favor_of') } : {}),
      ...(isPart ? { lines: [{ sku: given('sku') ?? WHOLE, amount }] } : {}),
      ...at,
    },
  };
}
