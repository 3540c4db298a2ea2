import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { newId } from '../../platform/ids.ts';
import { type Acted, act, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

// By the terms of alibaba an application waits for staff; banggood takes everybody at once.
const [WAITS, AT_ONCE] = ['alibaba', 'banggood'] as const;
const PAGE = 'https://partners.example/confirm';

let api: TestApi;
let sandbox: TestSandbox;
let nobody: Ask;
beforeAll(async () => {
  api = await startTestApi({ LOG_LEVEL: 'error' });
  sandbox = await createTestSandbox(api, { programs: [WAITS, AT_ONCE], startsAt: '2026-03-01T00:00:00Z' });
  nobody = api.as(undefined);
});
afterAll(() => api.close());

const sql = <T extends object>(text: string, values: unknown[] = []) =>
  withConnection(api.database.url, async (client) => (await client.query<T>(text, values)).rows);
/** From here on nobody has tried anything. */
const forgetTries = () => sql('delete from sign_in_attempt');

/** Mails as they went out, the oldest first. */
async function mailsTo(recipient: string): Promise<string[]> {
  const sent = () =>
    sql<{ id: string; sent: boolean }>('select id, sent_at is not null as sent from mail where recipient = $1 order by id', [recipient]);
  await expect.poll(async () => (await sent()).every((mail) => mail.sent)).toBe(true);
  const text = (id: string) => readFileSync(join(api.dataDir, 'mail', `${id}.eml`), 'utf8');
  return (await sent()).map(({ id }) => text(id).replaceAll('=\n', '').replaceAll('=3D', '='));
}
async function codeTo(address: string): Promise<string> {
  return /trb_code_[\w-]{49}/.exec((await mailsTo(address)).at(-1) ?? '')![0];
}

const signUp = (email: string, more: object = {}) =>
  act(nobody, 'signUp', { organization: sandbox.id, program: AT_ONCE, email, name: 'Ann', country: 'US', ...more }, 'accepted');
const open = (program: string, isOpen = true, page?: string) => must(sandbox.staff, 'setSignUp', { program, open: isOpen, page });
const confirm = (code: string, more: object = {}) => act(nobody, 'confirmEmail', { code, ...more }, 'secret affiliate expiresAt');

async function joinAs(email: string, more: object = {}): Promise<{ secret: string; affiliate: string; ask: Ask }> {
  await signUp(email, more);
  const { secret, affiliate, userErrors } = await confirm(await codeTo(email));
  expect(userErrors).toEqual([]);
  return { secret: String(secret), affiliate: String(affiliate), ask: api.as(String(secret)) };
}

const ENROLLED = '{ viewer { kind affiliate } }';
const alive = async (secret: string) => (await api.send(secret, ENROLLED)).errors === undefined;

describe('a sign-up', () => {
  it('is closed until staff open the program, and then reads like a program that is not there', async () => {
    const answers: Acted[] = [];
    for (const more of [{}, { program: 'none' }, { organization: newId() }, { organization: "' or 1=1" }])
      answers.push(await signUp('ann@a.example', more));
    await open(AT_ONCE);
    await open(AT_ONCE, false);
    answers.push(await signUp('ann@a.example'));
    expect(answers).toEqual(Array(5).fill(answers[0]));
    expect(answers[0]).toMatchObject({ accepted: false, userErrors: [{ code: 'NOT_FOUND', path: ['program'] }] });
    expect(await mailsTo('ann@a.example')).toEqual([]);
  });

  it('makes an affiliate when the address is confirmed, who takes part at once where the terms say so', async () => {
    await open(AT_ONCE, true, PAGE);
    expect(await signUp('Bea@a.example', { channels: ['blog'] })).toEqual({ accepted: true, userErrors: [] });
    const [mail] = await mailsTo('bea@a.example');
    const code = await codeTo('bea@a.example');
    expect(mail).toContain(`${PAGE}#code=${code}`);
    expect(await sql('select 1 from affiliate_person')).toEqual([]);
    const { secret, affiliate, expiresAt } = await confirm(code);
    expect(String(secret)).toMatch(/^trb_affiliate_/);
    expect(Date.parse(String(expiresAt)) - Date.now()).toBeGreaterThan(360 * 86_400_000);
    const found = await api.as(String(secret))(
      `query ($id: String!) { viewer { affiliate } affiliate(id: $id) { name email country enrollments { status application { channels } program { key } } people { name email role confirmedAt tokens { prefix lastUsedFrom } } } }`,
      { id: affiliate },
    );
    expect(found).toMatchObject({
      viewer: { affiliate },
      affiliate: {
        name: 'Ann',
        email: 'bea@a.example',
        country: 'US',
        enrollments: [{ status: 'ACTIVE', application: { channels: ['blog'] }, program: { key: AT_ONCE } }],
        people: [{ name: 'Ann', email: 'bea@a.example', role: 'OWNER', tokens: [{ prefix: String(secret).slice(0, 20) }] }],
      },
    });
  });

  it('becomes an application where the terms need one', async () => {
    await open(WAITS);
    const { ask, affiliate } = await joinAs('cid@a.example', { program: WAITS });
    const query = 'query ($id: String!) { affiliate(id: $id) { enrollments { status } } }';
    expect(await ask(query, { id: affiliate })).toEqual({ affiliate: { enrollments: [{ status: 'APPLIED' }] } });
  });

  it('opens nothing twice, nor with a code that is forged, of nobody, or too old', async () => {
    await signUp('dan@a.example');
    const code = await codeTo('dan@a.example');
    await confirm(code);
    await signUp('eve@a.example');
    const old = await codeTo('eve@a.example');
    await sql(`update mail_code set expires_at = now() - interval '1 second' where told ->> 'email' = 'eve@a.example'`);
    const forged = `${code.slice(0, -1)}${code.endsWith('x') ? 'y' : 'x'}`;
    for (const wrong of [code, old, forged, '', 'x', api.staffToken]) {
      expect(await confirm(wrong)).toEqual({
        secret: null,
        affiliate: null,
        expiresAt: null,
        userErrors: [
          { code: 'NOT_FOUND', message: 'The code opens nothing: it is wrong, was used, or is too old.', path: ['code'], rule: null },
        ],
      });
    }
  });

  it('of one address twice at the same time makes one affiliate', async () => {
    await forgetTries();
    await signUp('fay@a.example');
    const first = await codeTo('fay@a.example');
    await signUp('fay@a.example');
    const second = await codeTo('fay@a.example');
    const answers = await Promise.all([confirm(first), confirm(second)]);
    expect(answers.filter(({ secret }) => secret !== null)).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: 'CONFLICT', path: ['code'] }]);
  });

  it('answers the same for an address that is known, which gets another mail', async () => {
    const known = await signUp('bea@a.example');
    expect(await signUp('new@a.example')).toEqual(known);
    expect((await mailsTo('bea@a.example')).at(-1)).toContain('Subject: A new token');
  });

  it('is turned away by what the terms ask, and by what is no address', async () => {
    await forgetTries();
    expect((await signUp('gil')).userErrors).toMatchObject([{ code: 'INVALID', path: ['email'] }]);
    expect((await signUp('gil@a.example', { name: ' ' })).userErrors).toMatchObject([{ code: 'INVALID', path: ['name'] }]);
    expect((await signUp('gil@a.example', { country: 'XX' })).userErrors).toMatchObject([{ code: 'INVALID', path: ['country'] }]);
  });

  it('sends an address a few mails an hour, silently, and turns away a caller who tries many', async () => {
    await forgetTries();
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(await signUp('hal@a.example'));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await mailsTo('hal@a.example')).toHaveLength(4);
    for (let i = 0; i < 14; i++) await signUp(`h${i}@a.example`);
    expect((await signUp('hal@a.example')).userErrors).toMatchObject([{ code: 'TOO_MANY' }]);
    await forgetTries();
  });

  it('to a second program is an application with the token, where the program takes sign-ups', async () => {
    const { ask, affiliate } = await joinAs('ivy@a.example');
    expect(await act(ask, 'applyToProgram', { program: WAITS, affiliate }, 'enrollment { status }')).toEqual({
      enrollment: { status: 'APPLIED' },
      userErrors: [],
    });
    await open(WAITS, false);
    const { ask: other, affiliate: self } = await joinAs('jon@a.example');
    for (const input of [
      { program: WAITS, affiliate: self },
      { program: AT_ONCE, affiliate },
    ]) {
      expect((await act(other, 'applyToProgram', input)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['program'] }]);
    }
  });
});

describe('a lost token', () => {
  it('is replaced through the confirmed address; the others of that person die', async () => {
    await forgetTries();
    const { secret } = await joinAs('kim@a.example');
    const ask = (email: string, organization = sandbox.id) => act(nobody, 'requestAccess', { organization, email }, 'accepted');
    const answers = [await ask('kim@a.example'), await ask('nobody@a.example'), await ask('kim@a.example', newId()), await ask('x', 'x')];
    expect(answers).toEqual(Array(4).fill({ accepted: true, userErrors: [] }));
    expect(await mailsTo('nobody@a.example')).toEqual([]);
    const again = await confirm(await codeTo('kim@a.example'));
    expect([await alive(secret), await alive(String(again['secret']))]).toEqual([false, true]);
    await ask('kim@a.example');
    const third = await confirm(await codeTo('kim@a.example'), { keepOtherTokens: true });
    expect([await alive(String(again['secret'])), await alive(String(third['secret']))]).toEqual([true, true]);
  });
});

describe('people of an affiliate', () => {
  it('are invited by an owner, and act with own tokens until they are removed', async () => {
    await forgetTries();
    const owner = await joinAs('lea@a.example');
    const invite = (ask: Ask, email: string, more: object = {}) =>
      act(ask, 'invitePerson', { email, name: 'Max', role: 'MEMBER', ...more }, 'id');
    const { id } = await invite(owner.ask, 'Max@a.example');
    const accepted = await confirm(await codeTo('max@a.example'));
    expect(accepted).toMatchObject({ affiliate: owner.affiliate, userErrors: [] });
    const max = String(accepted['secret']);
    const member = api.as(max);

    expect((await invite(member, 'ned@a.example')).userErrors).toMatchObject([{ message: 'Only owners invite and remove people.' }]);
    expect((await invite(owner.ask, 'max@a.example', { role: 'OWNER' })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await invite(owner.ask, 'max@a.example')).toEqual({ id, userErrors: [] });

    const people = 'query ($id: String!) { affiliate(id: $id) { people { id email role tokens { prefix } } } }';
    const seen = await member<{ affiliate: { people: { id: string; tokens: object[] }[] } }>(people, { id: owner.affiliate });
    expect(seen.affiliate.people.map(({ tokens }) => tokens.length)).toEqual([0, 1]);
    const [first] = seen.affiliate.people;
    expect((await act(owner.ask, 'removePerson', { id: first!.id })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await act(member, 'removePerson', { id: first!.id })).userErrors).toMatchObject([{ code: 'INVALID' }]);

    // A secret makes whoever has it that person: nobody else gets one, not even staff.
    type Seen = { affiliate: { people: { tokens: { id: string }[] }[] } };
    const all = await sandbox.staff<Seen>('query ($id: String!) { affiliate(id: $id) { people { tokens { id } } } }', {
      id: owner.affiliate,
    });
    const { id: token } = all.affiliate.people[1]!.tokens[0]!;
    for (const ask of [sandbox.staff, owner.ask]) {
      expect((await act(ask, 'rotateToken', { id: token, overlapSeconds: 0 }, 'secret'))['secret']).toBeNull();
    }

    expect(await alive(max)).toBe(true);
    await must(owner.ask, 'removePerson', { id });
    expect(await alive(max)).toBe(false);
    expect(await sql('select name, email from affiliate_person where id = $1', [id])).toEqual([{ name: null, email: null }]);
    expect(await act(owner.ask, 'removePerson', { id }, 'id')).toEqual({ id, userErrors: [] });
  });

  it('of another affiliate are not there', async () => {
    await forgetTries();
    const [one, other] = [await joinAs('olaf@a.example'), await joinAs('pia@a.example')];
    const query = 'query ($id: String!) { affiliate(id: $id) { people { id } } }';
    expect(await one.ask(query, { id: other.affiliate })).toEqual({ affiliate: null });
    const { affiliate } = await other.ask<{ affiliate: { people: { id: string }[] } }>(query, { id: other.affiliate });
    for (const id of [affiliate.people[0]!.id, newId(), 'x']) {
      expect((await act(one.ask, 'removePerson', { id })).userErrors).toEqual([
        { code: 'NOT_FOUND', message: 'There is no such person.', path: ['id'], rule: null },
      ]);
    }
    const input = { affiliate: other.affiliate, email: 'q@a.example', name: 'Q', role: 'OWNER' };
    expect((await act(one.ask, 'invitePerson', input)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['affiliate'] }]);
  });

  it('are let into an affiliate whom an integrator made, by an invitation and by nothing else', async () => {
    await forgetTries();
    const input = { program: WAITS, affiliate: 'known', name: 'Ria', email: 'ria@a.example', country: 'US' };
    await must(sandbox.integrator, 'applyToProgram', input);
    const own = await joinAs('ria@a.example');
    expect(own.affiliate).not.toBe('known');
    await must(sandbox.integrator, 'invitePerson', { affiliate: 'known', email: 'ria@a.example', name: 'Ria', role: 'OWNER' });
    expect(await confirm(await codeTo('ria@a.example'))).toMatchObject({ affiliate: 'known', userErrors: [] });
    // From now on a lost token of that address is replaced for each of the two.
    const before = (await mailsTo('ria@a.example')).length;
    await act(nobody, 'requestAccess', { organization: sandbox.id, email: 'ria@a.example' });
    expect((await mailsTo('ria@a.example')).length - before).toBe(2);
  });
});
