import type { LoaderDefinition } from '../../context.ts';
import { hotRows } from '../../platform/database/sql.ts';
import { sliceOf } from '../../platform/ids.ts';
import { CLICK_COLUMNS, type Click, type ClickRow, toClick } from './tracking.entity.ts';

/** What an order is attributed by. */
export interface Trail {
  readonly programId: string;
  readonly visitor: string | null;
  /** The click that the order names. */
  readonly clickRef: string | null;
}

const MOST_CLICKS = 100;

/** Clicks that compete for an order, oldest first: those of its visitor and the one that it names. An affiliate gets its own. */
export const competingClicks: LoaderDefinition<Trail, Click[]> = {
  keyOf: ({ programId, visitor, clickRef }) => JSON.stringify([programId, visitor, clickRef]),
  async read({ em, viewer }, trails) {
    const text = `with wanted as (
         select k.number, v.bucket, v.click_id from unnest($1::int[], $2::uuid[], $3::smallint[], $4::text[]) as k (number, program_id, slice, visitor)
           cross join lateral (select bucket, click_id from visitor_click where slice = k.slice and program_id = k.program_id and visitor = k.visitor
             order by clicked_at desc limit ${MOST_CLICKS}) v
         union
         select k.number, get_byte(uuid_send(f.fact_id), 15)::smallint, f.fact_id from unnest($1::int[], $2::uuid[], $5::smallint[], $6::text[]) as k (number, program_id, slice, click)
           join fact_key f on f.slice = k.slice and f.scope_id = k.program_id and f.kind = 'click' and f.external_id = k.click
       )
       select w.number, ${CLICK_COLUMNS} from wanted w join click c on c.bucket = w.bucket and c.id = w.click_id
       where $7::uuid is null or c.affiliate_id = $7 order by c.clicked_at, c.id`;
    const slices = (names: (string | null)[]) => names.map((name) => (name === null ? null : sliceOf(name)));
    const visitors = trails.map(({ visitor }) => visitor);
    const named = trails.map(({ clickRef }) => clickRef);
    const found = await hotRows<ClickRow & { number: number }>(em, text, [
      trails.map((_, number) => number),
      trails.map(({ programId }) => programId),
      slices(visitors),
      visitors,
      slices(named),
      named,
      viewer.affiliateId,
    ]);
    return trails.map((_, number) => found.filter((click) => click.number === number).map(toClick));
  },
};
