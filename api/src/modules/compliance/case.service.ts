import { MOST_CASE_DAYS } from '@tributary/shared/compliance';
import { formatInstant } from '@tributary/shared/time';
import { holdsIn, type Permission } from '../../access/index.ts';
import { addEvidence, CASE_DAYS_SWITCH, caseDaysOf, type Evidence, externalIdsOf } from '../../cases/index.ts';
import type { Context } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import { queueMessages } from '../../messages/index.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { forbidden } from '../../platform/graphql/errors.ts';
import { done, type Outcome, refused, type UserError, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { type Act, addEvents, onEnrollment, readText, revisitOrders, setStatus } from '../affiliate/index.ts';
import { actorOf } from '../approval/index.ts';
import { noteChange } from '../audit/index.ts';
import { findAssignee } from '../grant/index.ts';
import { noProgram, type Program } from '../program/index.ts';
import { undoHolds } from '../redemption/index.ts';
import { undoOpenWithdrawals } from '../withdrawal/index.ts';
import { addEntry, caseOf, writeCase } from './case.store.ts';
import type { Case } from './compliance.entity.ts';
import type {
  AddCaseEvidenceInput,
  AskAboutCaseInput,
  AssignCaseInput,
  CaseInput,
  ConfirmCaseInput,
  DismissCaseInput,
  NoteCaseInput,
  SetCaseDaysInput,
  SetCaseDeadlineInput,
} from './compliance.input.ts';

const LONGEST_TEXT = 4_000;
const DAY_MS = 86_400_000;

/** Suspected breaches, and what staff make of them. */
export class CaseService {
  /**
   * The breach is proven. Where the terms that held when the case was opened say so, the affiliate is out and nothing is earned any
   * more: what stands is taken back, order by order, and so is what comes later.
   */
  confirm(context: Context, input: ConfirmCaseInput): Promise<Outcome<Case>> {
    return this.close(context, input, 'confirmed', async (act, { rule, openedAt }) => {
      const terms = await context.services.intake.termsOf(act.tx, act.program.id, act.program.organizationId);
      const { traffic } = versionAt(terms, openedAt.getTime()).compiled.terms;
      const clause = traffic.find(({ id, also }) => id === rule || also?.includes(rule));
      if (clause?.onConfirmation !== 'terminate') return;
      await addEvents(act, [{ kind: 'breach', value: rule }]);
      if (act.enrollment.status !== 'terminated') await setStatus(act, ['terminated'], `A breach of ${rule} is proven.`);
      await undoOpenWithdrawals(act);
      await undoHolds(act);
      await revisitOrders(act, 'breach');
    });
  }

  /** The account stays as it is, and so do the clicks: what was barred stays barred. */
  dismiss(context: Context, input: DismissCaseInput): Promise<Outcome<Case>> {
    return this.close(context, input, 'dismissed', async () => {});
  }

  /** Hands it to a member of staff, or to whoever calls, and with it what was asked about it. */
  assign(context: Context, input: AssignCaseInput): Promise<Outcome<Case>> {
    return this.onOpen(context, input, async (act, found) => {
      const own = { id: actorOf(context), name: context.viewer.name };
      const to = input.member == null ? own : await findAssignee(act.tx, act.program, input.member, 'case.settle');
      if (to === undefined)
        return refused(userError('NOT_FOUND', 'No member of staff of this id may settle cases of the program.', ['member']));
      return done(found.assigneeId === to.id ? found : await this.handTo(context, act, found, to));
    });
  }

  unassign(context: Context, input: CaseInput): Promise<Outcome<Case>> {
    return this.onOpen(context, input, async (act, found) =>
      done(found.assigneeId === null ? found : await this.handTo(context, act, found, null)),
    );
  }

  /** Gives it another deadline, which lies ahead: a case that was overdue no longer is, and what happened stays in its history. */
  setDeadline(context: Context, input: SetCaseDeadlineInput): Promise<Outcome<Case>> {
    return this.withText(context, input, 'reason', input.reason, async (act, found, reason) => {
      if (found.dueAt.getTime() === input.dueAt) return done(found);
      if (input.dueAt <= act.now || input.dueAt > act.now + MOST_CASE_DAYS * DAY_MS)
        return refused(userError('INVALID', `A deadline lies ahead, and by ${MOST_CASE_DAYS} days at most.`, ['dueAt']));
      noteChange(act.tx, { before: { dueAt: formatInstant(found.dueAt.getTime()) }, after: { dueAt: formatInstant(input.dueAt) } });
      await addEntry(act, found, { kind: 'deadline', text: `${formatInstant(input.dueAt)}: ${reason}` });
      return done(await writeCase(act, { ...found, dueAt: new Date(input.dueAt), overdueAt: null }));
    });
  }

  /** For staff only. */
  note(context: Context, input: NoteCaseInput): Promise<Outcome<Case>> {
    return this.withText(context, input, 'text', input.text, async (act, found, text) => {
      await addEntry(act, found, { kind: 'note', text });
      return done(found);
    });
  }

  /** A question to the affiliate, who is told by mail and answers it among their requests. */
  ask(context: Context, input: AskAboutCaseInput): Promise<Outcome<Case>> {
    return this.withText(context, input, 'text', input.text, async (act, found, text) => {
      const refusal = await context.services.requests.askAbout(act, found, text);
      if (refusal !== null) return refused(refusal);
      await addEntry(act, found, { kind: 'asked', text: null });
      return done(found);
    });
  }

  /** Links a fact that speaks for it, or says it in words. Who links a fact may see it. The same again changes nothing. */
  async addEvidence(context: Context, input: AddCaseEvidenceInput): Promise<Outcome<Case>> {
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const evidence = await findEvidence(context, program, input);
    if ('code' in evidence) return refused(evidence);
    return this.onOpen(context, input, async (act, found) => {
      await addEvidence(act.tx, [{ ...found, evidence }], { at: act.now, by: act.by });
      return done(found);
    });
  }

  /** How many days staff have for cases that are opened from now on. */
  async setDays(context: Context, { program: key, days }: SetCaseDaysInput): Promise<Outcome<Program>> {
    const program = await context.services.programs.find(context, key);
    if (program === undefined) return refused(noProgram(key));
    if (days < 1 || days > MOST_CASE_DAYS) return refused(userError('INVALID', `It is 1 to ${MOST_CASE_DAYS} days.`, ['days']));
    const now = await context.now();
    return inTransaction<Outcome<Program>>(context.em, async (tx) => {
      // A switch has no row of its own to lock.
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.id}/${CASE_DAYS_SWITCH}`]);
      const before = await caseDaysOf(tx, program.id);
      if (before === days) return done(program);
      noteChange(tx, { before: { days: before }, after: { days } });
      await rows(tx, 'insert into program_switch (program_id, id, name, value, holds_from, set_by) values ($1, $2, $3, $4, $5, $6)', [
        ...[program.id, newId(), CASE_DAYS_SWITCH, String(days), new Date(now), context.viewer.name],
      ]);
      return done(program);
    });
  }

  private async handTo(context: Context, act: Act, found: Case, to: { id: string; name: string } | null): Promise<Case> {
    noteChange(act.tx, { before: { assignee: found.assigneeId }, after: { assignee: to?.id ?? null } });
    await addEntry(act, found, { kind: 'assigned', text: to?.name ?? null });
    await context.services.requests.handedOver(act, found.id, to);
    return writeCase(act, { ...found, assigneeId: to?.id ?? null, assignee: to?.name ?? null });
  }

  private close(
    context: Context,
    input: ConfirmCaseInput,
    status: 'confirmed' | 'dismissed',
    follow: (act: Act, found: Case) => Promise<void>,
  ): Promise<Outcome<Case>> {
    const reason = input.reason == null ? null : readText(input.reason, 'reason', LONGEST_TEXT);
    if (reason !== null && typeof reason !== 'string') return Promise.resolve(refused(reason));
    return onEnrollment(context, input, async (act) => {
      const found = await caseOf(act, input.rule);
      if (found === undefined || (found.status !== 'open' && found.status !== status)) return noCase(input.rule);
      // The same act again answers the same.
      if (found.status === status) return done(found);
      noteChange(act.tx, { before: { case: found.status }, after: { case: status } });
      await addEntry(act, found, { kind: status, text: reason });
      const closed = await writeCase(act, { ...found, status, closedAt: new Date(act.now), closedBy: act.by });
      await context.services.requests.settled(act, found.id, [SAYS[status], reason].filter(Boolean).join(' '));
      await follow(act, closed);
      await tellClosed(act, closed);
      return done(closed);
    });
  }

  /** What is done about an open case. */
  private onOpen(context: Context, input: CaseInput, work: (act: Act, found: Case) => Promise<Outcome<Case>>): Promise<Outcome<Case>> {
    return onEnrollment(context, input, async (act) => {
      const found = await caseOf(act, input.rule);
      return found?.status === 'open' ? work(act, found) : noCase(input.rule);
    });
  }

  private withText(
    context: Context,
    input: CaseInput,
    field: 'text' | 'reason',
    told: string,
    work: (act: Act, found: Case, text: string) => Promise<Outcome<Case>>,
  ): Promise<Outcome<Case>> {
    const text = readText(told, field, LONGEST_TEXT);
    return typeof text === 'string' ? this.onOpen(context, input, (act, found) => work(act, found, text)) : Promise.resolve(refused(text));
  }
}

/** What the affiliate reads where something was asked. */
const SAYS = { confirmed: 'The breach is confirmed.', dismissed: 'The case is dismissed.' } as const;

const noCase = (rule: string): Outcome<never> =>
  refused(userError('NOT_FOUND', `There is no open case of ${JSON.stringify(rule.slice(0, 80))}.`, ['rule']));

async function tellClosed({ tx, now }: Act, { id, affiliateId, programId, rule, status }: Case): Promise<void> {
  const names = await externalIdsOf(tx, [affiliateId]);
  const data = { affiliate: names.get(affiliateId), case: id, rule, status, at: formatInstant(now) };
  await queueMessages(tx, programId, ['case.closed'], () => [{ event: 'case.closed', affiliateId, at: now, data }]);
}

/** The facts that may be linked, each with what seeing it needs and how it is found. */
const FACTS = {
  click: { needs: 'click.read', find: (context, key, id) => context.services.clicks.find(context, key, id) },
  order: { needs: 'order.read', find: (context, key, id) => context.services.orders.find(context, key, id) },
  customer: { needs: 'customer.read', find: (context, key, id) => context.services.customers.find(context, key, id) },
} as const satisfies Record<
  string,
  { needs: Permission; find: (context: Context, program: string, id: string) => Promise<{ id: string } | null> }
>;

async function findEvidence(context: Context, program: Program, input: AddCaseEvidenceInput): Promise<Evidence | UserError> {
  const told = (['click', 'order', 'customer', 'text'] as const).filter((name) => input[name] != null);
  const [name] = told;
  if (told.length !== 1 || name === undefined) return userError('INVALID', 'Give one of click, order, customer and text.');
  if (name === 'text') {
    const text = readText(input.text!, 'text', LONGEST_TEXT);
    return typeof text === 'string' ? { kind: 'words', text } : text;
  }
  const { needs, find } = FACTS[name];
  if (!holdsIn(context.viewer.grants, [needs], program.id)) throw forbidden();
  const found = await find(context, program.key, input[name]!);
  return found === null
    ? userError('NOT_FOUND', `The program has no ${name} ${JSON.stringify(input[name]!.slice(0, 80))}.`, [name])
    : { kind: name, id: found.id };
}
