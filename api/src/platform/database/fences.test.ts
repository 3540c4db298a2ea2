import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { newId } from '../ids.ts';
import { withConnection } from './admin.ts';
import { applicationUrl } from './pool.ts';

/** Two affiliates in two programs. Ann has earned 100 that can be used, 40 that wait, and has spent 30. */
const [ann, bob, program, other] = [newId(), newId(), newId(), newId()];
const [annsLot, bobsLot, othersLot] = [newId(), newId(), newId()];
const [order, organization, version] = [newId(), newId(), newId()];
const AT = '2026-03-01T00:00:00Z';

interface Entry {
  affiliate?: string;
  id?: string;
  program?: string;
  unit?: string;
  cause?: string;
  sequence?: number;
  postings?: { line?: number; debit: string; credit: string; amount: string | null; lot?: string; entry?: string }[];
  lot?: { id: string; usable?: string; expires?: string | null };
}

const SIGNATURE =
  'uuid[] uuid[] uuid[] text[] text[] uuid[] int[] timestamptz[] uuid[] smallint[] ledger_account[] ledger_account[] bigint[] uuid[] uuid[] uuid[] text[] uuid[] timestamptz[] timestamptz[]'.split(
    ' ',
  );
const POST = `select ledger_post(${SIGNATURE.map((type, index) => `$${index + 1}::${type}`).join(', ')}) as posted`;

function argumentsOf(entries: Entry[]): unknown[][] {
  const full = entries.map((entry) => ({
    affiliate: ann,
    id: newId(),
    program,
    unit: 'USD',
    cause: newId(),
    sequence: 0,
    postings: [],
    ...entry,
  }));
  const postings = full.flatMap((entry) => entry.postings.map((posting, line) => ({ line, entry: entry.id, ...posting })));
  const lots = full.flatMap((entry) =>
    entry.lot === undefined ? [] : [{ usable: AT, expires: null, ...entry.lot, entry: entry.id, cause: entry.cause }],
  );
  return [
    full.map((entry) => entry.affiliate),
    full.map((entry) => entry.id),
    full.map((entry) => entry.program),
    full.map((entry) => entry.unit),
    full.map(() => 'test'),
    full.map((entry) => entry.cause),
    full.map((entry) => entry.sequence),
    full.map(() => AT),
    postings.map((posting) => posting.entry),
    postings.map((posting) => posting.line),
    postings.map((posting) => posting.debit),
    postings.map((posting) => posting.credit),
    postings.map((posting) => posting.amount),
    postings.map((posting) => posting.lot ?? null),
    lots.map((lot) => lot.id),
    lots.map((lot) => lot.entry),
    lots.map(() => 'order'),
    lots.map((lot) => lot.cause),
    lots.map((lot) => lot.usable),
    lots.map((lot) => lot.expires),
  ];
}

const earned = (amount: string, lot: string, more: Entry = {}): Entry => ({
  postings: [{ debit: 'expense', credit: 'owed', amount, lot }],
  lot: { id: lot },
  ...more,
});
const flow = (debit: string, credit: string, amount: string | null, lot?: string): Entry => ({
  postings: [{ debit, credit, amount, ...(lot === undefined ? {} : { lot }) }],
});

let database: TestDatabase;
/** The application, as whoever has taken it over could use it. */
let application: pg.Client;
let owner: pg.Client;
const known: Entry = { ...earned('100', annsLot), id: newId(), cause: newId() };

const post = async (...entries: Entry[]): Promise<number> => (await application.query(POST, argumentsOf(entries))).rows[0].posted;

const TABLES = [
  ...['ledger_cause', 'ledger_entry', 'ledger_posting', 'ledger_balance', 'lot'],
  ...[
    'decision',
    'order_event',
    'enrollment_event',
    'fact_key',
    'terms_version',
    'program_switch',
    'order_record',
    'click',
    'customer',
    'commission',
  ],
];

/** Everything that must stay, in one text. */
async function everything(): Promise<string> {
  const parts = TABLES.map((table) => `(select coalesce(json_agg(t order by t::text), '[]')::text from ${table} t)`);
  const functions =
    "(select string_agg(proname || md5(prosrc), ',' order by proname) from pg_proc where pronamespace = 'public'::regnamespace)";
  const triggers = "(select string_agg(tgname || tgenabled::text || tgrelid::regclass, ',' order by tgname, tgrelid) from pg_trigger)";
  const rights =
    "(select string_agg(relname || relowner || coalesce(relacl::text, ''), ',' order by relname) from pg_class where relnamespace = 'public'::regnamespace)";
  const { rows } = await owner.query({ text: `select ${[...parts, functions, triggers, rights].join(', ')}`, rowMode: 'array' });
  return JSON.stringify(rows);
}

/** Tries statements in one transaction, which is committed if it gets so far. */
async function attempt(client: pg.Client, text: string | { text: string; values: unknown[] }): Promise<string> {
  try {
    await client.query('begin');
    await client.query(text);
    await client.query('commit');
    return 'done';
  } catch (error) {
    await client.query('rollback');
    return (error as Error).message;
  } finally {
    await client.query('reset role; reset session authorization; set search_path to default').catch(() => {});
  }
}

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.url });
  application = new pg.Client({ connectionString: applicationUrl(database.url) });
  await Promise.all([owner.connect(), application.connect()]);
  const say = (text: string, ...values: unknown[]) => application.query(text, values);
  await say("insert into organization (id, name, kind) values ($1, 'live', 'live')", organization);
  for (const [id, key] of [
    [program, 'p'],
    [other, 'q'],
  ])
    await say("insert into program (id, organization_id, key, name, unit) values ($1, $2, $3, 'P', 'USD')", id, organization, key);
  await say(
    "insert into terms_version (id, program_id, number, holds_from, document, document_hash, published_at, published_by) values ($1, $2, 1, $3, '{}', '', $3, 'test')",
    version,
    program,
    AT,
  );
  await say(
    "insert into program_switch (program_id, id, name, value, holds_from, set_by) values ($1, $2, 'self-purchase', 'allowed', $3, 'test')",
    program,
    newId(),
    AT,
  );
  for (const id of [ann, bob]) {
    await say("insert into affiliate (id, organization_id, external_id) values ($1, $2, 'a')", id, organization);
    await say(
      "insert into enrollment (affiliate_id, program_id, id, status, created_at) values ($1, $2, $3, 'active', $4)",
      id,
      program,
      newId(),
      AT,
    );
    await say(
      "insert into enrollment_event (affiliate_id, program_id, id, kind, value, holds_from, done_by) values ($1, $2, $3, 'status', 'active', $4, 'test')",
      id,
      program,
      newId(),
      AT,
    );
  }
  await say(
    "insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values (1, $1, 'order', 'o1', $2, 'x'), (1, $1, 'order', 'awaited', $3, null)",
    program,
    order,
    newId(),
  );
  await say(
    "insert into order_record (id, program_id, external_id, placed_at, told_at, content, revision, affiliate_id) values ($1, $2, 'o1', $3, $3, '{}', 1, $4)",
    order,
    program,
    AT,
    ann,
  );
  await say(
    "insert into order_event (order_id, id, program_id, kind, happened_at, told_at, content, told_by) values ($1, $2, $3, 'paid', $4, $4, '{}', 'test')",
    order,
    newId(),
    program,
    AT,
  );
  await say(
    "insert into decision (order_id, revision, program_id, terms_version_id, affiliate_id, status, unit, amount, rules, line_amounts, steps, decided_at, cause) values ($1, 1, $2, $3, $4, 'earning', 'USD', 100, '{}', '{100}', '[]', $5, 'order')",
    order,
    program,
    version,
    ann,
    AT,
  );
  await say(
    "insert into commission (affiliate_id, order_id, program_id, revision, status, unit, amount, held, stands, placed_at, decided_at) values ($1, $2, $3, 1, 'earning', 'USD', 100, 0, true, $4, $4)",
    ann,
    order,
    program,
    AT,
  );
  await say("insert into customer (id, program_id, external_id) values ($1, $2, 'c1')", newId(), program);
  await say(
    "insert into click (bucket, id, program_id, external_id, affiliate_id, clicked_at, told_at, content, active, permitted, redirected, attributable) values (0, $1, $2, 'k1', $3, $4, $4, '{}', true, false, true, true)",
    newId(),
    program,
    ann,
    AT,
  );
  await post(known, earned('50', bobsLot, { affiliate: bob }), earned('70', othersLot, { program: other }));
  await post(flow('expense', 'held', '40'), flow('owed', 'redeemed', '30', annsLot));
});

afterAll(async () => {
  await Promise.all([owner.end(), application.end()]);
  await database.drop();
});

async function refused(text: string, client = application): Promise<string> {
  const before = await everything();
  const answer = await attempt(client, text);
  expect(await everything()).toBe(before);
  return answer;
}

const BOOKS = ['ledger_cause', 'ledger_entry', 'ledger_posting', 'ledger_balance', 'lot'];
const HISTORY = ['decision', 'order_event', 'enrollment_event', 'fact_key', 'terms_version', 'program_switch', 'activity', 'adjustment'];

describe('whoever has taken the application over', () => {
  const denied = /permission denied|must be (owner|member|superuser)|append-only|kept for ever|is refused/i;

  it.each(
    BOOKS.flatMap((table) => [
      `delete from ${table}`,
      `truncate ${table}`,
      `truncate ${table} cascade`,
      `insert into ${table} (affiliate_id) select affiliate_id from ${table}`,
      `select 1 from ${table} for update`,
    ]),
  )('can not %s', async (text) => expect(await refused(text)).toMatch(denied));

  it.each([
    'update ledger_balance set amount = amount + 1000000',
    'update lot set credited = credited + 1000000',
    "update lot set usable_from = '2020-01-01Z', expires_at = null",
    `update lot set affiliate_id = '${bob}'`,
    'update ledger_posting set amount = amount * 10',
    "update ledger_entry set kind = 'bonus'",
    'update ledger_cause set sequence = sequence + 1',
    `insert into ledger_balance values ('${ann}', '${program}', 'USD', 'owed', 1000000) on conflict (affiliate_id, program_id, unit, account) do update set amount = 1000000`,
    `insert into lot (affiliate_id, id, program_id, unit, source_kind, source_id, usable_from, credited) values ('${ann}', '${newId()}', '${program}', 'USD', 'bonus', '${newId()}', '${AT}', 1000000)`,
    `insert into ledger_posting (affiliate_id, entry_id, line, program_id, unit, debit, credit, amount) values ('${ann}', '${known.id}', 9, '${program}', 'USD', 'expense', 'held', 1000000)`,
    `merge into ledger_balance b using (select 1) s on b.account = 'owed' when matched then update set amount = 0`,
    "copy ledger_posting from program 'echo'",
  ])('can not %s', async (text) => expect(await refused(text)).toMatch(denied));

  it.each(HISTORY.flatMap((table) => [`delete from ${table}`, `truncate ${table} cascade`]))('can not %s', async (text) =>
    expect(await refused(text)).toMatch(denied),
  );

  it.each([
    'update decision set amount = 1000000',
    "update order_event set kind = 'cancelled'",
    "update enrollment_event set value = 'terminated'",
    "update terms_version set document = '{}', holds_from = '2020-01-01Z'",
    "update program_switch set value = 'forbidden'",
    "update order_record set content = '{}'",
    "update order_record set external_id = 'o2'",
    "update fact_key set external_id = 'o2' where external_id = 'o1'",
    `update fact_key set fact_id = '${newId()}', content_hash = 'y' where external_id = 'o1'`,
    `update fact_key set content_hash = null where external_id = 'o1'`,
    `update fact_key set fact_id = '${newId()}' where external_id = 'awaited'`,
    'update click set active = true',
    'delete from click',
    'delete from order_record',
    'delete from commission',
    'delete from customer',
    'delete from enrollment',
    'delete from api_token',
    "update organization set kind = 'sandbox', clock = now()",
    "update api_token set kind = 'staff', affiliate_id = null",
  ])('can not %s', async (text) => {
    const answer = await refused(text);
    // Where there is no row, there is nothing that could be refused.
    if (answer !== 'done') expect(answer).toMatch(denied);
    expect(text.includes('api_token') || answer !== 'done').toBe(true);
  });

  it('can not reach partitions past their parent', async () => {
    const { rows } = await owner.query<{ name: string }>(
      "select c.oid::regclass::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relkind = 'p' and c.relkind = 'r'",
    );
    expect(rows.length).toBeGreaterThan(12);
    for (const { name } of rows) {
      for (const text of [
        `delete from ${name}`,
        `truncate ${name}`,
        `insert into ${name} select * from ${name}`,
        `drop table ${name}`,
        `alter table ${name} disable trigger all`,
      ])
        expect([text, await attempt(application, text)]).toEqual([text, expect.stringMatching(denied)]);
    }
  });

  it.each([
    'create table mine (n int)',
    'create view mine as select * from ledger_posting',
    'create schema mine',
    "create function mine() returns int language sql as 'select 1'",
    "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
    'create trigger mine before insert on ledger_posting for each row execute function refuse_change()',
    'create rule mine as on insert to ledger_posting do instead nothing',
    'create index on ledger_posting (amount)',
    'drop trigger append_only on ledger_posting',
    'alter table ledger_posting disable trigger all',
    'alter table ledger_posting drop constraint ledger_posting_pkey',
    'alter table lot owner to tributary_app',
    'drop table ledger_balance',
    'drop function ledger_post',
    'alter function ledger_post security invoker',
    'grant postgres to tributary_app',
    'alter role tributary_app superuser',
    'alter role tributary_app createrole',
    'create role mine superuser',
    'set role postgres',
    'set session authorization postgres',
    "set session_replication_role = 'replica'",
    'lock table ledger_balance in access exclusive mode',
    "select pg_read_file('/etc/passwd')",
    "copy (select 1) to '/tmp/mine'",
    "do $$ begin execute 'alter table lot disable trigger all'; end $$",
    'create extension plpython3u',
    'comment on table lot is $$mine$$',
  ])('can not %s', async (text) =>
    expect(await refused(text)).toMatch(/permission denied|must be|not available|cannot set|only roles|does not exist/i),
  );

  it('can not put tables of its own before those of the books', async () => {
    const before = await everything();
    await attempt(application, 'create temp table ledger_cause (like public.ledger_cause)');
    await application.query('create temp table if not exists lot (like public.lot)').catch(() => {});
    await application.query('set search_path = pg_temp, public');
    await application.query(POST, argumentsOf([{ ...known }]));
    await application.query('reset search_path; drop table if exists pg_temp.lot, pg_temp.ledger_cause');
    expect(await everything()).toBe(before);
  });
});

describe('a posting is refused', () => {
  const wrong = /violates|not there|is refused|would be|must|as long|no posting|names no|out of range/;
  const lot = newId();
  it.each<[string, () => Entry[]]>([
    ['of a negative amount', () => [flow('expense', 'held', '-5')]],
    ['of nothing', () => [flow('expense', 'held', '0')]],
    ['without an amount', () => [flow('expense', 'held', null)]],
    [
      'of more than a number can be',
      () => [flow('expense', 'held', '9223372036854775807'), flow('expense', 'held', '9223372036854775807')],
    ],
    ['from an account to itself', () => [flow('held', 'held', '5')]],
    ['from what waits to what is spent', () => [flow('held', 'redeemed', '5')]],
    ['that pays out what was never reserved', () => [flow('expense', 'clearing', '5')]],
    ['that pays out more than is reserved', () => [flow('reserved', 'clearing', '5')]],
    ['that turns a debt into something owed', () => [flow('debt', 'owed', '5', annsLot)]],
    ['that brings back what expired to be spent', () => [flow('breakage', 'owed', '5', annsLot)]],
    ['that makes money of nothing', () => [flow('fee', 'owed', '5', annsLot)]],
    ['of what is owed without its lot', () => [flow('expense', 'owed', '5')]],
    ['of what waits with a lot', () => [flow('expense', 'held', '5', annsLot)]],
    ['that takes more than a lot has', () => [flow('owed', 'redeemed', '71', annsLot)]],
    [
      'that takes more than a lot has, in two steps of one entry',
      () => [{ postings: [...flow('owed', 'redeemed', '40', annsLot).postings!, ...flow('owed', 'redeemed', '31', annsLot).postings!] }],
    ],
    [
      'that takes more than a lot has, in two entries',
      () => [flow('owed', 'redeemed', '40', annsLot), flow('owed', 'expense', '31', annsLot)],
    ],
    ['that takes back more than was earned', () => [flow('owed', 'expense', '71', annsLot)]],
    ['that makes more of a debt than was spent', () => [flow('debt', 'expense', '101', annsLot)]],
    ['that takes from what expired where nothing did', () => [flow('breakage', 'expense', '1', annsLot)]],
    ['that releases more than waits', () => [flow('held', 'expense', '41')]],
    ['that settles a debt that is none', () => [flow('owed', 'debt', '5', annsLot)]],
    ['with a lot that is not there', () => [flow('owed', 'redeemed', '5', newId())]],
    ["with another affiliate's lot", () => [flow('owed', 'redeemed', '5', bobsLot)]],
    ["with a lot of the affiliate's other program", () => [flow('owed', 'redeemed', '5', othersLot)]],
    ['with a lot of another unit', () => [{ ...flow('owed', 'redeemed', '5', annsLot), unit: 'EUR' }]],
    [
      "with another affiliate's lot beside that one's own entry",
      () => [
        { affiliate: bob, ...flow('owed', 'redeemed', '5', bobsLot) },
        {
          affiliate: ann,
          postings: [...flow('expense', 'owed', '1', lot).postings!, ...flow('owed', 'redeemed', '1', bobsLot).postings!],
          lot: { id: lot },
        },
      ],
    ],
    [
      'with a lot of another program beside its own',
      () => [
        { program: other, ...flow('owed', 'redeemed', '5', othersLot) },
        { program, ...flow('expense', 'owed', '5', othersLot) },
      ],
    ],
    [
      'of an entry that is not there',
      () => [{ ...flow('expense', 'held', '5') }, { postings: [{ debit: 'expense', credit: 'held', amount: '5', entry: newId() }] }],
    ],
    ['onto an entry of another call', () => [{ postings: [{ debit: 'expense', credit: 'held', amount: '5', entry: known.id! }] }]],
    [
      'twice under one line',
      () => [
        {
          postings: [
            { line: 0, debit: 'expense', credit: 'held', amount: '5' },
            { line: 0, debit: 'expense', credit: 'held', amount: '5' },
          ],
        },
      ],
    ],
    ['under the id of a known entry', () => [{ ...flow('expense', 'held', '5'), id: known.id! }]],
    [
      'under one id for two entries',
      () => {
        const id = newId();
        return [
          { ...flow('expense', 'held', '5'), id },
          { ...flow('expense', 'held', '5'), id },
        ];
      },
    ],
    ['that is none: an entry of nothing', () => [{}]],
    ['with a lot that ends before it begins', () => [{ ...earned('5', newId()), lot: { id: newId(), usable: AT, expires: AT } }]],
    ['with a lot that another entry made', () => [earned('5', annsLot)]],
    ["with another affiliate's new lot", () => [earned('5', lot), { affiliate: bob, ...flow('expense', 'owed', '5', lot) }]],
    ['with a new lot of another program', () => [earned('5', lot), { program: other, ...flow('expense', 'owed', '5', lot) }]],
    ['with a new lot of another unit', () => [earned('5', lot), { unit: 'EUR', ...flow('expense', 'owed', '5', lot) }]],
    ['that takes more than a new lot has', () => [earned('5', lot), flow('owed', 'redeemed', '6', lot)]],
    ['with one new lot of two entries', () => [earned('5', lot), earned('5', lot)]],
    ['with a new lot of an entry that is left out', () => [{ ...known, lot: { id: lot } }, flow('expense', 'owed', '5', lot)]],
  ])('%s', async (_, entries) => {
    const before = await everything();
    expect(await attempt(application, { text: POST, values: argumentsOf(entries()) })).toMatch(wrong);
    expect(await everything()).toBe(before);
  });

  it.each(SIGNATURE.map((type, index) => [index, type] as const))(
    'when its list number %i is longer or shorter than the others',
    async (index) => {
      const before = await everything();
      for (const change of ['longer', 'shorter', 'none'] as const) {
        const values = argumentsOf([earned('5', newId()), earned('6', newId())]);
        const list = values[index]!;
        values[index] = change === 'longer' ? [...list, list[0]] : change === 'shorter' ? list.slice(1) : (null as unknown as unknown[]);
        expect([change, await attempt(application, { text: POST, values })]).toEqual([change, expect.stringMatching(wrong)]);
      }
      expect(await everything()).toBe(before);
    },
  );

  it.each(SIGNATURE.slice(0, 13).map((_, index) => [index]))('when its list number %i has a gap', async (index) => {
    const before = await everything();
    const values = argumentsOf([earned('5', newId()), earned('6', newId())]);
    values[index]![1] = null;
    expect(await attempt(application, { text: POST, values })).toMatch(wrong);
    expect(await everything()).toBe(before);
  });
});

describe('an entry that is posted again', () => {
  it('changes nothing, whatever it says now', async () => {
    const before = await everything();
    expect(await post(known)).toBe(0);
    expect(await post({ ...known, id: newId(), ...flow('expense', 'held', '1000000') })).toBe(0);
    expect(await everything()).toBe(before);
  });

  it('is left out, and what comes with it is posted', async () => {
    const { rows: balances } = await owner.query("select amount from ledger_balance where affiliate_id = $1 and account = 'held'", [ann]);
    expect(await post(known, flow('expense', 'held', '1'), known)).toBe(1);
    const { rows: after } = await owner.query("select amount from ledger_balance where affiliate_id = $1 and account = 'held'", [ann]);
    expect(Number(after[0].amount)).toBe(Number(balances[0].amount) + 1);
  });

  it('by ten callers at once, has one effect', async () => {
    const entry: Entry = { ...flow('expense', 'held', '7'), cause: newId() };
    const posted = await Promise.all(
      Array.from({ length: 10 }, () =>
        withConnection(
          applicationUrl(database.url),
          async (client) => (await client.query(POST, argumentsOf([{ ...entry, id: newId() }]))).rows[0].posted as number,
        ),
      ),
    );
    expect(posted.sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe('a lot', () => {
  const sums = async (id: string) => {
    const text =
      "select concat_ws(' ', credited, taken_back, consumed, expired, indebted) as sums, to_char(forfeits_at at time zone 'UTC', 'YYYY-MM-DD') as forfeited from lot where id = $1";
    return (await owner.query<{ sums: string; forfeited: string | null }>(text, [id])).rows;
  };

  it('is made with what all entries of its call move', async () => {
    const lot = newId();
    const takenBack = [flow('owed', 'expense', '10', lot), flow('debt', 'expense', '20', lot)];
    await post(flow('owed', 'redeemed', '30', lot), earned('100', lot), ...takenBack, flow('owed', 'breakage', '15', lot));
    expect(await sums(lot)).toEqual([{ sums: '100 10 30 15 20', forfeited: null }]);
    await post(flow('breakage', 'expense', '15', lot), flow('redeemed', 'owed', '5', lot));
    expect(await sums(lot)).toEqual([{ sums: '100 25 25 0 20', forfeited: null }]);
  });

  it('may be made with nothing in it, and is filled later', async () => {
    const lot = newId();
    await post({ ...flow('expense', 'held', '1'), lot: { id: lot } });
    expect(await sums(lot)).toEqual([{ sums: '0 0 0 0 0', forfeited: null }]);
    await post(flow('held', 'owed', '1', lot));
    expect(await sums(lot)).toEqual([{ sums: '1 0 0 0 0', forfeited: null }]);
  });

  it('that is there is not made again where its entry is told again, and takes what is new', async () => {
    const lot = newId();
    const entry = earned('10', lot, { cause: newId() });
    await post(entry);
    expect(await post({ ...entry, id: newId() }, flow('owed', 'redeemed', '4', lot))).toBe(1);
    expect(await sums(lot)).toEqual([{ sums: '10 0 4 0 0', forfeited: null }]);
  });

  it('learns its end where it is made or filled after its program has closed', async () => {
    const [closed, old, fresh] = [newId(), newId(), newId()];
    const made = "insert into program (id, organization_id, key, name, unit) values ($1, $2, 'closed', 'C', 'USD')";
    await owner.query(made, [closed, organization]);
    await post(earned('10', old, { program: closed }));
    await owner.query(
      "insert into program_closing (program_id, closes_at, after_days, pending_runs_on, rule, begun_at) values ($1, $2, 10, true, 'r', $2)",
      [closed, AT],
    );
    await post(earned('10', fresh, { program: closed }), { program: closed, ...flow('owed', 'redeemed', '1', old) });
    expect(await sums(fresh)).toEqual([{ sums: '10 0 0 0 0', forfeited: '2026-03-11' }]);
    expect(await sums(old)).toEqual([{ sums: '10 0 1 0 0', forfeited: '2026-03-11' }]);
  });

  it.each(['first', 'last'])('of several that two change at once makes one wait for the other: %s', async (which) => {
    const lots = Array.from({ length: 8 }, () => newId());
    await post(...lots.map((lot) => earned('10', lot)));
    const taken = (lot: string) => flow('owed', 'redeemed', '1', lot);
    const held = lots.at(which === 'first' ? 0 : -1) as string;
    await withConnection(applicationUrl(database.url), async (another) => {
      await application.query('begin');
      await post(taken(held));
      const { rows } = await another.query<{ pid: number }>('select pg_backend_pid() as pid');
      const waiting = another.query(POST, argumentsOf(lots.map(taken)));
      const isWaiting = async () => (await owner.query('select 1 from pg_locks where pid = $1 and not granted', [rows[0]!.pid])).rowCount;
      while (!(await isWaiting()));
      await post(...lots.filter((lot) => lot !== held).map(taken));
      await application.query('commit');
      await waiting;
    });
    for (const lot of lots) expect(await sums(lot)).toEqual([{ sums: '10 0 2 0 0', forfeited: null }]);
  });
});

describe('even the owner of the tables', () => {
  it.each(['ledger_cause', 'ledger_entry', 'ledger_posting', ...HISTORY])(
    'neither changes nor removes what stands in %s',
    async (table) => {
      const { rows } = await owner.query<{ name: string }>(
        'select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum desc limit 1',
        [table],
      );
      for (const text of [`delete from ${table}`, `update ${table} set ${rows[0]!.name} = ${rows[0]!.name}`, `truncate ${table} cascade`]) {
        const answer = await refused(text, owner);
        const { rowCount } = await owner.query(`select from ${table} limit 1`);
        if (rowCount || text.startsWith('truncate'))
          expect([text, answer]).toEqual([text, expect.stringMatching(/append-only|kept for ever/)]);
      }
    },
  );

  it('nor what stands in a partition', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
       where p.relname in ('ledger_entry', 'ledger_posting', 'decision', 'order_event') and c.relkind = 'r'`,
    );
    for (const { name } of rows)
      expect([name, await refused(`truncate ${name}`, owner)]).toEqual([name, expect.stringMatching(/append-only/)]);
  });

  it.each(['held', 'owed', 'reserved', 'clearing'])('lets no balance of %s fall below zero', async (account) => {
    expect(await refused(`insert into ledger_balance values ('${ann}', '${program}', 'EUR', '${account}', -1)`, owner)).toMatch(
      /would be -1/,
    );
  });
});
