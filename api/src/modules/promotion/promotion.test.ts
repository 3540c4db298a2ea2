import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { act, affiliateToken, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
let sandbox: TestSandbox;
let ann: Ask;
let ben: Ask;
/** Of a mail with news. */
let leaveAddress: string;
const program = 'banggood';
const page = 'https://www.banggood.com/sale.html?a=1&b=2';

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['ann', 'ben']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'DE' });
  await must(sandbox.staff, 'createLink', { program, affiliate: 'ann', id: 'l1', url: 'https://www.banggood.com/' });
  [ann, ben] = [api.as(await affiliateToken(sandbox, 'ann')), api.as(await affiliateToken(sandbox, 'ben'))];
});
afterAll(() => api.close());

const banner = {
  program,
  id: 'b1',
  kind: 'BANNER',
  title: 'Big "sale" <now>',
  url: page,
  image: 'https://img.example/b.png?x=1&y="',
  width: 300,
  height: 250,
};

async function seenBy(ask: Ask, filter = ''): Promise<string[]> {
  const { creatives } = await ask<{ creatives: { nodes: { externalId: string }[] } }>(
    `{ creatives(program: "${program}"${filter}) { nodes { externalId } } }`,
  );
  return creatives.nodes.map(({ externalId }) => externalId);
}

describe('creatives', () => {
  it('are banners with code that is ready, whatever they say', async () => {
    expect(await refusalOf(sandbox.staff, 'publishCreative', banner)).toBe('INVALID');
    const good = { ...banner, image: 'https://img.example/b.png?x=1&y=2' };
    await must(sandbox.staff, 'publishCreative', good);
    await must(sandbox.staff, 'publishCreative', good);
    expect(await refusalOf(sandbox.staff, 'publishCreative', { ...good, title: 'another' })).toBe('CONFLICT');
    const { creatives } = await ann<{ creatives: { nodes: { html: string; trackedUrl: string; none: string | null }[] } }>(
      `{ creatives(program: "${program}", kind: BANNER, width: 300, height: 250) { nodes { html(link: "l1") trackedUrl(link: "l1") none: html(link: "nothing") } } }`,
    );
    const [{ html, trackedUrl, none }] = creatives.nodes as [{ html: string; trackedUrl: string; none: string | null }];
    expect(none).toBeNull();
    expect(html).toMatch(
      /^<a href="http[^"<>]+" rel="sponsored noopener"><img src="https:[^"<>]+" width="300" height="250" alt="[^"<>]+" loading="lazy"><\/a>$/,
    );
    expect(html).toContain('alt="Big &quot;sale&quot; &lt;now&gt;"');
    const answer = await fetch(trackedUrl, { redirect: 'manual' });
    const there = new URL(answer.headers.get('location')!);
    expect([answer.status, there.hostname, there.pathname, there.searchParams.get('b')]).toEqual([
      302,
      'www.banggood.com',
      '/sale.html',
      '2',
    ]);
    expect(await sandbox.staff(`{ clicks(program: "${program}") { nodes { link method } } }`)).toMatchObject({
      clicks: { nodes: [{ link: 'l1', method: expect.stringMatching(/^banner$/i) }] },
    });
  });

  it('are offers with a public code, for a time, and perhaps for one affiliate alone', async () => {
    const offer = { program, kind: 'OFFER', title: '10 % off', url: page };
    await must(sandbox.staff, 'publishCreative', { ...offer, id: 'o1', code: 'MARCH10', validUntil: '2026-03-02T00:00:00Z' });
    await must(sandbox.staff, 'publishCreative', { ...offer, id: 'o2', affiliate: 'ann', code: 'ANN' });
    await must(sandbox.staff, 'publishCreative', { ...offer, id: 'o3', validFrom: '2026-04-01T00:00:00Z' });
    expect([await seenBy(ann, ', kind: OFFER'), await seenBy(ben, ', kind: OFFER')]).toEqual([['o2', 'o1'], ['o1']]);
    await sandbox.at('2026-03-02T00:00:00Z');
    await must(sandbox.staff, 'withdrawCreative', { program, id: 'b1' });
    expect([await seenBy(ann), await seenBy(ben), await seenBy(sandbox.staff)]).toEqual([['o2'], [], ['o3', 'o2', 'o1', 'b1']]);
    for (const wrong of [
      { code: "'; drop" },
      { url: 'https://elsewhere.example/' },
      { url: 'javascript:alert(1)' },
      { image: 'javascript:alert(1)' },
      { title: ' ' },
      { validFrom: '2026-03-02T00:00:00Z', validUntil: '2026-03-01T00:00:00Z' },
      { kind: 'BANNER' },
    ])
      expect(await refusalOf(sandbox.staff, 'publishCreative', { ...offer, id: 'w', ...wrong }), JSON.stringify(wrong)).toBe('INVALID');
    expect(await refusalOf(sandbox.staff, 'withdrawCreative', { program, id: 'nothing' })).toBe('NOT_FOUND');
  });
});

describe('news', () => {
  it('are read newest first, by mail by whoever wants that, and left with one click', async () => {
    await must(sandbox.integrator, 'invitePerson', { affiliate: 'ann', email: 'ann@a.example', name: 'Ann', role: 'OWNER' });
    const sql = <T extends object>(text: string) => withConnection(api.database.url, async (client) => (await client.query<T>(text)).rows);
    const mails = async () => {
      const all = () =>
        sql<{ id: string; sent: boolean }>(
          "select id, sent_at is not null as sent from mail where recipient = 'ann@a.example' order by id",
        );
      await expect.poll(async () => (await all()).every(({ sent }) => sent), { timeout: 10_000 }).toBe(true);
      return (await all()).map(({ id }) =>
        readFileSync(join(api.dataDir, 'mail', `${id}.eml`), 'utf8')
          .replaceAll('=\n', '')
          .replaceAll('=3D', '='),
      );
    };
    const code = /trb_code_[\w-]{49}/.exec((await mails())[0]!)![0];
    const { secret } = await act(api.as(undefined), 'confirmEmail', { code }, 'secret');
    const person = api.as(String(secret));
    const publish = (title: string, byMail = true) =>
      must(sandbox.staff, 'publishNews', { program, title, body: 'First.\n\n<b>Second</b>.', byMail });
    await publish('before');
    await must(person, 'setNewsletter', { program, on: true }, 'on');
    await publish('by mail');
    // Told again after a timeout it is the same, and nobody gets it twice.
    await publish('by mail');
    await publish('not by mail', false);
    expect(
      await person(
        `{ news(program: "${program}") { nodes { title body } } enrollment(program: "${program}", affiliate: "ann") { hasNewsletter } }`,
      ),
    ).toEqual({
      news: { nodes: ['not by mail', 'by mail', 'before'].map((title) => ({ title, body: 'First.\n\n<b>Second</b>.' })) },
      enrollment: { hasNewsletter: true },
    });
    const [, letter, ...more] = await mails();
    expect([letter, more]).toEqual([expect.stringContaining('by mail'), []]);
    expect(letter).toContain('&lt;b&gt;Second&lt;/b&gt;');
    expect(letter).toMatch(/^list-unsubscribe-post: List-Unsubscribe=One-Click$/im);
    const address = /^list-unsubscribe:\s*<([^>]+)>/im.exec(letter!)![1]!;
    // Programs that follow links in mails change nothing, nor does an address that somebody made up.
    expect([(await fetch(address)).status, (await fetch(address.slice(0, -1), { method: 'POST' })).status]).toEqual([200, 404]);
    expect(await person(`{ enrollment(program: "${program}", affiliate: "ann") { hasNewsletter } }`)).toEqual({
      enrollment: { hasNewsletter: true },
    });
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' };
    expect([(await fetch(address, form)).status, (await fetch(address, form)).status]).toEqual([200, 200]);
    await publish('after');
    expect(await mails()).toHaveLength(2);
    expect(await refusalOf(ben, 'setNewsletter', { program, on: true })).toBe('INVALID');
    leaveAddress = address;
  });
});

describe('an account manager', () => {
  it('is whom an affiliate turns to, until somebody else is', async () => {
    const set = (more: object) => must(sandbox.staff, 'setAccountManager', { program, affiliate: 'ann', ...more });
    const seen = async (ask: Ask, affiliate = 'ann') =>
      (
        await ask<{ enrollment: { accountManager: unknown } }>(
          `{ enrollment(program: "${program}", affiliate: "${affiliate}") { accountManager { name email } } }`,
        )
      ).enrollment.accountManager;
    expect(await seen(ann)).toBeNull();
    await set({ name: 'Kim', email: 'kim@shop.example' });
    expect([await seen(ann), await seen(ben, 'ben')]).toEqual([{ name: 'Kim', email: 'kim@shop.example' }, null]);
    await set({ name: 'Lee' });
    expect(await seen(ann)).toEqual({ name: 'Lee', email: null });
    await set({});
    expect(await seen(ann)).toBeNull();
    expect(await refusalOf(sandbox.staff, 'setAccountManager', { program, affiliate: 'nobody', name: 'x' })).toBe('NOT_FOUND');
    expect(await refusalOf(sandbox.staff, 'setAccountManager', { program, affiliate: 'ann', name: 'x', email: 'x' })).toBe('INVALID');
  });
});

it('who is erased has no subscription left, and the link of an old mail does no harm', async () => {
  const subscriptions = () =>
    withConnection(api.database.url, async (client) => (await client.query('select 1 from newsletter_subscription')).rowCount);
  expect(await subscriptions()).toBe(1);
  await must(sandbox.staff, 'terminateEnrollment', { program, affiliate: 'ann', reason: 'she leaves' });
  await must(sandbox.staff, 'erasePersonalData', { affiliate: 'ann', reason: 'a letter of 1 March' });
  expect(await subscriptions()).toBe(0);
  expect((await fetch(leaveAddress, { method: 'POST' })).status).toBe(200);
});
