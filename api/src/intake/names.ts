import type { Ready } from './types.ts';
import { keyOf } from './workset.ts';

/** What a batch will read: the callers' ids that its facts name. */
export interface Names {
  keys: Map<string, { kind: string; externalId: string }>;
  customers: Set<string>;
  visitors: Set<string>;
  clicks: Set<string>;
  affiliates: Set<string>;
  products: Set<string>;
  /** Where links lead that are known already. */
  links: Map<string, string>;
  /** Our ids of affiliates that corrections name. */
  affiliateIds: Set<string>;
  /** Our ids of orders and customers to be looked at again. */
  orderIds: Set<string>;
  customerIds: Set<string>;
  /** Facts that may change lots or places need the enrollments for themselves. */
  exclusive: boolean;
  /** Nothing of it will be written, so that nothing is locked. */
  isReading: boolean;
}

/** Under which the calls are kept that told an event without an id. */
export const heardKind = (event: string) => `heard.${event}`;

/** Collects the names before anything is read, so that all of a kind is read at once. `isAgain`: a name of the batch was taken by others. */
export function collectNames(batch: readonly Ready[], isAgain = false): Names {
  const names: Names = {
    keys: new Map(),
    customers: new Set(),
    visitors: new Set(),
    clicks: new Set(),
    affiliates: new Set(),
    products: new Set(),
    links: new Map(),
    affiliateIds: new Set(),
    orderIds: new Set(),
    customerIds: new Set(),
    exclusive: false,
    isReading: false,
  };
  const key = (kind: string, externalId: string) => names.keys.set(keyOf(kind, externalId), { kind, externalId });
  const add = (set: Set<string>, value: string | null | undefined) => {
    if (value !== null && value !== undefined) set.add(value);
  };
  for (const { fact, call } of batch) {
    switch (fact.kind) {
      case 'click': {
        const { content, isFirst, through } = fact;
        if (through === undefined || isAgain) key('click', content.id);
        if (through === undefined) {
          add(names.affiliates, content.affiliate);
          if (content.link !== undefined) key('link', content.link);
        } else {
          names.affiliateIds.add(through.affiliateId);
          if (content.link !== undefined) names.links.set(content.link, through.url);
        }
        // Whom nobody knows has nothing that could be read, and needs no lock.
        if (!isFirst) add(names.visitors, content.visitor);
        add(names.products, content.product);
        break;
      }
      case 'registration':
        key('registration', fact.content.customer);
        add(names.customers, fact.content.customer);
        add(names.visitors, fact.content.visitor);
        add(names.clicks, fact.content.click);
        add(names.affiliates, fact.content.referralCode);
        names.exclusive = true;
        break;
      case 'order':
        key('order', fact.content.id);
        for (const alias of fact.content.aliases ?? []) key('order', alias);
        add(names.customers, fact.content.customer);
        add(names.visitors, fact.content.visitor);
        add(names.clicks, fact.content.click);
        add(names.affiliates, fact.content.affiliateCoupon);
        for (const line of fact.content.lines) names.products.add(line.product ?? line.sku);
        break;
      case 'event':
        key('order', fact.content.order);
        if (fact.content.id !== undefined) key(`event.${fact.content.kind}`, fact.content.id);
        else if (call !== undefined) key(heardKind(fact.content.kind), call);
        names.exclusive = true;
        break;
      case 'correction':
        key('order', fact.content.order);
        for (const alias of fact.content.content?.aliases ?? []) key('order', alias);
        for (const line of fact.content.content?.lines ?? []) names.products.add(line.product ?? line.sku);
        add(names.customers, fact.content.content?.customer);
        add(names.clicks, fact.content.content?.click);
        add(names.visitors, fact.content.content?.visitor);
        add(names.affiliates, fact.content.content?.affiliateCoupon);
        add(names.affiliateIds, fact.content.affiliateId);
        names.exclusive = true;
        break;
      case 'revisit':
        (fact.subject === 'order' ? names.orderIds : names.customerIds).add(fact.id);
        names.exclusive = true;
        break;
      case 'activity':
        key('activity', fact.content.id);
        add(names.affiliates, fact.content.affiliate);
        names.exclusive = true;
        break;
    }
  }
  for (const name of names.customers) key('customer', name);
  for (const name of names.clicks) key('click', name);
  return names;
}
