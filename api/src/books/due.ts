import type { EntityManager } from '@mikro-orm/postgresql';
import type { GivenBack } from '@tributary/shared/ledger';
import { tellUnlocked } from '../messages/index.ts';
import { inChunks } from '../platform/database/chunks.ts';
import { hotRows, row, rows, together } from '../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import { closeBalances, markLots } from './closing.ts';
import { endingLots, expire, expireLots } from './expire.ts';
import { lapseHolds, takeAtCutOff } from './outgoing.ts';
import { debtsOf, settle } from './settle.ts';

/**
 * What falls due at one instant, in this order: locks end and debts are settled from what they freed, points expire,
 * holds lapse, a cut-off takes balances (reading 14), and its payout batch is filled. A program that closes comes last: from then on its
 * lots know their end. Unlocking itself writes nothing.
 */
type Phase = 'settle-and-expire' | 'lapse' | 'cut-off' | 'batch' | 'closing';

/** The payout batches that cut-offs open. */
export interface CutOffBatches {
  /** Opens the batch of a cut-off that is about to take balances, where there is none. */
  open(em: EntityManager, programId: string, at: number): Promise<void>;
  /** Fills what a cut-off opened. Answers how many batches. */
  fill(em: EntityManager, programId: string, at: number): Promise<number>;
}

interface Due {
  phase: Phase;
  programId: string;
  at: number;
}

/**
 * Does what falls due in an organization up to and including an instant, in due order. What was done before is found
 * done: running it again, late or twice, posts nothing more. Last, whoever wants to is told which locks have ended. Answers how many
 * things were done.
 */
export async function runDue(em: EntityManager, organizationId: string, until: number, batches: CutOffBatches): Promise<number> {
  let done = 0;
  for (;;) {
    const due = await nextDue(em, organizationId, until);
    if (due === undefined) return done + (await tellUnlocked(em, organizationId, until));
    if (due.phase === 'batch') {
      done += await batches.fill(em, due.programId, due.at);
      continue;
    }
    if (due.phase === 'closing') {
      done += await closeBalances(em, due.programId, due.at);
      continue;
    }
    // Before the first balance is taken: whatever ends the process in between, the batch is there to be filled.
    if (due.phase === 'cut-off') await batches.open(em, due.programId, due.at);
    const affiliates = await someAffiliates(em, due);
    const counts = await inChunks(affiliates, (some) => inTransaction(em, (tx) => doPhase(tx, due, some)));
    for (const count of counts) done += count;
  }
}

/** The locks, and under them what the work begins with, in one packet. */
async function doPhase(tx: Transaction, { phase, programId, at }: Due, affiliates: string[]): Promise<number> {
  const lock = () =>
    rows(tx, 'select 1 from enrollment where affiliate_id = any($1::uuid[]) and program_id = $2 order by affiliate_id for no key update', [
      affiliates,
      programId,
    ]);
  const work = () => {
    if (phase === 'lapse') return lapseHolds(tx, programId, affiliates, at);
    if (phase === 'cut-off') return takeAtCutOff(tx, programId, affiliates, at);
    return settleThenExpire(tx, programId, affiliates, at);
  };
  const [, done] = await together(tx, [lock, work]);
  return done;
}

/** The caller holds the enrollments' locks, or asks for them in the same packet before. `givenBack`: to lots, in this transaction. */
export async function settleThenExpire(
  tx: Transaction,
  programId: string,
  affiliates: readonly string[],
  at: number,
  givenBack?: GivenBack,
): Promise<number> {
  const [debts, ending] = await together(tx, [() => debtsOf(tx, programId, affiliates), () => endingLots(tx, programId, affiliates, at)]);
  if (debts.length === 0) return expire(tx, programId, ending);
  const settled = await settle(tx, programId, debts, at, givenBack);
  return settled + (await expireLots(tx, programId, affiliates, at));
}

/**
 * What fell due on one account by now, in due order (reading 27): before an act looks at what is there. The caller holds the enrollment's lock.
 */
export async function settleAccount(tx: Transaction, programId: string, affiliateId: string, now: number): Promise<void> {
  const lapsed = await rows<{ at: Date }>(
    tx,
    `select distinct lapses_at as at from redemption where affiliate_id = $1 and program_id = $2 and status = 'held' and lapses_at <= $3 order by lapses_at`,
    [affiliateId, programId, new Date(now)],
  );
  await markLots(tx, programId, [affiliateId], now);
  for (const { at } of lapsed) {
    await settleThenExpire(tx, programId, [affiliateId], at.getTime());
    await lapseHolds(tx, programId, [affiliateId], at.getTime());
  }
  await settleThenExpire(tx, programId, [affiliateId], now);
}

/** On whose accounts something has fallen due that changes what is available. */
export async function dueAmong(tx: Transaction, programId: string, affiliateIds: readonly string[], at: number): Promise<Set<string>> {
  const found = await hotRows<{ id: string }>(
    tx,
    `select a.id from unnest($1::uuid[]) as a (id)
     where exists (select from lot l where l.affiliate_id = a.id and l.program_id = $2 and l.ends_at <= $3 and l.credited > l.taken_back + l.consumed + l.expired)
       or exists (select from ledger_balance b where b.affiliate_id = a.id and b.program_id = $2 and b.account = 'debt' and b.amount < 0)
       or exists (select from redemption r where r.affiliate_id = a.id and r.program_id = $2 and r.status = 'held' and r.lapses_at <= $3)
       or exists (select from program_closing c where c.program_id = $2 and c.closes_at <= $3 and c.marked_at is null)`,
    [affiliateIds, programId, new Date(at)],
  );
  return new Set(found.map(({ id }) => id));
}

const PHASES = ['settle-and-expire', 'lapse', 'cut-off', 'batch', 'closing'] as const satisfies readonly Phase[];

/** The earliest instant at which something is due, and of that the first phase of one program: by indexes, whatever else is due. */
async function nextDue(em: EntityManager, organizationId: string, until: number): Promise<Due | undefined> {
  const found = await row<{ phase: number; program_id: string; at: Date }>(
    em,
    `select d.phase, p.id as program_id, d.at from program p cross join lateral (
       (select 0 as phase, l.ends_at as at from lot l
        where l.program_id = p.id and l.ends_at <= $2 and l.credited > l.taken_back + l.consumed + l.expired order by l.ends_at limit 1)
       union all
       -- A lock that ends matters to those who are in debt; what is usable was settled when it became so.
       select 0, min(l.usable_from) from ledger_balance b
       join lot l on l.affiliate_id = b.affiliate_id and l.program_id = b.program_id and l.unit = b.unit
       where b.program_id = p.id and b.account = 'debt' and b.amount < 0 and l.usable_from <= $2 and l.credited > l.taken_back + l.consumed + l.expired
       union all
       (select 1, r.lapses_at from redemption r where r.program_id = p.id and r.status = 'held' and r.lapses_at <= $2 order by r.lapses_at limit 1)
       union all
       (select 2, w.cut_off_at from withdrawal w where w.program_id = p.id and w.status = 'requested' and w.cut_off_at <= $2 order by w.cut_off_at limit 1)
       union all
       select 3, min(b.cut_off_at) from payout_batch b where b.program_id = p.id and b.status = 'open' and b.filled_at is null and b.cut_off_at <= $2
       union all
       select 4, c.closes_at from program_closing c where c.program_id = p.id and c.marked_at is null and c.closes_at <= $2
     ) d where p.organization_id = $1 and d.at is not null order by d.at, d.phase, p.id limit 1`,
    [organizationId, new Date(until)],
  );
  return found && { phase: PHASES[found.phase] as Phase, programId: found.program_id, at: found.at.getTime() };
}

/** Some affiliates on whom something is due, and not all of them: what is done is due no longer, so the next are found by asking again. */
async function someAffiliates(em: EntityManager, { phase, programId, at }: Due): Promise<string[]> {
  const found = await rows<{ affiliate_id: string }>(em, AFFILIATES[phase as keyof typeof AFFILIATES], [programId, new Date(at)]);
  return [...new Set(found.map((one) => one.affiliate_id))].sort();
}

const AFFILIATES_AT_ONCE = 10_000;

/** At an instant, of a program. */
const AFFILIATES = {
  'settle-and-expire': `(select l.affiliate_id from lot l
      where l.program_id = $1 and l.ends_at = $2 and l.credited > l.taken_back + l.consumed + l.expired limit ${AFFILIATES_AT_ONCE})
    union all
    (select l.affiliate_id from ledger_balance b join lot l on l.affiliate_id = b.affiliate_id and l.program_id = b.program_id and l.unit = b.unit
      where b.program_id = $1 and b.account = 'debt' and b.amount < 0 and l.usable_from = $2 and l.credited > l.taken_back + l.consumed + l.expired
      limit ${AFFILIATES_AT_ONCE})`,
  lapse: `select affiliate_id from redemption where program_id = $1 and status = 'held' and lapses_at = $2 limit ${AFFILIATES_AT_ONCE}`,
  'cut-off': `select affiliate_id from withdrawal where program_id = $1 and status = 'requested' and cut_off_at = $2 limit ${AFFILIATES_AT_ONCE}`,
} as const;
