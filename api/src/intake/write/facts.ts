import { hotRows as rows, type Write } from '../../platform/database/sql.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Batch } from '../batch.ts';
import { phoneHashOf } from '../hash.ts';
import { type Column, date, insert, insertion, textArray } from './insert.ts';

export async function writeCustomers({ tx, terms, set }: Batch): Promise<void> {
  const changed = [...set.customers.values()].filter((customer) => customer.changed).sort((a, b) => (a.id < b.id ? -1 : 1));
  await insert(
    tx,
    'customer (id, program_id, external_id, registered_at, told_at, visitor, click_ref, referral_code, attributes, tied_affiliate_id, tied_at, tied_by, tied_click, phone_hash)',
    ['uuid', 'uuid', 'text', 'timestamptz', 'timestamptz', 'text', 'text', 'text', 'json', 'uuid', 'timestamptz', 'text', 'text', 'bytea'],
    [
      changed.map((c) => c.id),
      terms.programId,
      changed.map((c) => c.externalId),
      changed.map((c) => date(c.registeredAt)),
      changed.map((c) => date(c.toldAt)),
      changed.map((c) => c.visitor),
      changed.map((c) => c.clickRef),
      changed.map((c) => c.referralCode),
      changed.map((c) => JSON.stringify(c.attributes)),
      changed.map((c) => c.tiedTo),
      changed.map((c) => date(c.tiedAt)),
      changed.map((c) => c.tiedBy),
      changed.map((c) => c.tiedClick),
      changed.map((c) => (c.phone === undefined ? null : phoneHashOf(c.phone))),
    ],
    `on conflict (id) do update set registered_at = excluded.registered_at, told_at = excluded.told_at, visitor = excluded.visitor, click_ref = excluded.click_ref,
       referral_code = excluded.referral_code, attributes = excluded.attributes, tied_affiliate_id = excluded.tied_affiliate_id, tied_at = excluded.tied_at, tied_by = excluded.tied_by,
       tied_click = excluded.tied_click, phone_hash = coalesce(excluded.phone_hash, customer.phone_hash)`,
  );
  const phones = changed.filter((customer) => customer.phone !== undefined);
  await insert(
    tx,
    'customer_profile (customer_id, phone)',
    ['uuid', 'text'],
    [phones.map((c) => c.id), phones.map((c) => c.phone)],
    'on conflict (customer_id) do update set phone = excluded.phone',
  );
}

/** Clicks, and where those of a visitor are. */
export function insertionsOfClicks(batch: Batch): Write[] {
  const { clicks } = batch.writes;
  const visited = clicks.filter((click) => click.content.visitor !== undefined);
  return [...(clicks.length > 0 ? [insertionOfClicks(batch)] : []), ...(visited.length > 0 ? [insertionOfVisits(batch, visited)] : [])];
}

function insertionOfClicks({ terms, writes: { clicks }, clickBucket }: Batch): Write {
  return insertion(
    'click (bucket, id, program_id, external_id, affiliate_id, visitor, clicked_at, told_at, content, active, permitted, redirected, attributable, rules, destination, automated)',
    [
      'smallint',
      'uuid',
      'uuid',
      'text',
      'uuid',
      'text',
      'timestamptz',
      'timestamptz',
      'json',
      'boolean',
      'boolean',
      'boolean',
      'boolean',
      'text[]',
      'text',
      'text',
    ],
    [
      clickBucket,
      clicks.map((c) => c.id),
      terms.programId,
      clicks.map((c) => c.content.id),
      clicks.map((c) => c.affiliateId),
      clicks.map((c) => c.content.visitor),
      clicks.map((c) => c.at),
      clicks.map((c) => c.toldAt),
      clicks.map((c) => c.text),
      clicks.map((c) => c.active),
      clicks.map((c) => c.permitted),
      true,
      clicks.map((c) => c.attributable),
      clicks.map((c) => textArray(c.rules)),
      clicks.map((c) => c.destination),
      clicks.map((c) => c.content.automated),
    ],
  );
}

function insertionOfVisits({ terms, clickBucket }: Batch, visited: Batch['writes']['clicks']): Write {
  return insertion(
    'visitor_click (slice, program_id, visitor, clicked_at, click_id, bucket)',
    ['smallint', 'uuid', 'text', 'timestamptz', 'uuid', 'smallint'],
    [
      visited.map((c) => sliceOf(c.content.visitor as string)),
      terms.programId,
      visited.map((c) => c.content.visitor),
      visited.map((c) => c.at),
      visited.map((c) => c.id),
      clickBucket,
    ],
  );
}

export async function writeOrders({ tx, terms, set, writes }: Batch): Promise<void> {
  const { orders } = writes;
  await insert(
    tx,
    'order_record (id, program_id, external_id, aliases, placed_at, told_at, customer_id, visitor, click_ref, content, revision, affiliate_id, misfit)',
    ['uuid', 'uuid', 'text', 'text[]', 'timestamptz', 'timestamptz', 'uuid', 'text', 'text', 'json', 'int', 'uuid', 'boolean'],
    [
      orders.map(({ order }) => order.id),
      terms.programId,
      orders.map(({ order }) => order.externalId),
      orders.map(({ told }) => textArray(told.aliases ?? [])),
      orders.map(({ order }) => new Date(order.placedAt)),
      orders.map(({ order }) => new Date(order.toldAt)),
      orders.map(({ order }) => order.customerId),
      orders.map(({ order }) => order.visitor),
      orders.map(({ order }) => order.clickRef),
      orders.map(({ told }) => JSON.stringify(told)),
      orders.map(({ order }) => order.revision),
      orders.map(({ order }) => order.affiliateId),
      orders.map(({ order }) => order.misfit),
    ],
  );
  const fresh = new Set(orders.map(({ order }) => order.id));
  const decided = new Set(writes.decisions.map(({ order }) => order.id));
  const again = [...set.orders.values()].filter((order) => decided.has(order.id) && !fresh.has(order.id));
  if (again.length === 0) return;
  await rows(
    tx,
    `update order_record o set revision = u.revision, affiliate_id = u.affiliate_id, customer_id = u.customer_id, visitor = u.visitor, click_ref = u.click_ref, placed_at = u.placed_at,
       misfit = u.misfit
     from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::boolean[])
       as u (id, revision, affiliate_id, customer_id, visitor, click_ref, placed_at, misfit)
     where o.id = u.id`,
    [
      again.map((order) => order.id),
      again.map((order) => order.revision),
      again.map((order) => order.affiliateId),
      again.map((order) => order.customerId),
      again.map((order) => order.visitor),
      again.map((order) => order.clickRef),
      again.map((order) => new Date(order.placedAt)),
      again.map((order) => order.misfit),
    ],
  );
}

export async function writeEvents({ tx, terms, writes }: Batch): Promise<void> {
  const columns = 'program_id, kind, external_id, happened_at, told_at, content, told_by';
  const types = ['uuid', 'text', 'text', 'timestamptz', 'timestamptz', 'json', 'text'];
  const values = (events: (typeof writes.events)[number]['event'][]): Column[] => [
    terms.programId,
    events.map((event) => event.kind),
    events.map((event) => event.externalId),
    events.map((event) => new Date(event.at)),
    events.map((event) => new Date(event.toldAt)),
    events.map((event) => JSON.stringify(event.content)),
    events.map((event) => event.by),
  ];
  const { events, waiting, arrived } = writes;
  await insert(
    tx,
    `order_event (order_id, id, ${columns})`,
    ['uuid', 'uuid', ...types],
    [events.map((item) => item.orderId), events.map((item) => item.event.id), ...values(events.map((item) => item.event))],
  );
  await insert(
    tx,
    `waiting_event (slice, order_external_id, id, ${columns})`,
    ['smallint', 'text', 'uuid', ...types],
    [
      waiting.map((item) => sliceOf(item.orderExternalId)),
      waiting.map((item) => item.orderExternalId),
      waiting.map((item) => item.event.id),
      ...values(waiting.map((item) => item.event)),
    ],
  );
  if (arrived.length > 0) {
    await rows(
      tx,
      'delete from waiting_event w using unnest($1::smallint[], $2::text[]) as u (slice, name) where w.slice = u.slice and w.program_id = $3 and w.order_external_id = u.name',
      [arrived.map(sliceOf), arrived, terms.programId],
    );
  }
}

export async function writeActivities({ tx, terms, writes: { activities } }: Batch): Promise<void> {
  await insert(
    tx,
    'activity (affiliate_id, id, program_id, external_id, content, happened_at, told_at, told_by)',
    ['uuid', 'uuid', 'uuid', 'text', 'json', 'timestamptz', 'timestamptz', 'text'],
    [
      activities.map((a) => a.affiliateId),
      activities.map((a) => a.id),
      terms.programId,
      activities.map((a) => a.content.id),
      activities.map((a) => JSON.stringify(a.content)),
      activities.map((a) => new Date(a.at)),
      activities.map((a) => new Date(a.toldAt)),
      activities.map((a) => a.by),
    ],
  );
}
