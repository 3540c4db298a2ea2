import type { HistoryEvent } from '@tributary/shared/people';
import { LOT_COLUMNS, type LotRow, lotOf } from '../../books/index.ts';
import { hotRows as rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Names } from '../names.ts';
import type { ProgramTerms } from '../programTerms.ts';
import type { Workset } from '../workset.ts';

export async function loadAffiliates(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
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

export async function loadPlaces(tx: Transaction, terms: ProgramTerms, set: Workset): Promise<void> {
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
