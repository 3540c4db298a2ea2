import type { EntityManager } from '@mikro-orm/postgresql';
import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { newId, sliceOf } from '../platform/ids.ts';
import type { Batch } from './batch.ts';
import type { ProgramTerms } from './programTerms.ts';
import { recordReady } from './record.ts';
import type { Fact } from './types.ts';

const MOST_AT_ONCE = 200;

/**
 * Finds what the batch's facts touch beyond themselves: orders placed after a late click, orders and customers that name
 * it, orders of a customer who registered. They are looked at again in transactions of their own, since their rows may
 * not be locked after the batch's.
 */
export async function queueRevisits(batch: Batch): Promise<void> {
  const { tx, terms, writes } = batch;
  if (batch.newClicks.length > 0) await findByClicks(batch);
  if (batch.registered.length > 0) await findByRegistrations(batch);
  const queued = new Map(writes.revisits.map((item) => [`${item.kind}\n${item.id}`, item]));
  writes.revisits.splice(0, writes.revisits.length, ...queued.values());
  if (queued.size === 0) return;
  const items = [...queued.values()];
  await rows(
    tx,
    `insert into revisit_queue (slice, kind, subject_id, id, program_id, cause, happened_at, business_now)
     select slice, kind, subject_id, id, $5, cause, happened_at, business_now from unnest($1::smallint[], $2::text[], $3::uuid[], $4::uuid[], $6::text[], $7::timestamptz[], $8::timestamptz[])
       as u (slice, kind, subject_id, id, cause, happened_at, business_now)`,
    [
      items.map((item) => sliceOf(item.id)),
      items.map((item) => item.kind),
      items.map((item) => item.id),
      items.map(() => newId()),
      terms.programId,
      items.map((item) => item.cause),
      items.map((item) => new Date(item.at)),
      items.map((item) => new Date(item.now)),
    ],
  );
}

async function findByRegistrations(batch: Batch): Promise<void> {
  const found = await rows<{ id: string; customer_id: string }>(
    batch.tx,
    'select id, customer_id from order_record where customer_id = any($1::uuid[])',
    [batch.registered.map((item) => item.customerId)],
  );
  for (const row of found) {
    const item = batch.registered.find((other) => other.customerId === row.customer_id);
    if (item !== undefined) batch.revisit('order', row.id, 'registration', item.at, item.now);
  }
}

async function findByClicks(batch: Batch): Promise<void> {
  const { tx, terms, newClicks } = batch;
  const found = await rows<{ kind: 'order' | 'customer'; id: string; position: number }>(
    tx,
    `with clicked as (select * from unnest($1::text[], $2::text[], $3::timestamptz[]) with ordinality as u (click, visitor, at, position))
     select 'order' as kind, o.id, c.position::int from clicked c join order_record o on o.program_id = $4 and o.visitor = c.visitor and o.placed_at >= c.at
     union all select 'order', o.id, c.position::int from clicked c join order_record o on o.program_id = $4 and o.click_ref = c.click
     union all select 'customer', k.id, c.position::int from clicked c join customer k on k.program_id = $4 and k.visitor = c.visitor and k.registered_at >= c.at and k.tied_affiliate_id is null
     union all select 'customer', k.id, c.position::int from clicked c join customer k on k.program_id = $4 and k.click_ref = c.click and (k.tied_affiliate_id is null or k.visitor is null)`,
    [
      newClicks.map((item) => item.click.id),
      newClicks.map((item) => item.visitor ?? null),
      newClicks.map((item) => new Date(item.click.at)),
      terms.programId,
    ],
  );
  for (const row of found) {
    const item = newClicks[row.position - 1];
    if (item !== undefined) batch.revisit(row.kind, row.id, 'click', item.click.at, item.now);
  }
}

/** Something that has become known of an instant, and until when nothing newer is known. */
export interface KnownSince {
  readonly from: number;
  readonly until?: number;
  /** Left out: it touches every order. */
  readonly product?: string;
}

/**
 * Queues the orders that were placed since what has become known: a state of a product told late, or an act of staff at the
 * very instant of an order told before it. Answers how many there are.
 */
export async function queueOrdersPlaced(
  tx: Transaction,
  programId: string,
  known: readonly KnownSince[],
  cause: string,
  now: number,
): Promise<number> {
  const earliest = known.reduce((first, { from }) => Math.min(first, from), Number.POSITIVE_INFINITY);
  if (earliest === Number.POSITIVE_INFINITY) return 0;
  const found = await rows<{ id: string }>(
    tx,
    `with placed as materialized (select id, placed_at, content from order_record where program_id = $1 and placed_at >= $2),
     named as (
       select p.id, p.placed_at, coalesce(l->>'product', l->>'sku') as product from placed p cross join lateral json_array_elements(p.content->'lines') l
       union all select p.id, p.placed_at, null from placed p where exists (select from order_event e where e.order_id = p.id and e.kind = 'corrected')
     )
     select distinct n.id from named n join unnest($3::timestamptz[], $4::timestamptz[], $5::text[]) as k (since, until, product)
       on n.placed_at >= k.since and (k.until is null or n.placed_at < k.until) and (k.product is null or n.product is null or n.product = k.product)`,
    [
      programId,
      new Date(earliest),
      known.map(({ from }) => new Date(from)),
      known.map(({ until }) => (until === undefined ? null : new Date(until))),
      known.map(({ product }) => product ?? null),
    ],
  );
  await queueOrders(
    tx,
    programId,
    found.map(({ id }) => id),
    cause,
    now,
  );
  return found.length;
}

export async function queueOrders(tx: Transaction, programId: string, ids: readonly string[], cause: string, now: number): Promise<void> {
  if (ids.length === 0) return;
  await rows(
    tx,
    `insert into revisit_queue (slice, kind, subject_id, id, program_id, cause, happened_at, business_now)
     select slice, 'order', subject_id, id, $4, $5, $6, $6 from unnest($1::smallint[], $2::uuid[], $3::uuid[]) as u (slice, subject_id, id)`,
    [ids.map(sliceOf), ids, ids.map(() => newId()), programId, cause, new Date(now)],
  );
}

type Revisit = Extract<Fact, { kind: 'revisit' }>;

/**
 * Takes what is looked at again off the queue, in the same transaction and before anything is read. What is queued from
 * then on stays there. Two who work off the queue at once take their rows in one order.
 */
export async function takeFromQueue(tx: Transaction, revisits: readonly Revisit[]): Promise<void> {
  const items = revisits.flatMap(({ subject, id, queued }) => queued.map((row) => ({ slice: sliceOf(id), subject, id, row })));
  await rows(
    tx,
    `with taken as materialized (
       select q.slice, q.kind, q.subject_id, q.id from unnest($1::smallint[], $2::text[], $3::uuid[], $4::uuid[]) as u (slice, kind, subject_id, id)
       join revisit_queue q on q.slice = u.slice and q.kind = u.kind and q.subject_id = u.subject_id and q.id = u.id
       order by q.slice, q.kind, q.subject_id, q.id for update of q
     )
     delete from revisit_queue q using taken t where q.slice = t.slice and q.kind = t.kind and q.subject_id = t.subject_id and q.id = t.id`,
    [items.map((item) => item.slice), items.map((item) => item.subject), items.map((item) => item.id), items.map((item) => item.row)],
  );
}

/** Works the queue of a program off until it is empty. Whatever a crash left there is done the next time. */
export async function drainRevisits(em: EntityManager, terms: ProgramTerms): Promise<number> {
  for (let done = 0; ; ) {
    const found = await rows<{
      kind: 'order' | 'customer';
      subject_id: string;
      ids: string[];
      cause: string;
      happened_at: Date;
      business_now: Date;
    }>(
      em,
      `select kind, subject_id, array_agg(id) as ids, max(cause) as cause, max(happened_at) as happened_at, max(business_now) as business_now
       from revisit_queue where program_id = $1 group by kind, subject_id order by kind, subject_id limit $2`,
      [terms.programId, MOST_AT_ONCE],
    );
    if (found.length === 0) return done;
    const facts = found.map(({ kind, subject_id: id, ids: queued, cause, happened_at: at, business_now: now }) => ({
      fact: { kind: 'revisit' as const, subject: kind, id, queued, cause, at: at.getTime() },
      now: now.getTime(),
      by: 'engine',
    }));
    await recordReady(em, terms, facts);
    done += found.length;
  }
}
