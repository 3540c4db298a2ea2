import type pg from 'pg';
import { timed } from '../pairs.ts';
import type { Payees } from './fill.ts';

/** A table of what to post, with an entry id for each; then the rows of all tables and the balances, a statement each. */
async function postSet(client: pg.Client, { programId, unit }: Payees, kind: string, debit: string, credit: string): Promise<void> {
  await client.query(
    `insert into ledger_cause (affiliate_id, cause_id, sequence, entry_id) select affiliate_id, cause_id, 0, entry_id from bench_set`,
  );
  await client.query(
    `insert into ledger_entry (affiliate_id, id, program_id, unit, kind, cause_id, sequence, happened_at) select affiliate_id, entry_id, $1, $2, $3, cause_id, 0, now() from bench_set`,
    [programId, unit, kind],
  );
  await client.query(
    `insert into ledger_posting (affiliate_id, entry_id, line, program_id, unit, debit, credit, amount, lot_id)
     select affiliate_id, entry_id, 0, $1, $2, $3::ledger_account, $4::ledger_account, amount, lot_id from bench_set`,
    [programId, unit, debit, credit],
  );
  await client.query(
    `insert into ledger_balance as b (affiliate_id, program_id, unit, account, amount)
     select affiliate_id, $1::uuid, $2::text, account, sum(change) from (
       select affiliate_id, $3::ledger_account as account, -amount as change from bench_set union all select affiliate_id, $4::ledger_account, amount from bench_set
     ) legs group by affiliate_id, account on conflict (affiliate_id, program_id, unit, account) do update set amount = b.amount + excluded.amount`,
    [programId, unit, debit, credit],
  );
}

/** The batch of a cut-off, with a line of each request: nobody has approved them yet. */
async function openBatch(client: pg.Client, { programId, unit }: Payees, at: Date): Promise<void> {
  await client.query(
    `with batch as (
       insert into payout_batch (id, program_id, name, status, opened_at, opened_by, cut_off_at, filled_at) values (gen_random_uuid(), $1, '2026-03', 'open', $2, 'clock', $2, $2) returning id
     )
     insert into payout_line (affiliate_id, id, batch_id, program_id, withdrawal_id, status, unit, points, currency, amount, method, payee_currency, reason, changed_at)
     select s.affiliate_id, gen_random_uuid(), b.id, $1, s.cause_id, 'deferred', $3, s.amount, 'USD', s.amount, m.kind, coalesce(m.currency, 'USD'), 'It is processing, not approved.', $2
     from batch b, bench_set s left join lateral (
       select kind, currency from payout_method where affiliate_id = s.affiliate_id and program_id = $1 order by id desc limit 1
     ) m on true`,
    [programId, at, unit],
  );
}

/** A cut-off by hand: every request takes what its affiliate has, by set-based statements in one transaction. */
export function cutOffBySets(client: pg.Client, payees: Payees, at: Date): Promise<number> {
  return timed(async () => {
    await client.query('begin');
    await client.query(
      `create temp table bench_set on commit drop as
       select w.affiliate_id, w.id as cause_id, gen_random_uuid() as entry_id, l.id as lot_id, (l.credited - l.taken_back - l.consumed - l.expired)::bigint as amount
       from withdrawal w join lot l on l.affiliate_id = w.affiliate_id and l.program_id = w.program_id
       where w.program_id = '${payees.programId}' and w.status = 'requested' and w.cut_off_at <= '${at.toISOString()}' and l.usable_from <= '${at.toISOString()}'`,
    );
    await client.query(
      `update withdrawal w set status = 'processing', amount = s.amount, decided_at = now(), decided_by = 'clock' from bench_set s where w.affiliate_id = s.affiliate_id and w.id = s.cause_id`,
    );
    await client.query(
      `update lot l set consumed = consumed + s.amount from bench_set s where l.affiliate_id = s.affiliate_id and l.id = s.lot_id`,
    );
    await postSet(client, payees, 'withdrawal-reserved', 'owed', 'reserved');
    await openBatch(client, payees, at);
    await client.query('commit');
  });
}

/** A year's end by hand: what is left of every lot that ends goes to breakage. */
export function expireBySets(client: pg.Client, payees: Payees, at: Date): Promise<number> {
  return timed(async () => {
    await client.query('begin');
    await client.query(
      `create temp table bench_set on commit drop as
       select l.affiliate_id, l.id as cause_id, gen_random_uuid() as entry_id, l.id as lot_id, (l.credited - l.taken_back - l.consumed - l.expired)::bigint as amount
       from lot l where l.program_id = '${payees.programId}' and l.ends_at <= '${at.toISOString()}' and l.credited > l.taken_back + l.consumed + l.expired`,
    );
    await client.query(
      `update lot l set expired = expired + s.amount from bench_set s where l.affiliate_id = s.affiliate_id and l.id = s.lot_id`,
    );
    await postSet(client, payees, 'expired', 'owed', 'breakage');
    await client.query('commit');
  });
}
