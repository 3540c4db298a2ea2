import { nextCutOff, refuseWithdrawal } from '@tributary/shared/payout';
import type { WithdrawalRules } from '@tributary/shared/terms';
import { type Available, availableAt, isAnythingDue, settleAccount, takeOut } from '../../books/index.ts';
import { tellWithdrawals } from '../../messages/index.ts';
import { hotRows as rows, together } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, type UserError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { whyHeld } from '../../sanctions/index.ts';
import type { Act } from '../affiliate/index.ts';
import { OPEN_STATUSES, WITHDRAWAL_COLUMNS, type Withdrawal } from './withdrawal.entity.ts';

/** What a request is weighed by. */
export interface Standing {
  readonly held: UserError | null;
  /** Something fell due on the account: that is done first, and what is available changes by it. */
  readonly isDue: boolean;
  readonly available: Available;
  readonly counts: { readonly open: number; readonly paid: number; readonly paying: number };
}

/** Reads it in one packet: nothing of it needs an answer of the others. */
export async function standingOf({ tx, compiled, enrollment, program, now }: Act): Promise<Standing> {
  const { affiliateId } = enrollment;
  const unit = compiled.terms.reward.unit;
  const [held, isDue, available, [counts]] = await together(tx, [
    () => whyHeld(tx, affiliateId),
    () => isAnythingDue(tx, program.id, affiliateId, now),
    () => availableAt(tx, program.id, affiliateId, unit, now),
    () =>
      rows<Standing['counts']>(
        tx,
        `select count(*) filter (where status = any($3::text[]))::int as open, count(*) filter (where status = 'paid')::int as paid,
           (select count(*)::int from customer_place p where p.affiliate_id = $1 and p.program_id = $2 and p.standing > 0) as paying
         from withdrawal where affiliate_id = $1 and program_id = $2`,
        [affiliateId, program.id, OPEN_STATUSES],
      ),
  ]);
  return { held, isDue, available, counts: counts! };
}

/** A request that is not known yet. */
export async function requestNew(
  act: Act,
  rules: WithdrawalRules,
  request: { externalId: string; amount: bigint | null; hash: Buffer },
  standing: Standing,
): Promise<Outcome<Withdrawal>> {
  const { tx, compiled, enrollment, program, now, by } = act;
  const { affiliateId } = enrollment;
  if (standing.held !== null) return refused(standing.held);
  const unit = compiled.terms.reward.unit;
  let { available } = standing;
  if (standing.isDue) {
    await settleAccount(tx, program.id, affiliateId, now);
    available = await availableAt(tx, program.id, affiliateId, unit, now);
  }
  const { open, paid, paying } = standing.counts;
  const facts = {
    amount: request.amount,
    available: available.amount,
    exponent: compiled.rewardExponent,
    open,
    paid,
    payingCustomers: paying,
  };
  const refusal = refuseWithdrawal(rules, facts);
  if (refusal !== null) return refused(ruleError(refusal.rule, refusal.message, ['amount']));
  const cutOff = rules.cutOff === undefined ? null : nextCutOff(compiled.calendar, rules.cutOff.dayOfMonth, now);
  const amount = cutOff === null ? (request.amount ?? available.amount) : null;
  const id = newId();
  const claim = () =>
    rows(tx, `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, 'withdrawal', $3, $4, $5)`, [
      sliceOf(request.externalId),
      program.id,
      request.externalId,
      id,
      request.hash,
    ]);
  const ask = () =>
    rows(
      tx,
      `insert into withdrawal (affiliate_id, id, program_id, external_id, status, unit, amount, cut_off_at, batch, requested_at, requested_by)
       values ($1, $2, $3, $4, 'requested', $5, $6, $7, $8, $9, $10)`,
      [
        affiliateId,
        id,
        program.id,
        request.externalId,
        unit,
        amount,
        cutOff === null ? null : new Date(cutOff.at),
        cutOff?.batch ?? null,
        new Date(now),
        by,
      ],
    );
  const reserve = async () => {
    if (amount === null) return;
    const out = { affiliateId, unit, kind: 'withdrawal-reserved', causeId: id, sequence: 0, at: now };
    await takeOut(tx, program.id, out, available.lots, amount, 'reserved');
  };
  const tell = () => tellWithdrawals(tx, program.id, now, [{ affiliateId, id: request.externalId, state: 'requested', unit, amount }]);
  const read = () =>
    rows<Withdrawal>(tx, `select ${WITHDRAWAL_COLUMNS} from withdrawal w where w.affiliate_id = $1 and w.id = $2`, [affiliateId, id]);
  const [, , , , [made]] = await together(tx, [claim, ask, reserve, tell, read]);
  if (cutOff !== null && rules.claim !== undefined) {
    const lapsing = available.lots.filter((lot) => lot.endsAt !== null && lot.endsAt <= cutOff.at).map((lot) => lot.id);
    if (lapsing.length > 0) await rows(tx, 'select ledger_claim($1, $2::uuid[], $3)', [affiliateId, lapsing, new Date(cutOff.at + 1)]);
  }
  return done(made as Withdrawal);
}
