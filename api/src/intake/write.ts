import { postEntries } from '../books/index.ts';
import { hotRows as rows, type SqlValue } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { bucketOf, sliceOf } from '../platform/ids.ts';
import type { Batch } from './batch.ts';

/** Another batch claimed one of the names first: nothing is written, and the batch runs again on what is there now. */
export class NameTaken extends Error {}

/** Writes all that a batch gathered: one statement per table. */
export async function writeBatch(batch: Batch): Promise<void> {
  await writeKeys(batch);
  await writeCustomers(batch);
  await writeClicks(batch);
  await writeOrders(batch);
  await writeEvents(batch);
  await writeDecisions(batch);
  await writePlaces(batch);
  await writeActivities(batch);
  await writeConsequences(batch);
  await postEntries(batch.tx, batch.terms.programId, batch.writes.entries);
}

type Column = SqlValue[];

const date = (instant: number | null) => (instant === null ? null : new Date(instant));

/** `insert into ... select from unnest(...)`: the columns of many rows as one array each. */
async function insert(tx: Transaction, into: string, types: string[], columns: Column[], more = ''): Promise<void> {
  if (columns[0]?.length === 0) return;
  const names = types.map((_, index) => `c${index}`);
  // Arrays of arrays cannot be unnested a row at a time, so they travel as text.
  const values = types.map((type, index) => (type.endsWith('[]') ? `c${index}::${type}` : `c${index}`)).join(', ');
  const source = types.map((type, index) => `$${index + 1}::${type.endsWith('[]') ? 'text' : type}[]`).join(', ');
  await rows(tx, `insert into ${into} select ${values} from unnest(${source}) as u (${names.join(', ')}) ${more}`, columns);
}

async function writeKeys({ tx, terms, writes }: Batch): Promise<void> {
  const { keys, filled } = writes;
  if (keys.length > 0) {
    const written = await rows(
      tx,
      `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)
       select slice, $6, kind, external_id, fact_id, hash from unnest($1::smallint[], $2::text[], $3::text[], $4::uuid[], $5::bytea[]) as u (slice, kind, external_id, fact_id, hash)
       order by slice, kind, external_id on conflict do nothing returning 1`,
      [
        keys.map((key) => sliceOf(key.externalId)),
        keys.map((key) => key.kind),
        keys.map((key) => key.externalId),
        keys.map((key) => key.factId),
        keys.map((key) => key.hash),
        terms.programId,
      ],
    );
    if (written.length < keys.length) throw new NameTaken();
  }
  if (filled.length > 0) {
    await rows(
      tx,
      `update fact_key f set fact_id = u.fact_id, content_hash = u.hash from unnest($1::smallint[], $2::text[], $3::uuid[], $4::bytea[]) as u (slice, external_id, fact_id, hash)
       where f.slice = u.slice and f.scope_id = $5 and f.kind = 'order' and f.external_id = u.external_id`,
      [
        filled.map((key) => sliceOf(key.externalId)),
        filled.map((key) => key.externalId),
        filled.map((key) => key.factId),
        filled.map((key) => key.hash),
        terms.programId,
      ],
    );
  }
}

async function writeCustomers({ tx, terms, set }: Batch): Promise<void> {
  const changed = [...set.customers.values()].filter((customer) => customer.changed).sort((a, b) => (a.id < b.id ? -1 : 1));
  await insert(
    tx,
    'customer (id, program_id, external_id, registered_at, told_at, visitor, click_ref, referral_code, attributes, tied_affiliate_id, tied_at, tied_by)',
    ['uuid', 'uuid', 'text', 'timestamptz', 'timestamptz', 'text', 'text', 'text', 'json', 'uuid', 'timestamptz', 'text'],
    [
      changed.map((c) => c.id),
      changed.map(() => terms.programId),
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
    ],
    `on conflict (id) do update set registered_at = excluded.registered_at, told_at = excluded.told_at, visitor = excluded.visitor, click_ref = excluded.click_ref,
       referral_code = excluded.referral_code, attributes = excluded.attributes, tied_affiliate_id = excluded.tied_affiliate_id, tied_at = excluded.tied_at, tied_by = excluded.tied_by`,
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

async function writeClicks({ tx, terms, writes, clickBucket }: Batch): Promise<void> {
  const { clicks } = writes;
  await insert(
    tx,
    'click (bucket, id, program_id, external_id, affiliate_id, visitor, clicked_at, told_at, content, active, permitted, redirected, attributable, rules, destination)',
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
    ],
    [
      clicks.map((c) => bucketOf(c.id)),
      clicks.map((c) => c.id),
      clicks.map(() => terms.programId),
      clicks.map((c) => c.content.id),
      clicks.map((c) => c.affiliateId),
      clicks.map((c) => c.content.visitor ?? null),
      clicks.map((c) => new Date(c.at)),
      clicks.map((c) => new Date(c.toldAt)),
      clicks.map((c) => JSON.stringify(c.content)),
      clicks.map((c) => c.active),
      clicks.map((c) => c.permitted),
      clicks.map(() => true),
      clicks.map((c) => c.attributable),
      clicks.map((c) => textArray(c.rules)),
      clicks.map((c) => c.destination),
    ],
  );
  const visited = clicks.filter((click) => click.content.visitor !== undefined);
  await insert(
    tx,
    'visitor_click (slice, program_id, visitor, clicked_at, click_id, bucket)',
    ['smallint', 'uuid', 'text', 'timestamptz', 'uuid', 'smallint'],
    [
      visited.map((c) => sliceOf(c.content.visitor as string)),
      visited.map(() => terms.programId),
      visited.map((c) => c.content.visitor as string),
      visited.map((c) => new Date(c.at)),
      visited.map((c) => c.id),
      visited.map(() => clickBucket),
    ],
  );
}

async function writeOrders({ tx, terms, set, writes }: Batch): Promise<void> {
  const { orders } = writes;
  await insert(
    tx,
    'order_record (id, program_id, external_id, aliases, placed_at, told_at, customer_id, visitor, click_ref, content, revision, affiliate_id)',
    ['uuid', 'uuid', 'text', 'text[]', 'timestamptz', 'timestamptz', 'uuid', 'text', 'text', 'json', 'int', 'uuid'],
    [
      orders.map(({ order }) => order.id),
      orders.map(() => terms.programId),
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
    ],
  );
  const fresh = new Set(orders.map(({ order }) => order.id));
  const decided = new Set(writes.decisions.map(({ order }) => order.id));
  const again = [...set.orders.values()].filter((order) => decided.has(order.id) && !fresh.has(order.id));
  if (again.length === 0) return;
  await rows(
    tx,
    `update order_record o set revision = u.revision, affiliate_id = u.affiliate_id, customer_id = u.customer_id, visitor = u.visitor, click_ref = u.click_ref, placed_at = u.placed_at
     from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[]) as u (id, revision, affiliate_id, customer_id, visitor, click_ref, placed_at)
     where o.id = u.id`,
    [
      again.map((order) => order.id),
      again.map((order) => order.revision),
      again.map((order) => order.affiliateId),
      again.map((order) => order.customerId),
      again.map((order) => order.visitor),
      again.map((order) => order.clickRef),
      again.map((order) => new Date(order.placedAt)),
    ],
  );
}

async function writeEvents({ tx, terms, writes }: Batch): Promise<void> {
  const columns = 'program_id, kind, external_id, happened_at, told_at, content, told_by';
  const types = ['uuid', 'text', 'text', 'timestamptz', 'timestamptz', 'json', 'text'];
  const values = (events: (typeof writes.events)[number]['event'][]): Column[] => [
    events.map(() => terms.programId),
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

async function writeDecisions({ tx, terms, writes }: Batch): Promise<void> {
  const { decisions } = writes;
  await insert(
    tx,
    'decision (order_id, revision, program_id, terms_version_id, affiliate_id, status, unit, amount, available_at, expires_at, rules, line_amounts, steps, decided_at, cause)',
    [
      'uuid',
      'int',
      'uuid',
      'uuid',
      'uuid',
      'text',
      'text',
      'bigint',
      'timestamptz',
      'timestamptz',
      'text[]',
      'bigint[]',
      'json',
      'timestamptz',
      'text',
    ],
    [
      decisions.map((d) => d.order.id),
      decisions.map((d) => d.revision),
      decisions.map(() => terms.programId),
      decisions.map((d) => d.termsVersionId),
      decisions.map((d) => d.decision.affiliateId),
      decisions.map((d) => d.decision.status),
      decisions.map((d) => d.unit),
      decisions.map((d) => d.decision.amount),
      decisions.map((d) => date(d.decision.availableAt)),
      decisions.map((d) => date(d.decision.expiresAt)),
      decisions.map((d) => textArray(d.decision.rules)),
      decisions.map((d) => `{${d.decision.lineAmounts.join(',')}}`),
      decisions.map((d) => JSON.stringify(d.decision.steps)),
      decisions.map((d) => new Date(d.at)),
      decisions.map((d) => d.cause),
    ],
  );
  const commissions = [...writes.commissions.values()].sort((a, b) => (a.affiliateId < b.affiliateId ? -1 : 1));
  await insert(
    tx,
    'commission (affiliate_id, order_id, program_id, revision, status, unit, amount, held, stands, placed_at, available_at, expires_at, decided_at)',
    [
      'uuid',
      'uuid',
      'uuid',
      'int',
      'text',
      'text',
      'bigint',
      'bigint',
      'boolean',
      'timestamptz',
      'timestamptz',
      'timestamptz',
      'timestamptz',
    ],
    [
      commissions.map((c) => c.affiliateId),
      commissions.map((c) => c.order.id),
      commissions.map(() => terms.programId),
      commissions.map((c) => c.revision),
      commissions.map((c) => c.status),
      commissions.map((c) => c.unit),
      commissions.map((c) => c.amount),
      commissions.map((c) => c.held),
      commissions.map((c) => c.stands),
      commissions.map((c) => new Date(c.order.placedAt)),
      commissions.map((c) => date(c.availableAt)),
      commissions.map((c) => date(c.expiresAt)),
      commissions.map((c) => new Date(c.at)),
    ],
    `on conflict (affiliate_id, order_id) do update set revision = excluded.revision, status = excluded.status, unit = excluded.unit, amount = excluded.amount, held = excluded.held,
       stands = excluded.stands, placed_at = excluded.placed_at, available_at = excluded.available_at, expires_at = excluded.expires_at, decided_at = excluded.decided_at`,
  );
}

async function writePlaces({ tx, terms, set }: Batch): Promise<void> {
  const changed = [...set.places].filter(([, place]) => place.changed).sort(([a], [b]) => (a < b ? -1 : 1));
  await insert(
    tx,
    'customer_place (affiliate_id, program_id, customer_id, place, standing, given_at)',
    ['uuid', 'uuid', 'uuid', 'int', 'int', 'timestamptz'],
    [
      changed.map(([key]) => key.split('\n')[0] as string),
      changed.map(() => terms.programId),
      changed.map(([key]) => key.split('\n')[1] as string),
      changed.map(([, place]) => place.place),
      changed.map(([, place]) => place.standing),
      changed.map(([, place]) => new Date(place.givenAt)),
    ],
    'on conflict (affiliate_id, program_id, customer_id) do update set place = excluded.place, standing = excluded.standing, given_at = excluded.given_at',
  );
}

async function writeActivities({ tx, terms, writes: { activities } }: Batch): Promise<void> {
  await insert(
    tx,
    'activity (affiliate_id, id, program_id, external_id, content, happened_at, told_at, told_by)',
    ['uuid', 'uuid', 'uuid', 'text', 'json', 'timestamptz', 'timestamptz', 'text'],
    [
      activities.map((a) => a.affiliateId),
      activities.map((a) => a.id),
      activities.map(() => terms.programId),
      activities.map((a) => a.content.id),
      activities.map((a) => JSON.stringify(a.content)),
      activities.map((a) => new Date(a.at)),
      activities.map((a) => new Date(a.toldAt)),
      activities.map((a) => a.by),
    ],
  );
}

/** Cases, warnings, and what has to be looked at again. */
async function writeConsequences({ tx, terms, writes }: Batch): Promise<void> {
  const cases = new Map<string, { affiliateId: string; rule: string; at: number; evidence: string[] }>();
  for (const item of writes.cases) {
    const key = `${item.affiliateId}\n${item.rule}`;
    const known = cases.get(key);
    if (known === undefined) cases.set(key, { ...item, evidence: [item.evidence] });
    else known.evidence.push(item.evidence);
  }
  const opened = [...cases].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  await insert(
    tx,
    'compliance_case (affiliate_id, program_id, id, rule, status, opened_at, evidence)',
    ['uuid', 'uuid', 'uuid', 'text', 'text', 'timestamptz', 'jsonb'],
    [
      opened.map((item) => item.affiliateId),
      opened.map(() => terms.programId),
      opened.map((item) => item.evidence[0] as string),
      opened.map((item) => item.rule),
      opened.map(() => 'open'),
      opened.map((item) => new Date(item.at)),
      opened.map((item) => JSON.stringify(item.evidence)),
    ],
    `on conflict (affiliate_id, program_id, rule) where status = 'open' do update set evidence = compliance_case.evidence || excluded.evidence`,
  );
  const warnings = new Map(writes.warnings.map((item) => [`${item.affiliateId}\n${item.rule}`, item]));
  const raised = [...warnings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  await insert(
    tx,
    'affiliate_warning (affiliate_id, program_id, rule, raised_at)',
    ['uuid', 'uuid', 'text', 'timestamptz'],
    [
      raised.map((item) => item.affiliateId),
      raised.map(() => terms.programId),
      raised.map((item) => item.rule),
      raised.map((item) => new Date(item.at)),
    ],
    'on conflict do nothing',
  );
}

function textArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
