import type { ClickFacts } from '@tributary/shared/facts';
import { documentsAt, markedSourcesAt } from '@tributary/shared/people';
import { together } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { withNamesLocked } from '../lock.ts';
import type { Names } from '../names.ts';
import type { ProgramTerms } from '../programTerms.ts';
import { Workset } from '../workset.ts';
import { loadAffiliates, nameAffiliates } from './affiliates.ts';
import { loadNamedClicks, loadVisitorClicks } from './clicks.ts';
import { loadCustomers } from './customers.ts';
import { loadKeys } from './keys.ts';
import { loadOrders, nameCustomers } from './orders.ts';

/**
 * Reads all that a batch needs, a kind at a time. Rows are locked in one order everywhere (orders, customers, visitors,
 * enrollments by id) and read after they are locked, so that what is decided rests on what is committed.
 */
export async function loadWorkset(tx: Transaction, terms: ProgramTerms, names: Names): Promise<Workset> {
  const set = new Workset();
  for (const [link, url] of names.links) set.linkUrls.set(link, url);
  await together(tx, [() => loadKeys(tx, terms, names, set), () => nameAffiliates(tx, terms, names)]);
  await loadOrders(tx, terms, names, set);
  await nameCustomers(tx, names);
  for (const order of set.orders.values()) {
    if (order.content.customer !== undefined) names.customers.add(order.content.customer);
    if (order.visitor !== null) names.visitors.add(order.visitor);
    if (order.clickRef !== null) names.clicks.add(order.clickRef);
    if (order.content.affiliateCoupon !== undefined) names.affiliates.add(order.content.affiliateCoupon);
    for (const line of order.content.lines) names.products.add(line.product ?? line.sku);
  }
  const locked = (kind: 'customer' | 'visitor', all: ReadonlySet<string>, read: () => Promise<void>) =>
    names.isReading ? read() : withNamesLocked(tx, terms.programId, kind, all, read);
  await locked('customer', names.customers, () => loadCustomers(tx, terms, names, set));
  for (const customer of set.customers.values()) if (customer.visitor !== null) names.visitors.add(customer.visitor);
  await loadNamedClicks(tx, terms, names, set);
  for (const visitor of set.visitorOfClick.values()) names.visitors.add(visitor);
  await locked('visitor', names.visitors, () => loadVisitorClicks(tx, terms, names, set));
  await nameAffiliates(tx, terms, names);
  await loadAffiliates(tx, terms, names, set);
  for (const click of set.clicks.values()) knowWhatHeld(set, click);
  return set;
}

/** What held at the instant of a click that was read. */
function knowWhatHeld(set: Workset, click: ClickFacts): void {
  click.open = set.programStatusAt(click.at) === 'open';
  const affiliate = set.affiliates.get(click.affiliateId);
  if (affiliate === undefined) return;
  const { history } = affiliate;
  Object.assign(click, { documents: documentsAt(history, click.at, set.renewals), markedSources: markedSourcesAt(history, click.at) });
}
