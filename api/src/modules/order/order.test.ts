import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, HOSTILE, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { readsOf } from '../../testing/statements.ts';

let api: TestApi;
let sandbox: TestSandbox;
let alice: Ask;
let bob: Ask;
const program = 'aliexpress';

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['alice', 'bob']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate });
  alice = api.as(await affiliateToken(sandbox, 'alice'));
  bob = api.as(await affiliateToken(sandbox, 'bob'));
  await sandbox.at('2026-03-02T00:00:00Z');
  const tell = (mutation: string, input: object) => must(sandbox.integrator, mutation, { program, ...input });
  await tell('recordClick', { id: 'k1', affiliate: 'alice', visitor: 'v1', country: 'FR', page: 'product', product: 'a' });
  await tell('recordClick', { id: 'k2', affiliate: 'bob', visitor: 'v1', country: 'FR', page: 'home' });
  await tell('recordClick', { id: 'k3', affiliate: 'bob', visitor: 'v2', country: 'FR' });
  await sandbox.at('2026-03-03T00:00:00Z');
  await tell('recordOrder', {
    id: 'o1',
    aliases: ['x1', 'y1'],
    customer: 'c1',
    visitor: 'v1',
    country: 'FR',
    shipping: '4.5',
    platform: 'web',
    attributes: [{ name: 'plugin', value: 'none' }],
    lines: [
      { sku: 'a', price: '10.00', quantity: 3, rate: '5', kind: 'affiliate', attributes: [{ name: 'section', value: 'Plaza' }] },
      { sku: 'b', product: 'pb', price: '20.00', category: 'garden' },
    ],
  });
  await tell('recordOrder', {
    id: 'o2',
    visitor: 'v2',
    country: 'FR',
    lines: [{ sku: 'a', price: '100.00', rate: '5' }],
    occurredAt: '2026-03-02T12:00:00Z',
  });
  await tell('recordOrder', { id: 'o3', country: 'FR', customer: 'c1', lines: [{ sku: 'a', price: '100.00' }] });
});
afterAll(() => api.close());

interface Paged {
  orders: { nodes: { externalId: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

async function idsOf(ask: Ask, filter = ''): Promise<string[]> {
  const query = `{ orders(first: 50${filter}) { totalCount nodes { externalId } } }`;
  const { orders } = await ask<{ orders: { totalCount: number; nodes: { externalId: string }[] } }>(query);
  expect(orders.totalCount).toBe(orders.nodes.length);
  return orders.nodes.map(({ externalId }) => externalId);
}

describe('an order', () => {
  it('tells what was ordered, under each of its numbers', async () => {
    const fields = `externalId aliases program { key } affiliate { externalId } customer { externalId } visitor placedAt toldAt country platform discounts
      price { amount currency } shipping { amount } attributes { name value } clicks { externalId }
      lines { sku product category kind quantity rate price { amount currency } attributes { name value } refundedQuantity refunded { amount } left { amount } commission { value unit } }`;
    const expected = {
      externalId: 'o1',
      aliases: ['x1', 'y1'],
      program: { key: program },
      affiliate: { externalId: 'alice' },
      customer: { externalId: 'c1' },
      visitor: 'v1',
      placedAt: '2026-03-03T00:00:00Z',
      toldAt: '2026-03-03T00:00:00Z',
      country: 'FR',
      platform: 'web',
      discounts: [],
      price: { amount: '54.50', currency: 'USD' },
      shipping: { amount: '4.50' },
      attributes: [{ name: 'plugin', value: 'none' }],
      clicks: [{ externalId: 'k1' }, { externalId: 'k2' }],
      lines: [
        {
          sku: 'a',
          product: 'a',
          category: null,
          kind: 'affiliate',
          quantity: 3,
          rate: '5',
          price: { amount: '10.00', currency: 'USD' },
          attributes: [{ name: 'section', value: 'Plaza' }],
          refundedQuantity: 0,
          refunded: { amount: '0.00' },
          left: { amount: '30.00' },
          commission: { value: '1.50', unit: 'USD' },
        },
        {
          sku: 'b',
          product: 'pb',
          category: 'garden',
          kind: null,
          quantity: 1,
          rate: null,
          price: { amount: '20.00', currency: 'USD' },
          attributes: [],
          refundedQuantity: 0,
          refunded: { amount: '0.00' },
          left: { amount: '20.00' },
          commission: { value: '0.16', unit: 'USD' },
        },
      ],
    };
    for (const id of ['o1', 'x1', 'y1']) {
      const query = `query ($id: String!) { order(program: "aliexpress", id: $id) { ${fields} } }`;
      expect(await sandbox.staff(query, { id })).toEqual({ order: expected });
    }
  });

  it('is seen by the affiliate it is attributed to, with own clicks only', async () => {
    const query =
      '{ o1: order(program: "aliexpress", id: "x1") { affiliate { externalId } customer { externalId } clicks { externalId } } o2: order(program: "aliexpress", id: "o2") { externalId } o3: order(program: "aliexpress", id: "o3") { externalId } }';
    expect(await alice(query)).toEqual({
      o1: { affiliate: { externalId: 'alice' }, customer: null, clicks: [{ externalId: 'k1' }] },
      o2: null,
      o3: null,
    });
    expect(await idsOf(alice)).toEqual(['o1']);
    expect(await idsOf(bob)).toEqual(['o2']);
    expect(await idsOf(bob, ', affiliate: "alice"')).toEqual([]);
  });

  it('that nobody told, or only an event of, is not there', async () => {
    await must(sandbox.integrator, 'recordOrderEvent', { program, order: 'awaited', kind: 'PAID' });
    for (const id of [...HOSTILE, 'awaited', 'o1 ']) {
      expect(await sandbox.staff('query ($id: String!) { order(program: "aliexpress", id: $id) { id } }', { id })).toEqual({ order: null });
    }
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await other.staff('{ order(program: "aliexpress", id: "o1") { id } orders { totalCount } }')).toEqual({
      order: null,
      orders: { totalCount: 0 },
    });
  });
});

describe('what became of an order', () => {
  it('stands in its events, with who told them, and on its lines', async () => {
    await sandbox.at('2026-03-05T00:00:00Z');
    const tell = (input: object) => must(sandbox.integrator, 'recordOrderEvent', { program, order: 'o1', ...input });
    await tell({ kind: 'CONFIRMED', occurredAt: '2026-03-04T00:00:00Z' });
    await tell({
      kind: 'REFUNDED',
      id: 'r1',
      reason: 'broken',
      lines: [
        { sku: 'a', quantity: 1 },
        { sku: 'b', amount: '5.00' },
      ],
    });
    await tell({ kind: 'CANCELLED' });
    await must(sandbox.staff, 'undoOrderEvent', { program, order: 'x1', kind: 'CANCELLED', reason: 'a mistake' });
    const fields = 'kind externalId at toldAt reason standing inFavorOf spam lines { sku quantity amount { amount } }';
    const query = (more: string) =>
      `{ order(program: "aliexpress", id: "o1") { events { ${fields} ${more} } lines { sku refundedQuantity refunded { amount } left { amount } commission { value } } } }`;
    const none = {
      externalId: null,
      reason: null,
      inFavorOf: null,
      spam: null,
      lines: null,
      standing: true,
      at: '2026-03-05T00:00:00Z',
      toldAt: '2026-03-05T00:00:00Z',
    };
    const events = [
      { ...none, kind: 'CONFIRMED', at: '2026-03-04T00:00:00Z' },
      {
        ...none,
        kind: 'REFUNDED',
        externalId: 'r1',
        reason: 'broken',
        lines: [
          { sku: 'a', quantity: 1, amount: null },
          { sku: 'b', quantity: null, amount: { amount: '5.00' } },
        ],
      },
      { ...none, kind: 'CANCELLED', standing: false },
      { ...none, kind: 'UNDONE', reason: 'a mistake' },
    ];
    const lines = [
      { sku: 'a', refundedQuantity: 1, refunded: { amount: '10.00' }, left: { amount: '20.00' }, commission: { value: '1.00' } },
      { sku: 'b', refundedQuantity: 0, refunded: { amount: '5.00' }, left: { amount: '15.00' }, commission: { value: '0.12' } },
    ];
    expect(await sandbox.staff(query(''))).toEqual({ order: { events, lines } });
    // What staff wrote for themselves is not for affiliates.
    expect(await alice(query(''))).toEqual({ order: { events: [...events.slice(0, 3), { ...events[3], reason: null }], lines } });
    const token = await affiliateToken(sandbox, 'alice');
    expect((await api.send(token, query('by'))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const told = await sandbox.staff<{ order: { events: { by: string }[] } }>(
      '{ order(program: "aliexpress", id: "o1") { events { by } } }',
    );
    expect(new Set(told.order.events.map(({ by }) => by)).size).toBe(2);
  });

  it('is told anew after a correction', async () => {
    await must(sandbox.staff, 'correctOrder', {
      program,
      order: 'o3',
      reason: 'the visitor was left out',
      id: 'o3',
      aliases: ['z3'],
      country: 'DE',
      visitor: 'v2',
      lines: [
        { sku: 'n', price: '7.00', quantity: 2 },
        { sku: 'm', price: '1.00' },
      ],
    });
    const fields =
      'aliases country visitor price { amount } affiliate { externalId } lines { sku commission { value } } commission { lines { sku } } revisions { revision lines { sku amount { value } } } events { kind reason }';
    expect(await sandbox.staff(`{ order(program: "aliexpress", id: "z3") { ${fields} } }`)).toEqual({
      order: {
        aliases: ['z3'],
        country: 'DE',
        visitor: 'v2',
        price: { amount: '15.00' },
        affiliate: { externalId: 'bob' },
        lines: [
          { sku: 'n', commission: { value: '0.05' } },
          { sku: 'm', commission: { value: '0.00' } },
        ],
        commission: { lines: [{ sku: 'n' }, { sku: 'm' }] },
        revisions: [
          {
            revision: 2,
            lines: [
              { sku: 'n', amount: { value: '0.05' } },
              { sku: 'm', amount: { value: '0.00' } },
            ],
          },
          { revision: 1, lines: [{ sku: 'a', amount: { value: '0.00' } }] },
        ],
        events: [{ kind: 'CORRECTED', reason: 'the visitor was left out' }],
      },
    });
    await must(sandbox.staff, 'voidOrder', { program, order: 'o3', reason: 'a test' });
  });
});

describe('a refund that does not fit', () => {
  const apart = 'banggood';
  const told = (id: string, lines: object[]) =>
    must(staff.integrator, 'recordOrderEvent', { program: apart, order: 'late', kind: 'REFUNDED', id, lines });
  let staff: TestSandbox;
  const see = async () => {
    const { order, orders, dashboard } = await staff.staff<{
      order: { misfit: boolean; events: object[]; commission: { amount: { value: string }; explanation: { sentences: string[] } } };
      orders: { nodes: object[] };
      dashboard: { waiting: object[] };
    }>(`{ order(program: "${apart}", id: "late") { misfit events { externalId problem standing } commission { amount { value } explanation { sentences } } }
      orders(misfit: true) { nodes { externalId } } dashboard { waiting { kind count } } }`);
    const { amount, explanation } = order.commission;
    const words = explanation.sentences.filter((sentence) => sentence.includes('efund'));
    return { misfit: order.misfit, events: order.events, amount: amount.value, words, listed: orders.nodes, waiting: dashboard.waiting };
  };

  it('and was told before its order is seen when the order is known, until it is undone', async () => {
    staff = await createTestSandbox(api, { programs: [apart], startsAt: '2026-03-01T00:00:00Z' });
    await must(staff.staff, 'enrollAffiliate', { program: apart, affiliate: 'ann' });
    await must(staff.integrator, 'recordClick', { program: apart, id: 'k', affiliate: 'ann', visitor: 'v' });
    await told('r1', [{ sku: 'lamp' }]);
    await told('r2', [{ sku: 'rope', quantity: 3 }]);
    const lines = [{ sku: 'rope', category: 'toys-and-hobbies', price: '20.00', quantity: 2 }];
    await must(staff.integrator, 'recordOrder', { program: apart, id: 'late', visitor: 'v', lines });
    expect(await see()).toEqual({
      misfit: true,
      events: [
        { externalId: 'r1', problem: 'The order has no line with the SKU "lamp".', standing: true },
        { externalId: 'r2', problem: 'More than what is left of the line "rope" cannot be refunded.', standing: true },
      ],
      amount: '0',
      words: expect.arrayContaining([
        expect.stringContaining('A refund of lamp counts for nothing: the order has no such line'),
        expect.stringContaining('More of rope was refunded than the order has of it'),
      ]),
      listed: [{ externalId: 'late' }],
      waiting: [{ kind: 'MISFIT', count: 1 }],
    });
    for (const event of ['r1', 'r2'])
      await must(staff.staff, 'undoOrderEvent', { program: apart, order: 'late', kind: 'REFUNDED', event, reason: 'of another order' });
    expect(await see()).toMatchObject({ misfit: false, amount: '200', words: [], listed: [], waiting: [] });
  });

  it('as the order was corrected, likewise', async () => {
    await told('r3', [{ sku: 'rope', quantity: 1 }]);
    expect(await see()).toMatchObject({ misfit: false, amount: '100' });
    const lines = [{ sku: 'cord', category: 'toys-and-hobbies', price: '20.00', quantity: 2 }];
    await must(staff.staff, 'correctOrder', { program: apart, order: 'late', id: 'late', reason: 'a slip', visitor: 'v', lines });
    expect(await see()).toMatchObject({ misfit: true, amount: '200', listed: [{ externalId: 'late' }] });
  });
});

describe('orders', () => {
  it('are narrowed by program, affiliate, customer, status, instant and attribution', async () => {
    expect(await idsOf(sandbox.staff)).toEqual(['o3', 'o2', 'o1']);
    expect(await idsOf(sandbox.staff, ', affiliate: "bob"')).toEqual(['o3', 'o2']);
    expect(await idsOf(sandbox.staff, ', program: "aliexpress", customer: "c1"')).toEqual(['o1']);
    expect(await idsOf(sandbox.staff, ', status: AVAILABLE')).toEqual(['o1']);
    expect(await idsOf(sandbox.staff, ', status: PENDING')).toEqual(['o2']);
    expect(await idsOf(sandbox.staff, ', status: REJECTED')).toEqual(['o3']);
    expect(await idsOf(sandbox.staff, ', status: REVERSED')).toEqual([]);
    expect(await idsOf(bob, ', status: PENDING')).toEqual(['o2']);
    expect(await idsOf(sandbox.staff, ', attributed: false')).toEqual([]);
    expect(await idsOf(sandbox.staff, ', from: "2026-03-02T12:00:00Z", to: "2026-03-03T00:00:00Z"')).toEqual(['o2']);
    expect(await idsOf(sandbox.staff, ', program: "nothing"')).toEqual([]);
  });

  it('are sorted both ways, and paged by cursor', async () => {
    expect(await idsOf(sandbox.staff, ', descending: false')).toEqual(['o1', 'o2', 'o3']);
    expect(await idsOf(sandbox.staff, ', sort: PLACED')).toEqual(['o3', 'o1', 'o2']);
    expect(await idsOf(bob, ', sort: PLACED, descending: false')).toEqual(['o2', 'o3']);
    for (const args of ['sort: PLACED', 'sort: PLACED, affiliate: "bob"', 'descending: false', 'affiliate: "bob"']) {
      const whole = await idsOf(sandbox.staff, `, ${args}`);
      const found: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const query = `query ($after: String) { orders(first: 1, after: $after, ${args}) { nodes { externalId } pageInfo { hasNextPage endCursor } } }`;
        const page: Paged = await sandbox.staff(query, { after });
        found.push(...page.orders.nodes.map(({ externalId }) => externalId));
        more = page.orders.pageInfo.hasNextPage;
        after = page.orders.pageInfo.endCursor;
      }
      expect(found).toEqual(whole);
    }
  });

  it('take as many statements for a page as for one', async () => {
    const query = (
      first: number,
    ) => `{ orders(program: "aliexpress", first: ${first}) { nodes { externalId aliases country program { key } affiliate { externalId } customer { externalId }
      lines { sku price { amount } left { amount } commission { value } } events { kind } clicks { externalId }
      commission { status amount { value } because termsVersion { number } lines { sku } expired { value } explanation { sentences } } revisions { revision } } } }`;
    await sandbox.staff(query(3));
    const page = await readsOf(() => sandbox.staff(query(3)));
    // Page, programs, affiliates, customers, contents, events, clicks, newest decisions, lots, derivations, all decisions: for any number of orders.
    expect(page).toHaveLength(11);
  });
});
