import { hotRows as rows } from '../platform/database/sql.ts';
import type { Batch } from './batch.ts';
import { versionAt } from './programTerms.ts';

type Shared = 'phone' | 'store' | 'payer';

const ANOTHER = 'o.tied_affiliate_id = c.tied_affiliate_id and o.id <> c.id';

/**
 * Other customers of the affiliate of customer `c` who share it. Payers are followed from order to order, each step by its index: left
 * to itself PostgreSQL reads all orders of a table that it knows nothing of yet.
 */
const SHARING: Readonly<Record<Shared, string>> = {
  phone: `select from customer o where o.program_id = $2 and ${ANOTHER} and o.phone_hash = c.phone_hash`,
  store: `select from customer o where o.program_id = $2 and ${ANOTHER} and o.attributes ->> 'store' = c.attributes ->> 'store'`,
  payer: `select from (select content #>> '{attributes,payer}' as payer from order_record where customer_id = c.id offset 0) mine
     cross join lateral (
       select customer_id from order_record where program_id = $2 and content #>> '{attributes,payer}' = mine.payer offset 0
     ) other
     join customer o on o.id = other.customer_id
     where ${ANOTHER}`,
};

interface Tied {
  readonly customerId: string;
  readonly affiliateId: string;
  readonly rule: string;
  readonly at: number;
}

/** Customers of one affiliate who share a phone, store or payer open a case, where the terms say so (BS-08). All is written already. */
export async function findSharing(batch: Batch): Promise<void> {
  const { registered, writes } = batch;
  const paying = writes.orders.flatMap(({ order: { customerId, content, placedAt } }) =>
    customerId === null || content.attributes?.['payer'] === undefined ? [] : [{ customerId, at: placedAt }],
  );
  for (const shared of ['phone', 'store', 'payer'] as const) {
    const seen = shared === 'payer' ? [...registered, ...paying] : registered;
    const tied = seen.flatMap((item) => tiedBy(batch, shared, item));
    const sharing = tied.length === 0 ? new Set<string>() : await sharingOf(batch, shared, tied);
    for (const { customerId, affiliateId, rule, at } of tied)
      if (sharing.delete(customerId)) writes.cases.push({ affiliateId, rule, at, evidence: { kind: 'customer', id: customerId } });
  }
}

function tiedBy({ set, terms }: Batch, shared: Shared, { customerId, at }: { customerId: string; at: number }): Tied[] {
  const affiliateId = set.customersById.get(customerId)?.tiedTo;
  const clause = versionAt(terms, at).compiled.terms.customers?.independent;
  return affiliateId == null || !clause?.by.includes(shared) ? [] : [{ customerId, affiliateId, rule: clause.id, at }];
}

async function sharingOf({ tx, terms }: Batch, shared: Shared, tied: readonly Tied[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    `select c.id from unnest($1::uuid[]) as k (id) join customer c on c.id = k.id where exists (${SHARING[shared]})`,
    [tied.map(({ customerId }) => customerId), terms.programId],
  );
  return new Set(found.map(({ id }) => id));
}
