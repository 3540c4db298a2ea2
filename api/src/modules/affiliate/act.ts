import type { HistoryEvent } from '@tributary/shared/people';
import type { CompiledTerms } from '@tributary/shared/terms';
import { formatInstant } from '@tributary/shared/time';
import type { Context } from '../../context.ts';
import { queueOrders, queueOrdersPlaced, versionAt } from '../../intake/index.ts';
import { givePersonalLink } from '../../links/index.ts';
import { affiliateNames, queueMessages } from '../../messages/index.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { hotRows, row, rows, together } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import { type Outcome, refused } from '../../platform/graphql/user-error.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { noProgram, type Program } from '../program/index.ts';
import { ENROLLMENT_COLUMNS, type Enrollment } from './affiliate.entity.ts';
import { affiliateNeeded, noAffiliate } from './affiliate.errors.ts';

export type EventKind = HistoryEvent['kind'];

/** What an act on an enrollment works with: its row is locked, and what is read of it is what is committed. */
export interface Act {
  readonly tx: Transaction;
  readonly program: Program;
  readonly compiled: CompiledTerms;
  /** The number of the version that is in force. */
  readonly termsVersion: number;
  /** Business time; never before what was decided about the enrollment last. */
  readonly now: number;
  readonly by: string;
  readonly enrollment: Enrollment;
  readonly history: readonly HistoryEvent[];
  /** Orders that were queued to be decided again. */
  revisits: number;
}

export interface Whose {
  readonly program: string;
  /** Left out: the affiliate whose token it is. */
  readonly affiliate?: string | null;
}

/** Our id of an affiliate of the viewer's organization, by the caller's; an affiliate's token finds itself only. */
export async function findAffiliateId({ em, viewer }: Context, externalId: string | null | undefined): Promise<string | undefined> {
  if (externalId === null || externalId === undefined) return viewer.affiliateId ?? undefined;
  const id = await affiliateIdOf(em, viewer.organizationId, externalId);
  return viewer.kind === 'affiliate' && id !== viewer.affiliateId ? undefined : id;
}

export async function affiliateIdOf(em: EntityManager, organizationId: string, externalId: string): Promise<string | undefined> {
  const text = `select fact_id from fact_key where slice = $1 and scope_id = $2 and kind = 'affiliate' and external_id = $3`;
  return (await row<{ fact_id: string }>(em, text, [sliceOf(externalId), organizationId, externalId]))?.fact_id;
}

/**
 * Runs an act on an affiliate's enrollment in one transaction, under the lock of its row. Orders that it touches are
 * decided again after the commit, before the answer.
 */
export async function onEnrollment<T>(
  context: Context,
  whose: Whose,
  work: (act: Act) => Promise<Outcome<T>>,
  lock: 'no key update' | 'share' = 'no key update',
): Promise<Outcome<T>> {
  const { services, viewer } = context;
  const program = await services.programs.find(context, whose.program);
  if (program === undefined) return refused(noProgram(whose.program));
  const affiliateId = await findAffiliateId(context, whose.affiliate);
  if (affiliateId === undefined) return refused(whose.affiliate == null ? affiliateNeeded() : noAffiliate(whose.affiliate));
  const terms = await services.intake.termsOf(context.em, program.id, program.organizationId);
  const now = await context.now();
  let revisits = 0;
  const outcome = await inTransaction(context.em, async (tx) => {
    const [enrollment, history] = await together(tx, [
      () => lockEnrollment(tx, program.id, affiliateId, lock),
      () => readHistory(tx, { affiliateId, programId: program.id }),
    ]);
    if (enrollment === undefined) return refused(noAffiliate(whose.affiliate ?? ''));
    const at = history.reduce((latest, event) => Math.max(latest, event.holdsFrom), now);
    const { compiled, number: termsVersion } = versionAt(terms, at);
    const act: Act = { tx, program, compiled, termsVersion, now: at, by: viewer.name, enrollment, history, revisits: 0 };
    const found = await work(act);
    revisits = act.revisits;
    return found;
  });
  if (revisits > 0) await services.intake.drain(program.id, program.organizationId);
  return outcome;
}

export async function lockEnrollment(
  tx: Transaction,
  programId: string,
  affiliateId: string,
  lock: 'no key update' | 'share' = 'no key update',
): Promise<Enrollment | undefined> {
  const text = `select ${ENROLLMENT_COLUMNS} from enrollment e where e.affiliate_id = $1 and e.program_id = $2 for ${lock}`;
  return (await hotRows<Enrollment>(tx, text, [affiliateId, programId]))[0];
}

/** Locks the enrollments of many, in the order in which everybody locks them. Answers who of them are enrolled. */
export async function lockEnrollments(tx: Transaction, programId: string, affiliateIds: readonly string[]): Promise<Set<string>> {
  const found = await hotRows<{ affiliate_id: string }>(
    tx,
    'select affiliate_id from enrollment where affiliate_id = any($1::uuid[]) and program_id = $2 order by affiliate_id for no key update',
    [affiliateIds, programId],
  );
  return new Set(found.map((row) => row.affiliate_id));
}

export async function readHistory(
  em: EntityManager,
  { affiliateId, programId }: Pick<Enrollment, 'affiliateId' | 'programId'>,
): Promise<readonly HistoryEvent[]> {
  return (await readHistories(em, programId, [affiliateId])).get(affiliateId) ?? [];
}

/** Of many, by our id of the affiliate. */
export async function readHistories(
  em: EntityManager,
  programId: string,
  affiliateIds: readonly string[],
): Promise<Map<string, HistoryEvent[]>> {
  const found = await hotRows<{ affiliate_id: string; kind: EventKind; value: string; subject: string | null; holds_from: Date }>(
    em,
    'select affiliate_id, kind, value, subject, holds_from from enrollment_event where affiliate_id = any($1::uuid[]) and program_id = $2 order by id',
    [affiliateIds, programId],
  );
  const histories = new Map<string, HistoryEvent[]>();
  for (const { affiliate_id, kind, value, subject, holds_from } of found) {
    const event = { kind, value, subject, holdsFrom: holds_from.getTime() };
    const history = histories.get(affiliate_id);
    if (history) history.push(event);
    else histories.set(affiliate_id, [event]);
  }
  return histories;
}

export interface NewEvent {
  readonly kind: EventKind;
  readonly value: string;
  readonly subject?: string | null;
  readonly reason?: string | null;
  /** Left out: who acts. */
  readonly by?: string;
}

/** Writes down what was decided, in the order given, from now on. */
export async function addEvents(
  { tx, now, by, enrollment }: Pick<Act, 'tx' | 'now' | 'by'> & { enrollment: Pick<Enrollment, 'affiliateId' | 'programId'> },
  events: readonly NewEvent[],
): Promise<void> {
  await rows(
    tx,
    `insert into enrollment_event (affiliate_id, program_id, id, kind, value, subject, holds_from, reason, done_by)
     select $1, $2, id, kind, value, subject, $3, reason, done_by from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) as u (id, kind, value, subject, reason, done_by)`,
    [
      enrollment.affiliateId,
      enrollment.programId,
      new Date(now),
      events.map(() => newId()),
      events.map(({ kind }) => kind),
      events.map(({ value }) => value),
      events.map(({ subject }) => subject ?? null),
      events.map(({ reason }) => reason ?? null),
      events.map((event) => event.by ?? by),
    ],
  );
}

/** Puts the enrollment through statuses, one after the other, each with its time and who did it. */
export async function setStatus(act: Act, statuses: readonly Enrollment['status'][], reason?: string | null): Promise<Enrollment> {
  const last = statuses.at(-1);
  if (last === undefined) return act.enrollment;
  await addEvents(
    act,
    statuses.map((value) => ({ kind: 'status', value, reason: reason ?? null })),
  );
  // Whose coupon counts goes by the status at the order's instant, also for an order of this very instant told before.
  act.revisits += await queueOrdersPlaced(act.tx, act.program.id, [{ from: act.now }], 'status', act.now);
  if (last === 'active') await givePersonalLink({ ...act, programId: act.program.id, affiliateId: act.enrollment.affiliateId });
  return update(act, { status: last });
}

/** Changes what stands in the enrollment's row. */
export async function update(
  { tx, now, enrollment }: Pick<Act, 'tx' | 'now' | 'enrollment'>,
  change: Partial<Pick<Enrollment, 'status' | 'class' | 'customer'>>,
): Promise<Enrollment> {
  const next = { ...enrollment, ...change };
  const seen = ({ status, class: name }: Enrollment) => ({ status, ...(next.class === enrollment.class ? {} : { class: name }) });
  noteChange(tx, { before: seen(enrollment), after: seen(next) });
  await rows(
    tx,
    'update enrollment set status = $3, class = $4, customer_external_id = $5, version = version + 1 where affiliate_id = $1 and program_id = $2',
    [next.affiliateId, next.programId, next.status, next.class, next.customer],
  );
  if (enrollment.class !== null && next.class !== enrollment.class) await tellClass(tx, now, next, enrollment.class);
  return next;
}

async function tellClass(tx: Transaction, at: number, { affiliateId, programId, class: name }: Enrollment, before: string): Promise<void> {
  await queueMessages(tx, programId, ['class.changed'], async () => {
    const affiliate = (await affiliateNames(tx, [affiliateId])).get(affiliateId);
    return [{ event: 'class.changed', affiliateId, at, data: { affiliate, class: name, before, at: formatInstant(at) } }];
  });
}

const ORDERS_AT_ONCE = 10_000;

/** Queues the affiliate's orders that were placed at or after an instant, to be decided again by what holds now. */
export async function revisitOrders(act: Act, cause: string, placedFrom?: number): Promise<void> {
  const { tx, enrollment, now } = act;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const found = await rows<{ order_id: string }>(
      tx,
      `select order_id from commission where affiliate_id = $1 and program_id = $2 and order_id > $3 and ($4::timestamptz is null or placed_at >= $4)
       order by order_id limit ${ORDERS_AT_ONCE}`,
      [enrollment.affiliateId, enrollment.programId, after, placedFrom === undefined ? null : new Date(placedFrom)],
    );
    const ids = found.map((item) => item.order_id);
    if (ids.length > 0) await queueOrders(tx, enrollment.programId, ids, cause, now);
    act.revisits += ids.length;
    if (ids.length < ORDERS_AT_ONCE) return;
    after = ids.at(-1) as string;
  }
}
