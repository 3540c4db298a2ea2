import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrm, type EntityManager } from '../../platform/database/orm.ts';
import { applicationUrl } from '../../platform/database/pool.ts';
import { affiliateToken, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { connect, provedWrong } from '../../testing/books.ts';
import { foldAllReports } from './fold.ts';

let api: TestApi;
let sandbox: TestSandbox;
let hers: string;
const program = 'banggood';
const mug = { sku: 'mug', category: 'home-and-garden', price: '100.00' };

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  const { staff, integrator } = sandbox;
  for (const affiliate of ['ann', 'ben']) await must(staff, 'enrollAffiliate', { program, affiliate, country: 'DE' });
  await must(staff, 'createLink', { program, affiliate: 'ann', id: 'l1', url: 'https://www.banggood.com/mug.html' });
  hers = await affiliateToken(sandbox, 'ann');
  await sandbox.at('2026-03-04T00:00:00Z');
  const click = { program, affiliate: 'ann', link: 'l1', country: 'DE', page: 'home', subId: '=blog', channel: 'blog' };
  await must(integrator, 'recordClick', { ...click, id: 'k1', visitor: 'v1', occurredAt: '2026-03-02T20:00:00Z' });
  await must(integrator, 'recordClick', { ...click, id: 'k2', visitor: 'v2', occurredAt: '2026-03-02T12:00:00Z' });
  await must(integrator, 'recordClick', {
    program,
    affiliate: 'ben',
    id: 'k3',
    visitor: 'v3',
    country: 'FR',
    occurredAt: '2026-03-02T12:00:00Z',
  });
  await must(integrator, 'recordOrder', {
    program,
    id: 'o1',
    click: 'k1',
    visitor: 'v1',
    country: 'DE',
    lines: [mug],
    occurredAt: '2026-03-03T10:00:00Z',
  });
  await must(integrator, 'recordOrder', {
    program,
    id: 'o2',
    click: 'k3',
    visitor: 'v3',
    country: 'DE',
    lines: [mug],
    occurredAt: '2026-03-03T10:00:00Z',
  });
});
afterAll(() => api.close());

interface Row {
  key: string;
  clicks: number;
  referrals: number;
  orders: number;
  rejectedOrders: number;
  sales: { amount: string; currency: string };
  commission: { value: string; unit: string };
  earningsPerClick: string | null;
  conversionRate: string | null;
}

async function report(ask: Ask, by: string, more: Record<string, unknown> = {}): Promise<Row[]> {
  const { report: found } = await ask<{ report: { nodes: Row[] } }>(
    `query ($by: ReportDimension!, $affiliate: String, $sort: ReportSort, $first: Int!, $after: String) {
       report(program: "${program}", by: $by, from: "2026-03-01", to: "2026-03-31", affiliate: $affiliate, sort: $sort, first: $first, after: $after) {
         nodes { key clicks barredClicks referrals orders rejectedOrders sales { amount currency } commission { value unit } earningsPerClick conversionRate } } }`,
    { by, first: 20, ...more },
  );
  return found.nodes;
}

const short = (rows: Row[]) =>
  rows.map(({ key, clicks, orders, rejectedOrders, sales, commission }) =>
    [key, clicks, orders, rejectedOrders, sales.amount, commission.value].join(' '),
  );

async function expectProved(): Promise<void> {
  await report(sandbox.staff, 'TOTAL');
  const client = await connect(api.database.url);
  try {
    expect((await client.query('select 1 from report_queue')).rowCount).toBe(0);
    expect(await provedWrong(client)).toEqual([]);
  } finally {
    await client.end();
  }
}

describe('a report', () => {
  it('adds up by everything that clicks and orders tell, in the program’s days', async () => {
    const { staff } = sandbox;
    const [total] = await report(staff, 'TOTAL');
    expect(total).toMatchObject({ clicks: 3, orders: 2, rejectedOrders: 0, sales: { amount: '200.00', currency: 'USD' } });
    const earned = Number(total!.commission.value);
    expect(earned).toBeGreaterThan(0);
    expect(total).toMatchObject({ earningsPerClick: (Math.floor((earned * 100) / 3) / 100).toFixed(2), conversionRate: '66.66' });
    // 20:00 in UTC is the next day in the program's zone, if that is in the east.
    expect((await report(staff, 'DAY')).map(({ key, clicks, orders }) => [key, clicks, orders])).toEqual([
      ['2026-03-02', 2, 0],
      ['2026-03-03', 1, 2],
    ]);
    expect(short(await report(staff, 'AFFILIATE'))).toEqual([`ann 2 1 0 100.00 ${earned / 2}`, `ben 1 1 0 100.00 ${earned / 2}`]);
    expect((await report(staff, 'COUNTRY')).map(({ key, clicks, orders }) => [key, clicks, orders])).toEqual([
      ['DE', 2, 1],
      ['FR', 1, 1],
    ]);
    for (const [by, key] of [
      ['LINK', 'l1'],
      ['SUB_ID', '=blog'],
      ['CHANNEL', 'blog'],
    ] as const)
      expect(
        (await report(staff, by)).map((row) => [row.key, row.clicks, row.orders]),
        by,
      ).toEqual([
        ['', 1, 1],
        [key, 2, 1],
      ]);
    expect((await report(staff, 'AFFILIATE', { sort: 'CLICKS' })).map(({ key }) => key)).toEqual(['ann', 'ben']);
    const paged = await staff<{ report: { nodes: { key: string }[]; pageInfo: { endCursor: string }; totalCount: number } }>(
      `{ report(program: "${program}", by: AFFILIATE, from: "2026-03-01", to: "2026-03-31", sort: COMMISSION, first: 1) { nodes { key } pageInfo { endCursor } totalCount } }`,
    );
    expect([paged.report.nodes, paged.report.totalCount]).toEqual([[{ key: 'ben' }], 2]);
    expect(
      (await report(staff, 'AFFILIATE', { sort: 'COMMISSION', first: 1, after: paged.report.pageInfo.endCursor })).map(({ key }) => key),
    ).toEqual(['ann']);
    await expectProved();
  });

  it('follows what becomes of orders, told late or put right', async () => {
    const { staff, integrator } = sandbox;
    await must(staff, 'correctOrder', {
      program,
      order: 'o1',
      id: 'o1',
      click: 'k1',
      visitor: 'v1',
      country: 'DE',
      lines: [{ ...mug, price: '300.00' }],
      reason: 'the price was wrong',
      occurredAt: '2026-03-03T10:00:00Z',
    });
    expect((await report(staff, 'AFFILIATE'))[0]).toMatchObject({ key: 'ann', orders: 1, sales: { amount: '300.00' } });
    await must(integrator, 'recordOrderEvent', { program, order: 'o1', kind: 'CANCELLED' });
    expect((await report(staff, 'AFFILIATE'))[0]).toMatchObject({
      orders: 0,
      rejectedOrders: 1,
      sales: { amount: '0.00' },
      commission: { value: '0' },
    });
    await must(staff, 'undoOrderEvent', { program, order: 'o1', kind: 'CANCELLED', reason: 'another order' });
    // Given to somebody else it counts there, and nowhere else.
    await must(staff, 'attributeOrder', { program, order: 'o2', affiliate: 'ann', reason: 'she brought it' });
    expect((await report(staff, 'AFFILIATE')).map(({ key, orders, rejectedOrders }) => [key, orders, rejectedOrders])).toEqual([
      ['ann', 2, 0],
      ['ben', 0, 0],
    ]);
    // A click that is told late takes an order over.
    await must(integrator, 'recordOrder', {
      program,
      id: 'o4',
      click: 'k4',
      visitor: 'v4',
      country: 'DE',
      lines: [mug],
      occurredAt: '2026-03-03T12:00:00Z',
    });
    await must(integrator, 'recordClick', {
      program,
      affiliate: 'ben',
      id: 'k4',
      visitor: 'v4',
      country: 'IT',
      occurredAt: '2026-03-03T11:00:00Z',
    });
    expect((await report(staff, 'COUNTRY')).find(({ key }) => key === 'IT')).toMatchObject({ clicks: 1, orders: 1 });
    await must(staff, 'voidOrder', { program, order: 'o4', reason: 'a test' });
    expect((await report(staff, 'COUNTRY')).find(({ key }) => key === 'IT')).toMatchObject({ clicks: 1, orders: 0, rejectedOrders: 1 });
    await expectProved();
  });

  it('is the same when many tell at once and several add up', async () => {
    const tell = (n: number) =>
      must(
        sandbox.integrator,
        'recordClicks',
        {
          program,
          clicks: Array.from({ length: 30 }, (_, i) => ({
            id: `m${n}-${i}`,
            affiliate: i % 2 ? 'ann' : 'ben',
            visitor: `m${n}`,
            country: 'DE',
          })),
        },
        'results { index }',
      );
    await Promise.all(Array.from({ length: 8 }, (_, n) => Promise.all([tell(n), report(sandbox.staff, 'TOTAL')])));
    expect((await report(sandbox.staff, 'AFFILIATE')).map(({ clicks }) => clicks)).toEqual([122, 122]);
    await expectProved();
  });

  it('counts a referral where the click was that tied the customer, whatever is told later', async () => {
    const { staff, integrator } = sandbox;
    const click = { program, visitor: 'v9', page: 'home' };
    await must(integrator, 'recordClick', { ...click, id: 'k9', affiliate: 'ann', link: 'l1', country: 'AT', channel: 'blog' });
    await must(integrator, 'recordRegistration', { program, customer: 'c9', visitor: 'v9' });
    await must(integrator, 'recordRegistration', { program, customer: 'c8', referralCode: 'ann' });
    const referrals = async (by: string) => {
      const found = (await report(staff, by)).filter((row) => row.referrals > 0);
      return found.map((row) => `${row.key} ${row.referrals}`);
    };
    const before = [await referrals('LINK'), await referrals('COUNTRY'), await referrals('CHANNEL'), await referrals('AFFILIATE')];
    expect(before).toEqual([[' 1', 'l1 1'], [' 1', 'AT 1'], [' 1', 'blog 1'], ['ann 2']]);
    await must(integrator, 'recordClick', { ...click, id: 'k10', affiliate: 'ben', country: 'FR', occurredAt: '2026-03-03T11:00:00Z' });
    expect([await referrals('LINK'), await referrals('COUNTRY'), await referrals('CHANNEL'), await referrals('AFFILIATE')]).toEqual(before);
    await expectProved();
  });

  it('shows an affiliate its own only, and everybody a table of it', async () => {
    const ann = api.as(hers);
    expect((await report(ann, 'AFFILIATE')).map(({ key }) => key)).toEqual(['ann']);
    expect(await report(ann, 'COUNTRY', { affiliate: 'ben' })).toEqual([]);
    const get = async (query: string, token = hers) => {
      const answer = await fetch(`${api.url}/export/report.csv?${query}`, { headers: { authorization: `Bearer ${token}` } });
      return { status: answer.status, text: await answer.text() };
    };
    const days = 'from=2026-03-01&to=2026-03-31';
    const own = await get(`program=${program}&by=sub-id&${days}`);
    expect(own.status).toBe(200);
    expect(own.text.split('\r\n').map((line) => line.split(',')[0])).toEqual(['sub-id', '', "'=blog", '']);
    expect((await get(`program=${program}&by=affiliate&${days}`, sandbox.staffToken)).text).toMatch(/\r\nann,.*\r\nben,/);
    expect((await get(`program=nothing&by=day&${days}`)).status).toBe(404);
    for (const wrong of [
      `program=${program}&by=hour&${days}`,
      `program=${program}&by=day&from=2026-03-01&to=2027-04-01`,
      `program=${program}&by=day&from=2026-02-30&to=2026-03-05`,
      `program=${program}&by=day&from=0000-02-01&to=0000-02-05`,
      `program=${program}&by=day&${days}&x=1`,
    ])
      expect((await get(wrong)).status, wrong).toBe(400);
    expect((await get(`program=${program}&by=day&${days}`, 'trb_nothing')).status).toBe(401);
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await report(other.staff, 'DAY')).toEqual([]);
  });
});

/** What `count` transactions left to be added up, each with this. */
async function leave(organizationId: string, count: number, content: string): Promise<void> {
  const client = await connect(api.database.url);
  try {
    await client.query(
      `insert into report_queue (slice, id, program_id, content)
       select 1, gen_random_uuid(), p.id, jsonb_build_object('referrals', '[]'::json, 'orders', '[]'::json) ${content}
       from program p join enrollment e on e.program_id = p.id cross join generate_series(1, $2) where p.organization_id = $1`,
      [organizationId, count],
    );
  } finally {
    await client.end();
  }
}

it('counts clicks that a server of before has left to be added up', async () => {
  const other = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(other.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  await leave(
    other.id,
    1,
    `|| jsonb_build_object('clicks', json_build_array(
         json_build_object('a', e.affiliate_id, 't', '2026-03-02T10:00:00.000Z', 'z', 'UTC', 'l', 'l1', 's', '', 'h', 'DE', 'c', '', 'n', 2, 'b', 1)))`,
  );
  expect(await report(other.staff, 'LINK')).toMatchObject([{ key: 'l1', clicks: 2, barredClicks: 1 }]);
});

it('is added up in parts before anybody asks for it', async () => {
  const other = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(other.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  await leave(
    other.id,
    1_450,
    `|| jsonb_build_object('barred', '{}'::json, 'good',
         json_build_object(json_build_array(e.affiliate_id, '2026-03-02T10:00:00.000Z', 'UTC', 'l1', '', 'DE', '')::text, 1))`,
  );
  const orm = await createOrm({ url: applicationUrl(api.database.url) });
  const client = await connect(api.database.url);
  try {
    await foldAllReports(orm.em.fork({ clear: true }) as EntityManager, new AbortController().signal);
    const { rows } = await client.query(
      `select (select sum(clicks)::int from report_day d where d.program_id = p.id) as clicks,
         (select count(*)::int from report_queue q where q.program_id = p.id) as waits from program p where p.organization_id = $1`,
      [other.id],
    );
    expect(rows).toEqual([{ clicks: 1_450, waits: 0 }]);
  } finally {
    await client.end();
    await orm.close();
  }
});
