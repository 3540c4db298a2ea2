import type { Attributes } from '@tributary/shared/facts';
import { hotRows as rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Names } from '../names.ts';
import type { ProgramTerms } from '../programTerms.ts';
import type { CustomerState, Workset } from '../workset.ts';

interface CustomerRow {
  id: string;
  external_id: string;
  registered_at: Date | null;
  told_at: Date | null;
  visitor: string | null;
  click_ref: string | null;
  referral_code: string | null;
  attributes: Attributes | null;
  tied_affiliate_id: string | null;
  tied_at: Date | null;
  tied_by: string | null;
  tied_click: string | null;
  phone_hash: Buffer | null;
  erased_at: Date | null;
  first_placed_at: Date | null;
  first_external_id: string;
  first_order_id: string;
}

const CUSTOMER_COLUMNS =
  'id, external_id, registered_at, told_at, visitor, click_ref, referral_code, attributes, tied_affiliate_id, tied_at, tied_by, tied_click, phone_hash, erased_at';

export async function loadCustomers(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const wanted = [...names.customers];
  if (wanted.length === 0) return;
  const found = await rows<CustomerRow>(
    tx,
    `select ${CUSTOMER_COLUMNS.split(', ')
      .map((column) => `c.${column}`)
      .join(', ')}, o.placed_at as first_placed_at, o.external_id as first_external_id, o.id as first_order_id
     from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
     join fact_key f on f.slice = k.slice and f.scope_id = $3 and f.kind = 'customer' and f.external_id = k.external_id
     join customer c on c.id = f.fact_id
     left join lateral (select placed_at, external_id, id from order_record where customer_id = c.id order by placed_at, external_id collate "C" limit 1) o on true`,
    [wanted.map(sliceOf), wanted, terms.programId],
  );
  for (const row of found) {
    set.addCustomer(customerState(row));
    if (row.click_ref !== null) names.clicks.add(row.click_ref);
    if (row.referral_code !== null) names.affiliates.add(row.referral_code);
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
    tiedClick: row.tied_click,
    phoneHash: row.phone_hash,
    isErased: row.erased_at !== null,
    first:
      row.first_placed_at === null
        ? null
        : { placedAt: row.first_placed_at.getTime(), externalId: row.first_external_id, orderId: row.first_order_id },
  };
}
