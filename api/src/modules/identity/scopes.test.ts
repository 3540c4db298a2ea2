import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const [MINE, OTHER, NONE] = ['aliexpress', 'banggood', 'nowhere'] as const;

let api: TestApi;
let sandbox: TestSandbox;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [MINE, OTHER], startsAt: '2026-03-01T00:00:00Z' });
  for (const program of [MINE, OTHER]) {
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'both', country: 'MY' });
    await must(sandbox.integrator, 'recordClick', { program, id: `k-${program}`, affiliate: 'both', visitor: 'v1', country: 'DE' });
    const lines = [{ sku: 'a', price: '10.00', category: 'home-and-garden' }];
    await must(sandbox.integrator, 'recordOrder', { program, id: `o-${program}`, visitor: 'v1', customer: 'c1', country: 'DE', lines });
  }
  await must(sandbox.staff, 'enrollAffiliate', { program: OTHER, affiliate: 'stranger', country: 'MY' });
});
afterAll(() => api.close());

async function tokenFor(input: object): Promise<string> {
  return String((await must(sandbox.staff, 'createToken', { name: 'limited', ...input }, 'secret'))['secret']);
}

/** Whatever is answered, with the name of the program taken out. */
async function answer(token: string, query: string, program: string, variables?: Record<string, unknown>): Promise<string> {
  const { data, errors } = await api.send<object>(token, query.replaceAll('$P', program), variables);
  return JSON.stringify({ data, errors }).replaceAll(program, 'P');
}

const READS = [
  '{ program(key: "$P") { name terms { number } } }',
  '{ orders(program: "$P") { totalCount nodes { externalId } } }',
  '{ order(program: "$P", id: "o-$P") { externalId } }',
  '{ commission(program: "$P", order: "o-$P") { id } }',
  '{ commissions(program: "$P") { totalCount } }',
  '{ clicks(program: "$P") { totalCount } }',
  '{ click(program: "$P", id: "k-$P") { id } }',
  '{ customers(program: "$P") { totalCount } }',
  '{ customer(program: "$P", id: "c1") { id } }',
  '{ enrollment(program: "$P", affiliate: "both") { id } }',
  '{ products(program: "$P") { totalCount } }',
];

const ACTS: readonly (readonly [string, object])[] = [
  ['recordClick', { id: 'k9', affiliate: 'both', country: 'DE' }],
  ['recordOrder', { id: 'o9', country: 'DE', lines: [{ sku: 'a', price: '1.00' }] }],
  ['recordRegistration', { customer: 'c9' }],
  ['recordOrderEvent', { order: 'o1', kind: 'PAID' }],
  ['applyToProgram', { affiliate: 'new', country: 'MY' }],
  ['createLink', { id: 'l9', affiliate: 'both', url: 'https://example.com/' }],
];

describe('a token that is limited to one program', () => {
  it('gets of another program what it gets of none', async () => {
    const token = await tokenFor({ kind: 'INTEGRATOR', programs: [MINE] });
    for (const query of READS) {
      expect([query, await answer(token, query, OTHER)]).toEqual([query, await answer(token, query, NONE)]);
      expect((await api.send(token, query.replaceAll('$P', MINE))).errors, query).toBeUndefined();
    }
    for (const [mutation, input] of ACTS) {
      const query = `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code message path } } }`;
      const other = await answer(token, query, OTHER, { input: { program: OTHER, ...input } });
      expect([mutation, other]).toEqual([mutation, await answer(token, query, NONE, { input: { program: NONE, ...input } })]);
      expect(other).toContain('NOT_FOUND');
    }
  });

  it('sees nothing of another one on the way through what it may see', async () => {
    const ask = api.as(await tokenFor({ kind: 'INTEGRATOR', programs: [MINE] }));
    expect(await ask('{ programs { nodes { key } } orders { nodes { program { key } } } clicks { nodes { externalId } } }')).toEqual({
      programs: { nodes: [{ key: MINE }] },
      orders: { nodes: [{ program: { key: MINE } }] },
      clicks: { nodes: [{ externalId: `k-${MINE}` }] },
    });
    expect(
      await ask('{ both: affiliate(id: "both") { enrollments { program { key } } } stranger: affiliate(id: "stranger") { id } }'),
    ).toEqual({
      both: { enrollments: [{ program: { key: MINE } }] },
      stranger: null,
    });
    const invite = { email: 'x@a.example', name: 'X', role: 'OWNER' };
    expect((await act(ask, 'invitePerson', { affiliate: 'stranger', ...invite })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('of an affiliate sees its own data of that program only', async () => {
    const ask = api.as(await tokenFor({ kind: 'AFFILIATE', affiliate: 'both', programs: [MINE] }));
    expect(await ask('{ commissions { nodes { program { key } } } affiliate(id: "both") { enrollments { program { key } } } }')).toEqual({
      commissions: { nodes: [{ program: { key: MINE } }] },
      affiliate: { enrollments: [{ program: { key: MINE } }] },
    });
  });
});

describe('an affiliate', () => {
  it('finds the programs that it is in, and those that anybody may sign up to; any other is not there', async () => {
    const token = await tokenFor({ kind: 'AFFILIATE', affiliate: 'stranger' });
    const programs = () => api.as(token)('{ programs { totalCount nodes { key } } }');
    expect(await programs()).toEqual({ programs: { totalCount: 1, nodes: [{ key: OTHER }] } });
    for (const query of [
      '{ program(key: "$P") { terms { document } } }',
      '{ checkLink(program: "$P", url: "https://example.com/") { accepted } }',
      '{ balances(program: "$P") { asOf } }',
    ]) {
      expect([query, await answer(token, query, MINE)]).toEqual([query, await answer(token, query, NONE)]);
    }
    await must(sandbox.staff, 'setSignUp', { program: MINE, open: true });
    expect(await programs()).toEqual({ programs: { totalCount: 2, nodes: [{ key: MINE }, { key: OTHER }] } });
    await must(sandbox.staff, 'setSignUp', { program: MINE, open: false });
  });
});

describe('a token that is limited to some acts', () => {
  it('does these and nothing else', async () => {
    const token = await tokenFor({ kind: 'INTEGRATOR', scopes: ['FACT_TELL'] });
    await must(api.as(token), 'recordClick', { program: MINE, id: 'k8', affiliate: 'both', country: 'DE' });
    for (const query of ['{ orders { totalCount } }', '{ programs { totalCount } }', '{ affiliate(id: "both") { id } }']) {
      expect((await api.send(token, query)).errors, query).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const reader = await tokenFor({ kind: 'AFFILIATE', affiliate: 'both', scopes: ['OWN_READ'] });
    const input = { program: MINE, id: 'l1', url: 'https://example.com/' };
    const { errors } = await api.send(reader, 'mutation ($input: CreateLinkInput!) { createLink(input: $input) { userErrors { code } } }', {
      input,
    });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('is shown in the list with what it may do and where, and hands both on when it is rotated', async () => {
    const token = await tokenFor({ kind: 'INTEGRATOR', scopes: ['FACT_TELL', 'ORDER_READ'], programs: [OTHER] });
    const next = await must(api.as(token), 'rotateToken', { overlapSeconds: 60 }, 'token { scopes programs roles } secret');
    expect(next['token']).toEqual({ scopes: ['FACT_TELL', 'ORDER_READ'], programs: [OTHER], roles: [] });
    expect(await answer(String(next['secret']), '{ orders(program: "$P") { totalCount } }', MINE)).toBe(
      await answer(token, '{ orders(program: "$P") { totalCount } }', NONE),
    );
    const staff = await tokenFor({ kind: 'STAFF', role: 'READER', programs: [MINE] });
    const rotated = await must(api.as(staff), 'rotateToken', { overlapSeconds: 0 }, 'token { scopes programs roles } secret');
    expect(rotated['token']).toEqual({ scopes: null, programs: [MINE], roles: ['READER'] });
    expect(await api.as(String(rotated['secret']))('{ programs { nodes { key } } }')).toEqual({ programs: { nodes: [{ key: MINE }] } });
  });

  it('is turned away with scopes that its kind can not have', async () => {
    const create = (input: object) => act(sandbox.staff, 'createToken', { name: 'x', ...input });
    expect((await create({ kind: 'INTEGRATOR', scopes: ['FACT_TELL', 'TOKEN_MANAGE'] })).userErrors).toMatchObject([
      { path: ['scopes', '1'] },
    ]);
    expect((await create({ kind: 'INTEGRATOR', scopes: [] })).userErrors).toMatchObject([{ path: ['scopes'] }]);
    expect((await create({ kind: 'STAFF', role: 'READER', scopes: ['ORDER_READ'] })).userErrors).toMatchObject([{ path: ['scopes'] }]);
    expect((await create({ kind: 'INTEGRATOR', programs: [MINE, NONE] })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['programs', '1'] },
    ]);
  });
});

describe('a token of staff', () => {
  it('without the permission neither replaces nor ends others', async () => {
    const reader = api.as(await tokenFor({ kind: 'STAFF', role: 'READER' }));
    const { token } = await must(sandbox.staff, 'createToken', { kind: 'INTEGRATOR', name: 'shop' }, 'token { id }');
    const { id } = token as { id: string };
    for (const mutation of ['rotateToken', 'revokeToken']) {
      const input = mutation === 'rotateToken' ? { id, overlapSeconds: 0 } : { id };
      expect((await act(reader, mutation, input)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });
});
