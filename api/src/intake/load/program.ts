import type { ProductContent } from '@tributary/shared/facts';
import type { ProgramStatus } from '@tributary/shared/people';
import type { EventName } from '../../messages/index.ts';
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

interface ProgramRow {
  what: 'product' | 'forbidden' | 'switch' | 'heard';
  name: string;
  at: Date | null;
  content: ProductContent | null;
  value: string | null;
  keeps: boolean;
}

/** What a program has: the products that are named, what is forbidden and switched, and what others want to be told of. */
export async function loadProgram(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const products = [...names.products];
  const found = await rows<ProgramRow>(
    tx,
    `select 'product' as what, p.external_id as name, p.seen_at as at, p.content, null as value, false as keeps from unnest($1::smallint[], $2::text[]) as k (slice, external_id)
       join product_version p on p.slice = k.slice and p.program_id = $3 and p.external_id = k.external_id
     union all select 'forbidden', external_id, holds_from, null, null, false from forbidden_product where program_id = $3 and external_id = any($2::text[])
     union all (select 'switch', name, holds_from, null, value, keeps_planned from program_switch where program_id = $3 order by id)
     union all select 'heard', unnest(events), null, null, null, false from webhook_endpoint where program_id = $3 and status = 'on'`,
    [products.map(sliceOf), products, terms.programId],
  );
  for (const row of found) keep(row, set);
}

function keep({ what, name, content, value, keeps, ...row }: ProgramRow, set: Workset): void {
  const at = row.at?.getTime() ?? 0;
  switch (what) {
    case 'heard':
      set.heard.add(name as EventName);
      break;
    case 'forbidden':
      set.forbidden.set(name, at);
      break;
    case 'product':
      if (set.products.has(name)) set.products.get(name)?.push({ seenAt: at, content: content as ProductContent });
      else set.products.set(name, [{ seenAt: at, content: content as ProductContent }]);
      break;
    case 'switch':
      if (name === PROGRAM_STATUS)
        set.turns.push({ status: value as ProgramStatus, holdsFrom: at, requestsUntil: null, keepsPlanned: keeps });
      else if (name.startsWith(DOCUMENT_RENEWAL))
        set.renewals.push({ document: name.slice(DOCUMENT_RENEWAL.length), version: Number(value), from: at });
      else set.switches.push({ name, value: value as string, holdsFrom: at });
  }
}
