import { judgeClick } from '@tributary/shared/decide';
import { type ClickFacts, compareIds } from '@tributary/shared/facts';
import { newId } from '../platform/ids.ts';
import { type Apply, affiliateView, type Batch, isActiveAt } from './batch.ts';
import { hashOf, phoneHashOf } from './hash.ts';
import { versionAt } from './programTerms.ts';
import { refusal } from './types.ts';
import { type CustomerState, keyOf } from './workset.ts';

/** Records a registration and ties the customer to the affiliate that referred it (BS-03). */
export const applyRegistration: Apply<'registration'> = (batch, { content, at }, { now }) => {
  const { set } = batch;
  // The phone stands in one erasable place, and in no hash that is kept.
  const { phone, ...plain } = content;
  const hash = hashOf(plain);
  const known = set.keys.get(keyOf('registration', content.customer));
  if (known !== undefined) {
    return known.hash?.equals(hash) && isSamePhone(set.customers.get(content.customer), phone)
      ? { ok: true, id: known.factId, repeated: true }
      : refusal('CONFLICT', `The customer "${content.customer}" is registered with other content.`, ['customer']);
  }
  const customer = set.customers.get(content.customer) ?? newCustomer(batch, content.customer);
  batch.claim('registration', content.customer, customer.id, hash);
  batch.awaitClick(content.click);
  customer.changed = true;
  customer.registeredAt = at;
  customer.toldAt = now;
  customer.visitor = content.visitor ?? (content.click === undefined ? null : (set.visitorOfClick.get(content.click) ?? null));
  customer.clickRef = content.click ?? null;
  customer.referralCode = content.referralCode ?? null;
  customer.attributes = content.attributes ?? {};
  if (phone !== undefined && !customer.isErased) customer.phone = phone;
  tieCustomer(batch, customer);
  for (const order of set.orders.values()) {
    if (order.customerId !== customer.id) continue;
    if (order.content.visitor === undefined) order.visitor = customer.visitor;
    batch.touch(order, 'registration', at, now);
  }
  batch.registered.push({ customerId: customer.id, at, now });
  return { ok: true, id: customer.id, repeated: false };
};

/** Of whoever was erased nothing is known to compare with. */
function isSamePhone(customer: CustomerState | undefined, phone: string | undefined): boolean {
  if (customer === undefined || customer.isErased) return true;
  const told = phone === undefined ? null : phoneHashOf(phone);
  const known = customer.phone === undefined ? customer.phoneHash : phoneHashOf(customer.phone);
  return told === null || known === null ? told === known : told.equals(known);
}

export function newCustomer(batch: Batch, externalId: string): CustomerState {
  const customer = batch.set.addCustomer({
    id: newId(),
    externalId,
    isNew: true,
    changed: true,
    registeredAt: null,
    toldAt: null,
    visitor: null,
    clickRef: null,
    referralCode: null,
    attributes: {},
    tiedTo: null,
    tiedAt: null,
    tiedBy: null,
    tiedClick: null,
    phoneHash: null,
    isErased: false,
    first: null,
  });
  batch.claim('customer', externalId, customer.id, Buffer.alloc(0));
  return customer;
}

/**
 * Ties a registered customer who is not tied yet: by the code where its owner was active, else by the last good click
 * before the registration; by neither in a program that is closed, by no code in one that is paused. A tie is made once and never moves. Answers whether one was made.
 */
export function tieCustomer(batch: Batch, customer: CustomerState): boolean {
  const { registeredAt } = customer;
  if (customer.tiedTo !== null || registeredAt === null) return false;
  const status = batch.set.programStatusAt(registeredAt);
  if (status === 'closed') return false;
  const { binding } = versionAt(batch.terms, registeredAt).compiled.terms.attribution;
  if (binding.by.includes('code') && customer.referralCode !== null) {
    const owner = batch.set.affiliatesByExternal.get(customer.referralCode);
    if (owner !== undefined && isActiveAt(owner, registeredAt) && status === 'open')
      return tie(batch, customer, owner.id, registeredAt, 'code', null);
  }
  if (!binding.by.includes('click')) return false;
  const click = lastGoodClick(batch, customer, registeredAt);
  return click === undefined ? false : tie(batch, customer, click.affiliateId, registeredAt, 'click', click.id);
}

function tie(batch: Batch, customer: CustomerState, affiliateId: string, at: number, by: string, click: string | null): true {
  customer.changed = true;
  customer.tiedTo = affiliateId;
  customer.tiedAt = at;
  customer.tiedBy = by;
  customer.tiedClick = click;
  batch.tied.push(customer);
  return true;
}

function lastGoodClick(batch: Batch, customer: CustomerState, registeredAt: number): ClickFacts | undefined {
  const { compiled } = versionAt(batch.terms, registeredAt);
  const candidates = new Set(customer.visitor === null ? [] : batch.set.clicksByVisitor.get(customer.visitor));
  const named = customer.clickRef === null ? undefined : batch.set.clicks.get(customer.clickRef);
  if (named !== undefined) candidates.add(named);
  let last: ClickFacts | undefined;
  for (const click of candidates) {
    if (click.at > registeredAt || (compiled.bindingWindow !== undefined && registeredAt > compiled.bindingWindow(click.at))) continue;
    if (judgeClick(compiled, click, affiliateView(batch.set.affiliate(click.affiliateId), click.at)).barredBy >= 0) continue;
    if (last === undefined || click.at > last.at || (click.at === last.at && compareIds(click.id, last.id) > 0)) last = click;
  }
  return last;
}
