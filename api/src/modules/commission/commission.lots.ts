import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';

export interface Earned {
  readonly orderId: string;
  readonly affiliateId: string;
}

/** What of an order's earnings has expired by now, whether the books say so already or not. */
export const expiredByNow: LoaderDefinition<Earned, bigint> = {
  keyOf: ({ orderId, affiliateId }) => `${orderId} ${affiliateId}`,
  async read(context, keys) {
    const found = await rows<Earned & { expired: bigint }>(
      context.em,
      `select l.source_id as "orderId", l.affiliate_id as "affiliateId", sum(l.expired + case when l.ends_at <= $3 then l.remaining else 0 end)::bigint as expired
       from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, source_id) join lot l on l.affiliate_id = k.affiliate_id and l.source_id = k.source_id
       group by 1, 2`,
      [keys.map(({ affiliateId }) => affiliateId), keys.map(({ orderId }) => orderId), new Date(await context.now())],
    );
    return keys.map((key) => found.find((lot) => lot.orderId === key.orderId && lot.affiliateId === key.affiliateId)?.expired ?? 0n);
  },
};
