import { getNamedType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_ROLES, allOf, type Grants, grantsOf, holdsSomewhere, type Role } from '../../access/index.ts';
import { accessOf } from '../../platform/graphql/access.ts';
import { apiSchema } from '../../schema.ts';
import { act, affiliateToken, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { operationFor } from '../../testing/arguments.ts';

let api: TestApi;
let sandbox: TestSandbox;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: ['banggood', 'aliexpress'] });
  for (const [program, affiliate] of [
    ['banggood', 'ann'],
    ['aliexpress', 'bob'],
  ] as const)
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'DE', name: affiliate });
});
afterAll(() => api.close());

const capital = (role: Role) => role.toUpperCase().replace('-', '_');

async function tokenOf(role: Role, programs?: string[], by: Ask = sandbox.staff): Promise<{ secret: string; id: string }> {
  const input = { kind: 'STAFF', name: role, role: capital(role), ...(programs ? { programs } : {}) };
  const { secret, token } = await must(by, 'createToken', input, 'secret token { id }');
  return { secret: String(secret), id: (token as { id: string }).id };
}

const roots = () => {
  const schema = apiSchema();
  const kinds = [
    ['query', schema.getQueryType()!],
    ['mutation', schema.getMutationType()!],
  ] as const;
  const found = kinds.flatMap(([kind, type]) =>
    Object.values(type.getFields()).map((field) => ({
      name: field.name,
      access: accessOf(field.extensions),
      ...operationFor(kind, field.name, field.args, !isObjectType(getNamedType(field.type))),
    })),
  );
  // What ends the very token that asks comes last.
  const endsItself = ({ name }: { name: string }) => name === 'rotateToken' || name === 'revokeToken';
  return [...found.filter((root) => !endsItself(root)), ...found.filter(endsItself)];
};

/** The queries and mutations from which somebody is turned away. */
async function closedTo(secret: string): Promise<string[]> {
  const closed: string[] = [];
  for (const { name, query, variables } of roots()) {
    const { errors = [] } = await api.send(secret, query, variables);
    if (errors.some(({ extensions }) => extensions.code === 'FORBIDDEN')) closed.push(name);
  }
  return closed;
}

const outside = (grants: Grants) =>
  roots()
    .filter(({ access }) => access === undefined || (Array.isArray(access) && !holdsSomewhere(grants, access)))
    .map(({ name }) => name);

describe('a role', () => {
  it.each(ALL_ROLES)('%s is let in to what its permissions say, and to nothing else', async (role) => {
    // A sandbox of its own: whoever may, moves its clock and makes tokens.
    const own = await createTestSandbox(api);
    const { secret } = await tokenOf(role, undefined, own.staff);
    expect(await closedTo(secret)).toEqual(outside(grantsOf([{ role, program: null }])));
  });

  it.each(['integrator', 'affiliate'] as const)('is nothing that a token of an %s has', async (kind) => {
    const secret = kind === 'integrator' ? sandbox.integratorToken : await affiliateToken(sandbox, 'ann');
    expect(await closedTo(secret)).toEqual(outside(allOf(kind)));
  });

  it('is told to front ends as permissions, with the programs of each', async () => {
    const { secret } = await tokenOf('terms-editor', ['aliexpress']);
    const { viewer } = await api.as(secret)<{ viewer: { permissions: { permission: string; programs: string[] | null }[] } }>(
      '{ viewer { permissions { permission programs } } }',
    );
    expect(viewer.permissions).toContainEqual({ permission: 'TERMS_PUBLISH', programs: ['aliexpress'] });
    expect(viewer.permissions.map(({ permission }) => permission)).not.toContain('PROGRAM_CREATE');
    const all = await sandbox.staff<{ viewer: { permissions: object[] } }>('{ viewer { permissions { permission programs } } }');
    expect(all.viewer.permissions).toContainEqual({ permission: 'PROGRAM_CREATE', programs: null });
  });
});

describe('a role in one program', () => {
  let reviewer: Ask;
  beforeAll(async () => {
    reviewer = api.as((await tokenOf('reviewer', ['banggood'])).secret);
  });

  it('leaves the others out of lists, and answers for them as for programs that are not there', async () => {
    expect(await reviewer('{ programs { totalCount nodes { key } } program(key: "aliexpress") { key } }')).toEqual({
      programs: { totalCount: 1, nodes: [{ key: 'banggood' }] },
      program: null,
    });
    expect(
      await reviewer('{ affiliates { totalCount nodes { externalId } } enrollments { totalCount nodes { program { key } } } }'),
    ).toEqual({
      affiliates: { totalCount: 1, nodes: [{ externalId: 'ann' }] },
      enrollments: { totalCount: 1, nodes: [{ program: { key: 'banggood' } }] },
    });
    for (const program of ['aliexpress', 'nowhere'])
      expect(await act(reviewer, 'suspendEnrollment', { program, affiliate: 'bob', reason: 'x' })).toMatchObject({
        userErrors: [{ code: 'NOT_FOUND', path: ['program'], message: expect.stringContaining(program) }],
      });
    expect(await refusalOf(reviewer, 'suspendEnrollment', { program: 'banggood', affiliate: 'ann', reason: 'x' })).toBe('');
  });

  it('shows of whoever is in several programs what is of that one', async () => {
    await must(sandbox.staff, 'enrollAffiliate', { program: 'aliexpress', affiliate: 'ann', country: 'DE' });
    const ask = '{ affiliate(id: "ann") { name enrollments { program { key } } } }';
    expect(await reviewer(ask)).toEqual({ affiliate: { name: 'ann', enrollments: [{ program: { key: 'banggood' } }] } });
    expect(await reviewer('{ affiliate(id: "bob") { externalId } }')).toEqual({ affiliate: null });
    for (const list of ['orders', 'commissions', 'clicks', 'customers', 'ledgerEntries'])
      expect(await reviewer(`{ ${list}(affiliate: "bob") { totalCount } }`)).toEqual({ [list]: { totalCount: 0 } });
    for (const field of ['enrollment(program: "aliexpress", affiliate: "bob")', 'balances(program: "aliexpress", affiliate: "bob")'])
      expect(await reviewer(`{ ${field} { __typename } }`)).toEqual({ [field.split('(')[0]!]: null });
  });
});

describe('granting', () => {
  const grant = (by: Ask, input: object) => act(by, 'grantRole', input, 'grant { id role program { key } revokedAt }');
  const revoke = (by: Ask, id: unknown) => act(by, 'revokeRole', { grant: id }, 'grant { id revokedAt revokedBy }');

  it('holds at once, once, and until it is revoked', async () => {
    const { secret, id: token } = await tokenOf('reader', ['aliexpress']);
    const ask = () =>
      api.send(secret, 'mutation { setSelfPurchase(input: { program: "banggood", allowed: true }) { userErrors { code } } }');
    expect((await ask()).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const first = await grant(sandbox.staff, { token, role: 'TERMS_EDITOR', program: 'banggood' });
    expect(first).toMatchObject({ grant: { role: 'TERMS_EDITOR', program: { key: 'banggood' }, revokedAt: null }, userErrors: [] });
    expect(await grant(sandbox.staff, { token, role: 'TERMS_EDITOR', program: 'banggood' })).toEqual(first);
    expect((await ask()).data).toEqual({ setSelfPurchase: { userErrors: [] } });
    expect(await revoke(sandbox.staff, (first['grant'] as { id: string }).id)).toMatchObject({ grant: { revokedBy: 'staff of test' } });
    expect((await ask()).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const { roleGrants } = await sandbox.staff<{ roleGrants: { nodes: object[] } }>(
      `{ roleGrants(token: "${token}", revoked: true) { nodes { role program { key } } } }`,
    );
    expect(roleGrants.nodes).toEqual([
      { role: 'TERMS_EDITOR', program: { key: 'banggood' } },
      { role: 'READER', program: { key: 'aliexpress' } },
    ]);
  });

  it('is not for whoever is admin of some programs only', async () => {
    const { secret, id: token } = await tokenOf('admin', ['banggood']);
    const { errors } = await api.send(secret, `mutation { grantRole(input: { token: "${token}", role: ADMIN }) { grant { id } } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('is turned away for whom there is none of', async () => {
    const other = await createTestSandbox(api);
    const { id: theirs } = await tokenOf('reader', undefined, other.staff);
    for (const token of [theirs, 'x']) expect(await refusalOf(sandbox.staff, 'grantRole', { token, role: 'READER' })).toBe('NOT_FOUND');
    expect(await refusalOf(sandbox.staff, 'grantRole', { role: 'READER' })).toBe('INVALID');
    expect(await refusalOf(sandbox.staff, 'revokeRole', { grant: theirs })).toBe('NOT_FOUND');
  });

  it('leaves a live organization its last admin, also when two remove each other at once', async () => {
    const { roleGrants, tokens } = await api.staff<{ roleGrants: { nodes: { id: string }[] }; tokens: { nodes: { id: string }[] } }>(
      '{ roleGrants { nodes { id } } tokens { nodes { id } } }',
    );
    expect(await refusalOf(api.staff, 'revokeRole', { grant: roleGrants.nodes[0]!.id })).toBe('INVALID');
    expect(await refusalOf(api.staff, 'revokeToken', { id: tokens.nodes[0]!.id })).toBe('INVALID');
    const second = await tokenOf('admin', undefined, api.staff);
    const answers = await Promise.all([
      refusalOf(api.as(second.secret), 'revokeToken', { id: tokens.nodes[0]!.id }),
      refusalOf(api.staff, 'revokeToken', { id: second.id }),
    ]);
    expect(answers.sort()).toEqual(['', 'INVALID']);
  });
});
