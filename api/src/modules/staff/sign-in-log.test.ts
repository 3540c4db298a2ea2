import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { must } from '../../testing/acts.ts';
import { startTestApi, type TestApi } from '../../testing/api.ts';
import { provedWrong } from '../../testing/books.ts';
import { TestPage } from '../../testing/page.ts';
import { joinStaff, linkTo, mailsTo, PASSWORD, secondFactor, signedIn } from '../../testing/staff.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await withConnection(api.database.url, (client) => client.query(text, values))).rows as T[];
const idOf = async (email: string) => (await sql<{ id: string }>('select id from staff_member where email = $1', [email]))[0]!.id;

interface Entry {
  act: string;
  outcome: string;
  codes: string[];
  actor: string;
  actorId: string | null;
  address: string;
  requestId: string;
  after: string | null;
}

/** What the log says of a member, or of nobody known; in order, each as `act` or `act CODE`. */
async function told(filter: string): Promise<Entry[]> {
  const query = `{ auditLog(first: 100, ${filter}) { nodes { act outcome codes actor actorId address requestId after } } }`;
  return (await api.staff<{ auditLog: { nodes: Entry[] } }>(query)).auditLog.nodes.reverse();
}
const short = (entries: Entry[]) => entries.map(({ act, codes }) => [act, ...codes].join(' '));
const actsOf = async (email: string) => short(await told(`actor: "${await idOf(email)}"`));

describe('the audit log has of a member', () => {
  it('that the invitation was accepted, who signed in, from where, what went wrong, and who signed out', async () => {
    await joinStaff(api, 'amy@example.com', 'Amy');
    const page = new TestPage(api.url);
    await page.post('/auth/sign-in', { email: 'amy@example.com', password: 'not the password' });
    await page.post('/auth/sign-in', { email: ' AMY@example.com', password: PASSWORD });
    await page.post('/auth/sign-out');
    expect(await actsOf('amy@example.com')).toEqual(['acceptInvitation', 'signIn WRONG_CREDENTIALS', 'signIn', 'signOut']);
    const id = await idOf('amy@example.com');
    const [, wrong, right] = await told(`subject: "${id}"`).then((all) => all.slice(-4));
    expect(wrong).toMatchObject({ outcome: 'REFUSED', actor: 'Amy', actorId: id, address: '127.0.0.1' });
    expect(right).toMatchObject({ outcome: 'DONE', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it('that the password was forgotten, set anew by the link, and changed', async () => {
    await joinStaff(api, 'bob@example.com', 'Bob');
    const page = new TestPage(api.url);
    await page.post('/auth/forgotten-password', { email: 'bob@example.com' });
    const token = await linkTo(api, 'bob@example.com', 2);
    expect((await page.post('/auth/set-password', { token, password: 'short' })).code).toBe('WEAK_PASSWORD');
    expect((await page.post('/auth/set-password', { token, password: 'a second password' })).status).toBe(200);
    await page.post('/auth/sign-in', { email: 'bob@example.com', password: 'a second password' });
    await page.post('/auth/change-password', { password: 'not the password', newPassword: 'a third password' });
    await page.post('/auth/change-password', { password: 'a second password', newPassword: 'a third password' });
    expect(await actsOf('bob@example.com')).toEqual([
      'acceptInvitation',
      'forgetPassword',
      'setPassword WEAK_PASSWORD',
      'setPassword',
      'signIn',
      'changePassword WRONG_PASSWORD',
      'changePassword',
    ]);
  });

  it('that the second factor was begun, confirmed, asked for, used, missed and ended, and a recovery code used', async () => {
    await joinStaff(api, 'cleo@example.com', 'Cleo');
    const page = await signedIn(api, 'cleo@example.com');
    const { code, recovery } = await secondFactor(page);
    const again = new TestPage(api.url);
    await again.post('/auth/sign-in', { email: 'cleo@example.com', password: PASSWORD });
    await again.post('/auth/second-factor', { code: '000000' });
    const used = await code();
    expect((await again.post('/auth/second-factor', { code: used })).status).toBe(200);
    const third = new TestPage(api.url);
    await third.post('/auth/sign-in', { email: 'cleo@example.com', password: PASSWORD });
    await third.post('/auth/second-factor', { code: used });
    await third.post('/auth/sign-in', { email: 'cleo@example.com', password: PASSWORD });
    expect((await third.post('/auth/recovery-code', { code: recovery[0] })).status).toBe(200);
    expect((await third.post('/auth/recovery-codes', { password: PASSWORD })).status).toBe(200);
    expect((await third.post('/auth/second-factor/end', { password: PASSWORD })).status).toBe(200);
    expect(await actsOf('cleo@example.com')).toEqual([
      'acceptInvitation',
      'signIn',
      'beginSecondFactor',
      'confirmSecondFactor',
      'signIn',
      'useSecondFactor WRONG_CODE',
      'useSecondFactor',
      'signIn',
      'useSecondFactor WRONG_CODE',
      'signIn',
      'useRecoveryCode',
      'renewRecoveryCodes',
      'endSecondFactor',
    ]);
    const waiting = (await told(`actor: "${await idOf('cleo@example.com')}", act: "signIn"`)).at(-1);
    expect(JSON.parse(waiting!.after!)).toEqual({ waitsFor: 'secondFactor' });
  });

  it('whose session was ended, and by whom', async () => {
    await joinStaff(api, 'dan@example.com', 'Dan');
    const [page, other] = [await signedIn(api, 'dan@example.com'), await signedIn(api, 'dan@example.com')];
    const { sessions } = (await page.ask('{ sessions { id isThisOne } }')).body.data as { sessions: { id: string; isThisOne: boolean }[] };
    const id = (mine: boolean) => sessions.find(({ isThisOne }) => isThisOne === mine)!.id;
    const end = 'mutation ($id: String!) { endSession(input: { id: $id }) { userErrors { code } } }';
    await page.ask(end, { id: id(false) });
    expect((await other.ask('{ viewer { name } }')).code).toBe('UNAUTHENTICATED');
    await must(api.staff, 'endStaffSession', { id: id(true) });
    expect(short(await told(`subject: "${id(false)}"`))).toEqual(['endSession']);
    const [byAdmin] = await told(`subject: "${id(true)}"`);
    expect(byAdmin).toMatchObject({ act: 'endStaffSession', actorId: expect.not.stringContaining(await idOf('dan@example.com')) });
  });
});

describe('the audit log has of tokens', () => {
  it('that they were made, replaced and revoked, which, and by whom', async () => {
    const { token } = await must(api.staff, 'createToken', { kind: 'INTEGRATOR', name: 'shop' }, 'token { id }');
    const { id } = token as { id: string };
    const { token: next } = await must(api.staff, 'rotateToken', { id, overlapSeconds: 60 }, 'token { id }');
    await must(api.staff, 'revokeToken', { id: (next as { id: string }).id });
    const entries = await sql<{ act: string; text: string }>(
      `select act, concat(subject, details) as text from audit_entry where act ~ 'Token$' order by number desc limit 3`,
    );
    expect(entries.map(({ act }) => act)).toEqual(['revokeToken', 'rotateToken', 'createToken']);
    expect(entries[2]!.text).toContain(id);
    expect(entries[1]!.text).toContain(id);
    for (const { text } of entries.slice(0, 2)) expect(text).toContain((next as { id: string }).id);
  });
});

describe('the audit log', () => {
  it('has tries of people whom nobody knows, without what they called themselves', async () => {
    const page = new TestPage(api.url);
    await page.post('/auth/sign-in', { email: 'stranger@example.com', password: 'stranger secret' });
    await page.post('/auth/set-password', { token: 'made-up-token', password: PASSWORD });
    await page.post('/auth/second-factor', { code: '000000' });
    const unknown = (await told('outcome: REFUSED')).filter(({ actorId }) => actorId === null);
    expect(short(unknown)).toEqual(['signIn WRONG_CREDENTIALS', 'setPassword LINK_ENDED', 'useSecondFactor SIGN_IN_AGAIN']);
    expect(unknown[0]!.actor).toBe('somebody unknown');
  });

  it('tells nothing of what the throttle turned away: nobody fills it by guessing', async () => {
    await joinStaff(api, 'eve@example.com', 'Eve');
    for (let index = 0; index < 13; index++) await new TestPage(api.url).post('/auth/sign-in', { email: 'eve@example.com', password: 'x' });
    expect(await actsOf('eve@example.com')).toEqual(['acceptInvitation', ...Array(10).fill('signIn WRONG_CREDENTIALS')]);
  });

  it('holds no secret and no e-mail address of all this, and its chain is whole', async () => {
    const [{ all } = { all: '' }] = await sql<{ all: string }>('select string_agg(a::text, chr(10)) as all from audit_entry a');
    const links = (await mailsTo(api, 'bob@example.com', 2)).map((mail) => /token=([\w%-]+)/.exec(mail)![1]!);
    const sessions = (await sql<{ token: string }>('select token from staff_session')).map(({ token }) => token);
    expect(sessions.length).toBeGreaterThan(1);
    for (const secret of [...links, ...sessions, PASSWORD, 'a second password', 'stranger', 'made-up-token', 'example.com'])
      expect(all).not.toContain(secret);
    await withConnection(api.database.url, async (client) => expect(await provedWrong(client)).toEqual([]));
  });
});
