import type { OrderContent, OrderEventContent, OrderEventKind, StoredEvent } from '@tributary/shared/facts';
import { paidSale } from '@tributary/shared/people';
import type { EntityManager } from '../../platform/database/orm.ts';
import { rows } from '../../platform/database/sql.ts';

/** An affiliate in a program, as keys of loaders name it. */
export interface Pair {
  readonly affiliateId: string;
  readonly programId: string;
}

export const pairKey = ({ affiliateId, programId }: Pair): string => `${affiliateId}/${programId}`;

const ORDERS_AT_ONCE = 2_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface SoldRow {
  affiliate_id: string;
  program_id: string;
  order_id: string;
  placed_at: Date;
  content: OrderContent;
  events: { kind: OrderEventKind; externalId: string | null; at: string; content: OrderEventContent }[];
}

/**
 * Paid sales of affiliates, in minor units of their programs' currencies: read set by set, so that any number of orders
 * fits into memory. Orders that were rejected, moved or taken back whole are left out from the start.
 */
export async function paidSalesOf(
  em: EntityManager,
  pairs: readonly Pair[],
  exponentOf: (programId: string) => number,
): Promise<Map<string, bigint>> {
  const sums = new Map<string, bigint>();
  const [affiliates, programs] = [pairs.map((pair) => pair.affiliateId), pairs.map((pair) => pair.programId)];
  for (let after = { affiliate: FIRST_ID, order: FIRST_ID }; ; ) {
    const found = await rows<SoldRow>(em, SOLD, [affiliates, programs, after.affiliate, after.order]);
    for (const row of found) {
      const key = pairKey({ affiliateId: row.affiliate_id, programId: row.program_id });
      const events = row.events.map((event): StoredEvent => ({ ...event, at: Date.parse(event.at) }));
      const value = paidSale({ content: row.content, placedAt: row.placed_at.getTime(), events }, exponentOf(row.program_id));
      sums.set(key, (sums.get(key) ?? 0n) + value);
    }
    const last = found.at(-1);
    if (last === undefined || found.length < ORDERS_AT_ONCE) return sums;
    after = { affiliate: last.affiliate_id, order: last.order_id };
  }
}

const SOLD = `select c.affiliate_id, c.program_id, c.order_id, o.placed_at, o.content, v.events
  from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, program_id)
  join commission c on c.affiliate_id = k.affiliate_id and c.program_id = k.program_id and c.status = 'earning'
  join order_record o on o.id = c.order_id
  cross join lateral (
    select json_agg(json_build_object('kind', e.kind, 'externalId', e.external_id, 'at', e.happened_at, 'content', e.content) order by e.id) as events,
      bool_or(e.kind = 'paid') as paid
    from order_event e where e.order_id = c.order_id
  ) v
  where v.paid and (c.affiliate_id, c.order_id) > ($3::uuid, $4::uuid)
  order by c.affiliate_id, c.order_id limit ${ORDERS_AT_ONCE}`;
