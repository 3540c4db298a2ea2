import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { lockEnrollments } from '../affiliate/index.ts';
import { changeWithdrawals, WITHDRAWAL_COLUMNS, type Withdrawal } from '../withdrawal/index.ts';
import { lockBatch } from './batch.service.ts';
import type { PaymentMethods } from './methods/index.ts';
import type { PayoutBatch } from './payout.entity.ts';

/**
 * Lets the lines of an approved batch leave, before any file or call does: what is written down as sent may have been
 * paid, what is not certainly was not. Whoever dies on the way is followed by whoever calls it again, or by the job.
 */
export async function sendLines(em: EntityManager, batch: PayoutBatch, methods: PaymentMethods, now: number, by: string): Promise<void> {
  for (;;) {
    const next = await rows<{ affiliate_id: string; withdrawal_id: string }>(
      em,
      `select affiliate_id, withdrawal_id from payout_line where batch_id = $1 and status = 'collected' order by affiliate_id limit ${methods.linesAtOnce}`,
      [batch.id],
    );
    if (next.length === 0) break;
    await inTransaction(em, async (tx) => {
      await lockEnrollments(
        tx,
        batch.programId,
        next.map((line) => line.affiliate_id),
      );
      const withdrawals = await rows<Withdrawal>(
        tx,
        `select ${WITHDRAWAL_COLUMNS} from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id) join withdrawal w on w.affiliate_id = k.affiliate_id and w.id = k.id
         where w.status = 'approved' order by w.affiliate_id, w.id`,
        [next.map((line) => line.affiliate_id), next.map((line) => line.withdrawal_id)],
      );
      const changes = withdrawals.map((withdrawal) => ({ withdrawal, to: 'sent' as const, reason: null }));
      await changeWithdrawals({ tx, programId: batch.programId, now, by }, changes);
    });
  }
  await finishSending(em, batch, methods, now);
}

/** All lines have left: files may be fetched, and providers are called. */
async function finishSending(em: EntityManager, { id }: PayoutBatch, methods: PaymentMethods, now: number): Promise<void> {
  await inTransaction(em, async (tx) => {
    const batch = await lockBatch(tx, id);
    if (batch.status !== 'sending') return;
    const left = await row(tx, "select 1 from payout_line where batch_id = $1 and status = 'collected' limit 1", [id]);
    if (left !== undefined) return;
    const parts = await rows<{ id: string; method: string }>(tx, 'select id, method from payout_part where batch_id = $1', [id]);
    const called = parts.filter(({ method }) => 'provider' in methods.of(method).way).map((part) => part.id);
    await rows(
      tx,
      `update payout_part set status = 'sent', sent_at = $2, ask_at = case when id = any($3::uuid[]) then now() end where batch_id = $1`,
      [id, new Date(now), called],
    );
    // Of a part whose every line was rejected meanwhile nothing is to be paid: it has no file, and no provider is asked.
    await rows(
      tx,
      `update payout_part p set status = 'done', ask_at = null, reason = 'Nothing of it is left to be paid.' where batch_id = $1
         and not exists (select from payout_line l where l.part_id = p.id and l.status <> 'dropped')`,
      [id],
    );
    await rows(tx, `update payout_batch set status = 'sent' where id = $1`, [id]);
  });
}
