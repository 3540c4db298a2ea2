import { deferralOf, payable } from '@tributary/shared/payout';
import type { CompiledTerms } from '@tributary/shared/terms';
import { problemsOf } from '../../payees/index.ts';
import { inChunks } from '../../platform/database/chunks.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows, together } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { heldOn, UNDER_REVIEW } from '../../sanctions/index.ts';
import { lockEnrollments } from '../affiliate/index.ts';
import { CONTRADICTED, contradictedOn } from '../withdrawal/index.ts';
import type { PayoutBatch } from './payout.entity.ts';

/** Withdrawals found at once, to be looked at chunk by chunk. */
const NAMED_AT_ONCE = 10_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

interface Candidate {
  readonly affiliateId: string;
  readonly id: string;
  readonly status: string;
  readonly unit: string;
  readonly points: bigint | null;
  readonly cutOff: string | null;
  readonly hold: string | null;
  readonly method: string | null;
  readonly currency: string | null;
  readonly account: string | null;
  readonly holder: string | null;
  readonly bank: string | null;
}

/**
 * Fills an open batch: every withdrawal that is not done gets a line, taken or deferred with the reason. Affiliates are
 * looked at some hundred at a time, each under the lock of its enrollment; doing it again finds what has changed.
 */
export async function collectLines(
  em: EntityManager,
  batch: Pick<PayoutBatch, 'id' | 'programId' | 'name'>,
  compiled: CompiledTerms,
  now: number,
  linesAtOnce?: number,
): Promise<void> {
  for (let after = [NO_ID, NO_ID]; ; ) {
    const named = await openWithdrawals(em, batch.programId, after);
    const last = named.at(-1);
    if (last === undefined) return;
    const done = await inChunks(named, (some) => inTransaction(em, (tx) => collectSome(tx, batch, compiled, now, some)), linesAtOnce);
    if (done.includes(false)) return;
    after = [last.affiliate_id, last.id];
  }
}

interface Named {
  readonly affiliate_id: string;
  readonly id: string;
}

/** Some thousand withdrawals that are not done, after those already looked at. */
function openWithdrawals(em: EntityManager, programId: string, after: readonly string[]): Promise<Named[]> {
  return rows<Named>(
    em,
    `select affiliate_id, id from withdrawal where program_id = $1 and status in ('requested', 'processing', 'approved') and (affiliate_id, id) > ($2::uuid, $3::uuid)
     order by affiliate_id, id limit ${NAMED_AT_ONCE}`,
    [programId, ...after],
  );
}

/** Every withdrawal was looked at. */
export async function noteFilled(em: EntityManager, batchId: string, at: number): Promise<void> {
  await rows(em, `update payout_batch set filled_at = $2 where id = $1 and status = 'open'`, [batchId, new Date(at)]);
}

/** Answers false where the batch is open no longer. */
async function collectSome(
  tx: Transaction,
  batch: Pick<PayoutBatch, 'id' | 'programId' | 'name'>,
  compiled: CompiledTerms,
  now: number,
  named: readonly Named[],
): Promise<boolean> {
  const affiliateIds = named.map((one) => one.affiliate_id);
  const ids = named.map((one) => one.id);
  const [open, , found] = await together(tx, [
    () => row(tx, "select 1 from payout_batch where id = $1 and status = 'open' for share", [batch.id]),
    () => lockEnrollments(tx, batch.programId, affiliateIds),
    () => readCandidates(tx, batch, ids, affiliateIds),
  ]);
  if (open === undefined) return false;
  await writeLines(tx, batch, compiled, now, found);
  return true;
}

/** With the payment details as last given; without those that another batch has taken. */
function readCandidates(
  tx: Transaction,
  batch: Pick<PayoutBatch, 'id' | 'programId'>,
  ids: readonly string[],
  affiliateIds: readonly string[],
): Promise<Candidate[]> {
  return rows<Candidate>(
    tx,
    `select w.affiliate_id as "affiliateId", w.id, w.status, w.unit, w.amount as points, w.batch as "cutOff", coalesce(case when ${heldOn('w')} then '${UNDER_REVIEW}' when ${contradictedOn('w')} then '${CONTRADICTED}' end, w.held_reason) as hold,
       m.kind as method, m.currency, m.account, m.holder, m.bank
     from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id) join withdrawal w on w.affiliate_id = k.affiliate_id and w.id = k.id
     left join lateral (
       select kind, currency, account, holder, bank from payout_method where affiliate_id = w.affiliate_id and program_id = w.program_id order by id desc limit 1
     ) m on true
     where w.status in ('requested', 'processing', 'approved') and not exists (
       select from payout_line l where l.affiliate_id = w.affiliate_id and l.withdrawal_id = w.id and l.batch_id <> $3 and l.status not in ('deferred', 'dropped'))
     order by w.affiliate_id, w.id`,
    [affiliateIds, ids, batch.id],
  );
}

async function writeLines(
  tx: Transaction,
  batch: Pick<PayoutBatch, 'id' | 'programId' | 'name'>,
  compiled: CompiledTerms,
  now: number,
  candidates: readonly Candidate[],
): Promise<void> {
  const { terms } = compiled;
  const { currency } = terms.program;
  const lines = candidates.map((one) => {
    const amount = payable(compiled, one.points ?? 0n);
    const details = one.method === null ? null : { ...one, method: one.method };
    const problem = details === null ? null : (problemsOf(details.method, details)[0]?.message ?? null);
    const facts = { ...one, amount, details, problem };
    const reason = terms.withdrawal === undefined ? 'The program pays nothing out.' : deferralOf(terms.withdrawal, batch.name, facts);
    return { ...one, amount, reason, payeeCurrency: one.currency ?? currency };
  });
  await rows(
    tx,
    `insert into payout_line as l (affiliate_id, id, batch_id, program_id, withdrawal_id, status, unit, points, currency, amount, method, payee_currency, account, holder, bank, reason, changed_at)
     select u.affiliate_id, u.id, $1::uuid, $2::uuid, u.withdrawal_id, case when u.reason is null then 'collected' else 'deferred' end, u.unit, u.points, $3::text, u.amount,
       u.method, u.payee_currency, u.account, u.holder, u.bank, u.reason, $4::timestamptz
     from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
       as u (affiliate_id, id, withdrawal_id, unit, points, amount, method, payee_currency, account, holder, bank, reason)
     on conflict (affiliate_id, batch_id, withdrawal_id) do update set status = excluded.status, points = excluded.points, amount = excluded.amount, method = excluded.method,
       payee_currency = excluded.payee_currency, account = excluded.account, holder = excluded.holder, bank = excluded.bank, reason = excluded.reason, changed_at = excluded.changed_at
     where l.status in ('deferred', 'collected')`,
    [
      batch.id,
      batch.programId,
      currency,
      new Date(now),
      lines.map((line) => line.affiliateId),
      lines.map(() => newId()),
      lines.map((line) => line.id),
      lines.map((line) => line.unit),
      lines.map((line) => line.points),
      lines.map((line) => line.amount),
      lines.map((line) => line.method),
      lines.map((line) => line.payeeCurrency),
      lines.map((line) => line.account),
      lines.map((line) => line.holder),
      lines.map((line) => line.bank),
      lines.map((line) => line.reason),
    ],
  );
}
