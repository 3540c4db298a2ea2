import { FieldReader } from '@tributary/shared/facts';
import { cutOffOf } from '@tributary/shared/payout';
import type { CompiledTerms } from '@tributary/shared/terms';
import type { Context } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { actorOf, ruleFor } from '../approval/index.ts';
import { narrow, noProgram, type Program } from '../program/index.ts';
import { collectLines, noteFilled } from './collect.ts';
import type { PaymentMethods } from './methods/index.ts';
import { BATCH_COLUMNS, LINE_COLUMNS, type PayoutBatch, type PayoutLine } from './payout.entity.ts';
import { noBatch, notNow } from './payout.errors.ts';
import type {
  ApprovePayoutBatchInput,
  DiscardPayoutBatchInput,
  PayoutBatchArgs,
  PayoutBatchInput,
  PayoutLineArgs,
} from './payout.input.ts';
import { countCollected, divideIntoParts, hashOfLines } from './seal.ts';

/** What an act on a batch works with: its row is locked. */
interface OnBatch {
  readonly tx: Transaction;
  readonly batch: PayoutBatch;
  readonly program: Program;
  readonly now: Date;
}

/** Batches until they are sent: collected, frozen, approved by a second person, or discarded. */
export class PayoutBatchService {
  private readonly methods: PaymentMethods;

  constructor(methods: PaymentMethods) {
    this.methods = methods;
  }

  /** Opens the batch of that name where there is none, and looks at every withdrawal: taken, or deferred with the reason. */
  async collect(context: Context, input: PayoutBatchInput): Promise<Outcome<PayoutBatch>> {
    const read = new FieldReader();
    const name = read.id(input.batch, ['batch']);
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const terms = await context.services.intake.termsOf(context.em, program.id, program.organizationId);
    const now = await context.now();
    const { compiled } = versionAt(terms, now);
    const wrong = wrongBatch(compiled, name, now);
    if (wrong !== null) return refused(wrong);
    await openBatch(context.em, program.id, name, now, context.viewer.name);
    const batch = (await this.find(context, input.program, name)) as PayoutBatch;
    if (batch.status !== 'open') return refused(notNow(name, batch.status, 'filled'));
    await collectLines(context.em, batch, compiled, now, this.methods.linesAtOnce);
    await noteFilled(context.em, batch.id, now);
    return done((await this.find(context, input.program, name)) as PayoutBatch);
  }

  /** From now on nothing of it changes: what is frozen is hashed, and divided into parts. */
  freeze(context: Context, input: PayoutBatchInput): Promise<Outcome<PayoutBatch>> {
    return this.act(context, input, async ({ tx, batch, now }) => {
      if (batch.status === 'frozen') return done(batch);
      if (batch.status !== 'open') return refused(notNow(batch.name, batch.status, 'frozen'));
      if ((await countCollected(tx, batch.id)) === 0)
        return refused(userError('INVALID', `The payout batch ${batch.name} has nothing to pay.`, ['batch']));
      await divideIntoParts(tx, batch, this.methods);
      const { isOn: twoPeople } = await ruleFor(tx, context.viewer.organizationId, batch.programId, 'batch');
      await rows(
        tx,
        `update payout_batch set status = 'frozen', frozen_at = $2, frozen_by = $3, frozen_actor = $4, hash = $5, two_people = $6 where id = $1`,
        [batch.id, now, context.viewer.name, actorOf(context), await hashOfLines(tx, batch.id), twoPeople],
      );
      return done(await lockBatch(tx, batch.id));
    });
  }

  /** Somebody else than who froze it says that it may be paid, and names what they have seen by its hash. */
  approve(context: Context, input: ApprovePayoutBatchInput): Promise<Outcome<PayoutBatch>> {
    return this.act(context, input, async ({ tx, batch, now }) => {
      const seen = input.hash.toLowerCase();
      if (['approved', 'sending', 'sent'].includes(batch.status) && seen === batch.hash?.toString('hex')) return done(batch);
      if (batch.status !== 'frozen') return refused(notNow(batch.name, batch.status, 'approved'));
      if (seen !== batch.hash?.toString('hex'))
        return refused(userError('CONFLICT', 'The hash is not that of the frozen batch: look at it again.', ['hash']));
      const actor = actorOf(context);
      if (batch.twoPeople && actor === batch.frozenActor)
        return refused(userError('INVALID', `${batch.frozenBy} froze it: somebody else approves it.`, ['batch']));
      if (!(await hashOfLines(tx, batch.id)).equals(batch.hash as Buffer))
        return refused(userError('CONFLICT', `The lines of ${batch.name} are not what was frozen.`, ['batch']));
      await rows(tx, `update payout_batch set status = 'approved', approved_at = $2, approved_by = $3, approved_actor = $4 where id = $1`, [
        batch.id,
        now,
        context.viewer.name,
        actor,
      ]);
      return done(await lockBatch(tx, batch.id));
    });
  }

  /** Before it is sent: its withdrawals stay approved, and another batch may take them. */
  discard(context: Context, input: DiscardPayoutBatchInput): Promise<Outcome<PayoutBatch>> {
    const read = new FieldReader();
    const reason = read.text(input.reason, ['reason'], 1000)?.trim() ?? '';
    if (reason === '') read.refuse(['reason'], 'Say why.');
    if (read.refusal !== null) return Promise.resolve(refused(userError('INVALID', read.refusal.message, read.refusal.path)));
    return this.act(context, input, async ({ tx, batch, now }) => {
      if (!['open', 'frozen', 'approved'].includes(batch.status)) return refused(notNow(batch.name, batch.status, 'discarded'));
      await rows(
        tx,
        `update payout_line set status = 'dropped', reason = $2, changed_at = $3 where batch_id = $1 and status = 'collected'`,
        [batch.id, 'The batch was discarded.', now],
      );
      await rows(tx, `update payout_batch set status = 'discarded', reason = $2 where id = $1`, [batch.id, reason]);
      return done(await lockBatch(tx, batch.id));
    });
  }

  /** Null: there is none. Of several of a name, all but one are discarded. */
  async find(context: Context, programKey: string, name: string): Promise<PayoutBatch | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    return findBatch(context.em, program.id, name);
  }

  /** The newest first. */
  async list(context: Context, { statuses, ...args }: PayoutBatchArgs, page: Page): Promise<Connection<PayoutBatch>> {
    const list = new List({ select: BATCH_COLUMNS, from: 'payout_batch b', sort: [['b.id', 'uuid']], descending: true });
    await narrow(context, list, 'b', args);
    if (statuses != null) list.where('b.status = any(?::text[])', statuses);
    return list.read<PayoutBatch, PayoutBatch>(context.em, page, { cursor: ({ id }) => [id], node: (batch) => batch });
  }

  /** In the order in which they were collected. */
  lines(context: Context, batch: PayoutBatch, { statuses, method }: PayoutLineArgs, page: Page): Promise<Connection<PayoutLine>> {
    const list = new List({ select: LINE_COLUMNS, from: 'payout_line l', sort: [['l.id', 'uuid']] });
    list.where('l.batch_id = ?', batch.id);
    if (statuses != null) list.where('l.status = any(?::text[])', statuses);
    if (method != null) list.where('l.method = ?', method);
    return list.read<PayoutLine, PayoutLine>(context.em, page, { cursor: ({ id }) => [id], node: (line) => line });
  }

  private async act(
    context: Context,
    input: PayoutBatchInput,
    work: (on: OnBatch) => Promise<Outcome<PayoutBatch>>,
  ): Promise<Outcome<PayoutBatch>> {
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const found = await findBatch(context.em, program.id, input.batch);
    if (found === null) return refused(noBatch(input.batch));
    const now = new Date(await context.now());
    return inTransaction(context.em, async (tx) => work({ tx, program, now, batch: await lockBatch(tx, found.id) }));
  }
}

/** Why no batch of that name is filled now; null: it may be. What a cut-off takes is reviewed and paid after it (BS-09). */
function wrongBatch({ terms, calendar }: CompiledTerms, name: string, now: number): UserError | null {
  if (terms.withdrawal === undefined) return userError('INVALID', 'The program pays nothing out.', ['program']);
  const { cutOff } = terms.withdrawal;
  if (cutOff === undefined) return null;
  const at = cutOffOf(calendar, cutOff.dayOfMonth, name);
  if (at === null) return userError('INVALID', 'A batch is named by year and month of its cut-off, such as 2026-03.', ['batch']);
  return at <= now ? null : ruleError(cutOff.id, `The cut-off of ${name} is at ${new Date(at).toISOString()}.`, ['batch']);
}

/** Of several processes that open it at once, one does. */
export async function openBatch(em: EntityManager, programId: string, name: string, now: number, by: string): Promise<void> {
  await rows(
    em,
    `insert into payout_batch (id, program_id, name, status, opened_at, opened_by) values ($1, $2, $3, 'open', $4, $5)
     on conflict (program_id, name) where status <> 'discarded' do nothing`,
    [newId(), programId, name, new Date(now), by],
  );
}

export async function lockBatch(tx: Transaction, id: string): Promise<PayoutBatch> {
  return (await row<PayoutBatch>(tx, `select ${BATCH_COLUMNS} from payout_batch b where b.id = $1 for update`, [id])) as PayoutBatch;
}

export async function findBatch(em: EntityManager, programId: string, name: string): Promise<PayoutBatch | null> {
  const text = `select ${BATCH_COLUMNS} from payout_batch b where b.program_id = $1 and b.name = $2 order by (b.status = 'discarded'), b.id desc limit 1`;
  return (await row<PayoutBatch>(em, text, [programId, name])) ?? null;
}
