import { inflateSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { connect } from '../../testing/books.ts';
import { notedStatements } from '../../testing/statements.ts';

const program = 'banggood';
const DAY = 86_400_000;
const FIRST = Date.parse('2026-01-01T00:00:00Z');
const DAYS = 120;

interface Row {
  unit: string;
  date: string;
  kind: string;
  reference: string;
  change: string;
  balance: string;
}

let api: TestApi;
let sandbox: TestSandbox;
let annsToken: string;
const day = (number: number) => new Date(FIRST + number * DAY).toISOString();

/** What happens to ann on a day of the story. */
async function happen(number: number): Promise<void> {
  const { staff, integrator } = sandbox;
  const order = {
    program,
    id: `o${number}`,
    visitor: 'v1',
    country: 'DE',
    lines: [{ sku: 'a', category: 'toys-and-hobbies', price: '40.00' }],
  };
  if (number % 5 === 0) await must(integrator, 'recordOrder', order, 'id');
  if (number % 10 === 5) await must(integrator, 'recordOrderEvent', { program, order: `o${number - 5}`, kind: 'SHIPPED' }, 'id');
  if (number % 15 === 10) await must(integrator, 'recordOrderEvent', { program, order: `o${number - 10}`, kind: 'CANCELLED' }, 'id');
  const bonus = { program, affiliate: 'ann', id: `-j${number}`.slice(1), kind: 'BONUS', amount: '700', reason: 'a good week' };
  if (number % 8 === 3) await must(staff, 'postAdjustment', { ...bonus, expiresAt: day(number + 20) });
  if (number % 12 === 7) await must(staff, 'postAdjustment', { ...bonus, id: `k${number}`, kind: 'ADJUSTMENT', amount: '-90' });
  if (number === 40 || number === 80)
    await must(staff, 'requestWithdrawal', { program, affiliate: 'ann', id: `w${number}`, amount: '1000' });
  if (number === 45) for (const act of ['approveWithdrawal', 'markWithdrawalPaid']) await must(staff, act, { program, withdrawal: 'w40' });
  if (number === 60) await must(staff, 'markWithdrawalReturned', { program, withdrawal: 'w40' });
  if (number === 85) await must(staff, 'rejectWithdrawal', { program, withdrawal: 'w80' });
  if (number % 30 === 1) await must(integrator, 'recordActivity', { program, id: `a${number}`, affiliate: 'ann', kind: 'photo' }, 'id');
}

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: day(0) });
  for (const affiliate of ['ann', 'ben']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'DE' });
  await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1', country: 'DE', page: 'home' }, 'id');
  for (let number = 0; number < DAYS; number++) {
    await sandbox.at(day(number));
    // The click is two weeks good; another one each week.
    if (number % 7 === 0)
      await must(
        sandbox.integrator,
        'recordClick',
        { program, id: `c${number}`, affiliate: 'ann', visitor: 'v1', country: 'DE', page: 'home' },
        'id',
      );
    await happen(number);
  }
  annsToken = await affiliateToken(sandbox, 'ann');
}, 180_000);

afterAll(() => api.close());

const get = (token: string | undefined, format: string, from: string, to: string, affiliate?: string) => {
  const query = new URLSearchParams({ from, to, ...(affiliate === undefined ? {} : { affiliate }) });
  return fetch(`${api.url}/statements/${program}/${format}?${query}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
};

async function csv(from: string, to: string): Promise<Row[]> {
  return parse(await (await get(annsToken, 'csv', from, to)).text(), { columns: true });
}

/** Pending, available and reserved together, as the balances say. */
async function had(at: string, unit: string): Promise<bigint> {
  const { balances } = await sandbox.staff<{ balances: { units: Record<string, { value: string; unit: string }>[] } }>(
    `query ($at: Instant!) { balances(program: "${program}", affiliate: "ann", asOf: $at) { units { pending { value unit } available { value } reserved { value } } } }`,
    { at },
  );
  const found = balances.units.find(({ pending }) => pending!.unit === unit)!;
  return BigInt(found['pending']!.value) + BigInt(found['available']!.value) + BigInt(found['reserved']!.value);
}

describe('a statement', () => {
  it('of any period makes its closing of its opening and movements, and both are what the books say', { timeout: 120_000 }, async () => {
    const ends = fc.tuple(fc.nat({ max: DAYS * 24 }), fc.nat({ max: DAYS * 24 })).filter(([a, b]) => a !== b);
    let looked = 0;
    await fc.assert(
      fc.asyncProperty(ends, async (hours) => {
        const [from, to] = hours.sort((a, b) => a - b).map((hour) => new Date(FIRST + hour * 3_600_000)) as [Date, Date];
        const rows = await csv(from.toISOString(), to.toISOString());
        for (const unit of new Set(rows.map((row) => row.unit))) {
          const own = rows.filter((row) => row.unit === unit);
          const [opening, closing] = [own[0]!, own.at(-1)!];
          expect([opening.kind, closing.kind]).toEqual(['opening', 'closing']);
          let balance = BigInt(opening.balance);
          for (const row of own.slice(1, -1)) {
            balance += BigInt(row.change);
            expect(BigInt(row.balance)).toBe(balance);
            expect(Date.parse(row.date) >= from.getTime() && Date.parse(row.date) < to.getTime()).toBe(true);
            looked += 1;
          }
          expect(BigInt(closing.balance)).toBe(balance);
          expect(BigInt(opening.balance)).toBe(await had(new Date(from.getTime() - 1).toISOString(), unit));
          expect(balance).toBe(await had(new Date(to.getTime() - 1).toISOString(), unit));
        }
      }),
      { numRuns: 40 },
    );
    expect(looked).toBeGreaterThan(100);
  });

  it('names what moved it', async () => {
    const rows = await csv(day(0), day(DAYS));
    const kinds = new Set(rows.map(({ kind }) => kind));
    for (const kind of ['commission-earned', 'bonus', 'expired', 'withdrawal-paid', 'withdrawal-returned', 'activity-earned'])
      expect([...kinds]).toContain(kind);
    expect(rows.filter(({ reference }) => reference === 'w40').map(({ kind, change }) => `${kind} ${change}`)).toEqual([
      'withdrawal-paid -1000',
      'withdrawal-returned 1000',
    ]);
  });

  it('follows on the one before it', async () => {
    const [first, second] = [await csv(day(0), day(47)), await csv(day(47), day(90))];
    const of = (rows: Row[], kind: string) => rows.filter((row) => row.kind === kind).map(({ unit, balance }) => `${unit} ${balance}`);
    expect(of(first, 'closing')).toEqual(of(second, 'opening'));
  });

  it('is for whom it is about, and for staff', async () => {
    const status = async (...args: Parameters<typeof get>) => (await get(...args)).status;
    const period = [day(0), day(10)] as const;
    expect(await status(annsToken, 'csv', ...period)).toBe(200);
    expect(await status(annsToken, 'csv', ...period, 'ann')).toBe(200);
    expect(await status(annsToken, 'csv', ...period, 'ben')).toBe(404);
    expect(await status(sandbox.staffToken, 'csv', ...period, 'ben')).toBe(200);
    expect(await status(sandbox.staffToken, 'csv', ...period, 'nobody')).toBe(404);
    expect(await status(undefined, 'csv', ...period, 'ann')).toBe(401);
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await status(other.staffToken, 'csv', ...period, 'ann')).toBe(404);
    expect(await status(annsToken, 'xlsx', ...period)).toBe(404);
    expect(await status(annsToken, 'csv', day(10), day(0))).toBe(400);
    expect(await status(annsToken, 'pdf', 'yesterday', day(0))).toBe(400);
  });

  it('is a PDF of as many pages as it needs, with the same closing', async () => {
    const response = await get(annsToken, 'pdf', day(0), day(DAYS));
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const closings = (await csv(day(0), day(DAYS))).filter(({ kind }) => kind === 'closing');
    const text = textOf(bytes);
    expect(text).toContain('Closing balance');
    for (const { balance } of closings) expect(text).toContain(balance);
    expect((bytes.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length).toBeGreaterThan(1);
  });
});

describe('a long statement', () => {
  const ENTRIES = 4_000;

  it('costs its pages: each reads on where the one before it ended, and no more than it shows', async () => {
    const client = await connect(api.database.url);
    try {
      await addBonuses(client, ENTRIES);
      const noted = await notedStatements(async () =>
        expect((await csvOf('ben', day(0), day(DAYS))).filter(({ kind }) => kind === 'bonus')).toHaveLength(ENTRIES),
      );
      const pages = noted.filter(({ text }) => text.includes('order by happened_at, id limit'));
      expect(pages.length).toBeGreaterThan(ENTRIES / 1_000);
      // A table as small as this one is read whole more quickly than by any index.
      await client.query('set enable_seqscan = off');
      for (const { text, values } of pages) expect(await mostRowsRead(client, text, values)).toBeLessThanOrEqual(1_000);
    } finally {
      await client.end();
    }
  });
});

async function csvOf(affiliate: string, from: string, to: string): Promise<Row[]> {
  return parse(await (await get(sandbox.staffToken, 'csv', from, to, affiliate)).text(), { columns: true });
}

/** For ben, a minute apart. */
async function addBonuses(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `with entry as materialized (
       select gen_random_uuid() as cause, uuidv7() as id, uuidv7() as lot, e.affiliate_id, e.program_id, p.unit, $2::timestamptz + n * interval '1 minute' as at
       from generate_series(1, $1::int) n, enrollment e join affiliate a on a.id = e.affiliate_id join program p on p.id = e.program_id where a.external_id = 'ben'
     ), listed as (
       select array_agg(affiliate_id) as affiliates, array_agg(id) as ids, array_agg(program_id) as programs, array_agg(unit) as units, array_agg(cause) as causes,
         array_agg(at) as ats, array_agg(lot) as lots from entry
     )
     select ledger_post(affiliates, ids, programs, units, array_fill('bonus'::text, array[$1]), causes, array_fill(0, array[$1]), ats,
       ids, array_fill(0::smallint, array[$1]), array_fill('expense'::ledger_account, array[$1]), array_fill('owed'::ledger_account, array[$1]), array_fill(5::bigint, array[$1]), lots,
       lots, ids, array_fill('bonus'::text, array[$1]), causes, ats, array_fill(null::timestamptz, array[$1])) from listed`,
    [count, day(0)],
  );
  await client.query('analyze ledger_entry, ledger_posting');
}

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Of the entries that any step of a statement looks at, as PostgreSQL runs it once more. */
async function mostRowsRead(client: pg.Client, text: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, costs off, timing off, format json) ${text}`, [
    ...values,
  ]);
  let most = 0;
  const open: Plan[] = [rows[0]!['QUERY PLAN'][0].Plan];
  for (let plan = open.pop(); plan; plan = open.pop()) {
    open.push(...(plan.Plans ?? []));
    if (plan['Relation Name']?.startsWith('ledger_entry'))
      most = Math.max(most, plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0));
  }
  return most;
}

/** What is written on its pages: texts in hexadecimal, with spacing between them. */
function textOf(pdf: Buffer): string {
  const texts: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    const end = pdf.indexOf('\nendstream', at);
    if (end < 0) break;
    try {
      const content = inflateSync(pdf.subarray(at + 7, end)).toString('latin1');
      for (const [, shown] of content.matchAll(/\[([^\]]*)\] TJ/g))
        texts.push([...shown!.matchAll(/<([0-9a-f]+)>/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1')).join(''));
    } catch {
      // Not every stream is a page.
    }
  }
  return texts.join('\n');
}
