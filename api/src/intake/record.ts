import type { EntityManager } from '@mikro-orm/postgresql';
import { settleThenExpire } from '../books/index.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import { applyActivity } from './applyActivity.ts';
import { applyClick } from './applyClick.ts';
import { applyCorrection, applyEvent } from './applyEvent.ts';
import { applyOrder } from './applyOrder.ts';
import { applyRegistration, tieCustomer } from './applyRegistration.ts';
import { Batch, NameTaken, NeedsExclusive } from './batch.ts';
import { decideOrder } from './decideOrder.ts';
import { loadWorkset } from './load/index.ts';
import { collectNames } from './names.ts';
import { prepare } from './prepare.ts';
import type { ProgramTerms } from './programTerms.ts';
import { drainRevisits, queueRevisits, takeFromQueue } from './revisit.ts';
import { type Ready, type Recorded, type Told, WITHHELD } from './types.ts';
import { writeBatch } from './write/index.ts';

const MAX_ATTEMPTS = 8;

/**
 * Records facts of one program: all or, where one is refused, all but that one and those that came by the same call, in one transaction. They are
 * applied in the order given; every order that they touch is decided again and the books receive the difference.
 */
export async function recordFacts(em: EntityManager, terms: ProgramTerms, batch: readonly Told[]): Promise<Recorded[]> {
  const results: Recorded[] = new Array(batch.length);
  const fallen = new Set<string>();
  let ready: { told: Ready; index: number }[] = [];
  for (const [index, told] of batch.entries()) {
    const prepared = prepare(terms, told);
    if ('code' in prepared) {
      results[index] = { ok: false, refusal: prepared };
      if (told.call !== undefined) fallen.add(told.call);
    } else ready.push({ told: prepared, index });
  }
  if (fallen.size > 0) {
    for (const { told, index } of ready) if (isOf(fallen, told)) results[index] = WITHHELD;
    ready = ready.filter(({ told }) => !isOf(fallen, told));
  }
  if (ready.length === 0) return results;
  const { recorded, revisits } = await recordReady(
    em,
    terms,
    ready.map((item) => item.told),
  );
  for (const [position, { index }] of ready.entries()) results[index] = recorded[position] as Recorded;
  if (revisits > 0) await drainRevisits(em, terms);
  return results;
}

/**
 * Runs the batch until it has gone through: names that others took meanwhile, or rights learned too late, start it anew. So does a call of which
 * something was applied before something was refused: without it.
 */
export async function recordReady(
  em: EntityManager,
  terms: ProgramTerms,
  batch: readonly Ready[],
): Promise<{ recorded: Recorded[]; revisits: number }> {
  let [exclusive, isAgain] = [false, false];
  const recorded: Recorded[] = new Array(batch.length);
  // Rows of the queue are taken before anything is read.
  const readsFirst = batch.every(({ fact }) => fact.kind !== 'revisit');
  let left = batch.map((_, index) => index);
  for (let attempt = 1; left.length > 0; attempt++) {
    const running = left.map((index) => batch[index] as Ready);
    try {
      const done = await inTransaction(em, (tx) => runBatch(tx, terms, running, { exclusive, isAgain }), { keepsPlans: true, readsFirst });
      for (const [position, index] of left.entries()) recorded[index] = done.recorded[position] as Recorded;
      return { recorded, revisits: done.revisits };
    } catch (error) {
      if (error instanceof CallsFall) {
        for (const [position, index] of left.entries())
          if (isOf(error.calls, running[position] as Ready)) recorded[index] = error.recorded[position] as Recorded;
        left = left.filter((index) => !isOf(error.calls, batch[index] as Ready));
        attempt--;
      } else if (error instanceof NeedsExclusive) exclusive = true;
      else if (error instanceof NameTaken && attempt < MAX_ATTEMPTS) isAgain = true;
      else throw error;
    }
  }
  return { recorded, revisits: 0 };
}

/** Some of what these calls tell was refused, and some was applied before that: nothing is written. */
class CallsFall extends Error {
  readonly calls: ReadonlySet<string>;
  /** What becomes of the facts of the batch that are theirs. */
  readonly recorded: readonly Recorded[];

  constructor(calls: ReadonlySet<string>, recorded: readonly Recorded[]) {
    super();
    this.calls = calls;
    this.recorded = recorded;
  }
}

const isOf = (calls: ReadonlySet<string>, { call }: { call?: string | undefined }) => call !== undefined && calls.has(call);

async function runBatch(
  tx: Transaction,
  terms: ProgramTerms,
  told: readonly Ready[],
  { exclusive, isAgain }: { exclusive: boolean; isAgain: boolean },
): Promise<{ recorded: Recorded[]; revisits: number }> {
  const revisits = told.flatMap(({ fact }) => (fact.kind === 'revisit' ? [fact] : []));
  if (revisits.length > 0) await takeFromQueue(tx, revisits);
  const names = collectNames(told, isAgain);
  names.exclusive ||= exclusive;
  const set = await loadWorkset(tx, terms, names);
  const batch = new Batch(tx, terms, set, { exclusive: names.exclusive, now: told.reduce((latest, { now }) => Math.max(latest, now), 0) });
  // Places are handed out in the order in which facts come, so that each is decided before the next is applied.
  const decideEach = terms.versions.some((version) => version.compiled.usesPlaces);
  const recorded: Recorded[] = [];
  const fallen = new Set<string>();
  for (const item of told) {
    const result = isOf(fallen, item) ? WITHHELD : await apply(batch, item);
    if (!result.ok && item.call !== undefined) fallen.add(item.call);
    recorded.push(result);
    if (decideEach) decideTouched(batch);
  }
  withoutFallen(told, recorded, fallen);
  decideTouched(batch);
  await queueRevisits(batch);
  await writeBatch(batch);
  if (batch.exclusive) await settleAndExpire(batch, told);
  return { recorded, revisits: batch.writes.revisits.length };
}

/** What came before a refusal of the same call is taken out; where something was applied, by beginning anew. */
function withoutFallen(told: readonly Ready[], recorded: Recorded[], fallen: ReadonlySet<string>): void {
  if (fallen.size === 0) return;
  let isApplied = false;
  for (const [index, result] of recorded.entries()) {
    if (!result.ok || !isOf(fallen, told[index] as Ready)) continue;
    isApplied ||= !result.repeated;
    recorded[index] = WITHHELD;
  }
  if (isApplied) throw new CallsFall(fallen, recorded);
}

function apply(batch: Batch, told: Ready): Recorded | Promise<Recorded> {
  const { fact } = told;
  switch (fact.kind) {
    case 'click':
      return applyClick(batch, fact, told);
    case 'registration':
      return applyRegistration(batch, fact, told);
    case 'order':
      return applyOrder(batch, fact, told);
    case 'event':
      return applyEvent(batch, fact, told);
    case 'correction':
      return applyCorrection(batch, fact, told);
    case 'activity':
      return applyActivity(batch, fact, told);
    case 'revisit':
      return revisit(batch, fact, told);
  }
}

function revisit(batch: Batch, { subject, id, cause, at }: Extract<Ready['fact'], { kind: 'revisit' }>, { now }: Ready): Recorded {
  if (subject === 'order') {
    const order = batch.set.orders.get(id);
    const customer = order?.customerId == null ? undefined : batch.set.customersById.get(order.customerId);
    // The visitor of an order that names none is that of the customer's registration, which may have come later.
    if (order !== undefined && order.content.visitor === undefined) order.visitor = customer?.visitor ?? null;
    if (order !== undefined) batch.touch(order, cause, at, now);
  } else {
    const customer = batch.set.customersById.get(id);
    if (customer !== undefined && customer.visitor === null && customer.clickRef !== null) {
      customer.visitor = batch.set.visitorOfClick.get(customer.clickRef) ?? null;
      customer.changed ||= customer.visitor !== null;
    }
    if (customer !== undefined && (tieCustomer(batch, customer) || customer.changed)) batch.registered.push({ customerId: id, at, now });
  }
  return { ok: true, id, repeated: false };
}

function decideTouched(batch: Batch): void {
  for (const order of batch.touched.splice(0)) decideOrder(batch, order);
}

/** Debts are settled from what became usable, then what is past its end expires at once (readings 13 and 25). */
async function settleAndExpire(batch: Batch, told: readonly Ready[]): Promise<void> {
  const affiliates = [
    ...new Set(
      batch.writes.entries
        .filter((entry) => entry.postings.some((posting) => posting.lotId !== undefined))
        .map((entry) => entry.affiliateId),
    ),
  ].sort();
  if (affiliates.length === 0) return;
  const now = told.reduce((last, item) => Math.max(last, item.now), 0);
  await settleThenExpire(batch.tx, batch.terms.programId, affiliates, now, givenBackBy(batch));
}

/** To lots that were there before. */
function givenBackBy({ writes }: Batch): Map<string, bigint> {
  const back = new Map<string, bigint>();
  for (const { postings } of writes.entries)
    for (const { credit, lotId, amount } of postings)
      if (credit === 'owed' && lotId !== undefined && lotId !== 'new') back.set(lotId, (back.get(lotId) ?? 0n) + amount);
  return back;
}
