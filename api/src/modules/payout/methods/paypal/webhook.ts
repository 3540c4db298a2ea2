import type { NamedPart, WebhookRequest } from '../method.ts';
import type { PayPalClient } from './client.ts';
import { idOfKey } from './payouts.ts';

const HEADERS = {
  auth_algo: 'paypal-auth-algo',
  cert_url: 'paypal-cert-url',
  transmission_id: 'paypal-transmission-id',
  transmission_sig: 'paypal-transmission-sig',
  transmission_time: 'paypal-transmission-time',
} as const;
const LONGEST_HEADER = 1_000;
const LONGEST_NAME = 100;

/**
 * Whether PayPal signed it, as PayPal itself says: asked at our own address of it, so that nothing which the sender wrote
 * decides whom we ask. The event is passed on to the letter.
 */
export async function isGenuine(client: PayPalClient, { headers, body }: WebhookRequest): Promise<boolean> {
  const { webhookId } = client.account;
  if (webhookId === undefined) return false;
  const parts: string[] = [`"webhook_id":${JSON.stringify(webhookId)}`];
  for (const [field, name] of Object.entries(HEADERS)) {
    const value = headers[name];
    if (typeof value !== 'string' || value === '' || value.length > LONGEST_HEADER) return false;
    parts.push(`"${field}":${JSON.stringify(value)}`);
  }
  const event = body.toString('utf8');
  const answer = await client.post('/v1/notifications/verify-webhook-signature', `{${parts.join(',')},"webhook_event":${event}}`);
  return answer.status === 200 && (answer.body as { verification_status?: unknown }).verification_status === 'SUCCESS';
}

interface Event {
  readonly event_type?: unknown;
  readonly resource?: {
    readonly payout_batch_id?: unknown;
    readonly sender_batch_id?: unknown;
    readonly batch_header?: { readonly payout_batch_id?: unknown; readonly sender_batch_header?: { readonly sender_batch_id?: unknown } };
  };
}

/** The parts that an event is about. It says no more than that something has happened: what did, PayPal is asked. */
export function partsOfEvent(event: unknown): NamedPart[] {
  const { event_type: type, resource } = event as Event;
  if (typeof type !== 'string' || !type.startsWith('PAYMENT.PAYOUTS')) return [];
  const header = resource?.batch_header;
  const part = idOfKey(resource?.sender_batch_id) ?? idOfKey(header?.sender_batch_header?.sender_batch_id);
  const theirs = resource?.payout_batch_id ?? header?.payout_batch_id;
  const providerId = typeof theirs === 'string' && theirs.length > 0 && theirs.length <= LONGEST_NAME ? theirs : undefined;
  return part === undefined && providerId === undefined ? [] : [{ part, providerId }];
}
