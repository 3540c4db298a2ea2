import type { EventName } from '../../messages/index.ts';

/** An address that hears of what happens in a program; an affiliate's hears of what is its own. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly programId: string;
  readonly affiliateId: string | null;
  readonly kind: 'webhook' | 'postback';
  readonly url: string;
  readonly events: readonly EventName[];
  readonly keyVersion: number;
  /** Counts from 1; each time that the secret is replaced one more. */
  readonly secretNumber: number;
  /** Until when the secret before signs as well; null: it does not. */
  readonly formerUntil: Date | null;
  readonly status: 'on' | 'off' | 'gone';
  readonly madeAt: Date;
  readonly madeBy: string;
}

export const ENDPOINT_COLUMNS =
  'e.id, e.program_id as "programId", e.affiliate_id as "affiliateId", e.kind, e.url, e.events, e.key_version as "keyVersion", e.secret_number as "secretNumber", case when e.former_until > now() then e.former_until end as "formerUntil", e.status, e.made_at as "madeAt", e.made_by as "madeBy"';

/** A message to one address. */
export interface WebhookDelivery {
  readonly endpointId: string;
  readonly id: string;
  readonly event: EventName;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly happenedAt: Date;
  readonly status: 'waiting' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly nextAt: Date;
}

export const DELIVERY_COLUMNS =
  'd.endpoint_id as "endpointId", d.id, d.event, d.payload, d.happened_at as "happenedAt", d.status, d.attempts, d.next_at as "nextAt"';

export interface WebhookAttempt {
  readonly number: number;
  readonly triedAt: Date;
  readonly answered: number | null;
  readonly failure: string | null;
  readonly milliseconds: number;
}
