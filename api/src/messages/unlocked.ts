import { formatInstant } from '@tributary/shared/time';
import type { EntityManager } from '../platform/database/orm.ts';
import { row, rows } from '../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import { newId } from '../platform/ids.ts';
import type { Message } from './events.ts';
import { amountsOf } from './names.ts';

/** Locks that end are told some at a time; those that end at one instant together. */
const AT_ONCE = 5_000;
const ROWS_AT_ONCE = 1_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export interface Unlocked {
  readonly affiliateId: string;
  readonly affiliate: string;
  readonly order: string;
  readonly unit: string;
  /** As a decimal. */
  readonly amount: string;
  readonly usableFrom: number;
}

export function unlockedMessage({ affiliateId, affiliate, order, unit, amount, usableFrom }: Unlocked): Message {
  const data = { affiliate, order, amount, unit, at: formatInstant(usableFrom) };
  return { event: 'commission.available', affiliateId, at: usableFrom, data };
}

/**
 * Keeps addresses from being told of ends of locks until the transaction is over. The end of a lock writes nothing, so each address
 * knows up to when it was told: what is usable from later on is told when that instant has come, what turns out to have been usable
 * before is told by whoever finds that out. Either happens wholly before the other, so that each end is told once.
 */
export async function holdUnlocks(tx: Transaction, programId: string): Promise<void> {
  const text = `select 1 from webhook_endpoint where program_id = $1 and status = 'on' and unlocks_told is not null order by id for share`;
  await rows(tx, text, [programId]);
}

interface Listener {
  readonly id: string;
  readonly program_id: string;
  readonly affiliate_id: string | null;
  readonly unlocks_told: Date;
}

/** Tells of the locks that have ended by an instant, to every address of an organization that hears of it. Answers how many rows it wrote. */
export async function tellUnlocked(em: EntityManager, organizationId: string, until: number): Promise<number> {
  const listeners = await rows<{ id: string }>(
    em,
    `select e.id from webhook_endpoint e join program p on p.id = e.program_id
     where p.organization_id = $1 and e.status = 'on' and e.unlocks_told < $2 order by e.id`,
    [organizationId, new Date(until)],
  );
  let told = 0;
  for (const { id } of listeners) {
    for (let isDone = false; !isDone; ) {
      const part = await inTransaction(em, (tx) => tellOne(tx, id, until));
      told += part.told;
      isDone = part.isDone;
    }
  }
  return told;
}

async function tellOne(tx: Transaction, id: string, until: number): Promise<{ told: number; isDone: boolean }> {
  const listener = await row<Listener>(
    tx,
    `select id, program_id, affiliate_id, unlocks_told from webhook_endpoint where id = $1 and status = 'on' and unlocks_told < $2 for no key update`,
    [id, new Date(until)],
  );
  // Another process has done it.
  if (listener === undefined) return { told: 0, isDone: true };
  const ofListener = [listener.program_id, listener.affiliate_id, listener.unlocks_told];
  const last = await row<{ at: Date }>(
    tx,
    `select l.usable_from as at from lot l where ${ENDED} order by l.usable_from offset ${AT_ONCE} limit 1`,
    [...ofListener, new Date(until)],
  );
  const upTo = last?.at ?? new Date(until);
  const amountOf = await amountsOf(tx, listener.program_id);
  let told = 0;
  for (let after = { at: new Date(0), affiliate: FIRST_ID, lot: FIRST_ID }; ; ) {
    const found = await rows<EndedRow>(tx, ENDED_LOTS, [...ofListener, upTo, after.at, after.affiliate, after.lot]);
    const messages = found.map((lot) =>
      unlockedMessage({
        affiliateId: lot.affiliate_id,
        affiliate: lot.affiliate,
        order: lot.order,
        unit: lot.unit,
        amount: amountOf(lot.amount, lot.unit),
        usableFrom: lot.usable_from.getTime(),
      }),
    );
    await deliverTo(tx, id, messages);
    told += found.length;
    const end = found.at(-1);
    if (end === undefined || found.length < ROWS_AT_ONCE) break;
    after = { at: end.usable_from, affiliate: end.affiliate_id, lot: end.id };
  }
  await rows(tx, 'update webhook_endpoint set unlocks_told = $2 where id = $1', [id, upTo]);
  return { told, isDone: last === undefined };
}

interface EndedRow {
  affiliate_id: string;
  id: string;
  affiliate: string;
  order: string;
  unit: string;
  amount: bigint;
  usable_from: Date;
}

/** Of what was taken back before nothing became usable. */
const ENDED = `l.program_id = $1 and ($2::uuid is null or l.affiliate_id = $2) and l.usable_from > $3 and l.usable_from <= $4
  and l.source_kind = 'order' and l.credited > l.taken_back + l.indebted`;

const ENDED_LOTS = `select l.affiliate_id, l.id, a.external_id as affiliate, o.external_id as "order", l.unit, l.credited - l.taken_back - l.indebted as amount, l.usable_from
  from lot l join affiliate a on a.id = l.affiliate_id join order_record o on o.id = l.source_id
  where ${ENDED} and (l.usable_from, l.affiliate_id, l.id) > ($5::timestamptz, $6::uuid, $7::uuid)
  order by l.usable_from, l.affiliate_id, l.id limit ${ROWS_AT_ONCE}`;

async function deliverTo(tx: Transaction, endpointId: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  await rows(
    tx,
    `insert into webhook_delivery (endpoint_id, id, event, payload, happened_at)
     select $1::uuid, id, event, payload::json, at from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as m (id, event, payload, at)`,
    [
      endpointId,
      messages.map(() => newId()),
      messages.map(({ event }) => event),
      messages.map(({ data }) => JSON.stringify(data)),
      messages.map(({ at }) => new Date(at)),
    ],
  );
}
