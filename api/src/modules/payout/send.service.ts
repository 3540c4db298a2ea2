import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { heldOn } from '../../sanctions/index.ts';
import { noProgram, type Program, programsById } from '../program/index.ts';
import { contradictedOn } from '../withdrawal/index.ts';
import { findBatch, lockBatch } from './batch.service.ts';
import type { PaymentMethods } from './methods/index.ts';
import { BATCH_COLUMNS, PART_COLUMNS, type PayoutBatch, type PayoutPart } from './payout.entity.ts';
import { noBatch, notNow } from './payout.errors.ts';
import type { PayoutBatchInput } from './payout.input.ts';
import { totalsOf } from './payout.loader.ts';
import { askAgain } from './provider.service.ts';
import { hashOfLines } from './seal.ts';
import { sendLines } from './send.ts';

/** Approved batches on their way out. */
export class PayoutSendService {
  private readonly methods: PaymentMethods;

  constructor(methods: PaymentMethods) {
    this.methods = methods;
  }

  /** Sent once, however often it is called. */
  async send(context: Context, input: PayoutBatchInput): Promise<Outcome<PayoutBatch>> {
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const found = await findBatch(context.em, program.id, input.batch);
    if (found === null) return refused(noBatch(input.batch));
    const isSandbox = (await context.services.organizations.find(context.em, program.organizationId)).kind === 'sandbox';
    const now = await context.now();
    const { name: by } = context.viewer;
    const started = await inTransaction<Outcome<PayoutBatch>>(context.em, async (tx) => {
      const batch = await lockBatch(tx, found.id);
      if (batch.status === 'sending' || batch.status === 'sent') return done(batch);
      if (batch.status !== 'approved') return refused(notNow(batch.name, batch.status, 'sent'));
      for (const part of await partsOf(tx, batch.id)) {
        const reason = this.methods.of(part.method).unready({ currency: part.currency, program: program.key, isSandbox });
        if (reason !== null) return refused(userError('INVALID', reason, ['batch']));
      }
      if (!(await hashOfLines(tx, batch.id)).equals(batch.hash as Buffer))
        return refused(userError('CONFLICT', `The lines of ${batch.name} are not what was approved.`, ['batch']));
      const stopped = await whyStopped(tx, batch);
      if (stopped !== null) return refused(stopped);
      await rows(tx, `update payout_batch set status = 'sending', sent_at = $2, sent_by = $3 where id = $1`, [batch.id, new Date(now), by]);
      return done(await lockBatch(tx, batch.id));
    });
    if (started.errors || started.value.status === 'sent') return started;
    await sendLines(context.em, started.value, this.methods, started.value.sentAt?.getTime() ?? now, by);
    return done((await findBatch(context.em, program.id, input.batch)) as PayoutBatch);
  }

  /** Why it could not be sent as things stand, said before anybody freezes it. */
  async whyUnready(context: Context, batch: PayoutBatch): Promise<string[]> {
    if (!['open', 'frozen', 'approved'].includes(batch.status)) return [];
    const { key: program, organizationId } = (await context.load(programsById).load(batch.programId)) as Program;
    const isSandbox = (await context.services.organizations.find(context.em, organizationId)).kind === 'sandbox';
    const collected = (await context.load(totalsOf).load(batch)).filter(({ status }) => status === 'collected');
    const reasons = collected.map(({ method, currency }) => this.methods.of(method).unready({ currency, program, isSandbox }));
    return [...new Set(reasons)].filter((reason) => reason !== null);
  }

  /** Providers are asked at once, under the same ids. */
  async askAgain(context: Context, input: PayoutBatchInput): Promise<Outcome<PayoutBatch>> {
    const batch = await context.services.payoutBatches.find(context, input.program, input.batch);
    if (batch === null) return refused(noBatch(input.batch));
    if (batch.status !== 'sent') return refused(notNow(batch.name, batch.status, 'asked for'));
    await askAgain(context.em, batch.id);
    await context.services.payoutProviders.askAll();
    return done(batch);
  }

  /** Nothing more of it is given to providers that have not accepted it: what staff say of its lines then holds. */
  async stop(context: Context, input: PayoutBatchInput): Promise<Outcome<PayoutBatch>> {
    const batch = await context.services.payoutBatches.find(context, input.program, input.batch);
    if (batch === null) return refused(noBatch(input.batch));
    if (batch.status !== 'sent') return refused(notNow(batch.name, batch.status, 'stopped'));
    const stopped = await context.services.payoutProviders.stop(context.em, batch.id, context.viewer.name);
    if (stopped === null) return refused(userError('CONFLICT', `A provider is being asked just now; try again in two minutes.`, ['batch']));
    return done(batch);
  }

  /** What a crash left half sent. */
  async finishAll(em: EntityManager): Promise<void> {
    const half = await rows<PayoutBatch>(
      em,
      `select ${BATCH_COLUMNS} from payout_batch b where b.status = 'sending' and exists (select from program p where p.id = b.program_id) order by b.id`,
    );
    const failures: unknown[] = [];
    // One that can't be finished keeps no other waiting.
    for (const batch of half)
      await sendLines(em, batch, this.methods, batch.sentAt!.getTime(), batch.sentBy!).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, 'Batches that were left half sent');
  }
}

/** Why nothing of an approved batch may leave by now; null: it may. */
async function whyStopped(tx: Transaction, { id, name }: PayoutBatch): Promise<UserError | null> {
  const found = (await row<{ held: boolean; contradicted: boolean }>(
    tx,
    `select coalesce(bool_or(${heldOn('l')}), false) as held, coalesce(bool_or(${contradictedOn('l')}), false) as contradicted
     from payout_line l where l.batch_id = $1 and l.status = 'collected'`,
    [id],
  )) as { held: boolean; contradicted: boolean };
  if (found.held)
    return userError('UNDER_REVIEW', `An affiliate of ${name} is under review: discard the batch and collect another.`, ['batch']);
  if (!found.contradicted) return null;
  const message = `An affiliate of ${name} has an amount back that is said to be paid: settle that first, or discard the batch and collect another.`;
  return userError('INVALID', message, ['batch']);
}

export function partsOf(em: EntityManager, batchId: string): Promise<PayoutPart[]> {
  return rows<PayoutPart>(em, `select ${PART_COLUMNS} from payout_part p where p.batch_id = $1 order by p.number`, [batchId]);
}
