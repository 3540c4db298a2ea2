import { type ClickContent, type ClickFacts, NO_ATTRIBUTES } from '@tributary/shared/facts';
import { hotRows as rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { bucketOf, sliceOf } from '../../platform/ids.ts';
import type { Names } from '../names.ts';
import type { ProgramTerms } from '../programTerms.ts';
import { keyOf, type Workset } from '../workset.ts';
import { loadKeys, lockAwaited } from './keys.ts';

interface ClickRow {
  id: string;
  external_id: string;
  affiliate_id: string;
  visitor: string | null;
  clicked_at: Date;
  content: ClickContent;
  active: boolean;
  permitted: boolean;
}

const CLICK_COLUMNS = 'c.id, c.external_id, c.affiliate_id, c.visitor, c.clicked_at, c.content, c.active, c.permitted';

export async function loadNamedClicks(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const unknown = [...names.clicks].filter((click) => !set.keys.has(keyOf('click', click)));
  if (unknown.length > 0) {
    const more: Names = {
      ...names,
      keys: new Map(unknown.map((externalId) => [keyOf('click', externalId), { kind: 'click', externalId }])),
    };
    await loadKeys(tx, terms, more, set);
  }
  const keys = [...set.keys].filter(([key]) => key.startsWith('click\n'));
  const awaited = keys.filter(([, { hash }]) => hash === null).map(([key]) => key.slice('click\n'.length));
  if (awaited.length > 0) await lockAwaited(tx, terms, 'click', awaited);
  const ids = keys.filter(([, { hash }]) => hash !== null).map(([, { factId }]) => factId);
  if (ids.length === 0) return;
  const found = await rows<ClickRow>(
    tx,
    `select ${CLICK_COLUMNS} from unnest($1::smallint[], $2::uuid[]) as k (bucket, id) join click c on c.bucket = k.bucket and c.id = k.id`,
    [ids.map(bucketOf), ids],
  );
  for (const row of found) set.addClick(clickFacts(row), row.visitor ?? undefined);
}

export async function loadVisitorClicks(tx: Transaction, terms: ProgramTerms, names: Names, set: Workset): Promise<void> {
  const visitors = [...names.visitors];
  if (visitors.length === 0) return;
  const found = await rows<ClickRow>(
    tx,
    `select ${CLICK_COLUMNS} from unnest($1::smallint[], $2::text[]) as k (slice, visitor)
     join visitor_click v on v.slice = k.slice and v.program_id = $3 and v.visitor = k.visitor
     join click c on c.bucket = v.bucket and c.id = v.click_id order by c.clicked_at, c.id`,
    [visitors.map(sliceOf), visitors, terms.programId],
  );
  for (const row of found) set.addClick(clickFacts(row), row.visitor ?? undefined);
}

function clickFacts(row: ClickRow): ClickFacts {
  return {
    ...clickFactsOf(row.content, row.affiliate_id, row.clicked_at.getTime()),
    id: row.external_id,
    active: row.active,
    permitted: row.permitted,
  };
}

const NOTHING: readonly string[] = [];

/** The facts of a click from its content; what was true of the affiliate is added by the caller. */
export function clickFactsOf(
  content: ClickContent & { shownProduct?: string; shownPage?: string },
  affiliateId: string,
  at: number,
): ClickFacts {
  const { id, country, store, channel, keyword, referrer, method, fetchDest, subId, link, attributes } = content;
  const page = content.shownPage ?? content.page;
  const product = content.shownProduct ?? content.product;
  // All of one shape: decisions read them all the time.
  return {
    id,
    affiliateId,
    at,
    country,
    page,
    product,
    store,
    channel,
    keyword,
    referrer,
    method,
    fetchDest,
    subId,
    link,
    attributes: attributes ?? NO_ATTRIBUTES,
    active: false,
    open: true,
    permitted: false,
    documents: NOTHING,
    markedSources: NOTHING,
  };
}
