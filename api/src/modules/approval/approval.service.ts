import { holdsEverywhere, holdsIn, programsWith } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction, withEveryCommit } from '../../platform/database/transaction.ts';
import { withAccess } from '../../platform/graphql/access.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, isDone, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import { APPROVAL_COLUMNS, type Approval, type ApprovalStatus } from './approval.entity.ts';
import type { ApprovalKind, Demand } from './kinds.ts';
import { actorOf, needsSecondPerson } from './rule.ts';

export interface Through<T> {
  readonly value: T | null;
  /** What waits for a second person now. */
  readonly approval: Approval | null;
  readonly userErrors: UserError[];
}

interface ApprovalFilter {
  readonly id?: string | null;
  readonly program?: string | null;
  readonly status?: ApprovalStatus | null;
}

/** Somebody else decided it meanwhile. */
class DecidedMeanwhile extends Error {}

/** Acts that need a second member of staff. */
export class ApprovalService {
  private readonly kinds = new Map<string, ApprovalKind<never>>();

  /** Makes an act one that may need a second person. `name`: the mutation's. */
  register<I, T>(name: string, kind: ApprovalKind<I, T>): this {
    this.kinds.set(name, kind as ApprovalKind<never>);
    return this;
  }

  /** Does the act, or has it wait for a second person where the rules say so. */
  async through<T>(context: Context, name: string, input: object): Promise<Through<T>> {
    const kind = this.kinds.get(name) as ApprovalKind<object, T> | undefined;
    if (!kind) throw new Error(`Nobody said of ${name} how it is approved`);
    const checked = await kind.check(context, input);
    if (checked.errors) return { value: null, approval: null, userErrors: checked.errors };
    const demand = checked.value;
    const waits = demand !== null && (demand.always || (kind.rule !== undefined && (await needsSecondPerson(context, kind.rule, demand))));
    const outcome: Outcome<T | Approval> = waits ? await this.request(context, name, demand, input) : await kind.run(context, input);
    if (outcome.errors) return { value: null, approval: null, userErrors: outcome.errors };
    if (waits) return { value: null, approval: outcome.value as Approval, userErrors: [] };
    return { value: outcome.value as T, approval: null, userErrors: [] };
  }

  /** A second person says yes: the act is done now, by the rules of now, in the transaction that says so. */
  async approve(context: Context, id: string, reason: string | null): Promise<Outcome<Approval>> {
    const found = await this.find(context, id);
    if (found === undefined) return noApproval();
    if (found.status !== 'requested') return notWaiting(found);
    if (found.requestedActor === actorOf(context)) {
      return refused(userError('INVALID', 'Whoever asked for it cannot approve it: it takes two', ['approval']));
    }
    const kind = this.kinds.get(found.kind)! as ApprovalKind<object>;
    const now = await context.now();
    let decidedIn: object | undefined;
    const stop = withEveryCommit(context.em, async (tx, value, call) => {
      if (!isDone(value) || (decidedIn !== undefined && decidedIn !== call)) return;
      decidedIn = call;
      if (!(await this.decide(tx, context, id, 'approved', reason, now))) throw new DecidedMeanwhile();
    });
    let outcome: Outcome<unknown>;
    try {
      outcome = await kind.run(withAccess(context, [kind.needs]), found.input);
    } catch (error) {
      if (!(error instanceof DecidedMeanwhile)) throw error;
      return notWaiting((await this.find(context, id))!);
    } finally {
      stop();
    }
    if (outcome.errors) {
      const why = outcome.errors
        .map(({ message }) => message)
        .join(' ')
        .slice(0, 500);
      await inTransaction(context.em, (tx) => this.decide(tx, context, id, 'lapsed', why, now));
      return refused(...outcome.errors.map((error) => ({ ...error, path: ['approval'] })));
    }
    return done((await this.find(context, id))!);
  }

  /** A second person says no; or whoever asked takes it back. */
  async turnDown(context: Context, id: string, status: 'refused' | 'withdrawn', reason: string | null): Promise<Outcome<Approval>> {
    const found = await this.find(context, id);
    if (found === undefined) return noApproval();
    if (found.status === status) return done(found);
    const isOwn = found.requestedActor === actorOf(context);
    if (status === 'withdrawn' && !isOwn) return refused(userError('INVALID', 'Only whoever asked for it takes it back', ['approval']));
    const now = await context.now();
    return inTransaction<Outcome<Approval>>(context.em, async (tx) => {
      const decided = await this.decide(tx, context, id, status, reason, now);
      return decided ? done(decided) : notWaiting(found);
    });
  }

  /** The last asked first: those about which the viewer could decide. */
  list(context: Context, filter: ApprovalFilter, page: Page): Promise<Connection<Approval>> {
    const list = new List({ select: APPROVAL_COLUMNS, from: 'approval p', sort: [['p.id', 'uuid']], descending: true });
    list.where('p.organization_id = ?', context.viewer.organizationId);
    const conditions: string[] = ['false'];
    const values: (string | string[] | null)[] = [];
    for (const [name, { needs }] of this.kinds) {
      conditions.push('(p.kind = ? and (?::uuid[] is null or p.program_id = any(?)))');
      const programs = programsWith(context.viewer.grants, [needs]) ?? null;
      values.push(name, programs, programs);
    }
    list.where(conditions.join(' or '), ...values);
    if (filter.program != null)
      list.where('p.program_id = (select id from program where organization_id = p.organization_id and key = ?)', filter.program);
    if (filter.status != null) list.where('p.status = ?', filter.status);
    list.whereId('p.id', filter.id);
    return list.read<Approval, Approval>(context.em, page, { cursor: ({ id }) => [id], node: (approval) => approval });
  }

  /** Undefined: there is none, or not one about which the viewer may decide. */
  private async find({ em, viewer }: Context, id: string): Promise<Approval | undefined> {
    if (!isId(id)) return undefined;
    const text = `select ${APPROVAL_COLUMNS} from approval p where p.id = $1 and p.organization_id = $2`;
    const found = await row<Approval>(em, text, [id, viewer.organizationId]);
    const needs = found && this.kinds.get(found.kind)?.needs;
    if (!needs) return undefined;
    const may = found.programId === null ? holdsEverywhere(viewer.grants, [needs]) : holdsIn(viewer.grants, [needs], found.programId);
    return may ? found : undefined;
  }

  private async request(context: Context, kind: string, demand: Demand, input: object): Promise<Outcome<Approval>> {
    const { viewer } = context;
    const now = await context.now();
    return inTransaction<Outcome<Approval>>(context.em, async (tx) => {
      const text = JSON.stringify(input);
      const key = [viewer.organizationId, demand.programId, kind, demand.subject];
      await rows(
        tx,
        `insert into approval (id, organization_id, program_id, kind, subject, input, requested_at, requested_by, requested_actor, status)
         values ($6, $1, $2, $3, $4, $5, $7, $8, $9, 'requested') on conflict (organization_id, program_id, kind, subject) where status = 'requested' do nothing`,
        [...key, text, newId(), new Date(now), viewer.name, actorOf(context)],
      );
      const select = `select ${APPROVAL_COLUMNS} from approval p
        where p.organization_id = $1 and p.program_id is not distinct from $2 and p.kind = $3 and p.subject = $4 and p.status = 'requested'`;
      const waiting = await row<Approval>(tx, select, key);
      // The same again answers the same; another must wait until the first is decided.
      if (waiting && JSON.stringify(waiting.input) === text) return done(waiting);
      return refused(userError('CONFLICT', `Something else waits for approval already: ${demand.subject}`));
    });
  }

  private decide(
    tx: Transaction,
    context: Context,
    id: string,
    status: ApprovalStatus,
    reason: string | null,
    now: number,
  ): Promise<Approval | undefined> {
    return row<Approval>(
      tx,
      `update approval p set status = $2, decided_at = $3, decided_by = $4, decided_actor = $5, reason = $6
       where p.id = $1 and p.status = 'requested' returning ${APPROVAL_COLUMNS}`,
      [id, status, new Date(now), context.viewer.name, actorOf(context), reason],
    );
  }
}

const noApproval = () => refused(userError('NOT_FOUND', 'There is no such request for approval', ['approval']));
const notWaiting = ({ status }: Approval) => refused(userError('CONFLICT', `It waits no longer: it is ${status}`, ['approval']));
