import { giveBack, type Outgoing, sendOut, settleThenExpire } from '../../books/index.ts';
import { tellWithdrawals, type WithdrawalStep } from '../../messages/index.ts';
import { rows } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Withdrawal, WithdrawalStatus } from './withdrawal.entity.ts';

export type Decision = Exclude<WithdrawalStatus, 'requested' | 'processing'>;

/** From which states a decision leads where. Anything else is refused. */
const FROM: Record<Decision, readonly WithdrawalStatus[]> = {
  approved: ['requested', 'processing'],
  rejected: ['requested', 'processing', 'approved'],
  sent: ['approved', 'unknown'],
  unknown: ['sent'],
  paid: ['approved', 'sent', 'unknown'],
  failed: ['approved', 'sent', 'unknown', 'paid'],
  returned: ['sent', 'unknown', 'paid'],
};

export function mayBecome(from: WithdrawalStatus, to: Decision): boolean {
  return FROM[to].includes(from);
}

/** Where a change happens: the enrollments' locks are held, and `by` is for people to read. */
export interface Changing {
  readonly tx: Transaction;
  readonly programId: string;
  readonly now: number;
  readonly by: string;
}

export interface WithdrawalChange {
  readonly withdrawal: Withdrawal;
  readonly to: Decision;
  readonly reason: string | null;
}

/**
 * Changes what withdrawals are, and with them their money and their lines in batches. Each of the two ways of money has
 * one place in the books, so that nothing leaves twice and nothing comes back twice, whoever says so and how often.
 */
export async function changeWithdrawals(on: Changing, changes: readonly WithdrawalChange[]): Promise<Withdrawal[]> {
  if (changes.length === 0) return [];
  await moveMoney(on, changes);
  const { tx, programId, now, by } = on;
  const decidedAt = new Date(now);
  await rows(
    tx,
    `with change as (
       select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[]) as c (affiliate_id, id, event_id, status, reason)
     ), line as (
       update payout_line l set status = case c.status when 'rejected' then 'dropped' else c.status end, reason = c.reason, changed_at = $6::timestamptz
       from change c where l.affiliate_id = c.affiliate_id and l.withdrawal_id = c.id and c.status <> 'approved' and l.status not in ('deferred', 'dropped')
     ), noted as (
       insert into withdrawal_event (affiliate_id, withdrawal_id, id, program_id, kind, reason, happened_at, done_by)
       select affiliate_id, id, event_id, $8::uuid, status, reason, $6::timestamptz, $7::text from change
     )
     update withdrawal w set status = c.status, decided_at = $6::timestamptz, decided_by = $7::text, reason = c.reason
     from change c where w.affiliate_id = c.affiliate_id and w.id = c.id`,
    [
      changes.map(({ withdrawal }) => withdrawal.affiliateId),
      changes.map(({ withdrawal }) => withdrawal.id),
      changes.map(() => newId()),
      changes.map(({ to }) => to),
      changes.map(({ reason }) => reason),
      decidedAt,
      by,
      programId,
    ],
  );
  await tellWithdrawals(
    tx,
    programId,
    now,
    changes.map(({ withdrawal, to, reason }) => stepOf(withdrawal, to, reason)),
  );
  return changes.map(({ withdrawal, to, reason }) => ({ ...withdrawal, status: to, decidedAt, decidedBy: by, reason }));
}

/** A withdrawal in a state, as others hear of it. */
export function stepOf(
  { externalId: id, affiliateId, unit, amount }: Withdrawal,
  state: WithdrawalStep['state'],
  reason: string | null,
): WithdrawalStep {
  return { affiliateId, id, state, unit, amount, reason };
}

const LOOKED_AT = 'Staff look at it before it is paid. Nothing of it is lost, and you may ask them about it.';

/** What whose withdrawal it is reads of a hold; null: there is none. */
export const heldWords = ({ heldAt, heldMessage }: Withdrawal): string | null => (heldAt === null ? null : (heldMessage ?? LOOKED_AT));

/** Notes a step that is no change of status, and tells of it. */
export async function noteEvent(
  { tx, programId, now, by }: Changing,
  withdrawal: Withdrawal,
  kind: 'held' | 'released',
  reason: string | null,
): Promise<void> {
  await rows(
    tx,
    `insert into withdrawal_event (affiliate_id, withdrawal_id, id, program_id, kind, reason, happened_at, done_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [withdrawal.affiliateId, withdrawal.id, newId(), programId, kind, reason, new Date(now), by],
  );
  await tellWithdrawals(tx, programId, now, [{ ...stepOf(withdrawal, kind, reason), reasonForAffiliate: heldWords(withdrawal) }]);
}

/** Where the money of a withdrawal lies. */
function placeOf({ status, amount, cutOffAt }: Withdrawal): 'nowhere' | 'reserved' | 'clearing' {
  if (amount === null || amount === 0n) return 'nowhere';
  if (status === 'processing' || status === 'approved' || (status === 'requested' && cutOffAt === null)) return 'reserved';
  return status === 'sent' || status === 'unknown' || status === 'paid' ? 'clearing' : 'nowhere';
}

async function moveMoney(on: Changing, changes: readonly WithdrawalChange[]): Promise<void> {
  const { tx, programId, now } = on;
  const out = ({ affiliateId, unit, id }: Withdrawal, kind: string, sequence: number): Outgoing => ({
    affiliateId,
    unit,
    kind,
    causeId: id,
    sequence,
    at: now,
  });
  const leaves = changes.filter(({ withdrawal, to }) => (to === 'sent' || to === 'paid') && placeOf(withdrawal) === 'reserved');
  await sendOut(
    tx,
    programId,
    leaves.map(({ withdrawal, to }) => ({ ...out(withdrawal, `withdrawal-${to}`, 1), amount: withdrawal.amount as bigint })),
  );
  const comesBack = changes.filter(({ to }) => to === 'rejected' || to === 'failed' || to === 'returned');
  for (const [place, kind] of [
    ['reserved', 'withdrawal-released'],
    ['clearing', 'withdrawal-returned'],
  ] as const) {
    const there = comesBack.filter(({ withdrawal }) => placeOf(withdrawal) === place);
    await giveBack(
      tx,
      programId,
      there.map(({ withdrawal }) => out(withdrawal, kind, 2)),
      place,
    );
  }
  for (const { withdrawal, to } of comesBack) {
    if (to === 'rejected' && withdrawal.status === 'requested' && withdrawal.cutOffAt !== null) await giveUpClaims(on, withdrawal);
  }
}

/** The claim ends now, and what would have lapsed meanwhile does: not before, since it was covered until then (BS-12). */
async function giveUpClaims({ tx, programId, now }: Changing, { affiliateId }: Withdrawal): Promise<void> {
  const claimed = await rows<{ id: string }>(tx, 'select id from lot where affiliate_id = $1 and program_id = $2 and claimed_until > $3', [
    affiliateId,
    programId,
    new Date(now),
  ]);
  if (claimed.length === 0) return;
  await rows(tx, 'select ledger_claim($1, $2::uuid[], $3)', [affiliateId, claimed.map((lot) => lot.id), new Date(now)]);
  await settleThenExpire(tx, programId, [affiliateId], now);
}
