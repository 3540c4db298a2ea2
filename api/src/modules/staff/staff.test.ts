import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { createTestSandbox, startTestApi, type TestApi } from '../../testing/api.ts';
import { TestPage } from '../../testing/page.ts';
import { joinStaff, mailsTo, PASSWORD, secondFactor, signedIn } from '../../testing/staff.ts';

let api: TestApi;
let ada: TestPage;
let bea: TestPage;
let rex: TestPage;
beforeAll(async () => {
  api = await startTestApi();
  await joinStaff(api, 'ada@example.com', 'Ada', ['ADMIN']);
  await joinStaff(api, 'bea@example.com', 'Bea', ['ADMIN']);
  await joinStaff(api, 'rex@example.com', 'Rex', ['READER']);
  [ada, bea, rex] = await Promise.all([
    signedIn(api, 'ada@example.com'),
    signedIn(api, 'bea@example.com'),
    signedIn(api, 'rex@example.com'),
  ]);
});
afterAll(() => api.close());

type Acted = { readonly [name: string]: unknown; code?: string; userErrors: { code: string; message: string; path: string[] }[] };

/** One mutation with its input; the payload, or the code of a top-level error. */
async function act(page: TestPage, name: string, type: string, input: object, answer = ''): Promise<Acted> {
  const { body, code } = await page.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { code message path } } }`,
    { input },
  );
  return code ? ({ code, userErrors: [] } as never) : (body.data![name] as never);
}

const idOf = async (email: string) =>
  (await withConnection(api.database.url, (client) => client.query('select id from staff_member where email = $1', [email]))).rows[0]
    .id as string;

describe('roles', () => {
  it('say what a member may do in a session', async () => {
    expect((await rex.ask('{ programs { totalCount } }')).code).toBeUndefined();
    expect((await rex.ask('{ tokens { totalCount } }')).code).toBe('FORBIDDEN');
    expect((await rex.ask('{ staffMembers { totalCount } }')).code).toBe('FORBIDDEN');
    expect((await ada.ask('{ staffMembers { nodes { name accepted hasSecondFactor } } }')).body.data).toMatchObject({
      staffMembers: { nodes: [{ name: 'Ada', accepted: true, hasSecondFactor: false }, { name: 'Bea' }, { name: 'Rex' }] },
    });
  });

  it.each([
    ['inviteStaff', 'InviteStaffInput', { name: 'x', email: 'x@example.com', roles: ['ADMIN'] }],
    ['disableStaff', 'DisableStaffInput', { id: 'x' }],
    ['enableStaff', 'EnableStaffInput', { id: 'x' }],
    ['endStaffSession', 'EndStaffSessionInput', { id: 'x' }],
    ['requestFactorReset', 'RequestFactorResetInput', { member: 'x', reason: 'x' }],
    ['decideFactorReset', 'DecideFactorResetInput', { id: 'x', confirm: true }],
  ])('keep %s from readers', async (name, type, input) => {
    expect((await act(rex, name, type, input)).code).toBe('FORBIDDEN');
  });

  it('that are granted or revoked count at once, also in a session', async () => {
    await joinStaff(api, 'zoe@example.com', 'Zoe');
    const zoe = await signedIn(api, 'zoe@example.com');
    const may = async () => (await zoe.ask('{ programs { totalCount } }')).code ?? 'yes';
    expect(await may()).toBe('FORBIDDEN');
    const input = { member: await idOf('zoe@example.com'), role: 'READER' };
    const granted = await act(ada, 'grantRole', 'GrantRoleInput', input, 'grant { id }');
    expect(await may()).toBe('yes');
    await act(ada, 'revokeRole', 'RevokeRoleInput', { grant: (granted['grant'] as { id: string }).id });
    expect(await may()).toBe('FORBIDDEN');
  });

  it('of a member without any let sign in and do nothing', async () => {
    await joinStaff(api, 'nil@example.com');
    const page = await signedIn(api, 'nil@example.com');
    expect((await page.ask('{ viewer { name } sessions { isThisOne } }')).body.data).toMatchObject({ sessions: [{ isThisOne: true }] });
    expect((await page.ask('{ programs { totalCount } }')).code).toBe('FORBIDDEN');
  });
});

describe('an invitation', () => {
  const invite = (input: object) => act(ada, 'inviteStaff', 'InviteStaffInput', input, 'member { name email accepted }');

  it('can be sent again until it is accepted', async () => {
    const input = { name: 'Cy <b>', email: ' CY@example.com' };
    expect((await invite(input))['member']).toEqual({ name: 'Cy <b>', email: 'cy@example.com', accepted: false });
    expect((await invite(input)).userErrors).toEqual([]);
    const mails = await mailsTo(api, 'cy@example.com', 2);
    expect(mails).toHaveLength(2);
    expect(mails[0]).toContain('Hello Cy &lt;b&gt;,');
    expect((await invite({ name: 'Rex', email: 'rex@example.com' })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['email'] }]);
  });

  it.each([
    [{ name: ' ', email: 'ok@example.com' }, ['name']],
    [{ name: 'x', email: 'no address' }, ['email']],
    [{ name: 'x', email: 'a@b.c\r\nBcc: all@example.com' }, ['email']],
    [{ name: 'x'.repeat(201), email: 'ok@example.com' }, ['name']],
  ])('with something wrong is turned away: %o', async (input, path) => {
    expect((await invite(input)).userErrors).toMatchObject([{ code: 'INVALID', path }]);
  });
});

describe('sessions', () => {
  it('are listed and ended by those whose they are, and by admins', async () => {
    const other = await signedIn(api, 'rex@example.com');
    const { sessions } = (await rex.ask('{ sessions { id isThisOne device address endsAt } }')).body.data as {
      sessions: { id: string; isThisOne: boolean }[];
    };
    expect(sessions.map(({ isThisOne }) => isThisOne).sort()).toEqual([false, true]);
    expect(sessions[0]).toMatchObject({ address: '127.0.0.1' });
    const { id } = sessions.find(({ isThisOne }) => !isThisOne)!;
    expect((await act(bea, 'endSession', 'EndSessionInput', { id })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await act(rex, 'endSession', 'EndSessionInput', { id })).userErrors).toEqual([]);
    expect((await other.ask('{ viewer { name } }')).code).toBe('UNAUTHENTICATED');
    const again = await signedIn(api, 'rex@example.com');
    const theirs = (await again.ask('{ sessions { id isThisOne } }')).body.data as {
      sessions: { id: string; isThisOne: boolean }[];
    };
    const mine = theirs.sessions.find(({ isThisOne }) => isThisOne)!;
    expect((await act(ada, 'endStaffSession', 'EndStaffSessionInput', { id: mine.id })).userErrors).toEqual([]);
    expect((await again.ask('{ viewer { name } }')).code).toBe('UNAUTHENTICATED');
  });
});

describe('a sandbox', () => {
  it('of the organization is acted in by a header, and no other place is', async () => {
    const sandbox = await createTestSandbox(api);
    const elsewhere = await createTestSandbox(api);
    await withConnection(api.database.url, (client) =>
      client.query(
        `with o as (insert into organization (id, name, kind) values (gen_random_uuid(), 'other', 'live') returning id)
        update organization set parent_id = o.id from o where organization.id = $1`,
        [elsewhere.id],
      ),
    );
    const where = (id: string) => ada.ask('{ viewer { organization { id isSandbox } } }', {}, { 'x-tributary-organization': id });
    expect((await where(sandbox.id)).body.data).toEqual({ viewer: { organization: { id: sandbox.id, isSandbox: true } } });
    const { viewer } = (await ada.ask('{ viewer { places { id isSandbox } } }')).body.data as { viewer: { places: { id: string }[] } };
    expect(viewer.places.map(({ id }) => id)).toContain(sandbox.id);
    expect(viewer.places.map(({ id }) => id)).not.toContain(elsewhere.id);
    expect(await sandbox.staff('{ viewer { places { id } } }')).toEqual({ viewer: { places: [{ id: sandbox.id }] } });
    for (const id of [elsewhere.id, 'x', "' or true --"]) expect((await where(id)).code, id).toBe('FORBIDDEN');
  });

  it('gives nobody power over the members of the organization', async () => {
    const sandbox = await createTestSandbox(api);
    const invite = 'mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) { member { id } userErrors { code } } }';
    const input = { name: 'Eve', email: 'eve@example.com', roles: ['ADMIN'] };
    expect(await sandbox.staff(invite, { input })).toEqual({ inviteStaff: { member: null, userErrors: [{ code: 'INVALID' }] } });
    expect(await sandbox.staff('{ staffMembers { totalCount } }')).toEqual({ staffMembers: { totalCount: 0 } });
    const disable = 'mutation ($input: DisableStaffInput!) { disableStaff(input: $input) { userErrors { code } } }';
    const target = { input: { id: await idOf('ada@example.com') } };
    expect(await sandbox.staff(disable, target)).toEqual({ disableStaff: { userErrors: [{ code: 'NOT_FOUND' }] } });
  });
});

describe('a lost second factor', () => {
  const request = (page: TestPage, member: string) =>
    act(page, 'requestFactorReset', 'RequestFactorResetInput', { member, reason: 'Seen in person' }, 'request { id askedBy confirmed }');
  const decide = (page: TestPage, id: string, confirm = true) =>
    act(page, 'decideFactorReset', 'DecideFactorResetInput', { id, confirm }, 'request { decidedBy confirmed member { hasSecondFactor } }');

  it('is removed by two admins, none of them the member', async () => {
    await joinStaff(api, 'lost@example.com', 'Lou', ['ADMIN']);
    const lou = await signedIn(api, 'lost@example.com');
    await secondFactor(lou);
    const member = await idOf('lost@example.com');
    expect((await request(lou, member)).userErrors).toMatchObject([{ code: 'INVALID' }]);
    const asked = (await request(ada, member))['request'] as { id: string; askedBy: string };
    expect(asked.askedBy).toBe('Ada');
    expect((await request(bea, member)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await decide(ada, asked.id)).userErrors).toMatchObject([
      { code: 'INVALID', message: expect.stringContaining('Another admin') },
    ]);
    expect((await decide(lou, asked.id)).userErrors).toMatchObject([{ code: 'INVALID' }]);
    const done = await decide(bea, asked.id);
    expect(done['request']).toEqual({ decidedBy: 'Bea', confirmed: true, member: { hasSecondFactor: false } });
    expect((await decide(bea, asked.id)).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await lou.ask('{ viewer { name } }')).code).toBe('UNAUTHENTICATED');
    expect((await mailsTo(api, 'lost@example.com', 2)).at(-1)).toContain('second factor for Tributary was removed');
    const answer = await new TestPage(api.url).post('/auth/sign-in', { email: 'lost@example.com', password: PASSWORD });
    expect(answer.body).toEqual({ ok: true });
  });

  it('needs two also where the database is asked directly', async () => {
    const [one, two] = [await idOf('ada@example.com'), await idOf('rex@example.com')];
    const insert = (values: unknown[]) =>
      withConnection(api.database.url, (client) =>
        client.query(
          `insert into factor_reset (id, member_id, reason, asked_by, asked_at, decided_by, decided_at, confirmed)
           values (gen_random_uuid(), $1, 'x', $2, now(), $3, now(), true)`,
          values,
        ),
      );
    await expect(insert([two, one, one])).rejects.toThrow(/check/);
    await expect(insert([two, two, one])).rejects.toThrow(/check/);
    await expect(insert([two, one, two])).rejects.toThrow(/check/);
  });

  it('is no affair of a token of nobody', async () => {
    const query = 'mutation ($input: RequestFactorResetInput!) { requestFactorReset(input: $input) { userErrors { code } } }';
    const input = { member: await idOf('rex@example.com'), reason: 'x' };
    expect(await api.staff(query, { input })).toEqual({ requestFactorReset: { userErrors: [{ code: 'INVALID' }] } });
  });
});

describe('an installation in earnest', () => {
  const key = (version: number) => `${version}:${randomBytes(32).toString('base64')}`;
  const [one, two] = [key(1), key(2)];
  const start = (keys: string, more = {}) =>
    startTestApi({ TRIBUTARY_PRODUCTION: 'on', TRIBUTARY_URL: 'https://tributary.example', TRIBUTARY_KEYS: keys, ...more });

  it('does not start without keys', async () => {
    await expect(startTestApi({ TRIBUTARY_PRODUCTION: 'on', TRIBUTARY_URL: 'https://tributary.example' })).rejects.toThrow(
      /TRIBUTARY_KEYS/,
    );
  });

  it('invites its first admin, sends cookies by https only, and changes keys without signing anybody out', async () => {
    const first = await start(one, { TRIBUTARY_ADMIN_EMAIL: 'Boss@example.com', TRIBUTARY_ADMIN_NAME: 'Boss' });
    try {
      const [mail] = await mailsTo(first, 'boss@example.com');
      const token = /https:\/\/tributary\.example\/admin\/#\/set-password\?token=([\w-]+)/.exec(mail!)![1];
      const page = new TestPage(first.url, { origin: 'https://tributary.example' });
      expect((await page.post('/auth/set-password', { token, password: PASSWORD })).status).toBe(200);
      const answer = await page.post('/auth/sign-in', { email: 'boss@example.com', password: PASSWORD });
      const [line] = answer.headers.getSetCookie();
      expect(line).toMatch(/^__Secure-tributary\.session_token=.*; Secure/i);
      expect((await page.ask('{ tokens { totalCount } }')).code).toBeUndefined();
      const factor = await secondFactor(page);

      const rotated = await first.again({ TRIBUTARY_KEYS: `${two},${one}` });
      const there = new TestPage(rotated.url, { origin: 'https://tributary.example' });
      for (const [name, value] of page.cookies) there.cookies.set(name, value);
      expect((await there.ask('{ viewer { name } }')).body.data).toEqual({ viewer: { name: 'Boss' } });
      await there.post('/auth/sign-out');
      await there.post('/auth/sign-in', { email: 'boss@example.com', password: PASSWORD });
      expect((await there.post('/auth/second-factor', { code: await factor.code() })).status).toBe(200);
      await rotated.close();

      const without = await first.again({ TRIBUTARY_KEYS: two });
      const last = new TestPage(without.url, { origin: 'https://tributary.example' });
      for (const [name, value] of page.cookies) last.cookies.set(name, value);
      expect((await last.ask('{ viewer { name } }')).code).toBe('UNAUTHENTICATED');
      await without.close();
    } finally {
      await first.close();
    }
  });
});
