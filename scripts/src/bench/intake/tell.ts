import type { OrderInput } from '@tributary/shared/facts';
import { Client, callers } from '../host/client.ts';
import type { Told } from './told.ts';

const AT_ONCE = 1_000;
const CALLERS = 4;
const ANSWER = 'results { id userErrors { code message } } userErrors { code message }';

interface Answer {
  readonly results?: readonly { id: string | null; userErrors: readonly { message: string }[] }[];
  readonly id?: string | null;
  readonly userErrors: readonly { message: string }[];
}

const many = (field: string, list: string, type: string) =>
  `mutation ($input: ${type}!) { answer: ${field}(input: $input) { ${ANSWER} } }`.replace('$list', list);

const CLICKS = many('recordClicks', 'clicks', 'RecordClicksInput');
const REGISTRATIONS = many('recordRegistrations', 'registrations', 'RecordRegistrationsInput');
const ORDERS = many('recordOrders', 'orders', 'RecordOrdersInput');
const ORDER = 'mutation ($input: RecordOrderInput!) { answer: recordOrder(input: $input) { id userErrors { code message } } }';

/** A request ready to be sent, with how many orders it holds. */
export interface Request {
  readonly body: string;
  readonly orders: number;
}

export function bulkRequests(told: Told, size: number): Request[] {
  return chunks(told.orders, size).map((orders) => ({
    body: Client.body(ORDERS, { input: { program: told.program, orders } }),
    orders: orders.length,
  }));
}

export function singleRequests(told: Told): Request[] {
  return told.orders.map((order: OrderInput) => ({ body: Client.body(ORDER, { input: { program: told.program, ...order } }), orders: 1 }));
}

/** What must be known before the orders come. */
export async function tellBefore(client: Client, told: readonly Told[]): Promise<void> {
  const bodies = told.flatMap(({ program, clicks, registrations }) => [
    ...chunks(clicks, AT_ONCE).map((part) => Client.body(CLICKS, { input: { program, clicks: part } })),
    ...chunks(registrations, AT_ONCE).map((part) => Client.body(REGISTRATIONS, { input: { program, registrations: part } })),
  ]);
  await callers(CALLERS, bodies, (body) => send(client, body));
}

/** Sends it; whatever was turned away fails the bench. */
export async function send(client: Client, body: string): Promise<void> {
  const { answer } = await client.post<{ answer: Answer }>(body);
  const refused = answer.userErrors[0] ?? answer.results?.find(({ userErrors }) => userErrors.length > 0)?.userErrors[0];
  if (refused) throw new Error(`The API turned away what it should take: ${refused.message}`);
}

export function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}

/** One of each in turn. */
export function mixed<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => (index < list.length ? [list[index]!] : []))).flat();
}
