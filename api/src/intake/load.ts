import type { ClickContent, ClickFacts, OrderContent, OrderEventContent, OrderEventKind, ProductContent } from '@tributary/shared/facts';
import { documentsAt, type HistoryEvent } from '@tributary/shared/people';
import { LOT_COLUMNS, type LotRow, lotOf } from '../books/index.ts';
import { hotRows as rows } from '../platform/database/sql.ts';
import type { Transaction } from '../platform/database/transaction.ts';
import { bucketOf, sliceOf } from '../platform/ids.ts';
import { lockNames } from './lock.ts';
import type { Names } from './names.ts';
import type { ProgramTerms } from './programTerms.ts';
import { type CustomerState, keyOf, type OrderState, Workset } from './workset.ts';

/**
 * Reads all that a batch needs, a kind at a time. Rows are locked in one order everywhere (orders, customers, visitors,
 * enrollments by id) and read after they are locked, so that what is decided rests on what is committed.
 */
export async function loadWorkset(tx: Transaction, terms: ProgramTerms, names: Names): Promise<Workset> {
  const set = new Workset();
  await loadKeys(tx, terms, names, set);
  await loadOrders(tx, terms, names, set);
  await nameCustomers(tx, names);
  for (const order of set.orders.values()) {
    if (order.content.customer !== undefined) names.customers.add(order.content.customer);
    if (order.visitor !== null) names.visitors.add(order.visitor);
    if (order.clickRef !== null) names.clicks.add(order.clickRef);
    if (order.content.affiliateCoupon !== undefined) names.affiliates.add(order.content.affiliateCoupon);
    for (const line of order.content.lines) names.products.add(line.product ?? line.sku);
  }
  await lockNames(tx, terms.programId, 'customer', names.customers);
  await loadCustomers(tx, terms, names, set);
  for (const customer of set.customers.values()) if (customer.visitor !== null) names.visitors.add(customer.visitor);
  await loadNamedClicks(tx, terms, names, set);
  for (const visitor of set.visitorOfClick.values()) names.visitors.add(visitor);
  await lockNames(tx, terms.programId, 'visitor', names.visitors);
  await loadVisitorClicks(tx, terms, names, set);
  await loadAffiliates(tx, terms, names, set);
  if (terms.versions.some((version) => version.compiled.usesPlaces)) await loadPlaces(tx, terms, set);
  await loadLinks(tx, terms, set);
  await loadProducts(tx, terms, names, set);
  return set;
}

async function loadKeys(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const wanted = [...names.keys.values()];
  if (wanted.length === 0) return;
  const found = await rows<{ kind: string; external_id: string; fact_id: string; content_hash: Buffer | null }>(
    tx,
    `select f.kind, f.external_id, f.fact_id, f.content_hash
     from unnest($1::smallint[], $2::text[], $3::text[]) as k (slice, kind, external_id)
     join fact_key f on f.slice = k.slice and f.scope_id = $4 and f.kind = k.kind and f.external_id = k.external_id`,
    [wanted.map((key) => sliceOf(key.externalId)), wanted.map((key) => key.kind), wanted.map((key) => key.externalId), terms.programId],
  );
  for (const row of found) set.keys.set(keyOf(row.kind, row.external_id), { factId: row.fact_id, hash: row.content_hash });
}

interface OrderRow {
  id: string;
  external_id: string;
  content: OrderContent;
  placed_at: Date;
  told_at: Date;
  customer_id: string | null;
  visitor: string | null;
  click_ref: string | null;
  revision: number;
  affiliate_id: string | null;
}

const ORDER_COLUMNS = 'id, external_id, content, placed_at, told_at, customer_id, visitor, click_ref, revision, affiliate_id';

async function loadOrders(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const ids = new Set(names.orderIds);
  const awaited: string[] = [];
  for (const [key, value] of set.keys) {
    if (!key.startsWith('order\n')) continue;
    if (value.hash === null) awaited.push(key.slice('order\n'.length));
    else ids.add(value.factId);
  }
  if (ids.size > 0) await loadOrdersById(tx, terms, set, [...ids]);
  if (awaited.length > 0) await loadWaiting(tx, terms, set, awaited);
}

/** Events of orders that have not been told yet. The directory's rows are locked: one batch at a time fills them. */
async function loadWaiting(tx: Transaction, terms: ProgramTerms, set: Workset, names: string[]): Promise<void> {
  const slices = names.map(sliceOf);
  await rows(
    tx,
    `select f.fact_id from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
     join fact_key f on f.slice = k.slice and f.scope_id = $3 and f.kind = 'order' and f.external_id = k.external_id order by f.slice, f.external_id for no key update of f`,
    [slices, names, terms.programId],
  );
  const found = await rows<{
    order_external_id: string;
    id: string;
    kind: OrderEventKind;
    external_id: string | null;
    happened_at: Date;
    told_at: Date;
    told_by: string;
    content: OrderEventContent;
  }>(
    tx,
    `select w.* from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
     join waiting_event w on w.slice = k.slice and w.program_id = $3 and w.order_external_id = k.external_id order by w.id`,
    [slices, names, terms.programId],
  );
  for (const row of found) {
    const event = {
      id: row.id,
      kind: row.kind,
      externalId: row.external_id,
      at: row.happened_at.getTime(),
      toldAt: row.told_at.getTime(),
      by: row.told_by,
      content: row.content,
    };
    const waiting = set.waiting.get(row.order_external_id);
    if (waiting === undefined) set.waiting.set(row.order_external_id, [event]);
    else waiting.push(event);
  }
}

async function nameCustomers(tx: Transaction, names: Names): Promise<void> {
  if (names.customerIds.size === 0) return;
  const found = await rows<{ external_id: string }>(tx, 'select external_id from customer where id = any($1::uuid[])', [
    [...names.customerIds],
  ]);
  for (const row of found) names.customers.add(row.external_id);
}

/** Locks and reads orders with their events and what the books hold of them. */
async function loadOrdersById(tx: Transaction, terms: ProgramTerms, set: Workset, ids: string[]): Promise<void> {
  const found = await rows<OrderRow>(tx, `select ${ORDER_COLUMNS} from order_record where id = any($1::uuid[]) order by id for update`, [
    ids,
  ]);
  for (const row of found) set.orders.set(row.id, orderState(row));
  const events = await rows<{
    order_id: string;
    id: string;
    kind: OrderEventKind;
    external_id: string | null;
    happened_at: Date;
    told_at: Date;
    told_by: string;
    content: OrderEventContent;
  }>(
    tx,
    'select order_id, id, kind, external_id, happened_at, told_at, told_by, content from order_event where order_id = any($1::uuid[]) order by order_id, id',
    [ids],
  );
  for (const event of events) {
    set.orders.get(event.order_id)?.events.push({
      id: event.id,
      kind: event.kind,
      externalId: event.external_id,
      at: event.happened_at.getTime(),
      toldAt: event.told_at.getTime(),
      by: event.told_by,
      content: event.content,
    });
  }
  for (const order of set.orders.values()) {
    for (const event of order.events)
      if (event.kind === 'corrected' && event.content.content !== undefined) order.content = event.content.content;
  }
  const commissions = await rows<{ affiliate_id: string; order_id: string; amount: bigint; held: bigint; stands: boolean }>(
    tx,
    'select affiliate_id, order_id, amount, held, stands from commission where program_id = $1 and order_id = any($2::uuid[])',
    [terms.programId, ids],
  );
  for (const row of commissions) {
    set.orders.get(row.order_id)?.commissions.set(row.affiliate_id, {
      affiliateId: row.affiliate_id,
      amount: row.amount,
      held: row.held,
      lots: [],
      stands: row.stands,
    });
  }
}

function orderState(row: OrderRow): OrderState {
  return {
    id: row.id,
    externalId: row.external_id,
    content: row.content,
    placedAt: row.placed_at.getTime(),
    toldAt: row.told_at.getTime(),
    customerId: row.customer_id,
    visitor: row.visitor,
    clickRef: row.click_ref,
    revision: row.revision,
    affiliateId: row.affiliate_id,
    events: [],
    commissions: new Map(),
    touched: null,
  };
}

interface CustomerRow {
  id: string;
  external_id: string;
  registered_at: Date | null;
  told_at: Date | null;
  visitor: string | null;
  click_ref: string | null;
  referral_code: string | null;
  attributes: ClickFacts['attributes'] | null;
  tied_affiliate_id: string | null;
  tied_at: Date | null;
  tied_by: string | null;
}

const CUSTOMER_COLUMNS =
  'id, external_id, registered_at, told_at, visitor, click_ref, referral_code, attributes, tied_affiliate_id, tied_at, tied_by';

async function loadCustomers(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const wanted = [...names.customers];
  if (wanted.length === 0) return;
  const found = await rows<CustomerRow>(
    tx,
    `select ${CUSTOMER_COLUMNS.split(', ')
      .map((column) => `c.${column}`)
      .join(', ')}
     from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
     join fact_key f on f.slice = k.slice and f.scope_id = $3 and f.kind = 'customer' and f.external_id = k.external_id
     join customer c on c.id = f.fact_id`,
    [wanted.map(sliceOf), wanted, terms.programId],
  );
  for (const row of found) {
    set.addCustomer({ ...customerState(row) });
    if (row.click_ref !== null) names.clicks.add(row.click_ref);
    if (row.referral_code !== null) names.affiliates.add(row.referral_code);
  }
  if (found.length === 0) return;
  const firsts = await rows<{ customer_id: string; placed_at: Date; external_id: string; id: string }>(
    tx,
    `select o.customer_id, o.placed_at, o.external_id, o.id from unnest($1::uuid[]) as k (id)
     cross join lateral (select customer_id, placed_at, external_id, id from order_record where customer_id = k.id order by placed_at, external_id collate "C" limit 1) o`,
    [found.map((row) => row.id)],
  );
  for (const row of firsts) {
    const customer = set.customersById.get(row.customer_id);
    if (customer !== undefined) customer.first = { placedAt: row.placed_at.getTime(), externalId: row.external_id, orderId: row.id };
  }
}

function customerState(row: CustomerRow): CustomerState {
  return {
    id: row.id,
    externalId: row.external_id,
    isNew: false,
    changed: false,
    registeredAt: row.registered_at?.getTime() ?? null,
    toldAt: row.told_at?.getTime() ?? null,
    visitor: row.visitor,
    clickRef: row.click_ref,
    referralCode: row.referral_code,
    attributes: row.attributes ?? {},
    tiedTo: row.tied_affiliate_id,
    tiedAt: row.tied_at?.getTime() ?? null,
    tiedBy: row.tied_by,
    first: null,
  };
}

interface ClickRow {
  id: string;
  external_id: string;
  affiliate_id: string;
  visitor: string | null;
  clicked_at: Date;
  content: ClickContent;
  active: boolean;
  permitted: boolean;
}

const CLICK_COLUMNS = 'c.id, c.external_id, c.affiliate_id, c.visitor, c.clicked_at, c.content, c.active, c.permitted';

async function loadNamedClicks(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const unknown = [...names.clicks].filter((click) => !set.keys.has(keyOf('click', click)));
  if (unknown.length > 0) {
    const more: Names = {
      ...names,
      keys: new Map(unknown.map((externalId) => [keyOf('click', externalId), { kind: 'click', externalId }])),
    };
    await loadKeys(tx, terms, more, set);
  }
  const ids = [...set.keys].filter(([key]) => key.startsWith('click\n')).map(([, value]) => value.factId);
  if (ids.length === 0) return;
  const found = await rows<ClickRow>(
    tx,
    `select ${CLICK_COLUMNS} from unnest($1::smallint[], $2::uuid[]) as k (bucket, id) join click c on c.bucket = k.bucket and c.id = k.id`,
    [ids.map(bucketOf), ids],
  );
  for (const row of found) set.addClick(clickFacts(row), row.visitor ?? undefined);
}

async function loadVisitorClicks(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const visitors = [...names.visitors];
  if (visitors.length === 0) return;
  const found = await rows<ClickRow>(
    tx,
    `select ${CLICK_COLUMNS} from unnest($1::smallint[], $2::text[]) as k (slice, visitor)
     join visitor_click v on v.slice = k.slice and v.program_id = $3 and v.visitor = k.visitor
     join click c on c.bucket = v.bucket and c.id = v.click_id order by c.clicked_at, c.id`,
    [visitors.map(sliceOf), visitors, terms.programId],
  );
  for (const row of found) set.addClick(clickFacts(row), row.visitor ?? undefined);
}

function clickFacts(row: ClickRow): ClickFacts {
  return {
    ...clickFactsOf(row.content, row.affiliate_id, row.clicked_at.getTime()),
    id: row.external_id,
    active: row.active,
    permitted: row.permitted,
  };
}

/** The facts of a click from its content; what was true of the affiliate is added by the caller. */
export function clickFactsOf(
  content: ClickContent & { shownProduct?: string; shownPage?: string },
  affiliateId: string,
  at: number,
): ClickFacts {
  const { id, country, store, channel, keyword, referrer, method, fetchDest, attributes } = content;
  const page = content.shownPage ?? content.page;
  const product = content.shownProduct ?? content.product;
  const facts: ClickFacts = { id, affiliateId, at, attributes: attributes ?? {}, active: false, permitted: false, documents: [] };
  for (const [name, value] of Object.entries({ country, page, product, store, channel, keyword, referrer, method, fetchDest })) {
    if (value !== undefined) (facts as unknown as Record<string, unknown>)[name] = value;
  }
  return facts;
}

async function loadAffiliates(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const byName = [...names.affiliates];
  const ids = new Set<string>();
  for (const click of set.clicks.values()) ids.add(click.affiliateId);
  for (const customer of set.customers.values()) if (customer.tiedTo !== null) ids.add(customer.tiedTo);
  for (const order of set.orders.values()) {
    for (const affiliateId of order.commissions.keys()) ids.add(affiliateId);
    for (const event of order.events) if (typeof event.content.affiliateId === 'string') ids.add(event.content.affiliateId);
  }
  for (const id of names.affiliateIds) ids.add(id);
  if (byName.length > 0) {
    const keys = await rows<{ fact_id: string }>(
      tx,
      `select f.fact_id from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
       join fact_key f on f.slice = k.slice and f.scope_id = $3 and f.kind = 'affiliate' and f.external_id = k.external_id`,
      [byName.map(sliceOf), byName, terms.organizationId],
    );
    for (const key of keys) ids.add(key.fact_id);
  }
  if (ids.size === 0) return;
  await loadEnrollments(tx, terms, [...ids], names.exclusive, set);
}

async function loadEnrollments(tx: Transaction, terms: ProgramTerms, ids: string[], exclusive: boolean, set: Workset): Promise<void> {
  const found = await rows<{ affiliate_id: string; external_id: string; country: string | null; customer_external_id: string | null }>(
    tx,
    `select e.affiliate_id, a.external_id, a.country, e.customer_external_id from enrollment e join affiliate a on a.id = e.affiliate_id
     where e.affiliate_id = any($1::uuid[]) and e.program_id = $2 order by e.affiliate_id for ${exclusive ? 'no key update' : 'share'} of e`,
    [ids, terms.programId],
  );
  for (const row of found) {
    const state = {
      id: row.affiliate_id,
      externalId: row.external_id,
      country: row.country,
      customer: row.customer_external_id,
      enrolled: true,
      history: [],
      sources: [],
    };
    set.affiliates.set(state.id, state);
    set.affiliatesByExternal.set(state.externalId, state);
  }
  const known = found.map((row) => row.affiliate_id);
  const history = await rows<{ affiliate_id: string; kind: HistoryEvent['kind']; value: string; subject: string | null; holds_from: Date }>(
    tx,
    'select affiliate_id, kind, value, subject, holds_from from enrollment_event where affiliate_id = any($1::uuid[]) and program_id = $2 order by affiliate_id, id',
    [known, terms.programId],
  );
  for (const row of history)
    set
      .affiliate(row.affiliate_id)
      .history.push({ kind: row.kind, value: row.value, subject: row.subject, holdsFrom: row.holds_from.getTime() });
  const sources = await rows<{ affiliate_id: string; kind: string; declared_at: Date }>(
    tx,
    'select affiliate_id, kind, declared_at from traffic_source where affiliate_id = any($1::uuid[]) and program_id = $2',
    [known, terms.programId],
  );
  for (const row of sources) set.affiliate(row.affiliate_id).sources.push({ kind: row.kind, declaredAt: row.declared_at.getTime() });
  for (const click of set.clicks.values()) {
    const affiliate = set.affiliates.get(click.affiliateId);
    if (affiliate !== undefined) (click as { documents: readonly string[] }).documents = documentsAt(affiliate.history, click.at);
  }
  if (exclusive) await loadLots(tx, set);
}

async function loadLots(tx: Transaction, set: Workset): Promise<void> {
  const wanted = [...set.orders.values()].flatMap((order) =>
    [...order.commissions.keys()].map((affiliateId) => ({ affiliateId, orderId: order.id })),
  );
  if (wanted.length === 0) return;
  const found = await rows<LotRow & { source_id: string }>(
    tx,
    `select ${LOT_COLUMNS}, l.source_id from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, source_id)
     join lot l on l.affiliate_id = k.affiliate_id and l.source_id = k.source_id order by l.id`,
    [wanted.map((item) => item.affiliateId), wanted.map((item) => item.orderId)],
  );
  for (const row of found) set.orders.get(row.source_id)?.commissions.get(row.affiliate_id)?.lots.push(lotOf(row));
}

async function loadPlaces(tx: Transaction, terms: ProgramTerms, set: Workset): Promise<void> {
  const affiliates = [...set.affiliates.keys()];
  const customers = [...set.customersById.keys()];
  const found = await rows<{ affiliate_id: string; customer_id: string; place: number; standing: number; given_at: Date }>(
    tx,
    'select affiliate_id, customer_id, place, standing, given_at from customer_place where affiliate_id = any($1::uuid[]) and program_id = $2 and customer_id = any($3::uuid[])',
    [affiliates, terms.programId, customers],
  );
  for (const row of found) {
    set.places.set(`${row.affiliate_id}\n${row.customer_id}`, {
      place: row.place,
      standing: row.standing,
      givenAt: row.given_at.getTime(),
      changed: false,
      provisional: false,
    });
  }
  const holders = await rows<{ affiliate_id: string; held: number }>(
    tx,
    'select affiliate_id, count(*)::int as held from customer_place where affiliate_id = any($1::uuid[]) and program_id = $2 and standing > 0 group by affiliate_id',
    [affiliates, terms.programId],
  );
  for (const row of holders) set.placeHolders.set(row.affiliate_id, row.held);
}

async function loadLinks(tx: Transaction, terms: ProgramTerms, set: Workset): Promise<void> {
  const links = [...set.keys].filter(([key]) => key.startsWith('link\n'));
  if (links.length === 0) return;
  const found = await rows<{ external_id: string; url: string }>(
    tx,
    'select external_id, url from link where affiliate_id = any($1::uuid[]) and program_id = $2 and id = any($3::uuid[])',
    [[...set.affiliates.keys()], terms.programId, links.map(([, key]) => key.factId)],
  );
  for (const row of found) set.linkUrls.set(row.external_id, row.url);
}

async function loadProducts(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const products = [...names.products];
  const found = await rows<{ what: string; name: string; at: Date; content: ProductContent | null; value: string | null }>(
    tx,
    `select 'product' as what, p.external_id as name, p.seen_at as at, p.content, null as value from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
       join product_version p on p.slice = k.slice and p.program_id = $3 and p.external_id = k.external_id
     union all select 'forbidden', external_id, holds_from, null, null from forbidden_product where program_id = $3 and external_id = any($2::text[])
     union all (select 'switch', name, holds_from, null, value from program_switch where program_id = $3 order by id)`,
    [products.map(sliceOf), products, terms.programId],
  );
  for (const row of found) {
    const at = row.at.getTime();
    if (row.what === 'forbidden') set.forbidden.set(row.name, at);
    else if (row.what === 'switch') set.switches.push({ name: row.name, value: row.value as string, holdsFrom: at });
    else if (set.products.has(row.name)) set.products.get(row.name)?.push({ seenAt: at, content: row.content as ProductContent });
    else set.products.set(row.name, [{ seenAt: at, content: row.content as ProductContent }]);
  }
}
