import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';

/** What other systems may hear of. */
export const EVENTS = [
  'click.recorded',
  'customer.referred',
  'commission.created',
  'commission.changed',
  'commission.reversed',
  'withdrawal.approved',
  'withdrawal.rejected',
  'withdrawal.sent',
  'withdrawal.unknown',
  'withdrawal.paid',
  'withdrawal.failed',
  'withdrawal.returned',
  'terms.published',
  'case.opened',
  'case.overdue',
  'case.closed',
] as const;
export type EventName = (typeof EVENTS)[number];

/** About the work of staff: no affiliate hears of it, whosever it is. */
const OF_STAFF: readonly EventName[] = ['case.overdue'];
/** What an affiliate may hear of. */
export const EVENTS_OF_AFFILIATES = EVENTS.filter((event) => !OF_STAFF.includes(event));

export interface Message {
  readonly event: EventName;
  /** Whose it is; null: everybody's in the program. */
  readonly affiliateId: string | null;
  /** Business time. */
  readonly at: number;
  /** Ids and amounts, never who a person is. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Writes messages for all who want to hear of them, in the transaction of what they tell of: none is sent of what did not happen, and
 * none is lost.
 */
export async function queueMessages(tx: Transaction, programId: string, messages: () => readonly Message[]): Promise<void> {
  const [heard] = await rows(tx, "select 1 from webhook_endpoint where program_id = $1 and status = 'on' limit 1", [programId]);
  const told = heard === undefined ? [] : messages();
  if (told.length === 0) return;
  await rows(
    tx,
    `insert into webhook_delivery (endpoint_id, id, event, payload, happened_at)
     select e.id, m.id, m.event, m.payload::json, m.at from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[]) as m (id, event, affiliate_id, payload, at)
     join webhook_endpoint e on e.program_id = $1 and e.status = 'on' and m.event = any(e.events)
       and (e.affiliate_id is null or m.affiliate_id is null or e.affiliate_id = m.affiliate_id)`,
    [
      programId,
      told.map(() => newId()),
      told.map(({ event }) => event),
      told.map(({ affiliateId }) => affiliateId),
      told.map(({ data }) => JSON.stringify(data)),
      told.map(({ at }) => new Date(at)),
    ],
  );
}
