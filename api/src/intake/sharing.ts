import { hotRows as rows } from '../platform/database/sql.ts';
import type { Batch } from './batch.ts';
import { versionAt } from './programTerms.ts';

/** Customers of one affiliate who share a phone open a case, where the terms say so (BS-08). They are written already. */
export async function findSharing(batch: Batch): Promise<void> {
  const { tx, terms, set, registered, writes } = batch;
  const tied = registered.flatMap(({ customerId, at }) => {
    const customer = set.customersById.get(customerId);
    const clause = versionAt(terms, at).compiled.terms.customers?.independent;
    return customer?.tiedTo == null || clause === undefined ? [] : [{ customerId, affiliateId: customer.tiedTo, rule: clause.id, at }];
  });
  if (tied.length === 0) return;
  const sharing = await rows<{ id: string }>(
    tx,
    `select c.id from unnest($1::uuid[]) as k (id) join customer c on c.id = k.id and c.phone_hash is not null
     where exists (select from customer o where o.program_id = $2 and o.tied_affiliate_id = c.tied_affiliate_id and o.phone_hash = c.phone_hash and o.id <> c.id)`,
    [tied.map((item) => item.customerId), terms.programId],
  );
  for (const { id } of sharing) {
    const item = tied.find((other) => other.customerId === id);
    if (item !== undefined) writes.cases.push({ affiliateId: item.affiliateId, rule: item.rule, at: item.at, evidence: id });
  }
}
