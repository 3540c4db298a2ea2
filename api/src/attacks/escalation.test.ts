import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../platform/database/admin.ts';
import { must } from '../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../testing/api.ts';
import type { TestPage } from '../testing/page.ts';
import { joinStaff, signedIn } from '../testing/staff.ts';

const ROLES = ['READER', 'REVIEWER', 'FINANCE', 'TERMS_EDITOR'] as const;
const [HERE, THERE] = ['here', 'there'];
/** What each role is for. */
const OWN_ACTS = {
  READER: undefined,
  REVIEWER: ['suspendEnrollment', { affiliate: 'ann', reason: 'a try' }],
  FINANCE: ['postAdjustment', { affiliate: 'ann', id: 'a1', kind: 'BONUS', amount: '1.00', reason: 'a try' }],
  TERMS_EDITOR: ['setSelfPurchase', { allowed: true }],
} as const;

let api: TestApi;
let sandbox: TestSandbox;
let adminToken: string;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: ['bigseller'] });
  const document = readFileSync(new URL('programs/bigseller.yaml', import.meta.resolve('@tributary/shared/terms')), 'utf8');
  for (const program of [HERE, THERE]) {
    await must(api.staff, 'createProgram', { document: document.replace('key: bigseller', `key: ${program}`) });
    await must(api.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'MY', name: 'Ann' });
  }
  const { token } = await must(api.staff, 'createToken', { kind: 'STAFF', role: 'ADMIN', name: 'of an admin' }, 'token { id }');
  adminToken = (token as { id: string }).id;
  for (const role of ROLES) await joinStaff(api, addressOf(role), role, [role]);
  await joinStaff(api, 'admin@example.com', 'Admin', ['ADMIN']);
});
afterAll(() => api.close());

const addressOf = (role: string) => `${role.toLowerCase()}@example.com`;
const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await withConnection(api.database.url, (client) => client.query(text, values))).rows as T[];
const idOf = async (email: string) => (await sql<{ id: string }>('select id from staff_member where email = $1', [email]))[0]!.id;

/** The code by which it was turned away; empty: it was done. */
async function tryTo(page: TestPage, mutation: string, input: object, headers: Record<string, string> = {}): Promise<string> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
  const { body, code } = await page.ask(query, { input }, headers);
  return code ?? (body.data![mutation] as { userErrors: { code: string }[] }).userErrors.map((error) => error.code).join();
}

/** All that could make somebody more than they are. */
const power = () =>
  sql(
    `select 'grant', id::text, role, revoked_at::text from staff_grant union all select 'token', id::text, kind, revoked_at::text from api_token
     union all select 'member', id::text, email, disabled_at::text from staff_member order by 1, 2`,
  );

describe('a member with one role, in a session', () => {
  it.each(ROLES)('%s: cannot become more, make somebody more, or take anything from others', async (role) => {
    const page = await signedIn(api, addressOf(role));
    const [self, admin] = [await idOf(addressOf(role)), await idOf('admin@example.com')];
    const adminPage = await signedIn(api, 'admin@example.com');
    const { sessions } = (await adminPage.ask('{ sessions { id } }')).body.data as { sessions: { id: string }[] };
    const before = await power();
    const tries: [string, object][] = [
      ['grantRole', { member: self, role: 'ADMIN' }],
      ['grantRole', { member: self, role: 'ADMIN', program: HERE }],
      ...ROLES.map((other): [string, object] => ['grantRole', { member: self, role: other }]),
      ['grantRole', { token: adminToken, role: 'READER' }],
      ['createToken', { kind: 'STAFF', role: 'ADMIN', name: 'x' }],
      ['createToken', { kind: 'STAFF', role, name: 'x' }],
      ['createToken', { kind: 'INTEGRATOR', name: 'x' }],
      ['createToken', { kind: 'AFFILIATE', affiliate: 'ann', name: 'x' }],
      ['inviteStaff', { name: 'x', email: 'x@example.com', roles: ['ADMIN'] }],
      ['inviteStaff', { name: 'x', email: 'x@example.com', roles: [] }],
      ['disableStaff', { id: admin }],
      ['endStaffSession', { id: sessions[0]!.id }],
      ['requestFactorReset', { member: admin, reason: 'x' }],
      ['revokeRole', { grant: (before.find((found) => (found as { role: string }).role === 'admin') as { id: string }).id }],
      ['createSandbox', { name: 'x', startsAt: '2026-01-01T00:00:00Z', programs: [] }],
    ];
    for (const headers of [{}, { 'x-tributary-organization': sandbox.id }] as Record<string, string>[])
      for (const [mutation, input] of tries) expect(await tryTo(page, mutation, input, headers), mutation).toBe('FORBIDDEN');
    // Anybody may replace and revoke a token of their own: no other is there for them, nor is a session of somebody else.
    expect(await tryTo(page, 'rotateToken', { id: adminToken, overlapSeconds: 60 })).toBe('NOT_FOUND');
    expect(await tryTo(page, 'revokeToken', { id: adminToken })).toBe('NOT_FOUND');
    expect(await tryTo(page, 'endSession', { id: sessions[0]!.id })).toBe('NOT_FOUND');
    expect(await power()).toEqual(before);
    expect((await adminPage.ask('{ staffMembers { totalCount } }')).code).toBeUndefined();
  });

  it.each(ROLES)('%s: granted in one program acts in that one, and in no other', async (role) => {
    const email = addressOf(`one-${role}`);
    await joinStaff(api, email, `one ${role}`);
    const page = await signedIn(api, email);
    const seen = async (program: string) => (await page.ask(`{ program(key: "${program}") { key } }`)).body.data?.['program'] ?? null;
    expect(await seen(HERE)).toBeNull();
    const admin = await signedIn(api, 'admin@example.com');
    expect(await tryTo(admin, 'grantRole', { member: await idOf(email), role, program: HERE })).toBe('');
    expect([await seen(HERE), await seen(THERE)]).toEqual([{ key: HERE }, null]);
    const { programs } = (await page.ask('{ programs { nodes { key } } }')).body.data as { programs: { nodes: object[] } };
    expect(programs.nodes).toEqual([{ key: HERE }]);
    const [mutation, input] = OWN_ACTS[role] ?? [];
    if (mutation) {
      expect(await tryTo(page, mutation, { program: THERE, ...input })).toBe('NOT_FOUND');
      expect(await tryTo(page, mutation, { program: HERE, ...input })).toBe('');
    }
    for (const [other, [act, wanted]] of Object.entries(OWN_ACTS).flatMap(([of, own]) => (own ? [[of, own] as const] : [])))
      if (other !== role) expect(await tryTo(page, act, { program: HERE, ...wanted }), act).toBe('FORBIDDEN');
    // A role in one program is none in a sandbox.
    expect(
      await tryTo(page, 'setSelfPurchase', { program: 'bigseller', allowed: true }, { 'x-tributary-organization': sandbox.id }),
    ).not.toBe('');
  });
});

describe('an admin', () => {
  it('of one program can neither grant nor invite, there or anywhere', async () => {
    await joinStaff(api, 'local@example.com', 'Local');
    const self = await idOf('local@example.com');
    await must(api.staff, 'grantRole', { member: self, role: 'ADMIN', program: HERE });
    const page = await signedIn(api, 'local@example.com');
    const before = await power();
    for (const input of [{ program: HERE }, { program: THERE }, {}])
      expect(await tryTo(page, 'grantRole', { member: self, role: 'ADMIN', ...input })).toBe('FORBIDDEN');
    expect(await tryTo(page, 'createToken', { kind: 'STAFF', role: 'ADMIN', name: 'x', programs: [HERE] })).toBe('FORBIDDEN');
    expect(await tryTo(page, 'inviteStaff', { name: 'x', email: 'x@example.com', roles: ['READER'] })).toBe('FORBIDDEN');
    expect(await tryTo(page, 'setSelfPurchase', { program: HERE, allowed: true })).toBe('');
    expect(await power()).toEqual(before);
  });

  it('of a sandbox gives no member a role, for it would hold outside of the sandbox, too', async () => {
    const before = await power();
    for (const email of [addressOf('READER'), 'admin@example.com'])
      await expect(must(sandbox.staff, 'grantRole', { member: await idOf(email), role: 'ADMIN' })).rejects.toThrow('NOT_FOUND');
    await expect(must(sandbox.staff, 'grantRole', { token: adminToken, role: 'READER' })).rejects.toThrow('NOT_FOUND');
    expect(await power()).toEqual(before);
  });
});
