import type { EntityManager } from '@mikro-orm/postgresql';
import { rows } from '../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import { expireLots } from './expire.ts';
import { lapseHolds, takeAtCutOff } from './outgoing.ts';
import { settleDebts } from './settle.ts';

/** Affiliates handled in one transaction. */
const CHUNK = 500;

/**
 * What falls due at one instant, in this order: locks end and debts are settled from what they freed, points expire,
 * holds lapse, a cut-off takes balances (reading 14), and its payout batch is filled. Unlocking itself writes nothing.
 */
type Phase = 'settle-and-expire' | 'lapse' | 'cut-off' | 'batch';

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
  affiliates: string[];
}

/**
 * Does what falls due in an organization up to and including an instant, in due order. What was done before is found
 * done: running it again, late or twice, posts nothing more. Answers how many things were done.
 */
export async function runDue(em: EntityManager, organizationId: string, until: number, batches: CutOffBatches): Promise<number> {
  let done = 0;
  for (;;) {
    const due = await nextDue(em, organizationId, until);
    if (due === undefined) return done;
    if (due.phase === 'batch') {
      done += await batches.fill(em, due.programId, due.at);
      continue;
    }
    // Before the first balance is taken: whatever ends the process in between, the batch is there to be filled.
    if (due.phase === 'cut-off') await batches.open(em, due.programId, due.at);
    for (let start = 0; start < due.affiliates.length; start += CHUNK) {
      const affiliates = due.affiliates.slice(start, start + CHUNK);
      done += await inTransaction(em, (tx) => doPhase(tx, due, affiliates));
    }
  }
}

async function doPhase(tx: Transaction, { phase, programId, at }: Due, affiliates: string[]): Promise<number> {
  await rows(
    tx,
    'select 1 from enrollment where affiliate_id = any($1::uuid[]) and program_id = $2 order by affiliate_id for no key update',
    [affiliates, programId],
  );
  if (phase === 'lapse') return lapseHolds(tx, programId, affiliates, at);
  if (phase === 'cut-off') return takeAtCutOff(tx, programId, affiliates, at);
  return settleThenExpire(tx, programId, affiliates, at);
}

/** The caller holds the enrollments' locks. */
export async function settleThenExpire(tx: Transaction, programId: string, affiliates: readonly string[], at: number): Promise<number> {
  const settled = await settleDebts(tx, programId, affiliates, at);
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
  for (const { at } of lapsed) {
    await settleThenExpire(tx, programId, [affiliateId], at.getTime());
    await lapseHolds(tx, programId, [affiliateId], at.getTime());
  }
  await settleThenExpire(tx, programId, [affiliateId], now);
}

/** The earliest instant at which something is due, its first phase, and all of one program that is due then. */
async function nextDue(em: EntityManager, organizationId: string, until: number): Promise<Due | undefined> {
  const found = await rows<{ phase: number; program_id: string; affiliate_id: string | null; at: Date }>(
    em,
    `with program_of as (select id from program where organization_id = $1), due as (
       select 0 as phase, l.program_id, l.affiliate_id, l.ends_at as at from lot l join program_of p on p.id = l.program_id
       where l.ends_at <= $2 and l.credited > l.taken_back + l.consumed + l.expired
       union
       -- A lock that ends matters to those who are in debt; what is usable was settled when it became so.
       select 0, l.program_id, l.affiliate_id, l.usable_from from ledger_balance b join program_of p on p.id = b.program_id
       join lot l on l.affiliate_id = b.affiliate_id and l.program_id = b.program_id and l.unit = b.unit
       where b.account = 'debt' and b.amount < 0 and l.usable_from <= $2 and l.credited > l.taken_back + l.consumed + l.expired
       union
       select 1, r.program_id, r.affiliate_id, r.lapses_at from redemption r join program_of p on p.id = r.program_id where r.status = 'held' and r.lapses_at <= $2
       union
       select 2, w.program_id, w.affiliate_id, w.cut_off_at from withdrawal w join program_of p on p.id = w.program_id
       where w.status = 'requested' and w.cut_off_at <= $2
       union
       select 3, b.program_id, null, b.cut_off_at from payout_batch b join program_of p on p.id = b.program_id
       where b.status = 'open' and b.filled_at is null and b.cut_off_at <= $2
     )
     select phase, program_id, affiliate_id, at from due
     where (at, phase, program_id) = (select at, phase, program_id from due order by at, phase, program_id limit 1) order by affiliate_id`,
    [organizationId, new Date(until)],
  );
  const [first] = found;
  if (first === undefined) return undefined;
  const phase = (['settle-and-expire', 'lapse', 'cut-off', 'batch'] as const)[first.phase] as Phase;
  return { phase, programId: first.program_id, at: first.at.getTime(), affiliates: found.flatMap((row) => row.affiliate_id ?? []) };
}
