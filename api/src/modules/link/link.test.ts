import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { readsOf } from '../../testing/statements.ts';

let api: TestApi;
let sandbox: TestSandbox;
let annToken: string;
let ann: Ask;
const program = 'aliexpress';
const SHOP = 'https://www.aliexpress.com';

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  sandbox = await createTestSandbox(api, { programs: [program, 'bigseller'], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['ann', 'bob']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'GB' });
  annToken = await affiliateToken(sandbox, 'ann');
  ann = api.as(annToken);
  const product = { program, category: 'audio', price: '25.00' };
  await must(sandbox.integrator, 'recordProduct', { ...product, id: '1', kind: 'affiliate', rate: '9', url: `${SHOP}/item/1.html` });
  await must(sandbox.integrator, 'recordProduct', { ...product, id: '2', kind: 'hot', rate: '32.50', url: `${SHOP}/item/2.html` });
});
afterAll(() => api.close());

const LINK = 'link { id externalId url subId kind rate affiliate { externalId } }';

describe('a link', () => {
  it('is made by an affiliate, an integrator or staff, and says what may be expected of it', async () => {
    const made = await act(ann, 'createLink', { program, id: 'l1', url: `${SHOP}/item/1.html?spm=x`, subId: 'blog' }, LINK);
    expect(made).toMatchObject({
      link: {
        externalId: 'l1',
        url: `${SHOP}/item/1.html?spm=x`,
        subId: 'blog',
        kind: 'affiliate',
        rate: '7',
        affiliate: { externalId: 'ann' },
      },
      userErrors: [],
    });
    expect(
      await act(ann, 'createLink', { program, id: 'l1', affiliate: 'ann', url: `${SHOP}/item/1.html?spm=x`, subId: 'blog' }, LINK),
    ).toEqual(made);
    const hot = await act(sandbox.integrator, 'createLink', { program, id: 'l2', affiliate: 'bob', url: `${SHOP}/item/2.html` }, LINK);
    expect(hot).toMatchObject({ link: { kind: 'hot', rate: '32.5', affiliate: { externalId: 'bob' } } });
    const home = await act(sandbox.staff, 'createLink', { program, id: 'l3', affiliate: 'ann', url: 'https://aliexpress.com' }, LINK);
    expect(home).toMatchObject({ link: { kind: null, rate: null } });
  });

  it('keeps its id for itself', async () => {
    await must(ann, 'createLink', { program, id: 'mine', url: SHOP });
    expect(await refusalOf(ann, 'createLink', { program, id: 'mine', url: `${SHOP}/other` })).toBe('CONFLICT');
    expect(await refusalOf(ann, 'createLink', { program, id: 'mine', url: SHOP, subId: 's' })).toBe('CONFLICT');
    expect(await refusalOf(sandbox.staff, 'createLink', { program, id: 'mine', affiliate: 'bob', url: SHOP })).toBe('CONFLICT');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => act(ann, 'createLink', { program, id: 'rush', url: SHOP }, 'link { id }')),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('leads nowhere but to the merchant', async () => {
    const id = 'never';
    for (const url of [
      'https://s.click.aliexpress.com/e/_9zQ',
      'https://aliexpress.com.deals.example/item/1.html',
      'https://www.aliexpress.com@deals.example/',
      'https://deals.example/?to=https://www.aliexpress.com',
      'https://www.aliexpress.com:8080/',
      'https://deals.example\\@www.aliexpress.com/',
      'javascript:alert(1)//www.aliexpress.com',
      'www.aliexpress.com',
      '',
      ...HOSTILE,
    ]) {
      const refused = await act(ann, 'createLink', { program, id, url });
      expect(refused.userErrors, url).toMatchObject([{ code: 'AE-17', rule: 'AE-17', path: ['url'] }]);
    }
    expect(await ann(`{ link(program: "${program}", id: "${id}") { url } }`)).toEqual({ link: null });
    // Refused, the id may be used again.
    await must(ann, 'createLink', { program, id, url: SHOP });
  });

  it('has an id and a mark that are texts', async () => {
    for (const id of ['', ' ', HOSTILE[0], 'x'.repeat(129)])
      expect(await refusalOf(ann, 'createLink', { program, id, url: SHOP }), id).toBe('INVALID');
    expect(await refusalOf(ann, 'createLink', { program, id: 'i', url: SHOP, subId: 'a\u0007' })).toBe('INVALID');
    const subId = HOSTILE[1]!;
    expect(await act(ann, 'createLink', { program, id: 'marked', url: SHOP, subId }, 'link { subId }')).toMatchObject({ link: { subId } });
  });

  it('needs an active affiliate, who keeps it for good', async () => {
    await must(sandbox.integrator, 'applyToProgram', { program: 'bigseller', affiliate: 'dewi', country: 'ID' });
    const link = { program: 'bigseller', affiliate: 'dewi', id: 'l1', url: 'https://www.bigseller.com' };
    expect(await refusalOf(sandbox.staff, 'createLink', link)).toBe('BS-01');
    await must(sandbox.staff, 'enrollAffiliate', { program: 'bigseller', affiliate: 'dewi' });
    const made = await must(sandbox.staff, 'createLink', link, 'link { id }');
    await must(sandbox.staff, 'suspendEnrollment', { program: 'bigseller', affiliate: 'dewi', reason: 'review' });
    expect(await act(sandbox.staff, 'createLink', link, 'link { id }')).toEqual(made);
    expect(await refusalOf(sandbox.staff, 'createLink', { ...link, id: 'l2' })).toBe('BS-01');
  });

  it('is seen by its affiliate only', async () => {
    await must(sandbox.staff, 'createLink', { program, id: 'of-bob', affiliate: 'bob', url: SHOP });
    expect(await ann(`{ link(program: "${program}", id: "of-bob") { url } }`)).toEqual({ link: null });
    expect(await refusalOf(ann, 'createLink', { program, id: 'for-bob', affiliate: 'bob', url: SHOP })).toBe('NOT_FOUND');
    expect(await sandbox.staff(`{ link(program: "${program}", id: "of-bob") { url affiliate { externalId } } }`)).toEqual({
      link: { url: SHOP, affiliate: { externalId: 'bob' } },
    });
    const { links } = await ann<{ links: { nodes: { externalId: string }[] } }>(
      `{ links(program: "${program}") { nodes { externalId } } }`,
    );
    expect(links.nodes.map(({ externalId }) => externalId)).not.toContain('of-bob');
    expect(await ann(`{ links(program: "${program}", affiliate: "bob") { totalCount } }`)).toEqual({ links: { totalCount: 0 } });
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await other.staff(`{ link(program: "${program}", id: "of-bob") { url } }`)).toEqual({ link: null });
    expect((await api.send(sandbox.integratorToken, `{ links(program: "${program}") { totalCount } }`)).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('is listed with its rate in as few statements for many as for one', async () => {
    for (let index = 0; index < 5; index++)
      await must(ann, 'createLink', { program, id: `many${index}`, url: `${SHOP}/item/${1 + (index % 2)}.html` });
    const ask = (first: number) =>
      readsOf(() => ann(`{ links(program: "${program}", first: ${first}) { nodes { kind rate affiliate { externalId } } } }`));
    await ask(1);
    expect((await ask(5)).length).toBe((await ask(1)).length);
  });
});

describe('the link checker', () => {
  const check = (url: string, ask = ann) =>
    ask<{ checkLink: Record<string, unknown> | null }>(
      'query ($program: String!, $url: String!) { checkLink(program: $program, url: $url) { accepted rule reason kind rate seenAt ageSeconds caveat product { externalId } } }',
      { program, url },
    ).then(({ checkLink }) => checkLink);

  it('tells kind and rate, how old that is, and what not to rely on', async () => {
    await sandbox.at('2026-03-02T01:00:00Z');
    expect(await check(`${SHOP}/item/1.html`)).toEqual({
      accepted: true,
      rule: null,
      reason: null,
      kind: 'affiliate',
      rate: '7',
      seenAt: '2026-03-01T00:00:00Z',
      ageSeconds: 90_000,
      caveat: expect.stringContaining('approximate'),
      product: { externalId: '1' },
    });
    expect(await check(`${SHOP}/item/99.html`)).toMatchObject({
      accepted: true,
      kind: null,
      rate: null,
      caveat: expect.stringContaining('does not know'),
    });
    expect(await check('https://s.click.aliexpress.com/e/1')).toMatchObject({
      accepted: false,
      rule: 'AE-17',
      reason: expect.any(String),
      kind: null,
    });
    for (const url of HOSTILE) expect(await check(url), url).toMatchObject({ accepted: false, product: null });
  });

  it('reads what the feed said last', async () => {
    await must(sandbox.integrator, 'recordProduct', {
      program,
      id: '1',
      kind: 'affiliate',
      rate: '2',
      url: `http://aliexpress.com/item/1.html`,
    });
    expect(await check(`${SHOP}/item/1.html`)).toMatchObject({ rate: '2' });
  });

  it('takes no product for another whose page differs by the query alone', async () => {
    for (const id of ['71', '72']) {
      const product = { program, id, kind: id === '71' ? 'hot' : 'affiliate', rate: '9', url: `${SHOP}/item?id=${id}` };
      await must(sandbox.integrator, 'recordProduct', product);
    }
    expect(await check(`${SHOP}/item?id=72`)).toMatchObject({ kind: 'affiliate', product: { externalId: '72' } });
    expect(await check(`${SHOP}/item?id=73`)).toMatchObject({ kind: null, product: null });
  });

  it('tells any number of products on one path by their queries', async () => {
    const products = Array.from({ length: 200 }, (_, index) => ({
      id: `view-${index}`,
      kind: index === 7 ? 'hot' : 'affiliate',
      url: `${SHOP}/view?lang=de&id=${index}`,
    }));
    await must(sandbox.integrator, 'recordProducts', { program, products }, 'results { userErrors { message } }');
    const found = await check(`${SHOP}/view?id=7&utm_source=mail&lang=de`);
    expect(found).toMatchObject({ kind: 'hot', product: { externalId: 'view-7' } });
    expect(await check(`${SHOP}/view?id=199&lang=de`)).toMatchObject({ product: { externalId: 'view-199' } });
    for (const other of ['?id=200&lang=de', '?id=7', ''])
      expect(await check(`${SHOP}/view${other}`), other).toMatchObject({ product: null });
  });

  it('knows pages whose addresses are longer than an index takes', async () => {
    const long = Array.from({ length: 900 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join('');
    await must(sandbox.integrator, 'recordProduct', { program, id: 'long', kind: 'hot', url: `${SHOP}/${long}?q=${long}` });
    expect(await check(`${SHOP}/${long}?q=${long}`)).toMatchObject({ product: { externalId: 'long' } });
  });

  it('goes by the sources of who asks', async () => {
    await must(sandbox.integrator, 'recordProduct', { program, id: '5', kind: 'affiliate', rate: '30', url: `${SHOP}/item/5.html` });
    const bob = api.as(await affiliateToken(sandbox, 'bob'));
    expect(await check(`${SHOP}/item/5.html`, bob)).toMatchObject({ rate: '7' });
    await must(bob, 'declareTrafficSource', { program, kind: 'dropshipping', name: 'My store' });
    expect(await check(`${SHOP}/item/5.html`, bob)).toMatchObject({ rate: '30' });
  });

  it('is not there where the terms have none', async () => {
    const answer = await sandbox.staff('{ checkLink(program: "bigseller", url: "https://www.bigseller.com") { accepted rate caveat } }');
    expect(answer).toEqual({ checkLink: { accepted: true, rate: null, caveat: 'The program has no link checker.' } });
    expect(await sandbox.staff('{ checkLink(program: "nowhere", url: "x") { accepted } }')).toEqual({ checkLink: null });
  });
});
