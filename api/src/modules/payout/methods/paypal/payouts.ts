import { formatDecimal } from '@tributary/shared/money';
import type { LineResult, PaymentLine, PaymentPart, Result, Submitted } from '../method.ts';
import { type Answer, NoAnswer, NotReached, type PayPalClient } from './client.ts';

const PATH = '/v1/payments/payouts';
const PAGE = 1_000;
const MOST_PAGES = 1_000;

/** Our ids are PayPal's keys: what bears the same one is paid once. */
export const keyOf = (id: string) => id.replaceAll('-', '');

export function idOfKey(key: unknown): string | undefined {
  if (typeof key !== 'string' || !/^[0-9a-f]{32}$/.test(key)) return undefined;
  return key.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Asks PayPal to pay a part. The answer says no more than is certain. */
export async function submitPayouts(client: PayPalClient, part: PaymentPart, lines: AsyncIterable<PaymentLine>): Promise<Submitted> {
  const items: object[] = [];
  for await (const line of lines) {
    items.push({
      recipient_type: 'EMAIL',
      amount: { value: formatDecimal(line.amount, part.exponent), currency: part.currency },
      receiver: line.account,
      note: line.purpose,
      sender_item_id: keyOf(line.id),
    });
  }
  const header = { sender_batch_id: keyOf(part.id), recipient_type: 'EMAIL', email_subject: `Your payment of ${part.program}` };
  try {
    return readSubmitted(await client.post(PATH, JSON.stringify({ sender_batch_header: header, items })));
  } catch (error) {
    if (error instanceof NotReached) return { kind: 'not-sent', reason: error.message };
    if (error instanceof NoAnswer) return { kind: 'unclear', reason: error.message };
    throw error;
  }
}

function readSubmitted({ status, body }: Answer): Submitted {
  const providerId = (body as { batch_header?: { payout_batch_id?: unknown } }).batch_header?.payout_batch_id;
  if (status < 300) {
    return typeof providerId === 'string'
      ? { kind: 'accepted', providerId }
      : { kind: 'unclear', reason: 'PayPal does not name its batch.' };
  }
  const known = knownBatch(body);
  if (known !== undefined) return { kind: 'accepted', providerId: known };
  const reason = `PayPal: ${describe(body) || `status ${status}`}`;
  if (status === 401 || status === 403 || status === 429) return { kind: 'not-sent', reason };
  if (status >= 500 || status === 408 || status === 409 || saysDuplicate(body)) return { kind: 'unclear', reason };
  return { kind: 'refused', reason };
}

/** Told twice: PayPal refuses, and names the batch that it has under our id. */
function knownBatch(body: unknown): string | undefined {
  if (!saysDuplicate(body)) return undefined;
  return /\/v1\/payments\/payouts\/([A-Z0-9]+)"/.exec(JSON.stringify(body))?.[1];
}

function saysDuplicate(body: unknown): boolean {
  const { details } = body as { details?: unknown };
  return /sender_batch_id/i.test(JSON.stringify(details ?? '')) && /exist|duplicate/i.test(JSON.stringify(body));
}

function describe(body: unknown): string {
  const { name, message, details } = body as { name?: unknown; message?: unknown; details?: unknown };
  const issues = Array.isArray(details) ? details.map((detail) => String((detail as { issue?: unknown })?.issue ?? '')) : [];
  return [name, message, ...issues]
    .filter((text) => typeof text === 'string' && text !== '')
    .join(': ')
    .slice(0, 400);
}

interface Page {
  readonly total_pages?: number;
  readonly batch_header?: { readonly batch_status?: string };
  readonly items?: readonly Item[];
}

interface Item {
  readonly payout_item_id?: string;
  readonly transaction_status?: string;
  readonly payout_item?: { readonly amount?: { readonly currency?: string; readonly value?: string }; readonly sender_item_id?: string };
  readonly errors?: { readonly name?: string; readonly message?: string };
}

/** What PayPal's words mean. Whatever else it may say one day: on its way. */
const OUTCOMES: Readonly<Record<string, LineResult['outcome']>> = {
  SUCCESS: 'paid',
  FAILED: 'failed',
  DENIED: 'failed',
  BLOCKED: 'failed',
  RETURNED: 'returned',
  REFUNDED: 'returned',
  REVERSED: 'returned',
  CANCELED: 'returned',
};
const NOTHING_PAID = new Set(['DENIED', 'CANCELED']);

/** What PayPal says now of all lines of a part. */
export async function* readPayouts(client: PayPalClient, part: PaymentPart): AsyncGenerator<Result> {
  let status = '';
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = `page=${page}&page_size=${PAGE}&total_required=true`;
    const answer = await client.get(`${PATH}/${encodeURIComponent(part.providerId as string)}?${query}`);
    if (answer.status !== 200) throw new NoAnswer(`PayPal: ${describe(answer.body) || `status ${answer.status}`}`);
    const { batch_header: header, items = [], total_pages: pages = 1 } = answer.body as Page;
    status = header?.batch_status ?? '';
    for (const item of items) {
      const result = resultOf(item);
      if (result !== undefined) yield result;
    }
    if (page >= pages) break;
  }
  if (NOTHING_PAID.has(status)) yield { part: part.id, outcome: 'failed', reason: `PayPal: the batch is ${status}` };
}

function resultOf(item: Item): LineResult | undefined {
  const line = idOfKey(item.payout_item?.sender_item_id);
  if (line === undefined) return undefined;
  const { currency = '', value = '' } = item.payout_item?.amount ?? {};
  const said = item.transaction_status ?? '';
  const reason = [item.errors?.name, item.errors?.message].filter(Boolean).join(': ').slice(0, 400);
  return {
    line,
    outcome: OUTCOMES[said] ?? 'sent',
    amount: { currency, text: value },
    reason: reason === '' ? (OUTCOMES[said] === 'paid' ? null : `PayPal: ${said}`) : reason,
    providerId: item.payout_item_id,
    said,
  };
}
