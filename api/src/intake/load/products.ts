import type { ProductContent } from '@tributary/shared/facts';
import type { ProgramStatus } from '@tributary/shared/people';
import { hotRows as rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { sliceOf } from '../../platform/ids.ts';
import type { Names } from '../names.ts';
import { DOCUMENT_RENEWAL, PROGRAM_STATUS, type ProgramTerms } from '../programTerms.ts';
import type { Workset } from '../workset.ts';

export async function loadLinks(tx: Transaction, terms: ProgramTerms, affiliates: string[], set: Workset): Promise<void> {
  const links = [...set.keys].filter(([key]) => key.startsWith('link\n'));
  if (links.length === 0) return;
  const found = await rows<{ external_id: string; url: string }>(
    tx,
    'select external_id, url from link where affiliate_id = any($1::uuid[]) and program_id = $2 and id = any($3::uuid[])',
    [affiliates, terms.programId, links.map(([, key]) => key.factId)],
  );
  for (const row of found) set.linkUrls.set(row.external_id, row.url);
}

export async function loadProducts(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const products = [...names.products];
  const found = await rows<{ what: string; name: string; at: Date; content: ProductContent | null; value: string | null; keeps: boolean }>(
    tx,
    `select 'product' as what, p.external_id as name, p.seen_at as at, p.content, null as value, false as keeps from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
       join product_version p on p.slice = k.slice and p.program_id = $3 and p.external_id = k.external_id
     union all select 'forbidden', external_id, holds_from, null, null, false from forbidden_product where program_id = $3 and external_id = any($2::text[])
     union all (select 'switch', name, holds_from, null, value, keeps_planned from program_switch where program_id = $3 order by id)`,
    [products.map(sliceOf), products, terms.programId],
  );
  for (const row of found) {
    const at = row.at.getTime();
    if (row.what === 'forbidden') set.forbidden.set(row.name, at);
    else if (row.name === PROGRAM_STATUS && row.what === 'switch')
      set.turns.push({ status: row.value as ProgramStatus, holdsFrom: at, requestsUntil: null, keepsPlanned: row.keeps });
    else if (row.what === 'switch' && row.name.startsWith(DOCUMENT_RENEWAL))
      set.renewals.push({ document: row.name.slice(DOCUMENT_RENEWAL.length), version: Number(row.value), from: at });
    else if (row.what === 'switch') set.switches.push({ name: row.name, value: row.value as string, holdsFrom: at });
    else if (set.products.has(row.name)) set.products.get(row.name)?.push({ seenAt: at, content: row.content as ProductContent });
    else set.products.set(row.name, [{ seenAt: at, content: row.content as ProductContent }]);
  }
}
