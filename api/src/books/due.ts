import type { EntityManager } from '@mikro-orm/postgresql';
import { rows } from '../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import { expireLots } from './expire.ts';
import { settleDebts } from './settle.ts';

/** Affiliates handled in one transaction. */
const CHUNK = 500;

/**
 * Does what falls due in an organization up to and including an instant, in due order: at one instant locks end and
 * debts are settled from what they freed, then points expire. Unlocking itself writes nothing. What was done before is
 * found done: running it again, late or twice, posts nothing more. Answers how many entries were posted.
 */
export async function runDue(em: EntityManager, organizationId: string, until: number): Promise<number> {
  let posted = 0;
  for (;;) {
    const due = await nextDue(em, organizationId, until);
    if (due === undefined) return posted;
    for (let start = 0; start < due.affiliates.length; start += CHUNK) {
      const affiliates = due.affiliates.slice(start, start + CHUNK);
      posted += await inTransaction(em, (tx) => settleAndExpire(tx, due.programId, affiliates, due.at));
    }
  }
}

async function settleAndExpire(tx: Transaction, programId: string, affiliates: string[], at: number): Promise<number> {
  await rows(
    tx,
    'select 1 from enrollment where affiliate_id = any($1::uuid[]) and program_id = $2 order by affiliate_id for no key update',
    [affiliates, programId],
  );
  const settled = await settleDebts(tx, programId, affiliates, at);
  return settled + (await expireLots(tx, programId, affiliates, at));
}

interface Due {
  programId: string;
  at: number;
  affiliates: string[];
}

/** The earliest instant at which something is due, with all of one program that is due then. */
async function nextDue(em: EntityManager, organizationId: string, until: number): Promise<Due | undefined> {
  const found = await rows<{ program_id: string; affiliate_id: string; at: Date }>(
    em,
    `with due as (
       select l.program_id, l.affiliate_id, l.expires_at as at from lot l join program p on p.id = l.program_id
       where p.organization_id = $1 and l.expires_at <= $2 and l.credited > l.taken_back + l.consumed + l.expired
       union
       -- A lock that ends matters to those who are in debt; what is usable was settled when it became so.
       select l.program_id, l.affiliate_id, l.usable_from from ledger_balance b join program p on p.id = b.program_id
       join lot l on l.affiliate_id = b.affiliate_id and l.program_id = b.program_id and l.unit = b.unit
       where p.organization_id = $1 and b.account = 'debt' and b.amount < 0 and l.usable_from <= $2 and (l.expires_at is null or l.expires_at >= l.usable_from) and l.credited > l.taken_back + l.consumed + l.expired
     )
     select program_id, affiliate_id, at from due
     where (at, program_id) = (select at, program_id from due order by at, program_id limit 1) order by affiliate_id`,
    [organizationId, new Date(until)],
  );
  const [first] = found;
  if (first === undefined) return undefined;
  return { programId: first.program_id, at: first.at.getTime(), affiliates: found.map((row) => row.affiliate_id) };
}
