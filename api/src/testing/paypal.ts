import { createSign, generateKeyPairSync, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

/** A payment as the provider holds it. */
export interface HeldItem {
  readonly payoutItemId: string;
  readonly senderItemId: string;
  readonly receiver: string;
  value: string;
  currency: string;
  status: string;
  error?: { name: string; message: string };
}

export interface HeldBatch {
  readonly payoutBatchId: string;
  readonly senderBatchId: string;
  status: string;
  readonly items: HeldItem[];
}

/** How the next batches that are asked for are answered; then all is as usual again. */
export type Trouble =
  /** Taken, but the answer is lost. */
  | 'silent after taking'
  /** Neither taken nor answered. */
  | 'silent'
  | 'fails after taking'
  | 'fails'
  | 'refuses'
  | 'too many'
  | 'no token';

type Answering = (status: number, body: unknown) => unknown;

/**
 * A payout provider as PayPal publishes its interface: tokens, batches under the sender's ids, items with their states, and
 * events that it signs with a key of its own. What it has paid it keeps, so that a test can count it.
 */
export class LocalPayPal {
  readonly batches = new Map<string, HeldBatch>();
  readonly calls: string[] = [];
  readonly webhookId = 'WH-LOCAL';
  readonly clientId = 'client';
  readonly secret = 'secret';
  /** Called when a batch is asked for, before and after it is taken, and when results are. True: it goes no further. */
  onStep: (step: 'before taking' | 'after taking' | 'results') => boolean = () => false;
  /** What becomes of new items. */
  nextStatus = 'SUCCESS';
  url = '';
  private readonly troubles: Trouble[] = [];
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly server = createServer((request, response) => void this.handle(request, response));
  private made = 0;

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** For the API's environment. */
  environment(prefix = 'PAYPAL_SANDBOX'): Record<string, string> {
    const { url, clientId, secret, webhookId } = this;
    return {
      [`${prefix}_URL`]: url,
      [`${prefix}_CLIENT_ID`]: clientId,
      [`${prefix}_CLIENT_SECRET`]: secret,
      [`${prefix}_WEBHOOK_ID`]: webhookId,
    };
  }

  trouble(...troubles: Trouble[]): void {
    this.troubles.push(...troubles);
  }

  /** From now on all is well. */
  endTroubles(): void {
    this.troubles.length = 0;
  }

  /** Everything that it was asked to pay, whatever became of it. */
  items(): HeldItem[] {
    return [...this.batches.values()].flatMap(({ items }) => items);
  }

  /** How often each of our lines was taken: more than once would be paid twice. */
  timesTaken(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { senderItemId } of this.items()) times.set(senderItemId, (times.get(senderItemId) ?? 0) + 1);
    return times;
  }

  itemOf(receiver: string): HeldItem {
    const found = this.items().find((item) => item.receiver === receiver);
    if (found === undefined) throw new Error(`Nobody asked to pay ${receiver}`);
    return found;
  }

  /** An event about an item, signed as PayPal signs. */
  event(item: HeldItem, type: string): { body: string; headers: Record<string, string> } {
    const batch = [...this.batches.values()].find(({ items }) => items.includes(item))!;
    const body = JSON.stringify({
      id: `WH-${++this.made}`,
      event_type: `PAYMENT.PAYOUTS-ITEM.${type}`,
      resource: { ...this.itemView(item, batch), sender_batch_id: batch.senderBatchId },
    });
    const id = `transmission-${this.made}`;
    const time = new Date().toISOString();
    const signer = createSign('RSA-SHA256').update(this.signed(id, time, body));
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'paypal-auth-algo': 'SHA256withRSA',
        'paypal-cert-url': `${this.url}/v1/notifications/certs/CERT-1`,
        'paypal-transmission-id': id,
        'paypal-transmission-time': time,
        'paypal-transmission-sig': signer.sign(this.keys.privateKey, 'base64'),
      },
    };
  }

  private signed(id: string, time: string, body: string): string {
    return [id, time, this.webhookId, crc32(Buffer.from(body))].join('|');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { pathname, searchParams } = new URL(request.url!, this.url);
    this.calls.push(`${request.method} ${pathname}`);
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/v1/oauth2/token') return this.giveToken(request, answer);
    if (request.headers.authorization !== 'Bearer local-token')
      return answer(401, { name: 'AUTHENTICATION_FAILURE', message: 'No token.' });
    if (request.method === 'POST' && pathname === '/v1/payments/payouts') return this.create(text, request, answer);
    if (request.method === 'POST' && pathname === '/v1/notifications/verify-webhook-signature') return this.verifyEvent(text, answer);
    const batch = this.batches.get(/^\/v1\/payments\/payouts\/(\w+)$/.exec(pathname)?.[1] ?? '');
    if (batch === undefined) return answer(404, { name: 'INVALID_RESOURCE_ID', message: 'Nothing of that id.' });
    const size = Number(searchParams.get('page_size') ?? 1_000);
    const page = Number(searchParams.get('page') ?? 1);
    if (this.onStep('results')) return request.socket.destroy();
    return answer(200, {
      total_items: batch.items.length,
      total_pages: Math.max(1, Math.ceil(batch.items.length / size)),
      batch_header: this.headerOf(batch),
      items: batch.items.slice((page - 1) * size, page * size).map((item) => this.itemView(item, batch)),
    });
  }

  private giveToken(request: IncomingMessage, answer: Answering): unknown {
    const expected = `Basic ${Buffer.from(`${this.clientId}:${this.secret}`).toString('base64')}`;
    const isDown = this.troubles[0] === 'no token';
    if (isDown) this.troubles.shift();
    if (isDown) return answer(503, {});
    if (request.headers.authorization !== expected) return answer(401, { error: 'invalid_client' });
    return answer(200, { access_token: 'local-token', token_type: 'Bearer', expires_in: 61 });
  }

  private create(text: string, request: IncomingMessage, answer: Answering): unknown {
    if (this.onStep('before taking')) return request.socket.destroy();
    const trouble = this.troubles.shift();
    if (trouble === 'silent') return request.socket.destroy();
    if (trouble === 'fails') return answer(500, { name: 'INTERNAL_SERVER_ERROR', message: 'An error has occurred.' });
    if (trouble === 'too many') return answer(429, { name: 'RATE_LIMIT_REACHED', message: 'Too many requests.' });
    const refusal = (issue: string, field: string, link?: string) => ({
      name: 'USER_BUSINESS_ERROR',
      message: 'User business error.',
      details: [{ field, location: 'body', issue, ...(link ? { link: [{ href: link, rel: 'self', method: 'GET' }] } : {}) }],
    });
    if (trouble === 'refuses') return answer(422, refusal('Sender does not have sufficient funds.', 'BALANCE'));
    const { sender_batch_header: header, items } = JSON.parse(text) as {
      sender_batch_header: { sender_batch_id: string };
      items: { receiver: string; amount: { value: string; currency: string }; sender_item_id: string }[];
    };
    const known = [...this.batches.values()].find(({ senderBatchId }) => senderBatchId === header.sender_batch_id);
    if (known !== undefined) {
      const link = `${this.url}/v1/payments/payouts/${known.payoutBatchId}`;
      return answer(400, refusal('Batch with given sender_batch_id already exists', 'SENDER_BATCH_ID', link));
    }
    const batch: HeldBatch = {
      payoutBatchId: `B${++this.made}X`,
      senderBatchId: header.sender_batch_id,
      status: 'PENDING',
      items: items.map(({ receiver, amount, sender_item_id: senderItemId }) => ({
        payoutItemId: `I${++this.made}X`,
        senderItemId,
        receiver,
        ...amount,
        status: this.nextStatus,
      })),
    };
    this.batches.set(batch.payoutBatchId, batch);
    if (this.onStep('after taking')) return request.socket.destroy();
    if (trouble === 'silent after taking') return request.socket.destroy();
    if (trouble === 'fails after taking') return answer(503, { name: 'SERVICE_UNAVAILABLE', message: 'Try again later.' });
    return answer(201, { batch_header: this.headerOf(batch) });
  }

  private verifyEvent(text: string, answer: Answering): unknown {
    // PayPal signs the letters of the event: they are looked for in what was sent, not made anew.
    const event = text.slice(text.indexOf('"webhook_event":') + '"webhook_event":'.length, -1);
    const {
      transmission_id: id,
      transmission_time: time,
      transmission_sig: signature,
      webhook_id: webhook,
    } = JSON.parse(text) as Record<string, string>;
    const isGood =
      webhook === this.webhookId &&
      verify('RSA-SHA256', Buffer.from(this.signed(id!, time!, event)), this.keys.publicKey, Buffer.from(signature!, 'base64'));
    return answer(200, { verification_status: isGood ? 'SUCCESS' : 'FAILURE' });
  }

  private headerOf({ payoutBatchId, senderBatchId, status }: HeldBatch): object {
    return { payout_batch_id: payoutBatchId, batch_status: status, sender_batch_header: { sender_batch_id: senderBatchId } };
  }

  private itemView(item: HeldItem, batch: HeldBatch): object {
    return {
      payout_item_id: item.payoutItemId,
      transaction_status: item.status,
      payout_batch_id: batch.payoutBatchId,
      payout_item: {
        recipient_type: 'EMAIL',
        amount: { currency: item.currency, value: item.value },
        receiver: item.receiver,
        sender_item_id: item.senderItemId,
      },
      ...(item.error ? { errors: item.error } : {}),
    };
  }
}
