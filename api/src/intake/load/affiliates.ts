import type { HistoryEvent } from '@tributary/shared/people';
import { LOT_COLUMNS, type LotRow, lotOf } from '../../books/index.ts';
import { hotRows as rows, together } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Names } from '../names.ts';
import type { ProgramTerms } from '../programTerms.ts';
import type { Workset } from '../workset.ts';
import { loadLinks, loadProgram } from './program.ts';

/** Finds the affiliates that are named by their callers' ids, those not found yet. */
export async function nameAffiliates(tx: Transaction, terms: ProgramTerms, names: Names): Promise<void> {
  if (names.affiliates.size === 0) return;
  const wanted = [...names.affiliates];
  names.affiliates.clear();
  const found = await rows<{ fact_id: string }>(
    tx,
    `select f.fact_id from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
     join fact_key f on f.slice = k.slice and f.scope_id = $3 and f.kind = 'affiliate' and f.external_id = k.external_id`,
    [wanted.map(sliceOf), wanted, terms.organizationId],
  );
  for (const { fact_id } of found) names.affiliateIds.add(fact_id);
}

/** Locks the enrollments of all whom the batch may be about, and reads what hangs on them, and what products are. */
export async function loadAffiliates(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const ids = new Set(names.affiliateIds);
  for (const click of set.clicks.values()) ids.add(click.affiliateId);
  for (const customer of set.customers.values()) if (customer.tiedTo !== null) ids.add(customer.tiedTo);
  for (const order of set.orders.values()) {
    for (const affiliateId of order.commissions.keys()) ids.add(affiliateId);
    for (const event of order.events) if (typeof event.content.affiliateId === 'string') ids.add(event.content.affiliateId);
  }
  const all = [...ids];
  await together(tx, [
    ...(all.length === 0
      ? []
      : [
          () => loadEnrollments(tx, terms, all, names, set),
          () => loadPlaces(tx, terms, all, set),
          () => loadLinks(tx, terms, all, set),
          ...(names.exclusive ? [() => loadLots(tx, set)] : []),
        ]),
    () => loadProgram(tx, terms, names, set),
  ]);
}

interface HistoryRow {
  affiliate_id: string;
  kind: HistoryEvent['kind'] | 'source';
  value: string;
  subject: string | null;
  holds_from: Date;
}

async function loadEnrollments(
  tx: Transaction,
  terms: ProgramTerms,
  ids: string[],
  { exclusive, isReading }: Pick<Names, 'exclusive' | 'isReading'>,
  set: Workset,
): Promise<void> {
  const lock = isReading ? '' : `for ${exclusive ? 'no key update' : 'share'} of e`;
  const [found, history] = await together(tx, [
    () =>
      rows<{ affiliate_id: string; external_id: string; country: string | null; customer_external_id: string | null }>(
        tx,
        `select e.affiliate_id, a.external_id, a.country, e.customer_external_id from enrollment e join affiliate a on a.id = e.affiliate_id
         where e.affiliate_id = any($1::uuid[]) and e.program_id = $2 order by e.affiliate_id ${lock}`,
        [ids, terms.programId],
      ),
    () =>
      rows<HistoryRow>(
        tx,
        `(select affiliate_id, kind, value, subject, holds_from from enrollment_event where affiliate_id = any($1::uuid[]) and program_id = $2 order by affiliate_id, id)
         union all select affiliate_id, 'source', kind, null, declared_at from traffic_source where affiliate_id = any($1::uuid[]) and program_id = $2`,
        [ids, terms.programId],
      ),
  ]);
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
  for (const { affiliate_id, kind, value, subject, holds_from } of history) {
    const affiliate = set.affiliates.get(affiliate_id);
    if (affiliate === undefined) continue;
    if (kind === 'source') affiliate.sources.push({ kind: value, declaredAt: holds_from.getTime() });
    else affiliate.history.push({ kind, value, subject, holdsFrom: holds_from.getTime() });
  }
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

/** Places of the batch's customers, and how many each affiliate has given. */
async function loadPlaces(tx: Transaction, terms: ProgramTerms, affiliates: string[], set: Workset): Promise<void> {
  if (!terms.versions.some((version) => version.compiled.usesPlaces)) return;
  const values = [affiliates, terms.programId];
  const [found, holders] = await together(tx, [
    () =>
      rows<{ affiliate_id: string; customer_id: string; place: number; standing: number; given_at: Date }>(
        tx,
        'select affiliate_id, customer_id, place, standing, given_at from customer_place where affiliate_id = any($1::uuid[]) and program_id = $2 and customer_id = any($3::uuid[])',
        [...values, [...set.customersById.keys()]],
      ),
    () =>
      rows<{ affiliate_id: string; held: number }>(
        tx,
        'select affiliate_id, count(*)::int as held from customer_place where affiliate_id = any($1::uuid[]) and program_id = $2 and standing > 0 group by affiliate_id',
        values,
      ),
  ]);
  for (const { affiliate_id, customer_id, place, standing, given_at } of found) {
    set.places.set(`${affiliate_id}\n${customer_id}`, { place, standing, givenAt: given_at.getTime(), changed: false, provisional: false });
  }
  for (const row of holders) set.placeHolders.set(row.affiliate_id, row.held);
}
