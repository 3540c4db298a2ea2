import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';
import { EVENTS_OF_STAFF, type EventName, type Message } from './events.ts';

/** What the addresses of a program that are on hear of. */
export async function heardEvents(tx: Transaction, programId: string): Promise<ReadonlySet<EventName>> {
  const text = "select distinct unnest(events) as event from webhook_endpoint where program_id = $1 and status = 'on'";
  return new Set((await rows<{ event: EventName }>(tx, text, [programId])).map(({ event }) => event));
}

/**
 * Writes messages for all who want to hear of them, in the transaction of what they tell of: none is sent of what did not happen, and
 * none is lost. `messages` is asked only where somebody hears of one of `events`.
 */
export async function queueMessages(
  tx: Transaction,
  programId: string,
  events: readonly EventName[],
  messages: () => readonly Message[] | Promise<readonly Message[]>,
): Promise<void> {
  const heard = await heardEvents(tx, programId);
  if (events.some((event) => heard.has(event))) await writeDeliveries(tx, programId, await messages());
}

/** A row for each address that hears of it. Of commissions that are usable an address hears in `unlocked.ts`, from an instant on. */
export async function writeDeliveries(tx: Transaction, programId: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  await rows(
    tx,
    `insert into webhook_delivery (endpoint_id, id, event, payload, happened_at)
     select e.id, m.id, m.event, (case when e.affiliate_id is null then m.payload else coalesce(m.own, m.payload) end)::json, m.at
     from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[]) as m (id, event, affiliate_id, payload, at, own)
     join webhook_endpoint e on e.program_id = $1 and e.status = 'on' and m.event = any(e.events)
       and (e.affiliate_id is null or m.affiliate_id is null or e.affiliate_id = m.affiliate_id)
       and (e.affiliate_id is null or m.event <> all($8::text[]))
       and (m.event <> 'commission.available' or m.at <= e.unlocks_told)`,
    [
      programId,
      messages.map(() => newId()),
      messages.map(({ event }) => event),
      messages.map(({ affiliateId }) => affiliateId),
      messages.map(({ data }) => JSON.stringify(data)),
      messages.map(({ at }) => new Date(at)),
      messages.map(({ dataForAffiliate }) => (dataForAffiliate === undefined ? null : JSON.stringify(dataForAffiliate))),
      EVENTS_OF_STAFF,
    ],
  );
}
