import { createTestDatabase, type TestDatabase } from '@tributary/api/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readChecks, runChecks, runChecksHere } from './checks.ts';

/** Two affiliates, two orders: one is held, one is in a lot that was partly taken back. */
const BOOKS = `
insert into organization (id, name, kind, clock) values ('00000000-0000-7000-8000-000000000001', 'test', 'sandbox', '2026-05-01Z');
insert into program (id, organization_id, key, name, unit) values ('00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001', 'p', 'P', 'USD');
insert into terms_version (id, program_id, number, holds_from, document, document_hash, published_at, published_by) values
  ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000002', 1, '1970-01-01Z', '{}', '\\x00', '2026-01-01Z', 'test'),
  ('00000000-0000-7000-8000-000000000004', '00000000-0000-7000-8000-000000000002', 2, '2026-04-01Z', '{}', '\\x01', '2026-01-01Z', 'test');
insert into customer (id, program_id, external_id) values ('00000000-0000-7000-8000-0000000000c1', '00000000-0000-7000-8000-000000000002', 'c1');
insert into order_record (id, program_id, external_id, placed_at, told_at, customer_id, content, revision, affiliate_id) values
  ('00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-000000000002', 'o1', '2026-03-01Z', '2026-03-01Z', '00000000-0000-7000-8000-0000000000c1', '{}', 1, '00000000-0000-7000-8000-0000000000f1'),
  ('00000000-0000-7000-8000-0000000000a2', '00000000-0000-7000-8000-000000000002', 'o2', '2026-03-02Z', '2026-03-02Z', null, '{}', 2, '00000000-0000-7000-8000-0000000000f1');
insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values
  (1, '00000000-0000-7000-8000-000000000002', 'order', 'o1', '00000000-0000-7000-8000-0000000000a1', '\\x00'),
  (2, '00000000-0000-7000-8000-000000000002', 'order', 'o2', '00000000-0000-7000-8000-0000000000a2', '\\x00');
insert into decision (order_id, revision, program_id, terms_version_id, affiliate_id, status, unit, amount, available_at, rules, line_amounts, steps, decided_at, cause) values
  ('00000000-0000-7000-8000-0000000000a1', 1, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-0000000000f1', 'earning', 'USD', 500, null, '{}', '{200,300}', '[]', '2026-03-01Z', 'order'),
  ('00000000-0000-7000-8000-0000000000a2', 1, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-0000000000f1', 'earning', 'USD', 400, '2026-03-02Z', '{}', '{400}', '[]', '2026-03-02Z', 'order'),
  ('00000000-0000-7000-8000-0000000000a2', 2, '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-0000000000f1', 'earning', 'USD', 300, '2026-03-02Z', '{}', '{300}', '[]', '2026-03-03Z', 'refunded');
insert into commission (affiliate_id, order_id, program_id, revision, status, unit, amount, held, stands, placed_at, available_at, decided_at) values
  ('00000000-0000-7000-8000-0000000000f1', '00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-000000000002', 1, 'earning', 'USD', 500, 500, true, '2026-03-01Z', null, '2026-03-01Z'),
  ('00000000-0000-7000-8000-0000000000f1', '00000000-0000-7000-8000-0000000000a2', '00000000-0000-7000-8000-000000000002', 2, 'earning', 'USD', 300, 0, true, '2026-03-02Z', '2026-03-02Z', '2026-03-03Z');
select audit_append('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-0000000000b1', now(), '2026-03-01Z', null, 'test', 'anAct', null, '{}', 'done', '{}');
insert into customer_place (affiliate_id, program_id, customer_id, place, standing, given_at) values
  ('00000000-0000-7000-8000-0000000000f1', '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-0000000000c1', 1, 1, '2026-03-01Z');
select ledger_post(
  array_fill('00000000-0000-7000-8000-0000000000f1'::uuid, array[3]),
  array['00000000-0000-7000-8000-0000000000e1', '00000000-0000-7000-8000-0000000000e2', '00000000-0000-7000-8000-0000000000e3']::uuid[],
  array_fill('00000000-0000-7000-8000-000000000002'::uuid, array[3]), array['USD', 'USD', 'USD'], array['commission-earned', 'commission-earned', 'commission-reversed'],
  array['00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-0000000000a2', '00000000-0000-7000-8000-0000000000a2']::uuid[], array[1, 1, 2], array_fill('2026-03-01Z'::timestamptz, array[3]),
  array['00000000-0000-7000-8000-0000000000e1', '00000000-0000-7000-8000-0000000000e2', '00000000-0000-7000-8000-0000000000e3']::uuid[], array[0, 0, 0]::smallint[],
  array['expense', 'expense', 'owed']::ledger_account[], array['held', 'owed', 'expense']::ledger_account[], array[500, 400, 100]::bigint[],
  array[null, '00000000-0000-7000-8000-0000000000d1', '00000000-0000-7000-8000-0000000000d1']::uuid[],
  array['00000000-0000-7000-8000-0000000000d1']::uuid[], array['00000000-0000-7000-8000-0000000000e2']::uuid[], array['order'], array['00000000-0000-7000-8000-0000000000a2']::uuid[], array['2026-03-02Z'::timestamptz], array[null]::timestamptz[]);
insert into report_day select affiliate_id, program_id, day, country, channel, sum(clicks), sum(barred), sum(referrals), sum(orders), sum(rejected), sum(sales), sum(commission)
  from report_facts group by affiliate_id, program_id, day, country, channel;
insert into report_source select affiliate_id, program_id, day, link, sub, sum(clicks), sum(barred), sum(referrals), sum(orders), sum(rejected), sum(sales), sum(commission)
  from report_facts group by affiliate_id, program_id, day, link, sub;
`;

/** What a hostile or mistaken hand could do, and the check that tells. */
const DAMAGE: [string, string, string][] = [
  ['a balance is raised', "update ledger_balance set amount = amount + 1 where account = 'owed'", '01-postings-sum-to-zero'],
  ['a balance is raised', "update ledger_balance set amount = amount + 1 where account = 'owed'", '02-balances-equal-postings'],
  ['a posting is removed', "delete from ledger_posting where credit = 'held'", '02-balances-equal-postings'],
  ['a posting is removed', "delete from ledger_posting where credit = 'held'", '04-entries-have-postings'],
  ['a posting loses its entry', "delete from ledger_entry where kind = 'commission-reversed'", '04-entries-have-postings'],
  ['an account is on its wrong side', "update ledger_balance set amount = -1 where account = 'owed'", '03-balances-have-their-sign'],
  ['an entry loses its cause', 'delete from ledger_cause where sequence = 2', '05-entries-have-a-cause'],
  ['a lot is changed', 'update lot set consumed = 7', '06-lots-equal-postings'],
  ['a lot is lost', 'delete from lot', '06-lots-equal-postings'],
  ['a lot is changed', 'update lot set taken_back = 0', '07-open-lots-are-owed'],
  ['a commission holds less', 'update commission set held = 499 where held > 0', '08-held-commissions-are-held'],
  ['a commission is raised', 'update commission set amount = amount + 1', '09-commissions-equal-the-books'],
  ['a commission is lost', 'delete from commission where held = 0', '10-entries-equal-commissions'],
  [
    'a commission is taken over',
    "update commission set affiliate_id = '00000000-0000-7000-8000-0000000000f2'",
    '11-newest-decisions-stand',
  ],
  ['a decision is lost', 'delete from decision where revision = 2', '11-newest-decisions-stand'],
  ['an order forgets whose it is', 'update order_record set affiliate_id = null', '11-newest-decisions-stand'],
  ['a decision is lost', "delete from decision where revision = 1 and cause = 'order' and amount = 400", '12-decisions-follow-each-other'],
  ['a line is changed', "update decision set line_amounts = '{200,301}' where amount = 500", '12-decisions-follow-each-other'],
  ['terms are dated back', "update terms_version set holds_from = '2026-02-01Z' where number = 2", '13-terms-of-the-day'],
  ['the program changes its unit', "update program set unit = 'EUR'", '14-units-of-the-program'],
  [
    'a debt appears',
    "insert into ledger_balance select affiliate_id, program_id, unit, 'debt', -5 from ledger_balance where account = 'owed'",
    '15-debts',
  ],
  ['a lot ends unnoticed', "update lot set expires_at = '2026-04-01Z'", '16-nothing-outlives-its-end'],
  ['an order is removed', "delete from order_record where external_id = 'o2'", '17-lots-have-a-source'],
  ['a place counts wrongly', 'update customer_place set standing = 2', '18-places'],
  ['a number leads astray', "delete from fact_key where external_id = 'o1'", '19-names-lead-to-facts'],
  ['a click has no name', clickWithoutName(), '19-names-lead-to-facts'],
  [
    'an event is left waiting',
    `insert into waiting_event (slice, program_id, order_external_id, id, kind, happened_at, told_at, content, told_by)
     values (1, '00000000-0000-7000-8000-000000000002', 'o1', '00000000-0000-7000-8000-0000000000b1', 'paid', '2026-03-01Z', '2026-03-01Z', '{}', 'test')`,
    '20-nothing-was-forgotten',
  ],
  ['a request for money reserved nothing', moneyOut('withdrawal', 'requested'), '22-reserved-is-asked-for'],
  ['money was said to be paid', moneyOut('withdrawal', 'paid'), '23-what-went-out'],
  ['points were said to be redeemed', moneyOut('redemption', 'redeemed'), '23-what-went-out'],
  ['a line pays more than its withdrawal', lineOf('sent', 51, 'sent'), '24-lines-are-what-their-withdrawals-are'],
  ['a line has left a batch that was given up', lineOf('sent', 50, 'discarded'), '25-a-withdrawal-is-paid-by-one-batch'],
  ['what was sent is not in the books', lineOf('sent', 50, 'sent'), '26-what-was-sent-is-in-clearing'],
  ['a line has left without an entry', lineOf('sent', 50, 'sent'), '27-approved-batches-are-as-approved'],
  ['the application may write', 'grant insert on ledger_posting to tributary_app', '21-fences-stand'],
  ['a trigger is switched off', 'alter table decision disable trigger append_only', '21-fences-stand'],
  ['an act is changed', "update audit_entry set actor = 'nobody'", '28-the-audit-log-is-whole'],
  ['an act is taken away', 'delete from audit_entry', '28-the-audit-log-is-whole'],
  [
    'a product appears',
    `insert into product (slice, program_id, external_id, seen_at, price, offered, content, words)
     values (1, '00000000-0000-7000-8000-000000000002', 'sku', '2026-03-01Z', 0, true, '{}', '')`,
    '29-products-are-as-told-last',
  ],
  ['a report counts an order twice', 'update report_day set orders = orders + 1', '32-reports-equal-facts'],
];

function moneyOut(table: 'withdrawal' | 'redemption', status: string): string {
  const [amount, at, by, kind] =
    table === 'withdrawal' ? ['amount', 'requested_at', 'requested_by', ''] : ['points', 'redeemed_at', 'redeemed_by', 'kind,'];
  return `insert into ${table} (affiliate_id, id, program_id, external_id, status, unit, ${kind} ${amount}, ${at}, ${by})
    values ('00000000-0000-7000-8000-0000000000f1', '00000000-0000-7000-8000-0000000000b2', '00000000-0000-7000-8000-000000000002', 'w1', '${status}', 'USD', ${kind ? "'coupon'," : ''} 50, '2026-04-01Z', 'test')`;
}

/** A withdrawal of 50 that was sent, and its line in a batch. */
function lineOf(line: string, points: number, batch: string): string {
  const [person, program, made] = [
    '00000000-0000-7000-8000-0000000000f1',
    '00000000-0000-7000-8000-000000000002',
    '00000000-0000-7000-8000-0000000000b3',
  ];
  return `${moneyOut('withdrawal', 'sent')};
    insert into payout_batch (id, program_id, name, status, opened_at, opened_by, hash, frozen_actor, approved_actor)
    values ('${made}', '${program}', 'one', '${batch}', '2026-04-01Z', 'test', '\\x00', '${person}', '${program}');
    insert into payout_line (affiliate_id, id, batch_id, program_id, withdrawal_id, part_id, status, unit, points, currency, amount, method, changed_at)
    values ('${person}', '${made}', '${made}', '${program}', '00000000-0000-7000-8000-0000000000b2', '${made}', '${line}', 'USD', ${points}, 'USD', ${points}, 'paypal', '2026-04-01Z')`;
}

function clickWithoutName(): string {
  return `insert into click (bucket, id, program_id, external_id, affiliate_id, clicked_at, told_at, content, active, permitted, redirected, attributable)
    values (0, '00000000-0000-7000-8000-0000000000c9', '00000000-0000-7000-8000-000000000002', 'k9', '00000000-0000-7000-8000-0000000000f1', '2026-03-01Z', '2026-03-01Z', '{}', true, true, true, true)`;
}

describe('the checks of the books', () => {
  const checks = readChecks();
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(BOOKS);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('find nothing in good books, and say how much they looked at', async () => {
    const findings = await runChecks(client, checks);
    expect(findings.filter(({ differing }) => differing > 0)).toEqual([]);
    expect(findings.find(({ check }) => check.name === '01-postings-sum-to-zero')?.looked).toBe(3);
  });

  it.each(DAMAGE)('find that %s (%s)', async (_, damage, name) => {
    await client.query('begin');
    try {
      // As whoever could: past the triggers.
      await client.query(`set local session_replication_role = replica; ${damage}`);
      const [finding] = await runChecksHere(
        client,
        checks.filter((check) => check.name === name),
      );
      expect(finding?.differing).toBeGreaterThan(0);
      expect(finding?.rows[0]).toMatch(/\w{3}/);
    } finally {
      await client.query('rollback');
    }
  });

  it('are each shown to find something', () => {
    expect(new Set(DAMAGE.map(([, , name]) => name))).toEqual(new Set(checks.map(({ name }) => name)));
  });
});
