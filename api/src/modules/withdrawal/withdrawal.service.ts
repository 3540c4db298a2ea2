import { FieldReader } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import { nextCutOff, refuseWithdrawal } from '@tributary/shared/payout';
import type { WithdrawalRules } from '@tributary/shared/terms';
import { availableAt, giveBack, type Outgoing, postEntries, settleThenExpire, takeOut } from '../../books/index.ts';
import type { Context } from '../../context.ts';
import { hashOf } from '../../intake/index.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { done, type Outcome, refused, ruleError, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { type Act, onEnrollment } from '../affiliate/index.ts';
import type { ApprovalKind } from '../approval/index.ts';
import { noteChange } from '../audit/index.ts';
import { WITHDRAWAL_COLUMNS, type Withdrawal, type WithdrawalStatus } from './withdrawal.entity.ts';
import type { DecideWithdrawalInput, RequestWithdrawalInput } from './withdrawal.input.ts';

type Decision = Extract<WithdrawalStatus, 'approved' | 'rejected' | 'paid' | 'failed'>;

/** From which states a decision leads where. Anything else is refused. */
const FROM: Record<Decision, readonly WithdrawalStatus[]> = {
  approved: ['requested', 'processing'],
  rejected: ['requested', 'processing', 'approved'],
  paid: ['approved'],
  failed: ['approved', 'paid'],
};

export class WithdrawalService {
  /** A request by the affiliate. Where the terms have a cut-off the amount is fixed there, otherwise it is reserved at once. */
  request(context: Context, input: RequestWithdrawalInput): Promise<Outcome<Withdrawal>> {
    const read = new FieldReader();
    const id = read.id(input.id, ['id']);
    if (read.refusal !== null) return Promise.resolve(refused(userError('INVALID', read.refusal.message, read.refusal.path)));
    return onEnrollment(context, input, async (act) => {
      const { tx, compiled, enrollment, program } = act;
      const rules = compiled.terms.withdrawal;
      if (rules === undefined) return refused(userError('INVALID', 'The program pays nothing out.', ['program']));
      const amount = input.amount == null ? null : parseDecimal(input.amount, compiled.rewardExponent);
      if (input.amount != null && (amount === null || amount <= 0n))
        return refused(userError('INVALID', `"${input.amount}" is no amount that can be withdrawn.`, ['amount']));
      const hash = hashOf({ affiliateId: enrollment.affiliateId, amount: amount === null ? null : String(amount) });
      const known = await row<{ fact_id: string; content_hash: Buffer }>(
        tx,
        `select fact_id, content_hash from fact_key where slice = $1 and scope_id = $2 and kind = 'withdrawal' and external_id = $3`,
        [sliceOf(id), program.id, id],
      );
      if (known !== undefined) {
        if (!known.content_hash.equals(hash))
          return refused(userError('CONFLICT', `The withdrawal "${id}" is known with other content.`, ['id']));
        return done((await byId(act, known.fact_id)) as Withdrawal);
      }
      return requestNew(act, rules, { externalId: id, amount, hash });
    });
  }

  /** Approving one above a limit may take a second person. */
  readonly approving: ApprovalKind<DecideWithdrawalInput, Withdrawal> = {
    needs: 'withdrawal.decide',
    rule: 'withdrawal',
    check: async (context, input) => {
      const found = await this.find(context, input.program, input.withdrawal);
      if (found === null || found.amount === null || !FROM.approved.includes(found.status)) return done(null);
      const { programId, amount: minor, unit, externalId } = found;
      return done({ programId, subject: `withdrawal ${externalId}`, amount: { minor, unit } });
    },
    run: (context, input) => this.decide(context, input, 'approved'),
  };

  reject(context: Context, input: DecideWithdrawalInput): Promise<Outcome<Withdrawal>> {
    return this.decide(context, input, 'rejected');
  }

  markPaid(context: Context, input: DecideWithdrawalInput): Promise<Outcome<Withdrawal>> {
    return this.decide(context, input, 'paid');
  }

  markFailed(context: Context, input: DecideWithdrawalInput): Promise<Outcome<Withdrawal>> {
    return this.decide(context, input, 'failed');
  }

  /** Null: there is none, or it is not the viewer's. */
  async find(context: Context, programKey: string, externalId: string): Promise<Withdrawal | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    const found = await row<Withdrawal>(
      context.em,
      `select ${WITHDRAWAL_COLUMNS} from fact_key f join withdrawal w on w.program_id = f.scope_id and w.id = f.fact_id
       where f.slice = $1 and f.scope_id = $2 and f.kind = 'withdrawal' and f.external_id = $3 and ($4::uuid is null or w.affiliate_id = $4)`,
      [sliceOf(externalId), program.id, externalId, context.viewer.affiliateId],
    );
    return found ?? null;
  }

  private async decide(context: Context, input: DecideWithdrawalInput, decision: Decision): Promise<Outcome<Withdrawal>> {
    const found = await this.find(context, input.program, input.withdrawal);
    if (found === null)
      return refused(userError('NOT_FOUND', `There is no withdrawal ${JSON.stringify(input.withdrawal.slice(0, 80))}.`, ['withdrawal']));
    const affiliate = await row<{ external_id: string }>(context.em, 'select external_id from affiliate where id = $1', [
      found.affiliateId,
    ]);
    return onEnrollment(context, { program: input.program, affiliate: affiliate?.external_id ?? null }, async (act) => {
      const withdrawal = (await byId(act, found.id)) as Withdrawal;
      if (withdrawal.status === decision) return done(withdrawal);
      const cutOff = act.compiled.terms.withdrawal?.cutOff;
      // What the cut-off has not taken yet is not reviewed yet (reading 21).
      if (decision === 'approved' && withdrawal.status === 'requested' && withdrawal.cutOffAt !== null && cutOff !== undefined) {
        return refused(ruleError(cutOff.id, `It is reviewed after the cut-off at ${withdrawal.cutOffAt.toISOString()}.`, ['withdrawal']));
      }
      if (!FROM[decision].includes(withdrawal.status))
        return refused(userError('INVALID', `A withdrawal that is ${withdrawal.status} cannot become ${decision}.`, ['withdrawal']));
      await moveMoney(act, withdrawal, decision);
      return done(await setStatus(act, withdrawal, decision, input.reason ?? null));
    });
  }
}

/** Open requests of an affiliate are undone when a breach is proven (reading 19). */
export async function undoOpenWithdrawals(act: Act): Promise<void> {
  const { tx, enrollment } = act;
  const open = await rows<Withdrawal>(
    tx,
    `select ${WITHDRAWAL_COLUMNS} from withdrawal w where w.affiliate_id = $1 and w.program_id = $2 and w.status in ('requested', 'processing', 'approved') order by w.id`,
    [enrollment.affiliateId, enrollment.programId],
  );
  for (const withdrawal of open) {
    await moveMoney(act, withdrawal, 'rejected');
    await setStatus(act, withdrawal, 'rejected', 'A breach is proven.');
  }
}

async function requestNew(
  act: Act,
  rules: WithdrawalRules,
  request: { externalId: string; amount: bigint | null; hash: Buffer },
): Promise<Outcome<Withdrawal>> {
  const { tx, compiled, enrollment, program, now, by } = act;
  const { affiliateId } = enrollment;
  const unit = compiled.terms.reward.unit;
  await settleThenExpire(tx, program.id, [affiliateId], now);
  const available = await availableAt(tx, program.id, affiliateId, unit, now);
  const counts = await row<{ open: number; paid: number; paying: number }>(
    tx,
    `select count(*) filter (where status in ('requested', 'processing', 'approved'))::int as open, count(*) filter (where status = 'paid')::int as paid,
       (select count(*)::int from customer_place p where p.affiliate_id = $1 and p.program_id = $2 and p.standing > 0) as paying
     from withdrawal where affiliate_id = $1 and program_id = $2`,
    [affiliateId, program.id],
  );
  const { open, paid, paying } = counts ?? { open: 0, paid: 0, paying: 0 };
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
  await rows(
    tx,
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, 'withdrawal', $3, $4, $5)`,
    [sliceOf(request.externalId), program.id, request.externalId, id, request.hash],
  );
  await rows(
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
  if (amount !== null) await takeOut(tx, program.id, outgoing(act, id, unit, 'withdrawal-reserved', 0), available.lots, amount, 'reserved');
  else if (cutOff !== null && rules.claim !== undefined) {
    const lapsing = available.lots.filter((lot) => lot.endsAt !== null && lot.endsAt <= cutOff.at).map((lot) => lot.id);
    if (lapsing.length > 0) await rows(tx, 'select ledger_claim($1, $2::uuid[], $3)', [affiliateId, lapsing, new Date(cutOff.at + 1)]);
  }
  return done((await byId(act, id)) as Withdrawal);
}

function outgoing({ enrollment, now }: Act, causeId: string, unit: string, kind: string, sequence: number): Outgoing {
  return { affiliateId: enrollment.affiliateId, unit, kind, causeId, sequence, at: now };
}

async function byId({ tx, enrollment }: Act, id: string): Promise<Withdrawal | undefined> {
  return row<Withdrawal>(tx, `select ${WITHDRAWAL_COLUMNS} from withdrawal w where w.affiliate_id = $1 and w.id = $2`, [
    enrollment.affiliateId,
    id,
  ]);
}

/** What a decision does to the money: paid leaves, rejected and failed come back. */
async function moveMoney(act: Act, withdrawal: Withdrawal, decision: Decision): Promise<void> {
  const { tx, program } = act;
  const { id, unit, status, amount } = withdrawal;
  const isReserved =
    amount !== null &&
    amount > 0n &&
    (status === 'processing' || status === 'approved' || (status === 'requested' && withdrawal.cutOffAt === null));
  if (decision === 'paid') {
    const posting = { debit: 'reserved', credit: 'clearing', amount: amount as bigint } as const;
    await postEntries(tx, program.id, [{ ...outgoing(act, id, unit, 'withdrawal-paid', 1), postings: [posting], newLot: null }]);
  } else if (decision === 'failed' && status === 'paid') {
    await giveBack(tx, program.id, outgoing(act, id, unit, 'withdrawal-returned', 2), 'clearing');
  } else if (decision !== 'approved' && isReserved) {
    await giveBack(tx, program.id, outgoing(act, id, unit, 'withdrawal-released', 2), 'reserved');
  } else if (decision === 'rejected' && status === 'requested') {
    await giveUpClaims(act);
  }
}

/** Nothing claims any longer what would have lapsed. */
async function giveUpClaims({ tx, enrollment, now }: Act): Promise<void> {
  const claimed = await rows<{ id: string }>(tx, 'select id from lot where affiliate_id = $1 and program_id = $2 and claimed_until > $3', [
    enrollment.affiliateId,
    enrollment.programId,
    new Date(now),
  ]);
  if (claimed.length === 0) return;
  await rows(tx, 'select ledger_claim($1, $2::uuid[], null)', [enrollment.affiliateId, claimed.map((lot) => lot.id)]);
  await settleThenExpire(tx, enrollment.programId, [enrollment.affiliateId], now);
}

async function setStatus(
  { tx, now, by }: Act,
  withdrawal: Withdrawal,
  status: WithdrawalStatus,
  reason: string | null,
): Promise<Withdrawal> {
  const decidedAt = new Date(now);
  noteChange(tx, { before: { status: withdrawal.status }, after: { status } });
  await rows(tx, 'update withdrawal set status = $3, decided_at = $4, decided_by = $5, reason = $6 where affiliate_id = $1 and id = $2', [
    withdrawal.affiliateId,
    withdrawal.id,
    status,
    decidedAt,
    by,
    reason,
  ]);
  return { ...withdrawal, status, decidedAt, decidedBy: by, reason };
}
