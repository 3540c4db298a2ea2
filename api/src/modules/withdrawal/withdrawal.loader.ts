import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/** The name of the payout batch that has taken each; null: none has. */
export const payoutBatchOf: LoaderDefinition<Pick<Withdrawal, 'affiliateId' | 'id'>, string | null> = {
  keyOf: ({ id }) => id,
  async read({ em }, withdrawals) {
    const found = await rows<{ id: string; name: string }>(
      em,
      `select l.withdrawal_id as id, b.name from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id)
       join payout_line l on l.affiliate_id = k.affiliate_id and l.withdrawal_id = k.id join payout_batch b on b.id = l.batch_id
       where l.status not in ('deferred', 'dropped')`,
      [withdrawals.map(({ affiliateId }) => affiliateId), withdrawals.map(({ id }) => id)],
    );
    const names = new Map(found.map(({ id, name }) => [id, name]));
    return withdrawals.map(({ id }) => names.get(id) ?? null);
  },
};
