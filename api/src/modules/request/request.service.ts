import { isDecided, type RequestAct, type RequestKind, requestKindsOf } from '@tributary/shared/people';
import { holdsIn } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { forbidden } from '../../platform/graphql/errors.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId, sliceOf } from '../../platform/ids.ts';
import type { Outbox } from '../../platform/mail/outbox.ts';
import { type Act, onEnrollment, readText } from '../affiliate/index.ts';
import { actorOf } from '../approval/index.ts';
import { noteChange } from '../audit/index.ts';
import type { Case } from '../compliance/index.ts';
import { findAssignee } from '../grant/index.ts';
import { narrow, noProgram, type Program, versionAt } from '../program/index.ts';
import { KINDS } from './kinds/index.ts';
import { mailAbout } from './mail-about.ts';
import { LONGEST_TEXT, openNamed, readWish } from './open.ts';
import { REQUEST_COLUMNS, type Request } from './request.entity.ts';
import { closed, noRequest } from './request.errors.ts';
import type { AssignRequestInput, OpenRequestInput, RequestArgs, RequestInput, SetRequestKindsInput } from './request.input.ts';
import { chosenKinds, MOST_MESSAGES } from './request.loader.ts';
import { assign, insertRequest, move, type NewRequest, requestById, requestByRef, say } from './store.ts';

type Found = Request & { affiliate: string };

/** What affiliates ask of staff: one inbox, whatever it is about. */
export class RequestService {
  private readonly outbox: Outbox;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  async open(context: Context, input: OpenRequestInput): Promise<Outcome<Request>> {
    const wish = readWish(input);
    if ('code' in wish) return refused(userError('INVALID', wish.message, wish.path));
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    // Before the transaction: whoever holds a connection never waits for another.
    const chosen = await context.load(chosenKinds).load(program.id);
    return onEnrollment(context, input, (act) => openNamed(act, input, wish, chosen));
  }

  /** Of the affiliate: it is the turn of staff again. Of staff: a word between, by mail too. */
  reply(context: Context, input: RequestInput & { text: string }): Promise<Outcome<Request>> {
    return this.moved(context, input, context.viewer.kind === 'affiliate' ? 'reply' : 'write', input.text);
  }

  /** For staff only. */
  note(context: Context, input: RequestInput & { text: string }): Promise<Outcome<Request>> {
    const text = readText(input.text, 'text', LONGEST_TEXT);
    if (typeof text !== 'string') return Promise.resolve(refused(text));
    return this.on(context, input, async (act, request) => {
      if (request.closedAt === null && (await isFull(act, request))) return refused(full());
      return done(await say(act, request, { kind: 'note', side: 'staff', text }));
    });
  }

  ask(context: Context, input: RequestInput & { text: string }): Promise<Outcome<Request>> {
    return this.moved(context, input, 'ask', input.text);
  }

  /** Settles in words what has no consequence but them. */
  answer(context: Context, input: RequestInput & { text: string }): Promise<Outcome<Request>> {
    return this.moved(context, input, 'answer', input.text);
  }

  /** With all that follows from it, or not at all. Once more changes nothing. */
  grant(context: Context, input: RequestInput & { text?: string | null }): Promise<Outcome<Request>> {
    return this.moved(context, input, 'grant', input.text ?? null);
  }

  refuse(context: Context, input: RequestInput & { reason: string }): Promise<Outcome<Request>> {
    return this.moved(context, input, 'refuse', input.reason, 'reason');
  }

  withdraw(context: Context, input: RequestInput): Promise<Outcome<Request>> {
    return this.moved(context, input, 'withdraw', null);
  }

  /** Hands it to a member of staff, or to whoever calls. */
  assign(context: Context, input: AssignRequestInput): Promise<Outcome<Request>> {
    return this.on(context, input, async (act, request) => {
      const own = { id: actorOf(context), name: context.viewer.name };
      const to = input.member == null ? own : await findAssignee(act.tx, act.program, input.member, 'request.answer');
      if (to === undefined)
        return refused(userError('NOT_FOUND', 'No member of staff of this id may answer requests of the program.', ['member']));
      if (request.closedAt !== null) return closed(request.state);
      return done(request.assigneeId === to.id ? request : await assign(act, request, to));
    });
  }

  unassign(context: Context, input: RequestInput): Promise<Outcome<Request>> {
    return this.on(context, input, async (act, request) => {
      if (request.assigneeId === null) return done(request);
      return request.closedAt === null ? done(await assign(act, request, null)) : closed(request.state);
    });
  }

  /** Within another act that is a request as well: it stands in the inbox, too. Once more changes nothing. */
  async began(act: Act, request: Omit<NewRequest, 'details'> & { refId: string }): Promise<void> {
    if ((await requestByRef(act, request.refId)) !== undefined) return;
    const externalId = `${request.kind}-${request.refId}`;
    await insertRequest(act, { ...request, details: null }, { id: newId(), externalId, hash: null, text: null });
  }

  /** Within another act that settles what a request stands for. */
  async ended(act: Act, refId: string, by: 'grant' | 'refuse', reason: string | null): Promise<void> {
    const request = await requestByRef(act, refId);
    const moved = request && (await move(act, request, by, reason));
    if (moved) await mailAbout(act, this.outbox, moved, reason);
  }

  /**
   * Within an act of staff on a case: asks the affiliate, in the thread of the request that the first question opens. Why that cannot be
   * done, or null: it is.
   */
  async askAbout(act: Act, about: Pick<Case, 'id' | 'rule' | 'assigneeId' | 'assignee'>, text: string): Promise<UserError | null> {
    const known = await requestByRef(act, about.id);
    if (known !== undefined && (await isFull(act, known))) return full();
    const asked =
      known === undefined
        ? await insertRequest(
            act,
            { kind: 'case', subject: about.rule, refId: about.id, details: null },
            { id: newId(), externalId: `case-${about.id}`, hash: null, text, side: 'staff' },
          )
        : ((await move(act, known, 'ask', text)) as Request);
    await mailAbout(act, this.outbox, asked, text);
    if (known === undefined && about.assigneeId !== null) await assign(act, asked, { id: about.assigneeId, name: about.assignee! });
    return null;
  }

  /** Within an act that hands over what a request is about. */
  async handedOver(act: Act, refId: string, to: { id: string; name: string } | null): Promise<void> {
    const request = await requestByRef(act, refId);
    if (request !== undefined && request.closedAt === null && request.assigneeId !== (to?.id ?? null)) await assign(act, request, to);
  }

  /** Within an act that settles what a request is about, in words. */
  async settled(act: Act, refId: string, text: string): Promise<void> {
    const request = await requestByRef(act, refId);
    const moved = request && (await move(act, request, 'answer', text));
    if (moved) await mailAbout(act, this.outbox, moved, text);
  }

  /** Null: there is none, or it is not the viewer's. */
  async find(context: Context, programKey: string, externalId: string): Promise<Found | null> {
    const program = await context.services.programs.find(context, programKey);
    if (program === undefined) return null;
    const found = await row<Found>(
      context.em,
      `select ${REQUEST_COLUMNS}, a.external_id as affiliate from fact_key f
       join affiliate_request q on q.program_id = f.scope_id and q.id = f.fact_id join affiliate a on a.id = q.affiliate_id
       where f.slice = $1 and f.scope_id = $2 and f.kind = 'request' and f.external_id = $3 and ($4::uuid is null or q.affiliate_id = $4)`,
      [sliceOf(externalId), program.id, externalId, context.viewer.affiliateId],
    );
    return found ?? null;
  }

  async list(context: Context, args: RequestArgs, page: Page): Promise<Connection<Request>> {
    const isChanged = args.sort === 'changed';
    const list = new List({
      select: REQUEST_COLUMNS,
      from: 'affiliate_request q',
      sort: isChanged ? [['q.changed_at', 'timestamptz'], ID] : [ID],
      descending: args.sort !== 'oldest',
    });
    await narrow(context, list, 'q', args);
    if (args.kind != null) list.where('q.kind = ?', args.kind);
    if (args.states != null) list.where('q.state = any(?::text[])', args.states);
    // Who of staff sees to what is for staff to ask.
    if (context.viewer.kind !== 'affiliate') {
      if (args.assignee != null) {
        const id = args.assignee === 'me' ? actorOf(context) : args.assignee;
        list.where('q.assignee_id = ?', isId(id) ? id : null);
      }
      if (args.unassigned != null) list.where('(q.assignee_id is null) = ?', args.unassigned);
    }
    return list.read<Request, Request>(context.em, page, {
      cursor: ({ changedAt, id }) => (isChanged ? [changedAt, id] : [id]),
      node: (request) => request,
    });
  }

  async setKinds(context: Context, { program: key, kinds }: SetRequestKindsInput): Promise<Outcome<RequestKind[]>> {
    const program = await context.services.programs.find(context, key);
    if (program === undefined) return refused(noProgram(key));
    const before = await context.load(chosenKinds).load(program.id);
    const chosen = [...new Set(kinds)];
    await inTransaction(context.em, async (tx) => {
      await rows(
        tx,
        `insert into request_setting (program_id, kinds, set_at, set_by) values ($1, $2, $3, $4)
         on conflict (program_id) do update set kinds = excluded.kinds, set_at = excluded.set_at, set_by = excluded.set_by`,
        [program.id, chosen, new Date(), context.viewer.name],
      );
      noteChange(tx, { before: { kinds: before }, after: { kinds: chosen } });
    });
    return done(await this.kindsOf(context, program, chosen));
  }

  /** What may be asked for in a program now. */
  async kindsOf(context: Context, { id }: Program, chosen?: readonly string[]): Promise<RequestKind[]> {
    const version = versionAt(await context.services.terms.of(context.em, id), await context.now());
    return version ? requestKindsOf(version.document, chosen ?? (await context.load(chosenKinds).load(id))) : [];
  }

  private moved(context: Context, input: RequestInput, by: RequestAct, told: string | null, field = 'text'): Promise<Outcome<Request>> {
    const text = told === null ? null : readText(told, field, LONGEST_TEXT);
    if (text !== null && typeof text !== 'string') return Promise.resolve(refused(text));
    return this.on(context, input, async (act, request) => {
      if (context.viewer.kind === 'staff') mayDecide(context, request, by);
      if (request.closedAt !== null) return isRepeat(request, by) ? done(request) : closed(request.state);
      if (ENDS[by] === undefined && (await isFull(act, request))) return refused(full());
      if (by === 'answer' && isDecided(request.kind))
        return refused(userError('INVALID', 'A request of this kind is granted or refused.', ['request']));
      const followed = await followUp(act, request, by, text);
      if (followed?.errors) return refused(...followed.errors);
      const moved = (await move(act, request, by, text)) as Request;
      if (context.viewer.kind === 'staff' && by !== 'withdraw') await mailAbout(act, this.outbox, moved, text);
      return done(moved);
    });
  }

  private async on(
    context: Context,
    input: RequestInput,
    work: (act: Act, request: Request) => Promise<Outcome<Request>>,
  ): Promise<Outcome<Request>> {
    const found = await this.find(context, input.program, input.request);
    if (found === null) return noRequest(input.request);
    const outcome = await onEnrollment(context, { program: input.program, affiliate: found.affiliate }, async (act) => {
      return work(act, (await requestById(act.tx, found, found.id)) as Request);
    });
    if (outcome.value) this.outbox.wake();
    return outcome;
  }
}

const ID = ['q.id', 'uuid'] as const;

/** Then nothing more is said about it; what ends it, or hands it over, still goes. */
async function isFull({ tx }: Act, { affiliateId, programId, id }: Request): Promise<boolean> {
  const text = 'select count(*)::int as said from request_message where affiliate_id = $1 and program_id = $2 and request_id = $3';
  const found = await row<{ said: number }>(tx, text, [affiliateId, programId, id]);
  return (found?.said ?? 0) >= MOST_MESSAGES;
}

const full = (): UserError => userError('TOO_MANY', `${MOST_MESSAGES} messages are all that a request takes.`, ['request']);

/** To grant or refuse takes what the same act by itself takes. */
function mayDecide({ viewer }: Context, { kind, programId }: Request, by: RequestAct): void {
  const { needs } = KINDS[kind];
  if ((by === 'grant' || by === 'refuse') && needs !== undefined && !holdsIn(viewer.grants, needs, programId)) throw forbidden();
}

const ENDS: Partial<Record<RequestAct, Request['state']>> = {
  grant: 'granted',
  refuse: 'refused',
  answer: 'answered',
  withdraw: 'withdrawn',
};

function isRepeat({ state }: Request, by: RequestAct): boolean {
  return ENDS[by] === state;
}

/** What granting, refusing or withdrawing does beside saying so. */
function followUp(act: Act, request: Request, by: RequestAct, text: string | null): Promise<Outcome<unknown>> | undefined {
  const kind = KINDS[request.kind];
  if (by === 'grant') return kind.grant?.(act, request, text);
  if (by === 'refuse') return kind.refuse?.(act, request, text!);
  return by === 'withdraw' ? kind.withdraw?.(act, request) : undefined;
}
