import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
let sandbox: TestSandbox;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { name: 'shop' });
});
afterAll(() => api.close());

interface Created {
  createToken: {
    token: { id: string; kind: string; prefix: string } | null;
    secret: string | null;
    userErrors: { code: string; path: string[] }[];
  };
}
const create = (input: object, by = sandbox) =>
  by.staff<Created>(
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token { id kind name prefix expiresAt lastUsedAt } secret userErrors { code path } } }',
    { input },
  );
const revoke = (id: string, by = sandbox) =>
  by.staff<{ revokeToken: { token: { revokedAt: string } | null; userErrors: { code: string }[] } }>(
    'mutation ($input: RevokeTokenInput!) { revokeToken(input: $input) { token { revokedAt } userErrors { code } } }',
    { input: { id } },
  );
const VIEWER = '{ viewer { name kind affiliate organization { name isSandbox } } }';

/** An affiliate as the affiliate module records it. */
async function addAffiliate(externalId: string): Promise<void> {
  await withConnection(api.database.url, async (client) => {
    const id = newId();
    await client.query('insert into affiliate (id, organization_id, external_id) values ($1, $2, $3)', [id, sandbox.id, externalId]);
    const key = [sliceOf(externalId), sandbox.id, externalId, id];
    await client.query("insert into fact_key (slice, scope_id, kind, external_id, fact_id) values ($1, $2, 'affiliate', $3, $4)", key);
  });
}

describe('a token', () => {
  it('is shown once, and then opens the API to its holder', async () => {
    const { createToken } = await create({ kind: 'INTEGRATOR', name: 'the shop' });
    expect(createToken).toMatchObject({
      token: { kind: 'INTEGRATOR', name: 'the shop', expiresAt: null, lastUsedAt: null },
      userErrors: [],
    });
    expect(createToken.secret).toMatch(/^trb_integrator_[\w-]{49}$/);
    expect(createToken.secret!.startsWith(createToken.token!.prefix)).toBe(true);
    expect(await api.as(createToken.secret!)(VIEWER)).toEqual({
      viewer: { name: 'the shop', kind: 'INTEGRATOR', affiliate: null, organization: { name: 'shop', isSandbox: true } },
    });
  });

  it('is stored as a hash only', async () => {
    const { createToken } = await create({ kind: 'STAFF', role: 'ADMIN', name: 'Ann' });
    await withConnection(api.database.url, async (client) => {
      const { rows } = await client.query('select t::text as row from api_token t');
      expect(rows.map(({ row }) => row).join()).not.toContain(createToken.secret!.slice(20));
    });
  });

  it('of an affiliate names the affiliate by the caller’s own id', async () => {
    await addAffiliate('ann');
    const { createToken } = await create({ kind: 'AFFILIATE', affiliate: 'ann', name: "Ann's site" });
    expect(await api.as(createToken.secret!)('{ viewer { kind affiliate } }')).toEqual({ viewer: { kind: 'AFFILIATE', affiliate: 'ann' } });
  });

  it('opens nothing once it is revoked, from that moment on, and a second time changes nothing', async () => {
    const { createToken } = await create({ kind: 'STAFF', role: 'ADMIN', name: 'leaving' });
    const { id } = createToken.token!;
    await api.as(createToken.secret!)(VIEWER);
    const first = await revoke(id);
    expect((await api.send(createToken.secret!, VIEWER)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await revoke(id)).toEqual(first);
  });

  it('opens nothing once it has expired', async () => {
    const { createToken } = await create({
      kind: 'STAFF',
      role: 'ADMIN',
      name: 'soon',
      expiresAt: new Date(Date.now() + 400).toISOString(),
    });
    await api.as(createToken.secret!)(VIEWER);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await api.send(createToken.secret!, VIEWER)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('is turned away with everything that is wrong with it', async () => {
    const expiresAt = '2020-01-01T00:00:00Z';
    const errors = (await create({ kind: 'STAFF', role: 'READER', affiliate: 'ann', name: ' ', expiresAt })).createToken.userErrors;
    expect(errors).toEqual(['name', 'affiliate', 'expiresAt'].map((path) => ({ code: 'INVALID', path: [path] })));
    expect((await create({ kind: 'AFFILIATE', name: 'x' })).createToken).toMatchObject({
      token: null,
      secret: null,
      userErrors: [{ path: ['affiliate'] }],
    });
    const unknown = (await create({ kind: 'AFFILIATE', affiliate: "' or 1=1 --", name: 'x' })).createToken;
    expect(unknown).toMatchObject({ token: null, userErrors: [{ code: 'NOT_FOUND', path: ['affiliate'] }] });
  });

  it('of another organization is not there', async () => {
    const other = await createTestSandbox(api);
    const { createToken } = await create({ kind: 'STAFF', role: 'ADMIN', name: 'mine' });
    for (const id of [createToken.token!.id, newId(), 'x']) {
      expect((await revoke(id, other)).revokeToken).toEqual({ token: null, userErrors: [{ code: 'NOT_FOUND' }] });
    }
    expect(await api.as(createToken.secret!)(VIEWER)).toBeDefined();
  });
});

describe('the list of tokens', () => {
  interface Page {
    tokens: {
      totalCount: number;
      nodes: { name: string }[];
      edges: { cursor: string }[];
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
    };
  }
  const list = (by: TestSandbox, args: string) =>
    by.staff<Page>(`{ tokens(${args}) { totalCount nodes { name } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`);

  it('goes page by page, by cursor or by number, newest first, own ones only', async () => {
    const own = await createTestSandbox(api, { name: 'own' });
    for (const name of ['a', 'b', 'c']) await create({ kind: 'STAFF', role: 'ADMIN', name }, own);
    const names = ({ tokens }: Page) => tokens.nodes.map(({ name }) => name);

    const first = await list(own, 'first: 2');
    expect(names(first)).toEqual(['c', 'b']);
    expect(first.tokens).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = await list(own, `first: 2, after: "${first.tokens.pageInfo.endCursor}"`);
    expect(names(second)).toEqual(['a', 'integrator of own']);
    expect(second.tokens.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    expect(second.tokens.edges.at(-1)!.cursor).toBe(second.tokens.pageInfo.endCursor);
    const last = await list(own, 'first: 2, offset: 4');
    expect(names(last)).toEqual(['staff of own']);
    expect(last.tokens.pageInfo.hasNextPage).toBe(false);
  });

  it('does not take a cursor that is no id', async () => {
    const after = Buffer.from('["x"]').toString('base64url');
    expect((await api.send(sandbox.staffToken, `{ tokens(after: "${after}") { totalCount nodes { name } } }`)).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });
});
