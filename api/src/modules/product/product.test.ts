import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const program = 'alibaba';
const playground = () => createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
const PRODUCT = 'product { externalId kind price { amount currency } rate available seenAt } repeated';

describe('a product', () => {
  it('is told with all that the feed knows', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['aliexpress'] });
    await must(sandbox.integrator, 'recordProduct', {
      program: 'aliexpress',
      id: 'p1',
      store: 's1',
      category: 'audio',
      kind: 'hot',
      price: '25',
      rate: '32.50',
      participates: false,
      url: 'https://www.aliexpress.com/item/1.html',
      attributes: [{ name: 'storeCountry', value: 'RU' }],
    });
    const fields =
      'externalId store category kind price { amount currency } rate available participates url attributes { name value } seenAt forbiddenSince';
    expect(await sandbox.integrator(`{ product(program: "aliexpress", id: "p1") { ${fields} } }`)).toEqual({
      product: {
        externalId: 'p1',
        store: 's1',
        category: 'audio',
        kind: 'hot',
        price: { amount: '25.00', currency: 'USD' },
        rate: '32.5',
        available: true,
        participates: false,
        url: 'https://www.aliexpress.com/item/1.html',
        attributes: [{ name: 'storeCountry', value: 'RU' }],
        seenAt: '2026-01-01T00:00:00Z',
        forbiddenSince: null,
      },
    });
  });

  it('told again at the same instant is a repeat; told otherwise it is a new state', async () => {
    const sandbox = await playground();
    const lamp = { program, id: 'lamp', kind: 'light', price: '10.00', rate: '5' };
    const first = await act(sandbox.integrator, 'recordProduct', lamp, PRODUCT);
    expect(first).toMatchObject({
      product: { price: { amount: '10.00' }, seenAt: '2026-03-01T00:00:00Z' },
      repeated: false,
      userErrors: [],
    });
    expect(await act(sandbox.integrator, 'recordProduct', { ...lamp, price: '10' }, PRODUCT)).toEqual({ ...first, repeated: true });
    await must(sandbox.integrator, 'recordProduct', { ...lamp, available: false });
    expect(await sandbox.staff(`{ product(program: "${program}", id: "lamp") { available } }`)).toEqual({ product: { available: false } });
    await must(sandbox.integrator, 'recordProduct', lamp);
    expect(await sandbox.staff(`{ product(program: "${program}", id: "lamp") { available } }`)).toEqual({ product: { available: true } });
    await sandbox.at('2026-03-02T00:00:00Z');
    expect(await act(sandbox.integrator, 'recordProduct', lamp, PRODUCT)).toMatchObject({
      product: { seenAt: '2026-03-02T00:00:00Z' },
      repeated: false,
    });
  });

  it('of an earlier instant does not hide the later, and stands once there', async () => {
    const sandbox = await playground();
    const lamp = { program, id: 'lamp', rate: '5' };
    await must(sandbox.integrator, 'recordProduct', lamp);
    const earlier = { ...lamp, rate: '7', occurredAt: '2026-02-01T00:00:00Z' };
    await must(sandbox.integrator, 'recordProduct', earlier);
    expect(await act(sandbox.integrator, 'recordProduct', earlier, PRODUCT)).toMatchObject({ repeated: true });
    expect(await refusalOf(sandbox.integrator, 'recordProduct', { ...earlier, rate: '8' })).toBe('CONFLICT');
    expect(await refusalOf(sandbox.integrator, 'recordProduct', { ...lamp, occurredAt: '2026-03-02T00:00:00Z' })).toBe('INVALID');
    expect(await sandbox.staff(`{ product(program: "${program}", id: "lamp") { rate } }`)).toEqual({ product: { rate: '5' } });
  });

  it('is told among up to a thousand, each for itself', async () => {
    const sandbox = await playground();
    const products = Array.from({ length: 1000 }, (_, index) => ({ id: `p${index}`, price: '1.00' }));
    const bad = [...products.slice(0, 998), { id: 'p0', price: '2.00' }, { id: 'bad', price: '-1.00' }];
    type Results = { results: { index: number; product: object | null; userErrors: { code: string; path: string[] }[] }[] };
    const { results } = (await act(
      sandbox.integrator,
      'recordProducts',
      { program, products: bad },
      'results { index product { externalId } userErrors { code path } }',
    )) as unknown as Results;
    expect(results).toHaveLength(1000);
    expect(results.filter(({ product }) => product === null)).toEqual([
      { index: 999, product: null, userErrors: [{ code: 'INVALID', path: ['price'] }] },
    ]);
    expect(await sandbox.staff(`{ product(program: "${program}", id: "p0") { price { amount } } }`)).toEqual({
      product: { price: { amount: '2.00' } },
    });
    expect(await refusalOf(sandbox.integrator, 'recordProducts', { program, products: [...products, { id: 'one-more' }] })).toBe('INVALID');
    const list = await sandbox.staff<{
      products: { totalCount: number; nodes: { externalId: string }[]; pageInfo: { endCursor: string } };
    }>(`{ products(program: "${program}", first: 3) { totalCount nodes { externalId } pageInfo { endCursor } } }`);
    expect(list.products).toMatchObject({ totalCount: 998, nodes: [{ externalId: 'p0' }, { externalId: 'p1' }, { externalId: 'p10' }] });
    expect(
      await sandbox.staff(
        `{ products(program: "${program}", first: 2, after: "${list.products.pageInfo.endCursor}") { nodes { externalId } } }`,
      ),
    ).toEqual({ products: { nodes: [{ externalId: 'p100' }, { externalId: 'p101' }] } });
    expect(await sandbox.staff(`{ products(program: "${program}", first: 1, offset: 2) { nodes { externalId } } }`)).toEqual({
      products: { nodes: [{ externalId: 'p10' }] },
    });
  });

  it('told by many at once has one state', async () => {
    const sandbox = await playground();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        act(sandbox.integrator, 'recordProduct', { program, id: 'rush', rate: '5' }, 'product { seenAt } repeated'),
      ),
    );
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(answers.every(({ userErrors }) => userErrors.length === 0)).toBe(true);
  });

  it('is no product with odd ids, texts, addresses, amounts and attributes', async () => {
    const sandbox = await playground();
    const tell = (more: object) => refusalOf(sandbox.integrator, 'recordProduct', { program, id: 'p', ...more });
    for (const id of ['', ' ', HOSTILE[0], HOSTILE[1], 'x'.repeat(129)]) expect(await tell({ id }), id).toBe('INVALID');
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'https://a@b.example/', 'https://b.example\\@c.example', 'p.html']) {
      expect(await tell({ url }), url).toBe('INVALID');
    }
    for (const more of [
      { price: '1.001' },
      { rate: '101' },
      { category: 'a\u0007' },
      { kind: 'k'.repeat(101) },
      { attributes: [{ name: 'x', value: 'y' }] },
    ]) {
      expect(await tell(more), JSON.stringify(more)).toBe('INVALID');
    }
    expect(await tell({ program: 'nowhere' })).toBe('NOT_FOUND');
    expect(await sandbox.staff(`{ products(program: "${program}") { totalCount } }`)).toEqual({ products: { totalCount: 0 } });
    expect(
      await sandbox.staff('{ products(program: "nowhere") { totalCount } product(program: "nowhere", id: "p") { externalId } }'),
    ).toEqual({
      products: { totalCount: 0 },
      product: null,
    });
  });

  it('is found by words that stand inside others where no spaces are written', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['banggood'] });
    const tell = (id: string, title: string) => must(sandbox.integrator, 'recordProduct', { program: 'banggood', id, title });
    await tell('thai', 'หูฟังไร้สายกันน้ำ X9');
    await tell('chinese', '蓝牙耳机 X9');
    await tell('other', '耳环和手机 蓝');
    await tell('japanese', 'ﾜｲﾔﾚｽイヤホン');
    await tell('khmer', 'កាសឥតខ្សែ');
    const search = async (words: string) => {
      const text = 'query ($words: String!) { searchProducts(program: "banggood", words: $words) { nodes { externalId } totalCount } }';
      const { searchProducts } = await sandbox.staff<{ searchProducts: { nodes: { externalId: string }[] } }>(text, { words });
      return searchProducts.nodes.map(({ externalId }) => externalId);
    };
    expect([await search('ไร้สาย'), await search('น้ำ'), await search('สายX9'), await search('หูฟัง กันน้ำ x')]).toEqual([
      ['thai'],
      ['thai'],
      ['thai'],
      ['thai'],
    ]);
    // Letters that stand elsewhere are not what was looked for.
    expect([await search('耳机'), await search('牙'), await search('机'), await search('蓝机')]).toEqual([
      ['chinese'],
      ['chinese'],
      ['chinese', 'other'],
      [],
    ]);
    expect([await search('イヤ'), await search('レス'), await search('ខ្សែ'), await search('กันฝน')]).toEqual([
      ['japanese'],
      ['japanese'],
      ['khmer'],
      [],
    ]);
    await tell('thai', 'ลำโพง');
    expect([await search('ไร้สาย'), await search('โพง')]).toEqual([[], ['thai']]);
  });

  it('of one sandbox is not there in another', async () => {
    const [sandbox, other] = await Promise.all([playground(), playground()]);
    await must(sandbox.integrator, 'recordProduct', { program, id: 'lamp' });
    expect(await other.staff(`{ product(program: "${program}", id: "lamp") { externalId } }`)).toEqual({ product: null });
  });
});

describe('staff', () => {
  it('forbid a product, once', async () => {
    const sandbox = await playground();
    const FORBIDDEN = 'forbiddenProduct { product holdsFrom setBy }';
    await must(sandbox.integrator, 'recordProduct', { program, id: 'jammer' });
    const forbidden = await act(sandbox.staff, 'forbidProduct', { program, product: 'jammer' }, FORBIDDEN);
    expect(forbidden).toMatchObject({ forbiddenProduct: { product: 'jammer', holdsFrom: '2026-03-01T00:00:00Z', setBy: 'staff of test' } });
    await sandbox.at('2026-03-02T00:00:00Z');
    expect(await act(sandbox.staff, 'forbidProduct', { program, product: 'jammer' }, FORBIDDEN)).toEqual(forbidden);
    expect(await sandbox.staff(`{ products(program: "${program}") { nodes { forbiddenSince } } }`)).toEqual({
      products: { nodes: [{ forbiddenSince: '2026-03-01T00:00:00Z' }] },
    });
    expect(await refusalOf(sandbox.staff, 'forbidProduct', { program, product: HOSTILE[1] })).toBe('INVALID');
    expect(await refusalOf(sandbox.staff, 'forbidProduct', { program: 'nowhere', product: 'p' })).toBe('NOT_FOUND');
  });

  it('let affiliates earn on their own orders, or not', async () => {
    const sandbox = await playground();
    const SWITCH = 'selfPurchase { allowed holdsFrom }';
    const allowed = await act(sandbox.staff, 'setSelfPurchase', { program, allowed: true }, SWITCH);
    expect(allowed).toMatchObject({ selfPurchase: { allowed: true, holdsFrom: '2026-03-01T00:00:00Z' }, userErrors: [] });
    await sandbox.at('2026-03-02T00:00:00Z');
    expect(await act(sandbox.staff, 'setSelfPurchase', { program, allowed: true }, SWITCH)).toEqual(allowed);
    expect(await act(sandbox.staff, 'setSelfPurchase', { program, allowed: false }, SWITCH)).toMatchObject({
      selfPurchase: { allowed: false, holdsFrom: '2026-03-02T00:00:00Z' },
    });
    expect(await refusalOf(sandbox.staff, 'setSelfPurchase', { program: 'nowhere', allowed: true })).toBe('NOT_FOUND');
  });

  it('alone do so', async () => {
    const sandbox = await playground();
    for (const mutation of [
      `forbidProduct(input: { program: "${program}", product: "p" }) { userErrors { code } }`,
      `setSelfPurchase(input: { program: "${program}", allowed: true }) { userErrors { code } }`,
    ]) {
      expect((await api.send(sandbox.integratorToken, `mutation { ${mutation} }`)).errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ]);
    }
  });
});
