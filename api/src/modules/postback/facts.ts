import { ORDER_EVENT_KINDS, type OrderEventInput, type OrderInput, type ToldEventKind } from '@tributary/shared/facts';
import type { Fact } from '../../intake/index.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';

/** Parameters in the field's names, beside the fields of facts that they stand for. */
const NAMES = new Set([
  ...['order_id', 'status', 'amount', 'price', 'currency', 'click_id', 'customer', 'visitor', 'coupon', 'country', 'shipping'],
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
    } else {
      const event = eventOf(status as ToldEventKind, order, given, at);
      if ('code' in event) return event;
      facts.push(event);
    }
  }
  return facts;
}

type Given = (name: string) => string | undefined;

function orderOf(id: string, given: Given, at: { occurredAt?: string }): OrderInput | UserError {
  const [amount, price] = [given('amount'), given('price')];
  if (amount === undefined && price === undefined) return userError('INVALID', 'An order has an amount.', ['amount']);
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
        amount,
        price,
        ...quantityOf(given),
      },
    ],
  };
}

function eventOf(kind: ToldEventKind, order: string, given: Given, at: { occurredAt?: string }): Fact | UserError {
  const lines = kind === 'refunded' ? refundOf(given) : undefined;
  if (lines !== undefined && 'code' in lines) return lines;
  return {
    kind: 'event',
    input: {
      order,
      kind,
      id: given('event_id'),
      reason: given('reason'),
      currency: given('currency'),
      ...(kind === 'spam-marked' ? { spam: given('spam') } : {}),
      ...(kind === 'dispute-closed' ? { inFavorOf: given('in_favor_of') } : {}),
      ...(lines === undefined ? {} : { lines }),
      ...at,
    },
  };
}

/** What a refund is of: an amount, or so many units, of one line; the whole line; or, where none of these is said, the whole order. */
function refundOf(given: Given): NonNullable<OrderEventInput['lines']> | UserError | undefined {
  const [sku, amount, quantity] = [given('sku'), given('amount'), quantityOf(given)];
  if (given('price') !== undefined && quantity.quantity === undefined && amount === undefined)
    return userError('INVALID', 'What a unit costs does not say what was paid back: say the amount or the quantity.', ['price']);
  if (sku === undefined && amount === undefined && quantity.quantity === undefined) return undefined;
  return [{ sku: sku ?? WHOLE, amount, ...quantity }];
}

function quantityOf(given: Given): { quantity?: number } {
  const quantity = given('quantity');
  return quantity === undefined ? {} : { quantity: Number(quantity) };
}
