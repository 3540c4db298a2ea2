import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { readsOf } from '../../testing/statements.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
});
afterAll(() => api.close());

interface Place {
  readonly sandbox: TestSandbox;
  readonly program: string;
  tell(mutation: string, input: object): Promise<unknown>;
  as(affiliate: string): Promise<Ask>;
}

/** A sandbox of a program with two affiliates, on the first of March. */
async function placeOf(program: string, enrollment: object = {}): Promise<Place> {
  const sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['alice', 'bob']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, ...enrollment });
  return {
    sandbox,
    program,
    tell: (mutation, input) => must(sandbox.integrator, mutation, { program, ...input }),
    as: async (affiliate) => api.as(await affiliateToken(sandbox, affiliate)),
  };
}

const FIELDS =
  'status amount { value unit } expired { value } availableAt expiresAt revision cause decidedAt because lines { sku amount { value } }';
async function commission(ask: Ask, { program }: Place, order: string, fields = FIELDS): Promise<Record<string, unknown> | null> {
  const query = `query ($program: String!, $order: String!) { commission(program: $program, order: $order) { ${fields} } }`;
  return (await ask<{ commission: Record<string, unknown> | null }>(query, { program, order })).commission;
}

describe('commission details', () => {
  it('show their affiliate when, of whom, for which plan, of how much and what it is (BS-05)', async () => {
    const place = await placeOf('bigseller', { country: 'MY' });
    await place.tell('recordRegistration', { customer: 'shop', referralCode: 'alice', phone: '+60123456789' });
    await place.tell('recordOrder', { id: 'o1', customer: 'shop', lines: [{ sku: 'VIP-Pro-year', kind: 'vip-plan', price: '399.00' }] });
    await place.tell('recordOrderEvent', { order: 'o1', kind: 'PAID' });
    const fields = 'availableAt amount { value unit } order { price { amount } customer { phone } lines { sku } }';
    expect(await commission(await place.as('alice'), place, 'o1', fields)).toEqual({
      availableAt: '2026-03-01T00:00:00Z',
      amount: { value: '39.90', unit: 'USD' },
      order: { price: { amount: '399.00' }, customer: { phone: '+*******6789' }, lines: [{ sku: 'VIP-Pro-year' }] },
    });
    expect(await commission(await place.as('bob'), place, 'o1', fields)).toBeNull();
  });
});

describe('a commission', () => {
  it('goes from pending to available by time alone, and stays so when it has expired', async () => {
    const place = await placeOf('banggood');
    const { sandbox } = place;
    await place.tell('recordClick', { id: 'k1', affiliate: 'alice', visitor: 'v1' });
    await place.tell('recordOrder', { id: 'o1', visitor: 'v1', lines: [{ sku: 'a', price: '12.55' }] });
    const pending = {
      status: 'PENDING',
      amount: { value: '50', unit: 'points' },
      expired: { value: '0' },
      availableAt: null,
      expiresAt: null,
    };
    expect(await commission(sandbox.staff, place, 'o1')).toMatchObject({
      ...pending,
      revision: 1,
      cause: 'order',
      lines: [{ sku: 'a', amount: { value: '50' } }],
    });
    await place.tell('recordOrderEvent', { order: 'o1', kind: 'SHIPPED' });
    const shipped = { availableAt: '2026-04-15T00:00:00Z', expiresAt: '2027-12-31T16:00:00Z', revision: 2, cause: 'shipped' };
    expect(await commission(sandbox.staff, place, 'o1')).toMatchObject({ ...pending, ...shipped });
    await sandbox.at('2026-04-14T23:59:59.999Z');
    expect(await commission(sandbox.staff, place, 'o1', 'status')).toEqual({ status: 'PENDING' });
    await sandbox.at('2026-04-15T00:00:00Z');
    expect(await commission(sandbox.staff, place, 'o1')).toMatchObject({
      ...shipped,
      status: 'AVAILABLE',
      decidedAt: '2026-03-01T00:00:00Z',
    });
    await sandbox.at('2027-12-31T16:00:00Z');
    expect(await commission(sandbox.staff, place, 'o1')).toMatchObject({ ...shipped, status: 'AVAILABLE', expired: { value: '50' } });
  });

  it('is explained in the language that whoever asks likes to read, and so are the terms', async () => {
    const place = await placeOf('banggood');
    await place.tell('recordOrder', { id: 'o1', visitor: 'v1', lines: [{ sku: 'a', price: '12.55' }] });
    const query = `{
      commission(program: "banggood", order: "o1") { explanation { sentences steps { clauseText } } }
      program(key: "banggood") { terms { clauses { rule sentence } } }
    }`;
    const read = async (language: string) => {
      const headers = {
        'content-type': 'application/json',
        authorization: `Bearer ${place.sandbox.staffToken}`,
        'accept-language': language,
      };
      const response = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
      const { data } = (await response.json()) as { data: Told };
      const [sentence] = data.commission.explanation.sentences;
      const window = data.program.terms.clauses.find(({ sentence: text }) => text.includes('15'));
      return [sentence, window?.sentence];
    };
    interface Told {
      commission: { explanation: { sentences: string[] } };
      program: { terms: { clauses: { sentence: string }[] } };
    }
    const english = ['No click is known, so nobody earns (BG-02)', '15 days after the click'];
    expect(await read('zh-CN,zh;q=0.9,en;q=0.8')).toEqual(['没有已知的点击，因此无人计佣 (BG-02)', '点击后 15 天内有效']);
    expect(await read('en-GB,zh;q=0.5')).toEqual(english);
    expect(await read('tlh')).toEqual(english);
  });

  it('tells and explains the newest decision, and all before', async () => {
    const place = await placeOf('banggood');
    const { sandbox } = place;
    await place.tell('recordClick', { id: 'k1', affiliate: 'alice', visitor: 'v1' });
    await place.tell('recordOrder', { id: 'o1', visitor: 'v1', lines: [{ sku: 'a', price: '12.55', quantity: 2 }] });
    await place.tell('recordOrderEvent', { order: 'o1', kind: 'REFUNDED', id: 'r1', lines: [{ sku: 'a', quantity: 1 }] });
    await place.tell('recordOrderEvent', { order: 'o1', kind: 'CANCELLED' });
    const { order } = await sandbox.staff<{ order: { revisions: object[]; commission: { explanation: { steps: object[] } } } }>(
      `{ order(program: "banggood", id: "o1") {
        revisions { revision status cause amount { value } explanation { sentences } }
        commission { because termsVersion { number } program { key } explanation { steps { kind rule also source assumed assumption clauseText subject facts { name value } conclusion sentence amountAfter { value unit } } } }
      } }`,
    );
    expect(order.revisions).toEqual([
      {
        revision: 3,
        status: 'REVERSED',
        cause: 'cancelled',
        amount: { value: '0' },
        explanation: {
          sentences: [
            'Click k1 by alice at 2026-03-01T00:00:00Z wins: no other click counts (BG-02)',
            'The customer’s type is regular: the order is not the customer’s first, the placing of the order was at 2026-03-01T00:00:00Z and the customer’s registration is not known (BG-05)',
            'Line a earns 4%: the line’s category is unknown, the affiliate’s class is bronze and the customer’s type is regular (BG-04)',
            'The order earns nothing: it was cancelled at 2026-03-01T00:00:00Z (BG-09)',
          ],
        },
      },
      {
        revision: 2,
        status: 'PENDING',
        cause: 'refunded',
        amount: { value: '50' },
        explanation: {
          sentences: expect.arrayContaining([
            'Line a: 4% of the 12.55 USD left of 25.10 USD is 50 affiliate points, cut downwards (BG-03)',
            'Not usable yet: the shipment is not known (BG-08)',
          ]),
        },
      },
      {
        revision: 1,
        status: 'PENDING',
        cause: 'order',
        amount: { value: '100' },
        explanation: { sentences: expect.arrayContaining(['Line a: 4% of 25.10 USD is 100 affiliate points, cut downwards (BG-03)']) },
      },
    ]);
    expect(order.commission).toMatchObject({
      because: ['BG-02', 'ALL-09', 'BG-05', 'BG-04', 'BG-09'],
      termsVersion: { number: 1 },
      program: { key: 'banggood' },
    });
    expect(order.commission.explanation.steps[3]).toEqual({
      kind: 'removed',
      rule: 'BG-09',
      also: [],
      source: 'FAQ, How can I view my referrals and points?',
      assumed: false,
      assumption: null,
      clauseText: 'a cancelled order earns nothing',
      subject: null,
      facts: [{ name: 'order.cancelledAt', value: '2026-03-01T00:00:00Z' }],
      conclusion: 'cancelled',
      sentence: 'The order earns nothing: it was cancelled at 2026-03-01T00:00:00Z (BG-09)',
      amountAfter: { value: '0', unit: 'points' },
    });
  });

  it('is there, and explained, when nobody earns', async () => {
    const place = await placeOf('alibaba');
    await place.tell('recordOrder', { id: 'o1', country: 'DE', lines: [{ sku: 'a', price: '12.55' }] });
    expect(
      await commission(
        place.sandbox.staff,
        place,
        'o1',
        'status affiliate { externalId } order { externalId } amount { value } because explanation { sentences }',
      ),
    ).toEqual({
      status: 'REJECTED',
      affiliate: null,
      order: { externalId: 'o1' },
      amount: { value: '0.00' },
      because: ['AB-02', 'ALL-09'],
      explanation: { sentences: ['The order names no click that is known, so nobody earns (AB-02)'] },
    });
    expect(await commission(place.sandbox.staff, place, 'o2')).toBeNull();
    const { commissions } = await place.sandbox.staff<{ commissions: object }>('{ commissions { totalCount } }');
    expect(commissions).toEqual({ totalCount: 0 });
  });
});

describe('of a commission that went to somebody else', () => {
  it('the one who lost it reads how that came, and nothing about the other', async () => {
    const place = await placeOf('aliexpress');
    const { sandbox } = place;
    const [alice, bob] = await Promise.all([place.as('alice'), place.as('bob')]);
    await sandbox.at('2026-03-03T00:00:00Z');
    await place.tell('recordClick', { id: 'k1', affiliate: 'alice', visitor: 'v1', country: 'FR', page: 'home' });
    await place.tell('recordOrder', { id: 'o1', visitor: 'v1', country: 'FR', lines: [{ sku: 'a', price: '100.00', rate: '5' }] });
    expect(await commission(alice, place, 'o1', 'status amount { value }')).toEqual({ status: 'PENDING', amount: { value: '5.00' } });
    expect(await commission(bob, place, 'o1')).toBeNull();
    await place.tell('recordClick', {
      id: 'k2',
      affiliate: 'bob',
      visitor: 'v1',
      country: 'FR',
      page: 'product',
      product: 'a',
      occurredAt: '2026-03-02T00:00:00Z',
    });

    const list =
      '{ commissions { totalCount nodes { orderExternalId order { externalId } affiliate { externalId } status amount { value } lines { amount { value } } because revision explanation { sentences } } } }';
    const lost = await alice<{ commissions: object }>(list);
    expect(lost.commissions).toEqual({
      totalCount: 1,
      nodes: [
        {
          orderExternalId: 'o1',
          order: null,
          affiliate: { externalId: 'alice' },
          status: 'REVERSED',
          amount: { value: '0.00' },
          lines: [{ amount: { value: '0.00' } }],
          because: expect.arrayContaining(['AE-06']),
          revision: 2,
          explanation: {
            sentences: [
              'Click k1 by alice at 2026-03-03T00:00:00Z lost: another affiliate’s click leads to a better page (AE-06)',
              'A click of another affiliate at 2026-03-02T00:00:00Z wins (AE-06)',
            ],
          },
        },
      ],
    });
    expect(await commission(alice, place, 'o1')).toBeNull();
    expect(await commission(bob, place, 'o1', 'status amount { value } order { revisions { revision } }')).toEqual({
      status: 'PENDING',
      amount: { value: '5.00' },
      order: { revisions: [{ revision: 2 }] },
    });
    const all = await sandbox.staff<{ commissions: { nodes: object[] } }>(list);
    expect(all.commissions.nodes).toMatchObject([
      { order: { externalId: 'o1' }, affiliate: { externalId: 'bob' }, status: 'PENDING' },
      { order: { externalId: 'o1' }, affiliate: { externalId: 'alice' }, status: 'REVERSED' },
    ]);
  });
});

describe('commissions', () => {
  let place: Place;
  beforeAll(async () => {
    place = await placeOf('alibaba');
    const { sandbox } = place;
    for (const [id, affiliate] of [
      ['ka', 'alice'],
      ['kb', 'bob'],
    ])
      await place.tell('recordClick', { id, affiliate });
    await sandbox.at('2026-03-05T00:00:00Z');
    const orders = Array.from({ length: 12 }, (_, i) => ({
      id: `o${String(i).padStart(2, '0')}`,
      click: i % 3 === 0 ? 'kb' : 'ka',
      country: i === 4 ? 'CN' : 'DE',
      spam: 'N',
      lines: [{ sku: 'a', price: `${i + 1}00.00` }],
      // Told in another order than placed.
      occurredAt: `2026-03-0${1 + ((i * 5) % 4)}T0${i % 10}:00:00Z`,
    }));
    await must(sandbox.integrator, 'recordOrders', { program: 'alibaba', orders }, 'results { userErrors { message } }');
    for (const kind of ['PAID', 'COMPLETED']) await place.tell('recordOrderEvent', { order: 'o01', kind });
    await place.tell('recordOrderEvent', { order: 'o02', kind: 'CANCELLED' });
  });

  interface Paged {
    commissions: { edges: { node: { orderExternalId: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  }

  async function idsOf(ask: Ask, filter = ''): Promise<string[]> {
    const query = `{ commissions(first: 50${filter}) { totalCount nodes { orderExternalId } } }`;
    const { commissions } = await ask<{ commissions: { totalCount: number; nodes: { orderExternalId: string }[] } }>(query);
    expect(commissions.totalCount).toBe(commissions.nodes.length);
    return commissions.nodes.map(({ orderExternalId }) => orderExternalId);
  }

  it('are narrowed by program, affiliate, status and instant', async () => {
    const { staff } = place.sandbox;
    expect(await idsOf(staff, ', affiliate: "bob"')).toEqual(['o09', 'o06', 'o03', 'o00']);
    expect(await idsOf(staff, ', program: "alibaba", affiliate: "bob", descending: false')).toEqual(['o00', 'o03', 'o06', 'o09']);
    expect(await idsOf(staff, ', status: AVAILABLE')).toEqual(['o01']);
    expect(await idsOf(staff, ', status: REJECTED')).toEqual(['o04']);
    expect(await idsOf(staff, ', status: REVERSED')).toEqual(['o02']);
    expect(await idsOf(staff, ', status: PENDING')).toHaveLength(9);
    expect(await idsOf(staff, ', from: "2026-03-01T00:00:00Z", to: "2026-03-01T08:00:00Z"')).toEqual(['o04', 'o00']);
    expect(await idsOf(staff, ', program: "nothing"')).toEqual([]);
    expect(await idsOf(staff, ', affiliate: "nobody"')).toEqual([]);
    const bob = await place.as('bob');
    expect(await idsOf(bob)).toEqual(['o09', 'o06', 'o03', 'o00']);
    expect(await idsOf(bob, ', affiliate: "alice"')).toEqual([]);
  });

  it('are sorted both ways, and paged by cursor and by number', async () => {
    const { staff } = place.sandbox;
    for (const args of [
      'sort: PLACED',
      'sort: PLACED, descending: false',
      'sort: RECORDED',
      'affiliate: "alice", descending: false',
      'status: PENDING, sort: PLACED',
    ]) {
      const whole = await idsOf(staff, `, ${args}`);
      const found: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const query = `query ($after: String) { commissions(first: 5, after: $after, ${args}) { edges { cursor node { orderExternalId } } pageInfo { hasNextPage endCursor } } }`;
        const page: Paged = await staff(query, { after });
        found.push(...page.commissions.edges.map(({ node }) => node.orderExternalId));
        more = page.commissions.pageInfo.hasNextPage;
        after = page.commissions.pageInfo.endCursor;
      }
      expect(found, args).toEqual(whole);
      const skipping: Paged = await staff(
        `{ commissions(first: 2, offset: 3, ${args}) { edges { node { orderExternalId } } pageInfo { hasNextPage } } }`,
      );
      expect(skipping.commissions.edges.map(({ node }) => node.orderExternalId)).toEqual(whole.slice(3, 5));
    }
    const { commissions } = await staff<{ commissions: { nodes: { order: { placedAt: string } }[] } }>(
      '{ commissions(sort: PLACED) { nodes { order { placedAt } } } }',
    );
    const placed = commissions.nodes.map(({ order }) => order.placedAt);
    expect(placed).toEqual([...placed].sort().reverse());
  });

  it('with order and affiliate are one statement for the page', async () => {
    const query = `{ commissions(program: "alibaba", first: 12) { nodes { status amount { value unit } because availableAt revision decidedAt order { externalId placedAt } affiliate { externalId country } } pageInfo { hasNextPage endCursor } } }`;
    await place.sandbox.staff(query);
    expect(await readsOf(() => place.sandbox.staff(query))).toHaveLength(1);
  });

  it('are explained, whatever else is asked of them', async () => {
    const { commissions } = await place.sandbox.staff<{ commissions: { nodes: { explanation: { steps: { __typename: string }[] } }[] } }>(
      '{ commissions(program: "alibaba", first: 1) { nodes { explanation { __typename steps { __typename } } } } }',
    );
    expect(commissions.nodes[0]?.explanation.steps.length).toBeGreaterThan(0);
    const bare = await place.sandbox.staff('{ commissions(first: 1) { nodes { explanation { __typename } } } }');
    expect(bare).toEqual({ commissions: { nodes: [{ explanation: { __typename: 'Explanation' } }] } });
  });

  it('with all that there is to them take as many statements for a page as for one', async () => {
    const query =
      '{ commissions(program: "alibaba", first: 12) { nodes { program { key } order { externalId country lines { sku } } lines { sku amount { value } } expired { value } termsVersion { number } explanation { sentences } } } }';
    await place.sandbox.staff(query);
    // The page, programs, contents, events, lots, derivations.
    expect(await readsOf(() => place.sandbox.staff(query))).toHaveLength(6);
  });
});
