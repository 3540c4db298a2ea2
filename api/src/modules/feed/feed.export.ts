import type { ProductContent } from '@tributary/shared/facts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';
import type { ProductDetails } from '../import/index.ts';

const AT_ONCE = 1_000;

/** Which products of a feed. */
export interface FeedFilter {
  /** Changed after that instant; null: all. */
  readonly since: number | null;
  readonly freeShipping: boolean | null;
  /** In stock in that country. */
  readonly localStock: string | null;
  readonly category: string | null;
}

export interface FeedRow {
  readonly id: string;
  readonly changedAt: Date;
  readonly gone: boolean;
  readonly content: ProductContent;
  readonly details: ProductDetails;
}

/** What feeds said last of a program's products, what changed first first, some at a time. */
export async function* feedRows(em: EntityManager, programId: string, filter: FeedFilter): AsyncGenerator<FeedRow[]> {
  let [at, id] = [new Date(filter.since ?? 0), ''];
  // Of an instant that is named all were read before.
  let isFirst = true;
  for (;;) {
    const found: FeedRow[] = await rows<FeedRow>(
      em,
      `select f.external_id as id, f.changed_at as "changedAt", f.gone, f.details, p.content
       from feed_product f cross join lateral (
         select content from product where slice = f.slice and program_id = f.program_id and external_id = f.external_id limit 1
       ) p
       where f.program_id = $1 and ${isFirst ? 'f.changed_at > $2 and $3::text is not null' : '(f.changed_at, f.external_id collate "C") > ($2::timestamptz, $3::text collate "C")'}
         and ($4::boolean is null or coalesce((f.details ->> 'freeShipping')::boolean, false) = $4)
         and ($5::text is null or (f.details -> 'localStock')::jsonb ? $5)
         and ($6::text is null or p.content ->> 'category' = $6)
       order by f.changed_at, f.external_id collate "C" limit ${AT_ONCE}`,
      [programId, at, id, filter.freeShipping, filter.localStock, filter.category],
    );
    if (found.length > 0) yield found;
    const last = found.at(-1);
    if (last === undefined || found.length < AT_ONCE) return;
    [at, id, isFirst] = [last.changedAt, last.id, false];
  }
}
