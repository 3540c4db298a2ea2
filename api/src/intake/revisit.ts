import type { EntityManager } from '@mikro-orm/postgresql';
import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { sliceOf } from '../platform/ids.ts';
import type { Batch } from './batch.ts';
import type { ProgramTerms } from './programTerms.ts';
import { recordReady } from './record.ts';

const MOST_AT_ONCE = 200;

/**
 * Finds what the batch's facts touch beyond themselves: orders placed after a late click, orders and customers that name
 * it, orders of a customer who registered. They are looked at again in transactions of their own, since their rows may
 * not be locked after the batch's.
 */
export async function queueRevisits(batch: Batch): Promise<void> {
  const { tx, terms, writes } = batch;
  if (batch.newClicks.length > 0) await findByClicks(batch);
  if (batch.registered.length > 0) {
    const found = await rows<{ id: string; customer_id: string }>(
      tx,
      'select id, customer_id from order_record where customer_id = any($1::uuid[])',
      [batch.registered.map((item) => item.customerId)],
    );
    for (const row of found) {
      const item = batch.registered.find((other) => other.customerId === row.customer_id);
      if (item !== undefined) batch.revisit('order', row.id, 'registration', item.at, item.now);
    }
  }
  const queued = new Map(writes.revisits.map((item) => [`${item.kind}\n${item.id}`, item]));
  writes.revisits.splice(0, writes.revisits.length, ...queued.values());
  if (queued.size === 0) return;
  const items = [...queued.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  await rows(
    tx,
    `insert into revisit_queue (slice, kind, subject_id, program_id, cause, happened_at, business_now)
     select slice, kind, subject_id, $4, cause, happened_at, business_now from unnest($1::smallint[], $2::text[], $3::uuid[], $5::text[], $6::timestamptz[], $7::timestamptz[])
       as u (slice, kind, subject_id, cause, happened_at, business_now) order by slice, kind, subject_id
     on conflict (slice, kind, subject_id) do update set cause = excluded.cause, happened_at = greatest(revisit_queue.happened_at, excluded.happened_at), business_now = greatest(revisit_queue.business_now, excluded.business_now)`,
    [
      items.map((item) => sliceOf(item.id)),
      items.map((item) => item.kind),
      items.map((item) => item.id),
      terms.programId,
      items.map((item) => item.cause),
      items.map((item) => new Date(item.at)),
      items.map((item) => new Date(item.now)),
    ],
  );
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

/** Takes subjects off the queue in the transaction that looks at them again. */
export async function takeFromQueue(tx: Transaction, subjects: { kind: 'order' | 'customer'; id: string }[]): Promise<void> {
  await rows(
    tx,
    'delete from revisit_queue q using unnest($1::smallint[], $2::text[], $3::uuid[]) as u (slice, kind, id) where q.slice = u.slice and q.kind = u.kind and q.subject_id = u.id',
    [subjects.map((item) => sliceOf(item.id)), subjects.map((item) => item.kind), subjects.map((item) => item.id)],
  );
}

/** Works the queue of a program off until it is empty. Whatever a crash left there is done the next time. */
export async function drainRevisits(em: EntityManager, terms: ProgramTerms): Promise<number> {
  for (let done = 0; ; ) {
    const found = await rows<{
      kind: 'order' | 'customer';
      subject_id: string;
      cause: string;
      happened_at: Date;
      business_now: Date;
      slice: number;
    }>(
      em,
      'select kind, subject_id, cause, happened_at, business_now, slice from revisit_queue where program_id = $1 order by kind, subject_id limit $2',
      [terms.programId, MOST_AT_ONCE],
    );
    if (found.length === 0) return done;
    const facts = found.map((row) => ({
      fact: { kind: 'revisit' as const, subject: row.kind, id: row.subject_id, cause: row.cause, at: row.happened_at.getTime() },
      now: row.business_now.getTime(),
      by: 'engine',
    }));
    await recordReady(em, terms, facts);
    done += found.length;
  }
}
