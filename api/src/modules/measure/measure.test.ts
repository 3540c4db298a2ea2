import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'banggood';
const MEASURES = ['PAID_SALES', 'PAID_ORDERS', 'PAYING_CUSTOMERS', 'COMMISSION'];

interface Node {
  readonly orderId: string;
  readonly order: { externalId: string } | null;
  readonly counted: { measure: string; value: string; unit: string | null };
  readonly since: string | null;
  readonly until: string | null;
  readonly because: string;
  readonly rules: string[];
}

interface Found {
  readonly measuredOrders: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

let api: TestApi;
let sandbox: TestSandbox;
let ann: Ask;
let bob: Ask;

/** Day by day: a click of ann's each time, an order, and what becomes of it. */
async function sell(id: string, price: string, events: readonly object[] = [{ kind: 'PAID' }], more: object = {}): Promise<void> {
  const { integrator } = sandbox;
  await must(integrator, 'recordClick', { program, id: `k-${id}`, affiliate: 'ann', visitor: id });
  const lines = [{ sku: 'a', category: 'home-and-garden', price }];
  await must(integrator, 'recordOrder', { program, id, visitor: id, lines, ...more });
  for (const event of events) await must(integrator, 'recordOrderEvent', { program, order: id, ...event });
}

async function pages(ask: Ask, args: string, first = 100): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | null = null; ; ) {
    const { measuredOrders }: Found = await ask<Found>(
      `query ($after: String, $first: Int!) { measuredOrders(program: "${program}", first: $first, after: $after ${args}) {
         nodes { orderId order { externalId } counted { measure value unit } since until because rules } pageInfo { hasNextPage endCursor } } }`,
      { after, first },
    );
    nodes.push(...measuredOrders.nodes);
    if (!measuredOrders.pageInfo.hasNextPage) return nodes;
    after = measuredOrders.pageInfo.endCursor;
  }
}

const cents = (text: string) => BigInt(text.replace('.', ''));
const sumOf = (nodes: readonly Node[]) => nodes.reduce((sum, { counted }) => sum + cents(counted.value), 0n);
const standing = async <T>(ask: Ask, select: string) =>
  (await ask<{ enrollment: T }>(`{ enrollment(program: "${program}", affiliate: "ann") { ${select} } }`)).enrollment;

/** The terms of now with other classes, as the next version. */
async function publishClasses(classes: object): Promise<void> {
  const found = await sandbox.staff<{ program: { terms: { document: string } }; now: string }>(
    `{ now program(key: "${program}") { terms { document } } }`,
  );
  const document = JSON.parse(found.program.terms.document) as { classes: object };
  document.classes = { ...document.classes, ...classes };
  await must(sandbox.staff, 'publishTerms', { program, document: JSON.stringify(document), holdsFrom: found.now });
}

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-02-01T00:00:00Z' });
  for (const affiliate of ['ann', 'bob']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, customer: `c-${affiliate}` });
  ann = api.as(await affiliateToken(sandbox, 'ann'));
  bob = api.as(await affiliateToken(sandbox, 'bob'));
  await sell('stands', '8000.00');
  await sell('again', '100.00', [{ kind: 'PAID' }], { customer: 'c1' });
  await sell('once-more', '10.00', [{ kind: 'PAID' }], { customer: 'c1' });
  await sell('unpaid', '50.00', []);
  await sell('own', '70.00', [{ kind: 'PAID' }], { customer: 'c-ann' });
  await sell('moved', '30.00');
  await sell('part', '60.00');
  await sell('cancelled', '40.00');
  await sandbox.at('2026-02-03T00:00:00Z');
  await must(sandbox.integrator, 'recordOrderEvent', {
    program,
    order: 'part',
    kind: 'REFUNDED',
    id: 'r1',
    lines: [{ sku: 'a', amount: '15.00' }],
  });
  await must(sandbox.integrator, 'recordOrderEvent', { program, order: 'cancelled', kind: 'CANCELLED' });
  await must(sandbox.staff, 'attributeOrder', { program, order: 'moved', affiliate: 'bob', reason: 'his customer' });
}, 60_000);
afterAll(() => api.close());

describe('the orders behind a measure', () => {
  it('are told one by one, each with its amount, its instants and why, to staff and to the affiliate', async () => {
    const found = await pages(sandbox.staff, ', affiliate: "ann"');
    const brief = found.map(({ orderId, counted, since, until, because }) => [orderId, counted.value, since, until, because]);
    const [paid, later] = ['2026-02-01T00:00:00Z', '2026-02-03T00:00:00Z'];
    expect(brief).toEqual([
      ['cancelled', '0.00', paid, later, 'CANCELLED'],
      ['part', '45.00', paid, null, 'COUNTS'],
      ['moved', '0.00', paid, later, 'MOVED'],
      ['own', '0.00', null, null, 'NOT_QUALIFIED'],
      ['unpaid', '0.00', null, null, 'UNPAID'],
      ['once-more', '10.00', paid, null, 'COUNTS'],
      ['again', '100.00', paid, null, 'COUNTS'],
      ['stands', '8000.00', paid, null, 'COUNTS'],
    ]);
    expect(found.find(({ orderId }) => orderId === 'own')?.rules).toContain('ALL-07');
    const hers = await pages(ann, '');
    expect(hers.find(({ orderId }) => orderId === 'moved')).toMatchObject({ order: null, rules: [] });
    expect(hers.filter(({ order }) => order !== null)).toEqual(found.filter(({ orderId }) => orderId !== 'moved'));
    expect((await pages(bob, '')).map(({ orderId, counted }) => [orderId, counted.value])).toEqual([['moved', '30.00']]);
  });

  it('add up to the measure, whichever it is and however they are paged', async () => {
    for (const measure of MEASURES) {
      await publishClasses({
        measure: measure.toLowerCase().replace('_', '-'),
        thresholds: { silver: { atLeast: '2' }, gold: { above: '900' } },
      });
      const { measured } = await standing<{ measured: Node['counted'] }>(ann, 'measured { measure value unit }');
      const nodes = await pages(ann, '', 3);
      expect([measured.measure, sumOf(nodes)], measure).toEqual([measure, cents(measured.value)]);
      expect(await pages(sandbox.staff, `, affiliate: "ann", measure: ${measure}`)).toHaveLength(nodes.length);
    }
    const customers = await pages(ann, ', measure: PAYING_CUSTOMERS');
    expect(customers.map(({ orderId, because }) => `${orderId} ${because}`)).toEqual(
      expect.arrayContaining(['again COUNTS', 'once-more SAME_CUSTOMER', 'stands NO_CUSTOMER']),
    );
    const earned = await pages(ann, ', measure: COMMISSION');
    expect(earned.find(({ orderId }) => orderId === 'unpaid')).toMatchObject({ because: 'COUNTS', counted: { unit: 'points' } });
    expect(earned.find(({ orderId }) => orderId === 'cancelled')).toMatchObject({
      because: 'CANCELLED',
      counted: { value: '0' },
      since: '2026-02-01T00:00:00Z',
      until: '2026-02-03T00:00:00Z',
    });
  });

  it('are nobody else’s to read, and none where there is nothing', async () => {
    expect(await pages(bob, ', affiliate: "ann"')).toEqual([]);
    expect(await pages(sandbox.staff, ', affiliate: "nobody"')).toEqual([]);
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await pages(other.staff, ', affiliate: "ann"')).toEqual([]);
  });
});

describe('a class that goes by another measure', () => {
  it('says what is missing in it, keeps what the request rested on, and is checked again', async () => {
    await publishClasses({ measure: 'paid-orders', thresholds: { silver: { atLeast: '4' }, gold: { above: '4' } } });
    expect(await standing(ann, 'classesAhead { class needed { value unit } missing { measure value } }')).toEqual({
      classesAhead: [
        { class: 'silver', needed: { value: '4', unit: null }, missing: { measure: 'PAID_ORDERS', value: '0' } },
        { class: 'gold', needed: { value: '5', unit: null }, missing: { measure: 'PAID_ORDERS', value: '1' } },
      ],
    });
    await must(ann, 'requestClass', { program, class: 'silver' });
    await must(sandbox.integrator, 'recordOrderEvent', { program, order: 'again', kind: 'CANCELLED' });
    const evidence = 'classRequests { evidence { measured { measure value } needed { value } measuredNow { value } neededNow { value } } }';
    const kept = { measured: { measure: 'PAID_ORDERS', value: '4' }, needed: { value: '4' } };
    const now = { measuredNow: { value: '3' }, neededNow: { value: '4' } };
    for (const ask of [ann, sandbox.staff])
      expect(await standing(ask, evidence)).toEqual({ classRequests: [{ evidence: { ...kept, ...now } }] });
    const refused = await sandbox.staff<{ approveClass: { userErrors: { code: string; message: string }[] } }>(
      `mutation { approveClass(input: { program: "${program}", affiliate: "ann" }) { userErrors { code message } } }`,
    );
    expect(refused.approveClass.userErrors).toMatchObject([{ code: 'BG-07', message: expect.stringContaining('short of 1') }]);
    // What classes go by may change while a request waits: what it rested on stays readable.
    await publishClasses({ measure: 'paying-customers', thresholds: { silver: { atLeast: '1' }, gold: { above: '4' } } });
    expect(await standing(ann, evidence)).toEqual({ classRequests: [{ evidence: { ...kept, ...now, neededNow: null } }] });
    await must(sandbox.staff, 'approveClass', { program, affiliate: 'ann' });
    expect(await standing(ann, 'class classesAhead { class missing { value } }')).toEqual({
      class: 'silver',
      classesAhead: [{ class: 'gold', missing: { value: '4' } }],
    });
  });
});
