import { tellWithdrawals } from '../../messages/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { type Changing, stepOf } from './withdrawal.change.ts';
import type { Withdrawal } from './withdrawal.entity.ts';

/**
 * Of a table or alias with `affiliate_id` and `program_id`: is something said to be paid whose amount its affiliate has back? Until somebody
 * has settled that nothing more is paid to them, since it would be paid twice.
 */
export const contradictedOn = (alias: string): string =>
  `exists (select from withdrawal d where d.affiliate_id = ${alias}.affiliate_id and d.program_id = ${alias}.program_id
     and d.contradicted_at is not null and d.status in ('failed', 'returned', 'rejected'))`;

/** What it is called where money stops for it. */
export const CONTRADICTED = 'A payment whose amount was given back is said to be made all the same: settle that first.';

/** Why nothing more is paid to whoever asks for a withdrawal; null: it may be. */
export async function whyContradicted(
  em: EntityManager,
  { affiliateId, programId }: Pick<Withdrawal, 'affiliateId' | 'programId'>,
): Promise<UserError | null> {
  const text = `select 1 from (select $1::uuid as affiliate_id, $2::uuid as program_id) as w where ${contradictedOn('w')}`;
  return (await row(em, text, [affiliateId, programId])) === undefined ? null : userError('INVALID', CONTRADICTED, ['withdrawal']);
}

export interface Contradiction {
  readonly withdrawal: Withdrawal;
  readonly message: string;
  /** It is news only where something contradicted the payment before. */
  readonly isSequel?: boolean;
}

/** Kept for somebody to settle, each once: nothing is posted by what can't be so. */
export async function noteContradictions(on: Changing, found: readonly Contradiction[]): Promise<void> {
  if (found.length === 0) return;
  const { tx, programId, now, by } = on;
  const noted = await rows<{ withdrawal_id: string }>(
    tx,
    `with noted as (
       insert into withdrawal_event (affiliate_id, withdrawal_id, id, program_id, kind, reason, happened_at, done_by)
       select affiliate_id, withdrawal_id, id, $1::uuid, 'contradicted', reason, $2::timestamptz, $3::text
       from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::boolean[]) as c (affiliate_id, withdrawal_id, id, reason, is_sequel)
       where not exists (select from withdrawal_event e where e.affiliate_id = c.affiliate_id and e.withdrawal_id = c.withdrawal_id and e.kind = 'contradicted' and e.reason = c.reason)
         and (not c.is_sequel or exists (select from withdrawal_event e where e.affiliate_id = c.affiliate_id and e.withdrawal_id = c.withdrawal_id and e.kind = 'contradicted'))
       returning affiliate_id, withdrawal_id, reason
     )
     update withdrawal w set contradicted_at = coalesce(w.contradicted_at, $2::timestamptz), contradiction = n.reason
     from noted n where w.affiliate_id = n.affiliate_id and w.id = n.withdrawal_id returning w.id as withdrawal_id`,
    [
      programId,
      new Date(now),
      by,
      found.map(({ withdrawal }) => withdrawal.affiliateId),
      found.map(({ withdrawal }) => withdrawal.id),
      found.map(() => newId()),
      found.map(({ message }) => message),
      found.map(({ isSequel = false }) => isSequel),
    ],
  );
  const isNew = new Set(noted.map((event) => event.withdrawal_id));
  const news = found.filter(({ withdrawal }) => isNew.has(withdrawal.id));
  const steps = news.map(({ withdrawal, message }) => stepOf(withdrawal, 'contradicted', message));
  await tellWithdrawals(tx, programId, now, steps);
}

/** Somebody has seen to it: what they found stands in the history. Money that is out twice they have taken back by an adjustment. */
export async function settleContradiction(on: Changing, withdrawal: Withdrawal, reason: string | null): Promise<Withdrawal> {
  const { tx, programId, now, by } = on;
  await rows(
    tx,
    `with noted as (
       insert into withdrawal_event (affiliate_id, withdrawal_id, id, program_id, kind, reason, happened_at, done_by)
       values ($1, $2, $3, $4, 'settled', $5, $6, $7)
     )
     update withdrawal set contradicted_at = null, contradiction = null where affiliate_id = $1 and id = $2`,
    [withdrawal.affiliateId, withdrawal.id, newId(), programId, reason, new Date(now), by],
  );
  return { ...withdrawal, contradictedAt: null, contradiction: null };
}
