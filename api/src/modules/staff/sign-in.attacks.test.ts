import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { createTestSandbox, startTestApi, type TestApi } from '../../testing/api.ts';
import { TestPage } from '../../testing/page.ts';
import { joinStaff, linkTo, mailsTo, PASSWORD, secondFactor, signedIn } from '../../testing/staff.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const VIEWER = '{ viewer { name } }';
const COOKIE = 'tributary.session_token';
const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await withConnection(api.database.url, (client) => client.query(text, values))).rows as T[];
const memberId = async (email: string) => (await sql<{ id: string }>('select id from staff_member where email = $1', [email]))[0]!.id;
const signIn = (email: string, password = PASSWORD, headers: Record<string, string> = {}) =>
  new TestPage(api.url, headers).post('/auth/sign-in', { email, password });

describe('a cookie', () => {
  it('is kept from scripts and from other sites, and its value is in no answer', async () => {
    await joinStaff(api, 'cookie@example.com');
    const answer = await signIn('cookie@example.com');
    const [line] = answer.headers.getSetCookie().filter((text) => text.startsWith(COOKIE));
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Strict/i);
    expect(answer.body).toEqual({ ok: true });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('that is forged, cut, of another session or signed by another key opens nothing', async () => {
    await joinStaff(api, 'forged@example.com');
    const page = await signedIn(api, 'forged@example.com');
    const [token, signature] = decodeURIComponent(page.cookies.get(COOKIE)!).split('.') as [string, string];
    const other = createHmac('sha256', randomBytes(32)).update(token).digest('base64');
    for (const value of [token, `${token}.`, `${token}.${other}`, `${token}x.${signature}`, `${'a'.repeat(32)}.${signature}`, '%', '']) {
      page.cookies.set(COOKIE, encodeURIComponent(value));
      expect((await page.ask(VIEWER)).code, value).toBe('UNAUTHENTICATED');
    }
    page.cookies.set(COOKIE, encodeURIComponent(`${token}.${signature}`));
    expect((await page.ask(VIEWER)).status).toBe(200);
  });

  it('of a session that was signed out opens nothing more, nor after a change of the password elsewhere', async () => {
    await joinStaff(api, 'replay@example.com');
    const [one, two] = [await signedIn(api, 'replay@example.com'), await signedIn(api, 'replay@example.com')];
    const kept = one.cookies.get(COOKIE)!;
    expect((await one.ask(VIEWER)).body.data).toBeTruthy();
    await one.post('/auth/sign-out');
    one.cookies.set(COOKIE, kept);
    expect((await one.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
    const three = await signedIn(api, 'replay@example.com');
    const changed = await two.post('/auth/change-password', { password: PASSWORD, newPassword: 'a longer password' });
    expect(changed.body).toEqual({ ok: true });
    expect((await two.ask(VIEWER)).status).toBe(200);
    expect((await three.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
    expect((await signIn('replay@example.com')).code).toBe('WRONG_CREDENTIALS');
  });

  it('that somebody planted before the sign-in is not the one after it', async () => {
    await joinStaff(api, 'victim@example.com');
    await joinStaff(api, 'planter@example.com', 'Planter');
    const planter = await signedIn(api, 'planter@example.com');
    const page = new TestPage(api.url);
    page.cookies.set(COOKIE, planter.cookies.get(COOKIE)!);
    await page.post('/auth/sign-in', { email: 'victim@example.com', password: PASSWORD });
    expect(page.cookies.get(COOKIE)).not.toBe(planter.cookies.get(COOKIE));
    expect((await planter.ask(VIEWER)).body.data).toEqual({ viewer: { name: 'Planter' } });
    expect((await page.ask(VIEWER)).body.data).toEqual({ viewer: { name: 'victim@example.com' } });
  });

  it('ends after a while without use, moves on with use, and ends for good after so many hours', async () => {
    await joinStaff(api, 'idle@example.com');
    const id = await memberId('idle@example.com');
    const page = await signedIn(api, 'idle@example.com');
    const read = async () =>
      (await sql<{ expires_at: Date; ends_at: Date }>('select expires_at, ends_at from staff_session where member_id = $1', [id]))[0]!;
    const begun = await read();
    expect(begun.ends_at.getTime() - begun.expires_at.getTime()).toBe(10 * 3_600_000);
    await sql(
      `update staff_session set updated_at = now() - interval '5 minutes', expires_at = now() + interval '1 minute' where member_id = $1`,
      [id],
    );
    expect((await page.ask(VIEWER)).status).toBe(200);
    expect((await read()).expires_at.getTime()).toBeGreaterThan(Date.now() + 100 * 60_000);
    await expect(sql("update staff_session set expires_at = ends_at + interval '1 second' where member_id = $1", [id])).rejects.toThrow(
      /check/,
    );
    await sql(`update staff_session set expires_at = now() - interval '1 second' where member_id = $1`, [id]);
    await sleep(5_100);
    expect((await page.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
  });

  it('counts only where the browser says that a page of ours asks', async () => {
    await joinStaff(api, 'csrf@example.com');
    const page = await signedIn(api, 'csrf@example.com');
    for (const headers of [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ]) {
      expect((await page.ask(VIEWER, {}, headers)).code).toBe('FORBIDDEN');
      expect((await page.post('/auth/sign-out', {}, headers)).code).toBe('FORBIDDEN');
      expect((await page.post('/auth/sign-in', { email: 'csrf@example.com', password: PASSWORD }, headers)).code).toBe('FORBIDDEN');
    }
    const bare = new TestPage(api.url);
    for (const name of Object.keys(bare.headers)) delete bare.headers[name];
    bare.cookies.set(COOKIE, page.cookies.get(COOKIE)!);
    expect((await bare.ask(VIEWER)).code).toBe('FORBIDDEN');
    const form = await page.send('/graphql', { method: 'POST', body: 'query={viewer{name}}', headers: { 'content-type': 'text/plain' } });
    expect(form.status).toBe(415);
    expect((await page.ask(VIEWER)).status).toBe(200);
  });
});

describe('guessing', () => {
  it('of passwords is stopped by account and address with a wait, also for accounts that do not exist, and across restarts', async () => {
    await joinStaff(api, 'guessed@example.com');
    const other = await api.again({});
    try {
      for (const email of ['guessed@example.com', 'nobody@example.com']) {
        const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => signIn(email, `wrong password ${index}`)));
        expect(answers.filter(({ code }) => code === 'WRONG_CREDENTIALS')).toHaveLength(10);
        const [refused] = answers.filter(({ status }) => status === 429);
        expect(refused!.code).toBe('RATE_LIMITED');
        expect(Number(refused!.headers.get('retry-after'))).toBeGreaterThan(800);
        expect(refused!.body.errors![0]!.extensions.retryAfter).toBeGreaterThan(800);
      }
      // The right one does not come through, either, nor by another process.
      expect((await signIn('guessed@example.com')).status).toBe(429);
      const elsewhere = await new TestPage(other.url).post('/auth/sign-in', { email: 'guessed@example.com', password: PASSWORD });
      expect(elsewhere.code).toBe('RATE_LIMITED');
    } finally {
      await other.close();
    }
  });

  it('tells nobody who has an account: same answer, similar time', async () => {
    await joinStaff(api, 'known@example.com');
    const [known, unknown] = [
      await signIn('known@example.com', 'not the password'),
      await signIn('unknown@example.com', 'not the password'),
    ];
    expect(unknown.status).toBe(known.status);
    expect(unknown.body).toEqual(known.body);
    const timed = async (email: string) => {
      const times: number[] = [];
      for (let index = 0; index < 7; index++) {
        const began = performance.now();
        await signIn(email, 'not the password');
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[3]!;
    };
    const [one, two] = [await timed('known@example.com'), await timed('unknown@example.com')];
    expect(Math.abs(one - two)).toBeLessThan(Math.max(one, two) / 2);
    const forgotten = (email: string) => new TestPage(api.url).post('/auth/forgotten-password', { email });
    expect((await forgotten('known@example.com')).body).toEqual((await forgotten('unknown@example.com')).body);
    expect(await mailsTo(api, 'known@example.com', 2)).toHaveLength(2);
    expect(await mailsTo(api, 'unknown@example.com', 0)).toHaveLength(0);
  });

  it('of second factors ends the attempt, then closes the account for a while', async () => {
    await joinStaff(api, 'codes@example.com');
    const factor = await secondFactor(await signedIn(api, 'codes@example.com'));
    const page = new TestPage(api.url);
    for (let round = 0; round < 2; round++) {
      await page.post('/auth/sign-in', { email: 'codes@example.com', password: PASSWORD });
      for (let index = 0; index < 5; index++) expect((await page.post('/auth/second-factor', { code: '000000' })).code).toBe('WRONG_CODE');
      if (round === 0) expect((await page.post('/auth/second-factor', { code: await factor.code() })).code).toBe('SIGN_IN_AGAIN');
    }
    await page.post('/auth/sign-in', { email: 'codes@example.com', password: PASSWORD });
    const closed = await page.post('/auth/second-factor', { code: await factor.code() });
    expect([closed.status, closed.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('what opens once', () => {
  it('is a code of the second factor, also where two come at the same time', async () => {
    await joinStaff(api, 'totp@example.com');
    const factor = await secondFactor(await signedIn(api, 'totp@example.com'));
    const pages = await Promise.all(
      [1, 2, 3].map(async () => {
        const page = new TestPage(api.url);
        await page.post('/auth/sign-in', { email: 'totp@example.com', password: PASSWORD });
        return page;
      }),
    );
    const code = await factor.code();
    const answers = await Promise.all(pages.map((page) => page.post('/auth/second-factor', { code })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const viewers = await Promise.all(pages.map((page) => page.ask(VIEWER)));
    expect(viewers.filter(({ status, code: refused }) => status === 200 && !refused)).toHaveLength(1);
  });

  it('is a recovery code', async () => {
    await joinStaff(api, 'recovery@example.com');
    const { recovery } = await secondFactor(await signedIn(api, 'recovery@example.com'));
    const again = async () => {
      const page = new TestPage(api.url);
      await page.post('/auth/sign-in', { email: 'recovery@example.com', password: PASSWORD });
      return page.post('/auth/recovery-code', { code: recovery[0] });
    };
    expect((await again()).status).toBe(200);
    expect((await again()).code).toBe('WRONG_CODE');
  });

  it('is an invitation, and a link for a new password, which also ends older links and all sessions', async () => {
    await joinStaff(api, 'links@example.com');
    const invitation = await linkTo(api, 'links@example.com');
    const page = await signedIn(api, 'links@example.com');
    const set = (token: string, password = 'another password') => new TestPage(api.url).post('/auth/set-password', { token, password });
    expect((await set(invitation)).code).toBe('LINK_ENDED');
    for (let index = 0; index < 2; index++) {
      await page.post('/auth/forgotten-password', { email: 'links@example.com' });
      await mailsTo(api, 'links@example.com', 2 + index);
    }
    const links = (await mailsTo(api, 'links@example.com', 3)).map((text) => decodeURIComponent(/token=([\w%-]+)/.exec(text)![1]!));
    expect((await set(links[2]!, 'too short')).code).toBe('WEAK_PASSWORD');
    const both = await Promise.all([set(links[2]!), set(links[2]!)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await set(links[1]!)).code).toBe('LINK_ENDED');
    expect((await page.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
    expect((await signIn('links@example.com')).code).toBe('WRONG_CREDENTIALS');
    expect((await signIn('links@example.com', 'another password')).status).toBe(200);
    // What is left in the database opens nothing.
    expect(await sql(`select 1 from staff_verification where identifier like '%reset%'`)).toEqual([]);
    expect(await sql(`select 1 from mail where recipient = 'links@example.com' and body_text <> ''`)).toEqual([]);
  });
});

describe('who is disabled', () => {
  it('is signed out at once and can neither sign in nor get a link', async () => {
    await joinStaff(api, 'gone@example.com');
    const factor = await secondFactor(await signedIn(api, 'gone@example.com'));
    const page = new TestPage(api.url);
    await page.post('/auth/sign-in', { email: 'gone@example.com', password: PASSWORD });
    const waiting = new TestPage(api.url);
    await waiting.post('/auth/sign-in', { email: 'gone@example.com', password: PASSWORD });
    expect((await page.post('/auth/second-factor', { code: await factor.code() })).status).toBe(200);
    const input = { id: await memberId('gone@example.com') };
    const { disableStaff } = await api.staff<{ disableStaff: { member: { disabledAt: string; sessions: [] } } }>(
      'mutation ($input: DisableStaffInput!) { disableStaff(input: $input) { member { disabledAt sessions { id } } userErrors { code } } }',
      { input },
    );
    expect(disableStaff.member).toEqual({ disabledAt: expect.any(String), sessions: [] });
    expect((await page.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
    expect((await waiting.post('/auth/second-factor', { code: await factor.code(Date.now() + 30_000) })).code).toBe('SIGN_IN_AGAIN');
    const [wrong, right] = [await signIn('gone@example.com', 'wrong password'), await signIn('gone@example.com')];
    expect(right.body).toEqual(wrong.body);
    expect(wrong.code).toBe('WRONG_CREDENTIALS');
    const sent = (await mailsTo(api, 'gone@example.com')).length;
    await page.post('/auth/forgotten-password', { email: 'gone@example.com' });
    await sleep(500);
    expect(await mailsTo(api, 'gone@example.com')).toHaveLength(sent);
  });
});

describe('what is sent', () => {
  it('as anything but the texts that are asked for is turned away', async () => {
    const page = new TestPage(api.url);
    for (const body of [
      null,
      [],
      'x',
      {},
      { email: 'a@b.c' },
      { email: { $ne: 1 }, password: 'x' },
      { email: 'a@b.c', password: 'x'.repeat(5_000) },
    ]) {
      expect((await page.post('/auth/sign-in', body)).code, JSON.stringify(body)).toBe('MALFORMED');
    }
    for (const path of [
      '/auth/sign-up/email',
      '/auth/get-session',
      '/auth/delete-user',
      '/auth/update-user',
      '/auth/list-sessions',
      '/auth/sign-in/email',
    ]) {
      expect((await page.post(path, { email: 'x@example.com', password: PASSWORD, name: 'x' })).status).toBe(404);
    }
  });
});

describe('a stolen cookie', () => {
  const disable = async (email: string) =>
    api.staff('mutation ($input: DisableStaffInput!) { disableStaff(input: $input) { userErrors { code } } }', {
      input: { id: await memberId(email) },
    });
  const enable = async (email: string) =>
    api.staff('mutation ($input: EnableStaffInput!) { enableStaff(input: $input) { userErrors { code } } }', {
      input: { id: await memberId(email) },
    });

  it.each([
    ['the sign-out', (page: TestPage) => page.post('/auth/sign-out')],
    [
      'a change of the password in the same session',
      (page: TestPage) => page.post('/auth/change-password', { password: PASSWORD, newPassword: 'a longer password' }),
    ],
    ['the second factor was set up', (page: TestPage) => secondFactor(page)],
    [
      'the member was disabled, and enabled again',
      async (_: TestPage, email: string) => {
        await disable(email);
        await enable(email);
      },
    ],
    [
      'a password was set by a link',
      async (page: TestPage, email: string) => {
        await page.post('/auth/forgotten-password', { email });
        await new TestPage(api.url).post('/auth/set-password', { token: await linkTo(api, email, 2), password: 'another password' });
      },
    ],
  ])('is worth nothing after %s', async (what, end) => {
    const email = `${what.replaceAll(/\W+/g, '-')}@example.com`;
    await joinStaff(api, email);
    const page = await signedIn(api, email);
    const thief = new TestPage(api.url);
    thief.cookies.set(COOKIE, page.cookies.get(COOKIE)!);
    expect((await thief.ask(VIEWER)).status).toBe(200);
    await end(page, email);
    expect((await thief.ask(VIEWER)).code).toBe('UNAUTHENTICATED');
    expect((await thief.post('/auth/change-password', { password: PASSWORD, newPassword: 'the thief’s own' })).code).toBe(
      'UNAUTHENTICATED',
    );
    expect((await thief.send('/export/audit-log.csv', { headers: {} })).status).toBe(401);
  });

  it('opens no organization but that of its member, by whatever header', async () => {
    await joinStaff(api, 'places@example.com', 'Places', ['ADMIN']);
    const page = await signedIn(api, 'places@example.com');
    const foreign = randomUUID();
    await sql(`insert into organization (id, name, kind) values ($1, 'foreign', 'live')`, [foreign]);
    const { id: below } = await createTestSandbox(api);
    await sql('update organization set parent_id = $2 where id = $1', [below, foreign]);
    for (const id of [foreign, below, randomUUID(), `${below},${below}`, 'null', '../..'])
      expect((await page.ask('{ viewer { organization { id } } }', {}, { 'x-tributary-organization': id })).code, id).toBe('FORBIDDEN');
  });
});

describe('two cookies by one name', () => {
  it('count for none: which of them somebody planted nobody can tell; twice the same is one', async () => {
    await joinStaff(api, 'twice@example.com', 'Twice');
    await joinStaff(api, 'tosser@example.com', 'Tosser');
    const [mine, theirs] = [await signedIn(api, 'twice@example.com'), await signedIn(api, 'tosser@example.com')].map(
      (page) => page.cookies.get(COOKIE)!,
    );
    const page = new TestPage(api.url);
    const asks = (cookie: string) => page.ask(VIEWER, {}, { cookie });
    for (const [one, two] of [
      [mine, theirs],
      [theirs, mine],
      [mine, 'x'],
      ['x', mine],
      ['', mine],
    ])
      expect((await asks(`${COOKIE}=${one}; ${COOKIE}=${two}`)).code).toBe('UNAUTHENTICATED');
    expect((await asks(`${COOKIE}=${mine}; ${COOKIE}=${mine}; other=1`)).body.data).toEqual({ viewer: { name: 'Twice' } });
    expect((await asks(`${COOKIE}=${mine}; __Secure-${COOKIE}=${theirs}`)).body.data).toEqual({ viewer: { name: 'Twice' } });
  });
});
