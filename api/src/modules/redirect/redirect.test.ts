import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
let sandbox: TestSandbox;
let ann: Ask;
const program = 'aliexpress';
const SHOP = 'https://www.aliexpress.com';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** Follows a link as a browser does, but goes no further. */
async function follow(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(`${api.url.replace('/graphql', '')}/r/${path}`, {
    method,
    redirect: 'manual',
    headers: { 'user-agent': BROWSER, ...headers },
  });
  const location = answer.headers.get('location');
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  const clickId = location === null ? null : new URL(location).searchParams.get('click_id');
  return { answer, status: answer.status, location, cookie, clickId };
}

const CLICK =
  'visitor at link country page product shownProduct url channel keyword referrer method fetchDest subId automated attributable because destination affiliate { externalId }';
async function clickOf(id: string | null, key = program) {
  const found = await sandbox.staff<{ click: Record<string, unknown> | null }>(
    `query ($id: String!) { click(program: "${key}", id: $id) { ${CLICK} } }`,
    { id },
  );
  return found.click;
}

async function link(id: string, url = SHOP, more: object = {}): Promise<string> {
  const made = await must(ann, 'createLink', { program, id, url, ...more }, 'link { code trackingUrl }');
  const { code, trackingUrl } = made['link'] as { code: string; trackingUrl: string };
  expect(trackingUrl).toBe(`${api.url}/r/${code}`);
  return code;
}

beforeAll(async () => {
  api = await startTestApi({ TRUSTED_PROXIES: '127.0.0.1', COUNTRY_HEADER: 'CF-IPCountry' });
  sandbox = await createTestSandbox(api, { programs: [program, 'alibaba', 'bigseller'], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['ann', 'bob']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'GB' });
  ann = api.as(await affiliateToken(sandbox, 'ann'));
});
afterAll(() => api.close());

describe('a visitor who follows a link', () => {
  it('lands at the merchant with the id of a click that is known before the answer', async () => {
    const code = await link('first', `${SHOP}/item/7.html?spm=a`, { subId: 'blog' });
    const { status, location, clickId, answer, cookie } = await follow(code, {
      referer: 'https://blog.example/post',
      'sec-fetch-dest': 'document',
      'cf-ipcountry': 'DE',
    });
    expect(status).toBe(302);
    expect(location).toBe(`${SHOP}/item/7.html?spm=a&click_id=${clickId}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('set-cookie')).toMatch(/^tributary_visitor=[\w-]{48}; Max-Age=1296000; Path=\/r; HttpOnly; SameSite=Lax$/);
    const click = await clickOf(clickId);
    expect(click).toMatchObject({
      at: '2026-03-01T00:00:00Z',
      link: 'first',
      country: 'DE',
      page: 'category',
      referrer: 'https://blog.example/post',
      fetchDest: 'document',
      subId: 'blog',
      automated: null,
      attributable: true,
      because: [],
      affiliate: { externalId: 'ann' },
    });
    // The same browser is the same visitor; who has no cookie of ours, or a changed one, is a new one.
    const again = await follow(code, { cookie: cookie! });
    expect((await clickOf(again.clickId))?.['visitor']).toBe(click?.['visitor']);
    const changed = cookie!.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const other of [changed, `${cookie}; ${changed}`, 'tributary_visitor=v1']) {
      const stranger = await follow(code, { cookie: other });
      const visitor = (await clickOf(stranger.clickId))?.['visitor'];
      expect(visitor).toMatch(/^r\./);
      expect(visitor).not.toBe(click?.['visitor']);
    }
  });

  it('is remembered by nobody who is asked not to', async () => {
    const code = await link('private');
    for (const header of ['sec-gpc', 'dnt']) {
      const { clickId, cookie } = await follow(code, { [header]: '1' });
      expect(cookie).toBeUndefined();
      expect(await clickOf(clickId)).toMatchObject({ visitor: null, attributable: true });
    }
  });

  it('earns the affiliate what they buy', async () => {
    const { clickId } = await follow(await link('earning'), { 'cf-ipcountry': 'DE' });
    const order = {
      program,
      id: 'o1',
      click: clickId,
      country: 'DE',
      lines: [{ sku: 'a', price: '100.00', kind: 'affiliate', rate: '5' }],
    };
    const told = await must(sandbox.integrator, 'recordOrder', order, 'order { affiliate { externalId } }');
    expect(told['order']).toEqual({ affiliate: { externalId: 'ann' } });
  });

  it('may come from an ad, whatever the link calls itself', async () => {
    const code = await link('ad');
    const { clickId } = await follow(`${code}?gclid=xyz&channel=social&utm_term=aliexpres&via=banner&sub=s1`);
    expect(await clickOf(clickId)).toMatchObject({
      channel: 'google-ads',
      keyword: 'aliexpres',
      method: 'banner',
      subId: 's1',
      attributable: false,
      because: ['AE-20'],
    });
    const { clickId: other } = await follow(`${code}?channel=social&via=hijack&sub=%00a`);
    expect(await clickOf(other)).toMatchObject({ channel: 'social', method: null, subId: null });
  });
});

describe('a link', () => {
  it('leads to any page of the merchant, and to none of others', async () => {
    const code = await link('deep');
    const page = `${SHOP}/item/9.html?a=b&c=d`;
    const { location, clickId } = await follow(`${code}?to=${encodeURIComponent(page)}`);
    expect(location).toBe(`${page}&click_id=${clickId}`);
    expect(await clickOf(clickId)).toMatchObject({ url: page, destination: page });
    for (const to of [
      'https://evil.example',
      '//evil.example',
      'https://www.aliexpress.com.evil.example/',
      'https://www.aliexpress.com@evil.example/',
      'https://evil.example/?https://www.aliexpress.com',
      'https://s.click.aliexpress.com/e/1',
      'https://evil.example\\@www.aliexpress.com/',
      'javascript:alert(1)',
      '',
      `${SHOP}/\r\nset-cookie: a=b`,
      ...HOSTILE,
    ]) {
      const refused = await follow(`${code}?to=${encodeURIComponent(to)}`);
      expect([refused.status, refused.location], to).toEqual([400, null]);
      expect(((await refused.answer.json()) as { errors: { extensions: object }[] }).errors[0]?.extensions, to).toEqual({
        code: 'AE-17',
        rule: 'AE-17',
      });
    }
  });

  it('is known by its code, and by the one that its affiliate chose', async () => {
    const code = await link('named');
    const CODE = 'link { code vanity trackingUrl }';
    const chosen = await act(ann, 'chooseLinkCode', { program, link: 'named', code: ' Summer-Sale ' }, CODE);
    expect(chosen).toMatchObject({ link: { code, vanity: 'summer-sale' }, userErrors: [] });
    const { trackingUrl } = chosen['link'] as { trackingUrl: string };
    // It is a sandbox: the code is another's who means it.
    expect(trackingUrl).toMatch(new RegExp(`^${api.url}/r/summer-sale\\.[0-9a-f]{8}$`));
    const name = trackingUrl.slice(`${api.url}/r/`.length);
    expect(await act(ann, 'chooseLinkCode', { program, link: 'named', code: 'summer-sale' }, CODE)).toEqual(chosen);
    for (const path of [code, name, name.replace('summer', 'SUMMER'), code.toUpperCase()])
      expect((await follow(path)).status, path).toBe(302);
    const tampered = code.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
    for (const path of [
      tampered,
      'summer-sale',
      `${name}.${name}`,
      `${code}.12345678`,
      'nobody',
      '..%2f..%2fetc',
      '%00',
      'a'.repeat(90),
      ...HOSTILE.map(encodeURIComponent),
    ])
      expect((await follow(path)).status, path).toBe(404);
    await link('other');
    expect(await refusalOf(ann, 'chooseLinkCode', { program, link: 'other', code: 'summer-sale' })).toBe('CONFLICT');
    expect(await refusalOf(ann, 'chooseLinkCode', { program, link: 'nothing', code: 'mine' })).toBe('NOT_FOUND');
    for (const bad of ['', 'a', 'a b', 'a--b', '-ab', ...HOSTILE])
      expect(await refusalOf(ann, 'chooseLinkCode', { program, link: 'other', code: bad }), bad).toBe('INVALID');
    const bob = api.as(await affiliateToken(sandbox, 'bob'));
    expect(await refusalOf(bob, 'chooseLinkCode', { program, link: 'other', code: 'bobs' })).toBe('NOT_FOUND');
    // Nobody takes all names from others; those that a link had it may have again.
    const names = Array.from({ length: 12 }, (_, index) => `many-${'abcdefghjkmp'[index]}`);
    const answers = [];
    for (const name of names) answers.push(await refusalOf(ann, 'chooseLinkCode', { program, link: 'other', code: name }));
    expect(answers).toEqual([...names.slice(1).map(() => ''), 'TOO_MANY']);
    expect(await refusalOf(ann, 'chooseLinkCode', { program, link: 'other', code: 'many-a' })).toBe('');
  });

  it('chosen in a sandbox takes no code from others', async () => {
    const choose = async (staff: Ask, code: string) => {
      const key = 'banggood';
      await must(staff, 'enrollAffiliate', { program: key, affiliate: 'ann', country: 'DE' });
      await must(staff, 'createLink', { program: key, id: 'l1', affiliate: 'ann', url: 'https://www.banggood.com/' });
      const asked = { program: key, affiliate: 'ann', link: 'l1', code };
      return (await must(staff, 'chooseLinkCode', asked, 'link { vanity trackingUrl }'))['link'] as { vanity: string; trackingUrl: string };
    };
    const [one, two] = [await createTestSandbox(api, { programs: ['banggood'] }), await createTestSandbox(api, { programs: ['banggood'] })];
    const all = [await choose(one.staff, 'mugs-4-all'), await choose(two.staff, 'mugs4all'), await choose(api.staff, 'mugs-4-all')];
    expect(all.map(({ vanity }) => vanity)).toEqual(['mugs-4-all', 'mugs4all', 'mugs-4-all']);
    expect(all[2]!.trackingUrl).toBe(`${api.url}/r/mugs-4-all`);
    for (const { trackingUrl } of all) expect((await follow(trackingUrl.slice(`${api.url}/r/`.length))).status, trackingUrl).toBe(302);
    // In one and the same place a code that looks alike is another's still.
    await must(one.staff, 'createLink', { program: 'banggood', id: 'l2', affiliate: 'ann', url: 'https://www.banggood.com/' });
    const alike = { program: 'banggood', affiliate: 'ann', link: 'l2', code: 'rnugs4all' };
    expect(await refusalOf(one.staff, 'chooseLinkCode', alike)).toBe('CONFLICT');
  });

  it('leads on when its affiliate is gone, and says why nobody earns', async () => {
    const key = 'bigseller';
    await must(sandbox.staff, 'enrollAffiliate', { program: key, affiliate: 'dewi', country: 'ID' });
    const made = await must(
      sandbox.staff,
      'createLink',
      { program: key, id: 'd1', affiliate: 'dewi', url: 'https://www.bigseller.com' },
      'link { code }',
    );
    await must(sandbox.staff, 'suspendEnrollment', { program: key, affiliate: 'dewi', reason: 'review' });
    const { status, clickId } = await follow((made['link'] as { code: string }).code);
    expect(status).toBe(302);
    expect(await clickOf(clickId, key)).toMatchObject({ attributable: false, because: ['ALL-08'] });
  });

  it('leads on from countries that are not accepted, and says so', async () => {
    const key = 'alibaba';
    await must(sandbox.staff, 'enrollAffiliate', { program: key, affiliate: 'ann', country: 'GB' });
    const made = await must(
      sandbox.staff,
      'createLink',
      { program: key, id: 'b1', affiliate: 'ann', url: 'https://www.alibaba.com' },
      'link { code }',
    );
    const { code } = made['link'] as { code: string };
    const { status, clickId } = await follow(code, { 'cf-ipcountry': 'CU' });
    expect(status).toBe(302);
    expect(await clickOf(clickId, key)).toMatchObject({ country: 'CU', attributable: false, because: expect.arrayContaining(['AB-10']) });
    // By the address where the edge says nothing of use.
    const by = async (address: string) =>
      (await clickOf((await follow(code, { 'x-forwarded-for': address, 'cf-ipcountry': 'XX' })).clickId, key))?.['country'];
    expect([await by('8.8.8.8'), await by('1.2.4.8'), await by('2001:4860:4860::8888'), await by('10.0.0.1')]).toEqual([
      'US',
      'CN',
      'US',
      null,
    ]);
  });

  it('shows a similar product when its own is gone', async () => {
    const product = { program, category: 'lamps', kind: 'affiliate', rate: '5', price: '10.00' };
    await must(sandbox.integrator, 'recordProduct', { ...product, id: 'l1', url: `${SHOP}/item/l1.html`, available: false });
    await must(sandbox.integrator, 'recordProduct', { ...product, id: 'l2', url: `${SHOP}/item/l2.html`, price: '11.00' });
    const { location, clickId } = await follow(await link('gone', `${SHOP}/item/l1.html`));
    expect(location).toBe(`${SHOP}/item/l2.html?click_id=${clickId}`);
    expect(await clickOf(clickId)).toMatchObject({ page: 'product', product: 'l1', shownProduct: 'l2' });
  });

  it('shows no product whose page is of others or unknown, however near it is', async () => {
    const product = { program, category: 'fans', kind: 'affiliate', rate: '5', price: '10.00' };
    await must(sandbox.integrator, 'recordProduct', { ...product, id: 'f1', url: `${SHOP}/item/f1.html`, available: false });
    await must(sandbox.integrator, 'recordProduct', { ...product, id: 'f2', url: 'https://evil.example/f2.html', price: '9.99' });
    await must(sandbox.integrator, 'recordProduct', { ...product, id: 'f3' });
    const code = await link('gone-too', `${SHOP}/item/f1.html`);
    const { location, clickId } = await follow(code);
    expect(location).toBe(`${SHOP}/item/f1.html?click_id=${clickId}`);
    for (const [id, price] of [
      ['f4', '4.00'],
      ['f5', '15.00'],
    ])
      await must(sandbox.integrator, 'recordProduct', { ...product, id, price, url: `${SHOP}/item/${id}.html` });
    expect((await follow(code)).location).toMatch(`${SHOP}/item/f5.html?click_id=`);
    const { checkLink } = await sandbox.staff<{ checkLink: unknown }>(
      `{ checkLink(program: "${program}", url: "${SHOP}/item/f1.html") { similar { externalId } } }`,
    );
    expect(checkLink).toEqual({ similar: { externalId: 'f5' } });
  });
});

describe('the tag', () => {
  it('is seen on a source that was declared, whatever others make up', async () => {
    const source = { program, affiliate: 'ann', kind: 'website', name: 'Her blog', url: 'https://anns-blog.example' };
    await must(sandbox.staff, 'declareTrafficSource', source);
    const code = await link('tagged');
    await withConnection(api.database.url, (client) =>
      client.query(
        `insert into tag_sighting (affiliate_id, program_id, host, first_seen_at, last_seen_at)
         select l.affiliate_id, l.program_id, 'made-up-' || n || '.example', '2026-03-01', '2026-03-01' from link l, generate_series(1, 200) n where l.code = $1`,
        [code],
      ),
    );
    const seen = async () => {
      const { enrollment } = await sandbox.staff<{
        enrollment: { tagSightings: object[]; trafficSources: { tagSeenAt: string | null }[] };
      }>(`{ enrollment(program: "${program}", affiliate: "ann") { tagSightings { host } trafficSources { tagSeenAt } } }`);
      return [enrollment.tagSightings.length, enrollment.trafficSources[0]?.tagSeenAt];
    };
    const fetchTag = (referer: string) => fetch(`${api.url}/tag.js?code=${code}`, { headers: { referer } });
    for (const page of ['https://www.anns-blog.example/a', 'https://more.example/']) expect((await fetchTag(page)).status).toBe(200);
    await expect.poll(seen).toEqual([200, '2026-03-01T00:00:00Z']);
  });
});

describe('programs that follow links', () => {
  it('are sent on to pages whose addresses have letters of any script, and so are people', async () => {
    const code = await link('lettered', `${SHOP}/蓝牙?q=耳机&sale`);
    const page = `${SHOP}/%E8%93%9D%E7%89%99?q=%E8%80%B3%E6%9C%BA&sale`;
    const robot = await follow(code, { 'user-agent': 'Googlebot/2.1' });
    expect([robot.status, robot.location]).toEqual([302, page]);
    const { status, location, clickId } = await follow(code);
    expect([status, location]).toEqual([302, `${page}&click_id=${clickId}`]);
  });

  it('are sent on and marked, and get no click id that an order could name', async () => {
    const code = await link('crawled');
    const cases: [string, Record<string, string>, string][] = [
      ['bot', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }, 'GET'],
      ['bot', { 'user-agent': 'curl/8.0' }, 'GET'],
      ['bot', {}, 'HEAD'],
      ['prefetch', { 'sec-purpose': 'prefetch;prerender' }, 'GET'],
    ];
    for (const [, headers, method] of cases) {
      const { status, location, cookie } = await follow(code, headers, method);
      expect([status, location, cookie], JSON.stringify(headers)).toEqual([302, `${SHOP}/`, undefined]);
    }
    const { clicks } = await sandbox.staff<{
      clicks: { nodes: { link: string; automated: string | null; visitor: string | null; attributable: boolean }[] };
    }>(`{ clicks(program: "${program}", attributable: false) { nodes { link automated visitor attributable } } }`);
    const marked = clicks.nodes.filter((click) => click.link === 'crawled');
    expect(marked.map(({ automated }) => automated).sort()).toEqual(cases.map(([kind]) => kind).sort());
    expect(marked.every(({ visitor, attributable }) => visitor === null && !attributable)).toBe(true);
  });
});

describe('an order', () => {
  it('is refused with a click id that was changed or is of another program', async () => {
    const { clickId } = await follow(await link('signed'));
    const order = (id: string, click: string) => ({ program, id, click, country: 'DE', lines: [{ sku: 'a', price: '1.00' }] });
    const tampered = clickId!.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const place of [10, 40, 70, 111]) {
      const changed = clickId!.slice(0, place) + (clickId![place] === 'x' ? 'y' : 'x') + clickId!.slice(place + 1);
      expect(await refusalOf(sandbox.integrator, 'recordOrder', order('t1', changed)), String(place)).toBe('INVALID');
    }
    expect(await act(sandbox.integrator, 'recordOrder', order('t1', tampered))).toMatchObject({
      userErrors: [{ code: 'INVALID', path: ['click'] }],
    });
    expect(await refusalOf(sandbox.integrator, 'recordOrder', { ...order('t1', clickId!), program: 'alibaba' })).toBe('INVALID');
    expect(await refusalOf(sandbox.integrator, 'recordRegistration', { program, customer: 'c1', click: tampered })).toBe('INVALID');
    const answer = await sandbox.integrator<{ recordOrders: { results: { userErrors: { code: string }[] }[] } }>(
      'mutation ($input: RecordOrdersInput!) { recordOrders(input: $input) { results { index userErrors { code } } } }',
      {
        input: {
          program,
          orders: [order('t1', tampered), order('t2', clickId!), order('t3', 'of-their-own')].map(({ program: _, ...rest }) => rest),
        },
      },
    );
    expect(answer.recordOrders.results.map(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual([['INVALID'], [], []]);
  });
});
