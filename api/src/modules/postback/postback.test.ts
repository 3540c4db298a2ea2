import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
let sandbox: TestSandbox;
let key: string;
let secret: string;
const program = 'banggood';

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1' });
  const made = await must(sandbox.staff, 'createPostbackKey', { program, name: 'old shop' }, 'postbackKey { id } secret');
  key = (made['postbackKey'] as { id: string }).id;
  secret = String(made['secret']);
});
afterAll(() => api.close());

/** As the documentation tells a shop to sign, in a few lines of its own. */
function signed(parameters: Record<string, string>, by = secret): Record<string, string> {
  const all: Record<string, string> = { key, ...parameters };
  const text = Object.keys(all)
    .sort()
    .map((name) => `${name}=${all[name]}`)
    .join('\n');
  return { ...all, signature: createHmac('sha256', by).update(text).digest('hex') };
}

async function get(parameters: Record<string, string>, path = 'postback') {
  const answer = await fetch(`${api.url}/${path}?${new URLSearchParams(parameters)}`);
  return { answer, status: answer.status };
}

async function tell(parameters: Record<string, string>) {
  const { answer, status } = await get(signed(parameters));
  return {
    status,
    ...((await answer.json()) as { facts: { id: string; repeated: boolean }[]; userErrors: { code: string; path: string[] }[] }),
  };
}

async function orderOf(id: string) {
  const { order } = await sandbox.staff<{ order: { commission: { status: string; amount: { value: string } } | null } | null }>(
    `query ($id: String!) { order(program: "${program}", id: $id) { affiliate { externalId } lines { sku price { amount } quantity } events { kind externalId } commission { status amount { value } } } }`,
    { id },
  );
  return order;
}

describe('a postback', () => {
  it('tells an order and what becomes of it, as GraphQL does, and once', async () => {
    const placed = { order_id: 'o1', amount: '50.00', category: 'toys-and-hobbies', click_id: 'k1', visitor: 'v1', country: 'DE' };
    const first = await tell(placed);
    expect(first).toMatchObject({ status: 200, facts: [{ id: expect.any(String), repeated: false }], userErrors: [] });
    expect(await tell(placed)).toMatchObject({ status: 200, facts: [{ id: first.facts[0]?.id, repeated: true }] });
    expect(await tell({ ...placed, amount: '51.00' })).toMatchObject({ status: 422, userErrors: [{ code: 'CONFLICT' }] });
    expect(await tell({ order_id: 'o1', status: 'paid,shipped', at: '2026-03-01T00:00:00Z' })).toMatchObject({
      status: 200,
      facts: [{}, {}],
    });
    expect(await tell({ order_id: 'o1', status: 'refunded', event_id: 'r1', amount: '20.00' })).toMatchObject({ status: 200 });
    expect(await orderOf('o1')).toMatchObject({
      affiliate: { externalId: 'ann' },
      lines: [{ sku: 'order', price: { amount: '50.00' }, quantity: 1 }],
      commission: { status: 'PENDING', amount: { value: '150' } },
    });
    // The same order by the other way is the same fact.
    const order = {
      program,
      id: 'o1',
      click: 'k1',
      visitor: 'v1',
      country: 'DE',
      lines: [{ sku: 'order', category: 'toys-and-hobbies', price: '50.00' }],
    };
    expect(await must(sandbox.integrator, 'recordOrder', order, 'repeated')).toMatchObject({ repeated: true });
  });

  it('comes as an address, as a form or as JSON', async () => {
    const send = (body: string, type: string) => fetch(`${api.url}/postback`, { method: 'POST', headers: { 'content-type': type }, body });
    const form = await send(
      String(new URLSearchParams(signed({ order_id: 'form é+ &=', amount: '1.00' }))),
      'application/x-www-form-urlencoded',
    );
    expect([form.status, await form.json()]).toMatchObject([422, { userErrors: [{ code: 'INVALID', path: ['id'] }] }]);
    const json = await send(JSON.stringify(signed({ order_id: 'json', amount: '1.00' })), 'application/json');
    expect([json.status, await json.json()]).toMatchObject([200, { facts: [{ repeated: false }] }]);
    for (const [body, type] of [
      ['{"key":{}}', 'application/json'],
      ['[]', 'application/json'],
      ['null', 'application/json'],
      ['order_id=a&order_id=b', 'application/x-www-form-urlencoded'],
      ['order_id=%00', 'application/x-www-form-urlencoded'],
      ['a=b', 'text/plain'],
    ] as const)
      expect((await send(body, type)).status, body).toBeGreaterThanOrEqual(400);
  });

  it('is believed with a signature over all of it, and with no other', async () => {
    const good = signed({ order_id: 'forged', amount: '10.00' });
    const bad: Record<string, string>[] = [
      { ...good, amount: '9999.00' },
      { ...good, category: 'toys-and-hobbies' },
      { ...good, signature: '' },
      { ...good, signature: '0'.repeat(64) },
      { ...good, key: crypto.randomUUID() },
      { ...good, key: `'; drop table postback_key; --` },
      signed({ order_id: 'forged', amount: '10.00' }, 'guessed'),
    ];
    const { signature: _, ...unsigned } = good;
    for (const parameters of [...bad, unsigned]) expect((await get(parameters)).status, JSON.stringify(parameters)).toBe(403);
    expect((await fetch(`${api.url}/postback?${new URLSearchParams(good)}&amount=9999`)).status).toBe(400);
    expect((await get({ ...good, signature: good['signature']!.toUpperCase() })).status).toBe(200);
  });

  it('says what is wrong with it, and then tells nothing', async () => {
    const cases: [Record<string, string>, string][] = [
      [{ amount: '1.00' }, 'order_id'],
      [{ order_id: 'w' }, 'amount'],
      [{ order_id: 'w', status: 'delivered' }, 'status'],
      [{ order_id: 'w', amount: '1.00', quantity: '1.5' }, 'quantity'],
      [{ order_id: 'w', amount: '1.00', orderid: 'x' }, 'orderid'],
      [{ order_id: 'w', amount: 'much' }, 'lines.0.amount'],
      [{ order_id: 'w', amount: '100.00', quantity: '3' }, 'lines.0.amount'],
      [{ order_id: 'w', amount: '12.345', status: 'placed,paid,shipped' }, 'lines.0.amount'],
      [{ order_id: 'w', amount: '1.00', currency: 'EUR' }, 'currency'],
      [{ order_id: 'w', status: 'refunded', event_id: 'r', amount: '1.00', currency: 'EUR' }, 'currency'],
      [{ order_id: 'w', status: 'refunded', event_id: 'r', amount: '1.00', quantity: '1' }, 'lines.0'],
      [{ order_id: 'w', status: 'refunded', event_id: 'r', price: '1.00' }, 'price'],
      [{ order_id: 'w', amount: '1.00', at: 'yesterday' }, 'occurredAt'],
      [{ order_id: 'w', status: 'refunded' }, 'id'],
    ];
    for (const [parameters, path] of cases) {
      const { status, userErrors } = await tell(parameters);
      expect([status, userErrors.map((error) => [error.code, error.path.join('.')])], path).toEqual([422, [['INVALID', path]]]);
    }
    // Nothing waits for the order either.
    await tell({ order_id: 'w', amount: '12.00' });
    expect(await orderOf('w')).toMatchObject({ lines: [{ price: { amount: '12.00' } }], events: [] });
    // Nor does anything stand that came before what was turned away.
    const { facts, userErrors } = await tell({ order_id: 'w', status: 'paid,refunded', event_id: 'r', sku: 'other' });
    expect([facts, userErrors]).toMatchObject([
      [
        { id: null, repeated: false },
        { id: null, repeated: false },
      ],
      [{ code: 'INVALID', path: ['lines', '0', 'sku'] }],
    ]);
    expect(await orderOf('w')).toMatchObject({ events: [] });
  });

  it('tells the sum of a line, or what a unit costs, and refunds units, a line or an amount', async () => {
    const category = 'toys-and-hobbies';
    await tell({ order_id: 'u', sku: 'bat', amount: '40.00', quantity: '2', category, click_id: 'k1', visitor: 'v1' });
    await tell({ order_id: 'v', sku: 'bat', price: '20.00', quantity: '2', category, click_id: 'k1', visitor: 'v1' });
    for (const id of ['u', 'v']) {
      expect(await orderOf(id)).toMatchObject({
        lines: [{ price: { amount: '20.00' }, quantity: 2 }],
        commission: { amount: { value: '200' } },
      });
      await tell({ order_id: id, status: 'refunded', event_id: `r-${id}`, sku: 'bat', quantity: '1' });
      expect(await orderOf(id)).toMatchObject({ commission: { status: 'PENDING', amount: { value: '100' } } });
    }
  });

  it('sent again changes nothing, whatever came between', async () => {
    const events = async () => {
      const { order } = await sandbox.staff<{ order: { events: { kind: string }[] } }>(
        `{ order(program: "${program}", id: "s") { events { kind } } }`,
      );
      return order.events.map(({ kind }) => kind);
    };
    await tell({ order_id: 's', amount: '9.00' });
    const [cancelled, first] = [
      { order_id: 's', status: 'cancelled' },
      { order_id: 's', status: 'spam-marked', spam: 'N' },
    ];
    await tell(cancelled);
    await must(sandbox.staff, 'undoOrderEvent', { program, order: 's', kind: 'CANCELLED', reason: 'a slip' });
    await tell(first);
    await tell({ ...first, spam: 'Y' });
    const before = await events();
    for (const again of [cancelled, first]) expect(await tell(again)).toMatchObject({ status: 200, facts: [{ repeated: true }] });
    expect(await events()).toEqual(before);
    // What has an id of its own is another one.
    expect(await tell({ ...cancelled, event_id: 'c2' })).toMatchObject({ status: 200, facts: [{ repeated: false }] });
  });
});

describe('a pixel', () => {
  it('shows nothing, whatever became of the order', async () => {
    const pixel = async (parameters: Record<string, string>) => {
      const { answer } = await get(parameters, 'pixel');
      expect([answer.status, answer.headers.get('content-type'), (await answer.arrayBuffer()).byteLength]).toEqual([200, 'image/gif', 42]);
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      return answer.headers.get('x-tributary-order');
    };
    expect(await pixel(signed({ order_id: 'p1', amount: '5.00', click_id: 'k1' }))).toBe('recorded');
    expect(await pixel(signed({ order_id: 'p2' }))).toBe('turned-away');
    expect(await pixel({ order_id: 'p3', amount: '5.00' })).toBe('refused');
    expect([await orderOf('p1'), await orderOf('p3')]).toEqual([expect.anything(), null]);
  });
});

describe('a key', () => {
  it('is made and revoked by staff, for one program, and shows its secret once', async () => {
    const made = await must(sandbox.staff, 'createPostbackKey', { program, name: 'second' }, 'postbackKey { id name revokedAt } secret');
    const { id } = made['postbackKey'] as { id: string };
    const send = () => get(signed({ key: id, order_id: 'k', amount: '1.00' }, String(made['secret'])));
    expect((await send()).status).toBe(200);
    const listed = await sandbox.staff(`{ postbackKeys(program: "${program}") { nodes { name madeBy revokedAt } totalCount } }`);
    expect(listed).toMatchObject({ postbackKeys: { nodes: [{ name: 'second', revokedAt: null }, { name: 'old shop' }], totalCount: 2 } });
    expect(JSON.stringify(listed)).not.toContain(String(made['secret']));
    await must(sandbox.staff, 'revokePostbackKey', { program, key: id }, 'postbackKey { revokedAt }');
    await must(sandbox.staff, 'revokePostbackKey', { program, key: id }, 'postbackKey { revokedAt }');
    expect((await send()).status).toBe(403);
    expect(await refusalOf(sandbox.staff, 'createPostbackKey', { program, name: ' ' })).toBe('INVALID');
    expect(await refusalOf(sandbox.staff, 'revokePostbackKey', { program, key: 'nothing' })).toBe('NOT_FOUND');
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await refusalOf(other.staff, 'revokePostbackKey', { program, key })).toBe('NOT_FOUND');
  });
});
