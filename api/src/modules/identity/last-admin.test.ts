import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import type { TestPage } from '../../testing/page.ts';
import { joinStaff, signedIn } from '../../testing/staff.ts';

let api: TestApi;
let ada: TestPage;
let bea: TestPage;
beforeAll(async () => {
  api = await startTestApi();
  await joinStaff(api, 'ada@example.com', 'Ada', ['ADMIN']);
  await joinStaff(api, 'bea@example.com', 'Bea', ['ADMIN']);
  ada = await signedIn(api, 'ada@example.com');
  bea = await signedIn(api, 'bea@example.com');
  // The token of the first start goes: from here on the members are all there is.
  await api.staff('mutation { revokeToken(input: {}) { userErrors { code } } }');
});
afterAll(() => api.close());

const sql = async <T>(text: string): Promise<T[]> => (await withConnection(api.database.url, (client) => client.query(text))).rows as T[];
const idOf = async (email: string) => (await sql<{ id: string }>(`select id from staff_member where email = '${email}'`))[0]!.id;
const grantOf = async (email: string) =>
  (
    await sql<{ id: string }>(
      `select g.id from staff_grant g join staff_member m on m.id = g.member_id where m.email = '${email}' and g.revoked_at is null`,
    )
  )[0]!.id;
/** Empty: it was done. */
async function tryTo(page: TestPage, mutation: string, input: object): Promise<string> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
  const { body, code } = await page.ask(query, { input });
  return code ?? (body.data![mutation] as { userErrors: { code: string }[] }).userErrors.map((error) => error.code).join();
}
const adminsLeft = async () =>
  Number(
    (
      await sql<{ count: string }>(
        `select count(*) from staff_grant g join staff_member m on m.id = g.member_id
         where g.role = 'admin' and g.program_id is null and g.revoked_at is null and m.disabled_at is null`,
      )
    )[0]!.count,
  );

describe('the last admin', () => {
  it('is whoever is left when the other is disabled, and stays', async () => {
    expect(await tryTo(ada, 'disableStaff', { id: await idOf('bea@example.com') })).toBe('');
    expect(await tryTo(ada, 'revokeRole', { grant: await grantOf('ada@example.com') })).toBe('INVALID');
    expect(await adminsLeft()).toBe(1);
    // The role of the one who is disabled keeps nobody in, and can go.
    expect(await tryTo(ada, 'revokeRole', { grant: await grantOf('bea@example.com') })).toBe('');
    expect(await tryTo(ada, 'enableStaff', { id: await idOf('bea@example.com') })).toBe('');
    expect(await tryTo(ada, 'grantRole', { member: await idOf('bea@example.com'), role: 'ADMIN' })).toBe('');
  });

  it('is left when one disables the other, who revokes the role of the first at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      bea = await signedIn(api, 'bea@example.com');
      const [bId, aGrant] = [await idOf('bea@example.com'), await grantOf('ada@example.com')];
      const answers = await Promise.all([tryTo(ada, 'disableStaff', { id: bId }), tryTo(bea, 'revokeRole', { grant: aGrant })]);
      // Whoever came second is the last admin, or nobody any more.
      expect(
        answers.filter((answer) => answer === ''),
        answers.join(),
      ).toHaveLength(1);
      expect(await adminsLeft()).toBe(1);
      if (answers[0] === '') expect(await tryTo(ada, 'enableStaff', { id: bId })).toBe('');
      else expect(await tryTo(bea, 'grantRole', { member: await idOf('ada@example.com'), role: 'ADMIN' })).toBe('');
    }
  });
});
