import { FieldReader } from '@tributary/shared/facts';
import type { Context, LoaderDefinition } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { hotRows, row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, ruleError, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { sliceOf } from '../../platform/ids.ts';
import { whyHeld } from '../../sanctions/index.ts';
import { type Act, affiliateNeeded, findAffiliateId, noAffiliate, onEnrollment } from '../affiliate/index.ts';
import type { ApprovalKind } from '../approval/index.ts';
import { noteChange } from '../audit/index.ts';
import { Gatherer, type IntakeService } from '../intake/index.ts';
import { narrow, noProgram, type Program } from '../program/index.ts';
import { type Ask, requestAll, roundsOf } from './request.ts';
import { changeWithdrawals, type Decision, mayBecome, noteEvent } from './withdrawal.change.ts';
import { settleContradiction, whyContradicted } from './withdrawal.contradiction.ts';
import { WITHDRAWAL_COLUMNS, type Withdrawal, type WithdrawalEvent } from './withdrawal.entity.ts';
import { noWithdrawal, readReason, readWords } from './withdrawal.errors.ts';
import type {
  DecideWithdrawalInput,
  DecideWithdrawalsInput,
  HoldWithdrawalInput,
  RequestWithdrawalInput,
  WithdrawalArgs,
} from './withdrawal.input.ts';
import { waitsOn } from './withdrawal.status.ts';

/** What became of one of many. */
export interface DecidedWithdrawal {
  readonly index: number;
  readonly withdrawal: Withdrawal | null;
  /** For a second person. */
  readonly waits: boolean;
  readonly userErrors: readonly UserError[];
}

/** Requests in one transaction at most, and transactions of a program at once. */
const MOST_ASKS = 200;
const MOST_IN_FLIGHT = 2;
/** So many requests must wait for a transaction to begin beside another. */
const LEAST_BESIDE = 16;
const MOST_GATHERERS = 2000;

export class WithdrawalService {
  private readonly fork: () => EntityManager;
  private readonly intake: IntakeService;
  private readonly gatherers = new Map<string, Gatherer<Ask, Outcome<Withdrawal> | null>>();

  constructor(fork: () => EntityManager, intake: IntakeService) {
    this.fork = fork;
    this.intake = intake;
  }

  /**
   * A request by the affiliate. Where the terms have a cut-off the amount is fixed there, otherwise it is reserved at once. Requests of a
   * program that come at once share a transaction; those of staff have their own, in which the audit log notes them.
   */
  async request(context: Context, input: RequestWithdrawalInput): Promise<Outcome<Withdrawal>> {
    const read = new FieldReader();
    const id = read.id(input.id, ['id']);
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    const { viewer } = context;
    const program = await context.services.programs.named(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const affiliateId = await findAffiliateId(context, input.affiliate);
    const unknown = input.affiliate == null ? affiliateNeeded() : noAffiliate(input.affiliate);
    if (affiliateId === undefined) return refused(await this.notThere(context, input, unknown));
    const ask: Ask = {
      affiliateId,
      id,
      amount: input.amount ?? null,
      isAffiliate: viewer.kind === 'affiliate',
      isStaff: viewer.kind === 'staff',
      by: viewer.name,
      now: await context.now(),
    };
    const notEnrolled = noAffiliate(input.affiliate ?? '');
    if (viewer.kind === 'staff') {
      const terms = await this.intake.termsOf(context.em, program.id, program.organizationId);
      return inTransaction(context.em, async (tx) => (await requestAll(tx, program, terms, [ask]))[0] ?? refused(notEnrolled));
    }
    const [outcome] = await this.gatherer(program).add([ask]);
    return outcome ?? refused(await this.notThere(context, input, notEnrolled));
  }

  /** Whoever is not in a program may learn of it only if it is open to all. */
  private async notThere(context: Context, { program }: RequestWithdrawalInput, refusal: UserError): Promise<UserError> {
    return (await context.services.programs.find(context, program)) === undefined ? noProgram(program) : refusal;
  }

  private gatherer(program: Program): Gatherer<Ask, Outcome<Withdrawal> | null> {
    let gatherer = this.gatherers.get(program.id);
    if (gatherer === undefined) {
      if (this.gatherers.size >= MOST_GATHERERS) for (const [id, other] of this.gatherers) if (other.isIdle) this.gatherers.delete(id);
      gatherer = new Gatherer({
        mostItems: MOST_ASKS,
        mostInFlight: MOST_IN_FLIGHT,
        leastBeside: LEAST_BESIDE,
        run: (asks) => this.runAll(program, asks),
      });
      this.gatherers.set(program.id, gatherer);
    }
    return gatherer;
  }

  /** A round that was done before one that fails is found done when it is tried again. */
  private async runAll(program: Program, asks: readonly Ask[]): Promise<(Outcome<Withdrawal> | null)[]> {
    const em = this.fork();
    const terms = await this.intake.termsOf(em, program.id, program.organizationId);
    const outcomes = new Map<Ask, Outcome<Withdrawal> | null>();
    for (const round of roundsOf(asks)) {
      const found = await inTransaction(em, (tx) => requestAll(tx, program, terms, round), { keepsPlans: true });
      for (const [index, ask] of round.entries()) outcomes.set(ask, found[index] as Outcome<Withdrawal> | null);
    }
    return asks.map((ask) => outcomes.get(ask) as Outcome<Withdrawal> | null);
  }

  /** Approving one above a limit may take a second person. */
  readonly approving: ApprovalKind<DecideWithdrawalInput, Withdrawal> = {
    needs: 'withdrawal.decide',
    rule: 'withdrawal',
    check: async (context, input) => {
      const found = await this.find(context, input.program, input.withdrawal);
      if (found === null || found.amount === null || !mayBecome(found.status, 'approved')) return done(null);
      const { programId, amount: minor, unit, externalId } = found;
      return done({ programId, subject: `withdrawal ${externalId}`, amount: { minor, unit } });
    },
    run: (context, input) => this.decide(context, input, 'approved'),
  };

  /** Staff decide about one, or say what became of its payment. */
  decide(context: Context, input: DecideWithdrawalInput, decision: Decision): Promise<Outcome<Withdrawal>> {
    const reason = readReason(input.reason);
    if (reason.errors) return Promise.resolve(reason);
    return this.act(context, input, async (act, withdrawal) => {
      if (withdrawal.status === decision) return done(withdrawal);
      const refusal = (await turnedAway(act, withdrawal, decision)) ?? null;
      if (refusal !== null) return refused(refusal);
      noteChange(act.tx, { before: { status: withdrawal.status }, after: { status: decision } });
      const [changed] = await changeWithdrawals(changing(act), [{ withdrawal, to: decision, reason: reason.value }]);
      return done(changed as Withdrawal);
    });
  }

  /** Many at once, each for itself: what is turned away of them is said one by one. */
  async decideAll(context: Context, input: DecideWithdrawalsInput, decision: 'approved' | 'rejected'): Promise<DecidedWithdrawal[]> {
    const results: DecidedWithdrawal[] = [];
    for (const [index, withdrawal] of input.withdrawals.entries()) {
      const one = { program: input.program, withdrawal, reason: input.reason ?? null };
      const decided = decision === 'approved' ? await this.approveOne(context, one) : await this.decide(context, one, decision);
      const userErrors = (decided.errors ?? []).map((error) => ({
        ...error,
        path: error.path[0] === 'withdrawal' ? ['withdrawals', String(index)] : error.path,
      }));
      results.push({ index, withdrawal: decided.value ?? null, waits: decided.value === null, userErrors });
    }
    return results;
  }

  /** Null: it waits for a second person. */
  private async approveOne(context: Context, input: DecideWithdrawalInput): Promise<Outcome<Withdrawal | null>> {
    const { value, userErrors } = await context.services.approvals.through<Withdrawal>(context, 'approveWithdrawal', input);
    return userErrors.length > 0 ? refused(...userErrors) : done(value);
  }

  /** Puts a withdrawal on hold, or takes it off again. */
  hold(context: Context, input: HoldWithdrawalInput | DecideWithdrawalInput, isHeld: boolean): Promise<Outcome<Withdrawal>> {
    const reason = readReason(input.reason, isHeld);
    if (reason.errors) return Promise.resolve(reason);
    const message = readWords('message' in input ? input.message : null);
    if (message.errors) return Promise.resolve(message);
    return this.act(context, input, async (act, withdrawal) => {
      if ((withdrawal.heldAt !== null) === isHeld) return done(withdrawal);
      if (isHeld && !['requested', 'processing', 'approved'].includes(withdrawal.status))
        return refused(userError('INVALID', `A withdrawal that is ${withdrawal.status} cannot be held.`, ['withdrawal']));
      if (isHeld && (await batchOf(act, withdrawal)) !== undefined)
        return refused(userError('INVALID', 'It is in a payout batch already; reject it there, or discard the batch.', ['withdrawal']));
      const heldAt = isHeld ? new Date(act.now) : null;
      const hold = { heldAt, heldReason: isHeld ? reason.value : null, heldMessage: isHeld ? message.value : null };
      await rows(
        act.tx,
        'update withdrawal set held_at = $3, held_by = $4, held_reason = $5, held_message = $6 where affiliate_id = $1 and id = $2',
        [withdrawal.affiliateId, withdrawal.id, heldAt, isHeld ? act.by : null, hold.heldReason, hold.heldMessage],
      );
      await noteEvent(changing(act), { ...withdrawal, ...hold }, isHeld ? 'held' : 'released', reason.value);
      return done({ ...withdrawal, ...hold });
    });
  }

  /** What was said of a payment and could not be so is seen to. */
  settle(context: Context, input: DecideWithdrawalInput): Promise<Outcome<Withdrawal>> {
    const reason = readReason(input.reason, true);
    if (reason.errors) return Promise.resolve(reason);
    return this.act(context, input, async (act, withdrawal) => {
      if (withdrawal.contradictedAt === null)
        return refused(userError('INVALID', 'Nothing that is said of its payment contradicts it.', ['withdrawal']));
      noteChange(act.tx, { before: { contradicted: true }, after: { contradicted: false } });
      return done(await settleContradiction(changing(act), withdrawal, reason.value));
    });
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

  /** The newest first. */
  async list(
    context: Context,
    { statuses, batch, held, contradicted, waiting, ...args }: WithdrawalArgs,
    page: Page,
  ): Promise<Connection<Withdrawal>> {
    const list = new List({ select: WITHDRAWAL_COLUMNS, from: 'withdrawal w', sort: [['w.id', 'uuid']], descending: true });
    await narrow(context, list, 'w', args);
    if (statuses != null) list.where('w.status = any(?::text[])', statuses);
    if (batch != null) list.where('w.batch = ?', batch);
    if (held != null) list.where(held ? 'w.held_at is not null' : 'w.held_at is null');
    if (waiting != null) list.where(`${waiting ? '' : 'not '}(${waitsOn('w')})`);
    // Whose withdrawals they are does not see which: to them none is.
    if (contradicted != null && context.viewer.kind === 'affiliate') list.where(contradicted ? 'false' : 'true');
    else if (contradicted != null) list.where(contradicted ? 'w.contradicted_at is not null' : 'w.contradicted_at is null');
    return list.read<Withdrawal, Withdrawal>(context.em, page, { cursor: ({ id }) => [id], node: (withdrawal) => withdrawal });
  }

  private async act(
    context: Context,
    input: { program: string; withdrawal: string },
    work: (act: Act, withdrawal: Withdrawal) => Promise<Outcome<Withdrawal>>,
  ): Promise<Outcome<Withdrawal>> {
    const found = await this.find(context, input.program, input.withdrawal);
    if (found === null) return refused(noWithdrawal(input.withdrawal));
    const affiliate = await row<{ external_id: string }>(context.em, 'select external_id from affiliate where id = $1', [
      found.affiliateId,
    ]);
    return onEnrollment(context, { program: input.program, affiliate: affiliate?.external_id ?? null }, async (act) =>
      work(act, (await byId(act, found.id)) as Withdrawal),
    );
  }
}

/** Why a decision is turned away; undefined: it is not. */
async function turnedAway(act: Act, withdrawal: Withdrawal, decision: Decision): Promise<UserError | undefined> {
  // What the cut-off has not taken yet is not reviewed yet (reading 21), also when later terms have none.
  if (decision === 'approved' && withdrawal.status === 'requested' && withdrawal.cutOffAt !== null) {
    const message = `It is reviewed after the cut-off at ${withdrawal.cutOffAt.toISOString()}.`;
    const rule = act.compiled.terms.withdrawal?.cutOff?.id;
    return rule === undefined ? userError('INVALID', message, ['withdrawal']) : ruleError(rule, message, ['withdrawal']);
  }
  if (!mayBecome(withdrawal.status, decision))
    return userError('INVALID', `A withdrawal that is ${withdrawal.status} cannot become ${decision}.`, ['withdrawal']);
  const held = decision === 'approved' || decision === 'paid' ? await whyHeld(act.tx, withdrawal.affiliateId) : null;
  if (held !== null) return held;
  if ((decision === 'approved' || decision === 'paid') && withdrawal.heldAt !== null)
    return userError('INVALID', `It is on hold: ${withdrawal.heldReason}`, ['withdrawal']);
  const contradicted = decision === 'approved' || decision === 'paid' ? await whyContradicted(act.tx, withdrawal) : null;
  if (contradicted !== null) return contradicted;
  // What has left is marked where it is known whether whoever pays it has still a word to say.
  if (!['approved', 'sent', 'unknown'].includes(withdrawal.status)) return undefined;
  const batch = decision === 'rejected' ? undefined : await batchOf(act, withdrawal);
  return batch === undefined
    ? undefined
    : userError('CONFLICT', `The payout batch ${batch} pays it; say there what became of it.`, ['withdrawal']);
}

/** The batch that has taken it. */
async function batchOf({ tx }: Act, { affiliateId, id }: Withdrawal): Promise<string | undefined> {
  const found = await row<{ name: string }>(
    tx,
    `select b.name from payout_line l join payout_batch b on b.id = l.batch_id
     where l.affiliate_id = $1 and l.withdrawal_id = $2 and l.status not in ('deferred', 'dropped')`,
    [affiliateId, id],
  );
  return found?.name;
}

/** Open requests of an affiliate are undone when a breach is proven (reading 19). What has been sent can't be called back. */
export async function undoOpenWithdrawals(act: Act): Promise<void> {
  const { tx, enrollment } = act;
  const open = await rows<Withdrawal>(
    tx,
    `select ${WITHDRAWAL_COLUMNS} from withdrawal w where w.affiliate_id = $1 and w.program_id = $2 and w.status in ('requested', 'processing', 'approved') order by w.id`,
    [enrollment.affiliateId, enrollment.programId],
  );
  const changes = open.map((withdrawal) => ({ withdrawal, to: 'rejected' as const, reason: 'A breach is proven.' }));
  await changeWithdrawals(changing(act), changes);
}

/** What staff note of it for each other: that affiliates have not to read. */
const FOR_STAFF = ['contradicted', 'settled'];

/** The steps that whose withdrawal it is sees; why it is held is for staff. */
export function eventsForAffiliate(events: readonly WithdrawalEvent[]): WithdrawalEvent[] {
  return events
    .filter(({ kind }) => !FOR_STAFF.includes(kind))
    .map((event) => (event.kind === 'held' || event.kind === 'released' ? { ...event, reason: null } : event));
}

/** The steps of withdrawals, the oldest first. */
export const eventsOf: LoaderDefinition<Pick<Withdrawal, 'affiliateId' | 'id'>, WithdrawalEvent[]> = {
  keyOf: ({ id }) => id,
  async read({ em }, withdrawals) {
    const found = await rows<WithdrawalEvent>(
      em,
      `select e.withdrawal_id as "withdrawalId", e.kind, e.reason, e.happened_at as "happenedAt", e.done_by as by
       from unnest($1::uuid[], $2::uuid[]) as k (affiliate_id, id) join withdrawal_event e on e.affiliate_id = k.affiliate_id and e.withdrawal_id = k.id order by e.id`,
      [withdrawals.map(({ affiliateId }) => affiliateId), withdrawals.map(({ id }) => id)],
    );
    const groups = Map.groupBy(found, ({ withdrawalId }) => withdrawalId);
    return withdrawals.map(({ id }) => groups.get(id) ?? []);
  },
};

const changing = ({ tx, program, now, by }: Act) => ({ tx, programId: program.id, now, by });

async function byId({ tx, enrollment }: Act, id: string): Promise<Withdrawal | undefined> {
  const text = `select ${WITHDRAWAL_COLUMNS} from withdrawal w where w.affiliate_id = $1 and w.id = $2`;
  return (await hotRows<Withdrawal>(tx, text, [enrollment.affiliateId, id]))[0];
}
