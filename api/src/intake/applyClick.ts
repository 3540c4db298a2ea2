import { type ClickVerdict, judgeClick } from '@tributary/shared/decide';
import type { ClickContent } from '@tributary/shared/facts';
import { documentsAt, markedSourcesAt } from '@tributary/shared/people';
import { newId } from '../platform/ids.ts';
import { tieCustomer } from './applyRegistration.ts';
import { type Apply, affiliateView, type Batch, isActiveAt, isPermittedAt } from './batch.ts';
import { hashOfText } from './hash.ts';
import { clickFactsOf } from './load/clicks.ts';
import { productAt, similarProduct } from './products.ts';
import { versionAt } from './programTerms.ts';
import { refusal } from './types.ts';
import { type CustomerState, keyOf } from './workset.ts';

/** Records a click, judges it by itself, and opens the cases that the terms ask for (ALL-08 and the traffic clauses). */
export const applyClick: Apply<'click'> = async (batch, { content, at, isFirst, isLate }, { now }) => {
  const { set, terms } = batch;
  const text = JSON.stringify(content);
  const hash = hashOfText(text);
  const known = set.keys.get(keyOf('click', content.id));
  if (known?.hash != null) {
    if (isLate) lookAgain(batch, content, now);
    return known.hash.equals(hash)
      ? { ok: true, id: known.factId, repeated: true }
      : refusal('CONFLICT', `The click "${content.id}" is known with other content.`, ['id']);
  }
  const affiliate = set.affiliatesByExternal.get(content.affiliate);
  if (affiliate === undefined) return refusal('NOT_FOUND', `The program has no affiliate "${content.affiliate}".`, ['affiliate']);
  if (content.link !== undefined && !set.linkUrls.has(content.link) && !set.keys.has(keyOf('link', content.link)))
    return refusal('NOT_FOUND', `The program has no link "${content.link}".`, ['link']);
  const shown = await showProduct(batch, content, at, now);
  const version = versionAt(terms, at);
  const facts = {
    ...clickFactsOf(shown.content, affiliate.id, at),
    active: isActiveAt(affiliate, at),
    open: set.programStatusAt(at) === 'open',
    permitted: isPermittedAt(affiliate, content.channel, at),
    documents: documentsAt(affiliate.history, at, set.renewals),
    markedSources: markedSourcesAt(affiliate.history, at),
  };
  const isAutomated = content.automated !== undefined;
  const verdict = isAutomated ? NOT_JUDGED : judgeClick(version.compiled, facts, affiliateView(affiliate, at));
  const id = newId(batch.clickBucket);
  batch.fill('click', content.id, id, hash);
  batch.writes.clicks.push({
    id,
    content: shown.content,
    text: shown.content === content ? text : JSON.stringify(shown.content),
    affiliateId: affiliate.id,
    at,
    toldAt: now,
    active: facts.active,
    permitted: facts.permitted,
    attributable: verdict.barredBy < 0 && !isAutomated,
    rules: [...new Set([...verdict.rules, ...verdict.cases, ...verdict.warnings])],
    destination: shown.destination,
  });
  for (const rule of verdict.cases) batch.writes.cases.push({ affiliateId: affiliate.id, rule, at, evidence: { kind: 'click', id } });
  for (const rule of verdict.warnings) batch.writes.warnings.push({ affiliateId: affiliate.id, rule, at });
  const recorded = { ok: true as const, id, repeated: false, destination: shown.destination };
  // Nothing that is known could be touched by what nobody did, or by somebody who was not here before.
  if (isAutomated || isFirst) return recorded;
  set.addClick(facts, content.visitor);
  tieRegistered(batch, content, at, now);
  batch.newClicks.push({ click: facts, visitor: content.visitor, now });
  return recorded;
};

/**
 * It was told before, perhaps as of somebody whom nobody can have named, and written only after its visitor had been sent on: an order or a
 * registration that named either meanwhile knows nothing of it.
 */
function lookAgain({ set, newClicks }: Batch, { id, visitor }: ClickContent, now: number): void {
  const click = set.clicks.get(id);
  if (click !== undefined) newClicks.push({ click, visitor, now });
}

/** What programs follow is no traffic of the affiliate's: it opens no case and warns of nothing. */
const NOT_JUDGED: ClickVerdict = { barredBy: -1, rules: [], cases: [], warnings: [] };

/** Customers who registered in this very batch: they are not in the database yet. */
function tieRegistered(batch: Batch, content: ClickContent, at: number, now: number): void {
  if (batch.registered.length === 0) return;
  for (const customer of batch.set.customers.values()) {
    if (customer.registeredAt === null) continue;
    const becomesKnown = takeVisitor(customer, content);
    const competes = customer.registeredAt >= at && (customer.clickRef === content.id || isVisitor(customer, content));
    const tied = (becomesKnown || competes) && tieCustomer(batch, customer);
    if (!becomesKnown && !tied) continue;
    for (const order of batch.set.orders.values()) {
      if (order.customerId !== customer.id) continue;
      if (order.content.visitor === undefined) order.visitor = customer.visitor;
      batch.touch(order, 'click', at, now);
    }
  }
}

/** A registration without a visitor is that of the click which it names, whenever that one was. */
function takeVisitor(customer: CustomerState, content: ClickContent): boolean {
  if (customer.clickRef !== content.id || customer.visitor !== null || content.visitor === undefined) return false;
  customer.visitor = content.visitor;
  customer.changed = true;
  return true;
}

function isVisitor(customer: CustomerState, content: ClickContent): boolean {
  return content.visitor !== undefined && customer.visitor === content.visitor;
}

interface Shown {
  content: ClickContent & { shownProduct?: string; shownPage?: string };
  destination: string | null;
}

/** Where the visitor is sent: to a similar product when the link's own is gone (AE-18); what is shown counts for attribution. */
async function showProduct(batch: Batch, content: ClickContent, at: number, now: number): Promise<Shown> {
  const destination = content.url ?? (content.link === undefined ? null : (batch.set.linkUrls.get(content.link) ?? null));
  const { compiled } = versionAt(batch.terms, at);
  if (compiled.terms.links.similarProduct === undefined || content.product === undefined) return { content, destination };
  const product = productAt(batch.set, content.product, at);
  if (product === undefined || (product.available && product.participates)) return { content, destination };
  const similar = await similarProduct(batch, product, compiled, { at, now });
  if (similar === undefined) return { content, destination };
  return {
    content: { ...content, shownProduct: similar.id, shownPage: similar.kind === 'hot' ? 'hot-product' : 'product' },
    destination: similar.url,
  };
}
