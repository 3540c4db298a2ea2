import { createHash } from 'node:crypto';
import { FieldReader, LARGEST_AMOUNT } from '@tributary/shared/facts';
import { parseDecimal } from '@tributary/shared/money';
import { expireLots, postEntries, settleDebts } from '../../books/index.ts';
import type { Context } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import type { ApprovalKind } from '../approval/index.ts';
import { noProgram, type Program } from '../program/index.ts';
import type { PostAdjustmentInput } from './correction.input.ts';
import { reversedBy } from './reversal.ts';

interface Adjustment {
  unit: string;
  exponent: number;
  amount: bigint;
  usableFrom: number;
  expiresAt: number | null;
  by: string;
}

export class AdjustmentService {
  /** One above a limit may take a second person. */
  readonly posting: ApprovalKind<PostAdjustmentInput, string> = {
    needs: 'adjustment.post',
    rule: 'adjustment',
    check: async (context, input) => {
      const program = await context.services.programs.find(context, input.program);
      if (program === undefined) return refused(noProgram(input.program));
      const terms = await context.services.intake.termsOf(context.em, program.id, program.organizationId);
      const { reward } = versionAt(terms, await context.now()).compiled.terms;
      const minor = parseDecimal(input.amount, reward.exponent);
      // What is no amount is turned away by posting it, and what is known already moves nothing.
      if (minor === null || (await isKnown(context.em, program.id, input.id))) return done(null);
      const { errors } = await reversedBy(context.em, program, input, minor, reward.exponent);
      if (errors) return refused(...errors);
      return done({ programId: program.id, subject: `adjustment ${input.id}`, amount: { minor, unit: reward.unit } });
    },
    run: (context, input) => this.post(context, input),
  };

  /** An adjustment or bonus: an entry of its own kind with its own lot; a deduction is a debt that earnings settle. */
  async post(context: Context, input: PostAdjustmentInput): Promise<Outcome<string>> {
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const now = await context.now();
    const terms = await context.services.intake.termsOf(context.em, program.id, program.organizationId);
    const { reward } = versionAt(terms, now).compiled.terms;
    const amount = parseDecimal(input.amount, reward.exponent);
    if (amount === null || amount === 0n)
      return refused(
        userError(
          'INVALID',
          `"${input.amount}" is no amount of ${reward.unit} other than zero, with at most ${reward.exponent} decimal places.`,
          ['amount'],
        ),
      );
    if (amount > LARGEST_AMOUNT || amount < -LARGEST_AMOUNT)
      return refused(userError('INVALID', `"${input.amount}" is larger than any amount taken.`, ['amount']));
    if (amount < 0n && input.kind === 'bonus') return refused(userError('INVALID', 'A bonus is above zero.', ['amount']));
    const read = new FieldReader();
    read.id(input.id, ['id']);
    if (input.reason.trim() === '') read.refuse(['reason'], 'An adjustment needs a reason.');
    read.text(input.reason, ['reason'], 1000);
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    const usableFrom = input.usableFrom ?? now;
    const expiresAt = input.expiresAt ?? null;
    if (expiresAt !== null && expiresAt <= usableFrom)
      return refused(userError('INVALID', 'It would end before it can be used.', ['expiresAt']));
    const adjustment = { unit: reward.unit, exponent: reward.exponent, amount, usableFrom, expiresAt };
    return inTransaction(context.em, (tx) => postOnce(tx, program, input, { ...adjustment, by: context.viewer.name }, now));
  }
}

async function isKnown(em: EntityManager, programId: string, externalId: string): Promise<boolean> {
  const text = "select 1 from fact_key where slice = $1 and scope_id = $2 and kind = 'adjustment' and external_id = $3";
  return (await row(em, text, [sliceOf(externalId), programId, externalId])) !== undefined;
}

/** Under the enrollment's lock. The caller's id makes a repeat answer what the first call did. */
async function postOnce(
  tx: Transaction,
  program: Program,
  input: PostAdjustmentInput,
  adjustment: Adjustment,
  now: number,
): Promise<Outcome<string>> {
  const affiliate = await row<{ affiliate_id: string }>(
    tx,
    `select e.affiliate_id from fact_key f join enrollment e on e.affiliate_id = f.fact_id and e.program_id = $4
     where f.slice = $1 and f.scope_id = $2 and f.kind = 'affiliate' and f.external_id = $3 for no key update of e`,
    [sliceOf(input.affiliate), program.organizationId, input.affiliate, program.id],
  );
  if (affiliate === undefined) return refused(userError('NOT_FOUND', `The program has no affiliate "${input.affiliate}".`, ['affiliate']));
  const id = newId();
  const hash = hashOfInput(input, adjustment.amount);
  const { unit, exponent, amount, usableFrom, expiresAt, by } = adjustment;
  if (input.reverses != null && (await isKnown(tx, program.id, input.id))) return known(tx, program, input.id, hash);
  const { value: reverses = null, errors } = await reversedBy(tx, program, input, amount, exponent);
  if (errors) return refused(...errors);
  const claim = await row<{ fact_id: string }>(
    tx,
    `insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, 'adjustment', $3, $4, $5) on conflict do nothing returning fact_id`,
    [sliceOf(input.id), program.id, input.id, id, hash],
  );
  if (claim === undefined) return known(tx, program, input.id, hash);
  const affiliateId = affiliate.affiliate_id;
  await rows(
    tx,
    `insert into adjustment (affiliate_id, id, program_id, external_id, kind, unit, amount, reason, usable_from, expires_at, done_at, done_by, reverses)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      affiliateId,
      id,
      program.id,
      input.id,
      input.kind,
      unit,
      amount,
      input.reason,
      new Date(usableFrom),
      expiresAt === null ? null : new Date(expiresAt),
      new Date(now),
      by,
      reverses,
    ],
  );
  await postEntries(tx, program.id, [
    {
      affiliateId,
      unit,
      kind: input.kind,
      causeId: id,
      sequence: 0,
      at: now,
      postings:
        amount > 0n
          ? [{ debit: 'expense', credit: 'owed', amount, lotId: 'new' }]
          : [{ debit: 'debt', credit: 'expense', amount: -amount }],
      newLot: amount > 0n ? { id: newId(), usableFrom, expiresAt, sourceKind: input.kind, sourceId: id } : null,
    },
  ]);
  await settleDebts(tx, program.id, [affiliateId], now);
  await expireLots(tx, program.id, [affiliateId], now);
  return done(id);
}

async function known(tx: Transaction, program: Program, externalId: string, hash: Buffer): Promise<Outcome<string>> {
  const found = await row<{ fact_id: string; content_hash: Buffer }>(
    tx,
    `select fact_id, content_hash from fact_key where slice = $1 and scope_id = $2 and kind = 'adjustment' and external_id = $3`,
    [sliceOf(externalId), program.id, externalId],
  );
  if (found?.content_hash.equals(hash)) return done(found.fact_id);
  return refused(userError('CONFLICT', `The adjustment "${externalId}" is known with other content.`, ['id']));
}

function hashOfInput({ affiliate, kind, reason, usableFrom, expiresAt, reverses }: PostAdjustmentInput, amount: bigint): Buffer {
  return createHash('sha256')
    .update(
      JSON.stringify([
        affiliate,
        kind,
        amount.toString(),
        reason,
        usableFrom ?? null,
        expiresAt ?? null,
        ...(reverses == null ? [] : [reverses]),
      ]),
    )
    .digest();
}
