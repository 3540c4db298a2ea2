import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { createTestSandbox, startTestApi, type TestApi } from '../../testing/api.ts';
import { joinStaff, PASSWORD, secondFactor, signedIn } from '../../testing/staff.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ STAFF_SECOND_FACTOR: 'required' });
});
afterAll(() => api.close());

const VIEWER = '{ viewer { needsSecondFactor permissions { permission } } }';
const GRANT = 'mutation ($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { code } } }';

describe('where a second factor must be', () => {
  it('an admin without one may do nothing but set it up, wherever they act; then everything, until it ends', async () => {
    await joinStaff(api, 'ida@example.com', 'Ida', ['ADMIN']);
    const page = await signedIn(api, 'ida@example.com');
    const sandbox = await createTestSandbox(api);
    expect((await page.ask(VIEWER)).body.data).toEqual({ viewer: { needsSecondFactor: true, permissions: [] } });
    for (const headers of [{}, { 'x-tributary-organization': sandbox.id }] as Record<string, string>[]) {
      for (const query of ['{ programs { totalCount } }', '{ tokens { totalCount } }', '{ staffMembers { totalCount } }'])
        expect((await page.ask(query, {}, headers)).code, query).toBe('FORBIDDEN');
      expect((await page.ask(GRANT, { input: { member: 'x', role: 'ADMIN' } }, headers)).code).toBe('FORBIDDEN');
    }
    const exported = await page.send('/export/audit-log.csv', { headers: {} });
    expect(exported.status).toBe(403);
    await secondFactor(page);
    expect((await page.ask('{ staffMembers { totalCount } }')).code).toBeUndefined();
    expect((await page.ask('{ viewer { needsSecondFactor } }')).body.data).toEqual({ viewer: { needsSecondFactor: false } });
    await page.post('/auth/second-factor/end', { password: PASSWORD });
    expect((await page.ask('{ staffMembers { totalCount } }')).code).toBe('FORBIDDEN');
  });

  it('whoever comes by the company only, and has no password, needs none here', async () => {
    await joinStaff(api, 'col@example.com', 'Col', ['READER']);
    const page = await signedIn(api, 'col@example.com');
    await withConnection(api.database.url, (client) =>
      client.query(
        `update staff_account a set provider_id = 'company' from staff_member m where m.id = a.member_id and m.email = 'col@example.com'`,
      ),
    );
    expect((await page.ask('{ programs { totalCount } }')).code).toBeUndefined();
  });

  it('tokens are not asked for it', async () => {
    expect(await api.staff('{ viewer { needsSecondFactor } }')).toEqual({ viewer: { needsSecondFactor: false } });
    expect(await api.staff('{ staffMembers { totalCount } }')).toEqual({ staffMembers: { totalCount: expect.any(Number) } });
  });
});
