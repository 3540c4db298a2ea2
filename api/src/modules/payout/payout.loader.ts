import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { WITHDRAWAL_COLUMNS, type Withdrawal } from '../withdrawal/index.ts';
import { PART_COLUMNS, type PayoutBatch, type PayoutLine, type PayoutPart } from './payout.entity.ts';

export interface Total {
  readonly batchId: string;
  readonly method: string;
  readonly payeeCurrency: string;
  readonly status: string;
  readonly lines: number;
  readonly currency: string;
  readonly amount: bigint;
}

export const totalsOf: LoaderDefinition<PayoutBatch, Total[]> = {
  keyOf: ({ id }) => id,
  async read({ em }, batches) {
    const found = await rows<Total>(
      em,
      `select batch_id as "batchId", coalesce(method, 'none') as method, payee_currency as "payeeCurrency", status, count(*)::int as lines, currency, sum(amount)::bigint as amount
       from payout_line where batch_id = any($1::uuid[]) group by batch_id, method, payee_currency, currency, status order by 1, 2, 3, 4`,
      [batches.map(({ id }) => id)],
    );
    const groups = Map.groupBy(found, ({ batchId }) => batchId);
    return batches.map(({ id }) => groups.get(id) ?? []);
  },
};

export const partsOfBatch: LoaderDefinition<PayoutBatch, PayoutPart[]> = {
  keyOf: ({ id }) => id,
  async read({ em }, batches) {
    const text = `select ${PART_COLUMNS} from payout_part p where p.batch_id = any($1::uuid[]) order by p.number`;
    const groups = Map.groupBy(await rows<PayoutPart>(em, text, [batches.map(({ id }) => id)]), ({ batchId }) => batchId);
    return batches.map(({ id }) => groups.get(id) ?? []);
  },
};

export const withdrawalsOfLines: LoaderDefinition<Pick<PayoutLine, 'affiliateId' | 'withdrawalId'>, Withdrawal> = {
  keyOf: ({ withdrawalId }) => withdrawalId,
  async read({ em }, lines) {
    const found = await rows<Withdrawal>(
      em,
      `select ${WITHDRAWAL_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id) join withdrawal w on w.affiliate_id = k.affiliate_id and w.id = k.id`,
      [lines.map(({ affiliateId }) => affiliateId), lines.map(({ withdrawalId }) => withdrawalId)],
    );
    const byId = new Map(found.map((withdrawal) => [withdrawal.id, withdrawal]));
    return lines.map(({ withdrawalId }) => byId.get(withdrawalId) as Withdrawal);
  },
};
