import { gunzipSync, gzipSync } from 'node:zlib';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '@tributary/api/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openBrowser, type PublisherPage, publish, violationsOf } from './browser.ts';

const program = 'aliexpress';
const SHOP = 'https://www.aliexpress.com';
const PLAIN = `<p>My <a id="one" href="${SHOP}/item/1.html?a=b&amp;c=d#e">lamp</a>, my <a id="two" rel="noopener" data-tributary-sub="desk" href="https://fr.aliexpress.com/item/2.html">desk</a>.</p>
<p>Not <a id="other" href="https://shop.example/item/1.html">this</a>, <a id="short" href="https://s.click.aliexpress.com/e/1">that</a>,
<a id="like" href="https://aliexpress.com.shop.example/">the like</a>, <a id="port" href="https://www.aliexpress.com:8443/">a port</a>, <a id="slashes" href="https:///shop.example/">slashes</a>,
<a id="here" href="/about">us</a>, <a id="mail" href="mailto:me@example.com">mail</a> or <span data-tributary="off"><a id="kept" href="${SHOP}/help">help</a></span>.</p>`;

const rows = (style = 'height: 40px', length = 120) =>
  Array.from({ length }, (_, row) => `<li style="${style}"><a id="row${row}" href="${SHOP}/item/${row}.html">Row ${row}</a></li>`).join('');
/** What brings links into sight from the middle of those that are watched together, while neither of their ends comes near. */
const STIRRED: Readonly<Record<string, { body: string; act: string; at?: string }>> = {
  'a-box-that-is-scrolled': {
    body: `<div id="box" style="height: 400px; overflow: auto"><ul>${rows()}</ul></div>`,
    act: 'box.scrollTop = 1800',
  },
  'a-carousel-that-jumps': {
    body: `<div id="box" style="overflow: auto"><ul style="display: flex; width: max-content">${rows('width: 200px')}</ul></div>`,
    act: 'box.scrollLeft = 6000',
  },
  'a-carousel-that-is-pushed': {
    body: `<div style="overflow: hidden"><ul id="box" style="display: flex; width: max-content">${rows('width: 200px')}</ul></div>`,
    act: 'box.style.transform = "translateX(-6000px)"',
  },
  'a-filter': {
    body: `<style>.some li:not(:nth-child(n+44):nth-child(-n+48)) { display: none }</style><ul id="box">${rows()}</ul>`,
    act: 'box.className = "some"',
  },
  'a-filter-without-script': {
    body: `<style>:checked ~ ul li:not(:nth-child(n+44):nth-child(-n+48)) { display: none }</style><input id="box" type="checkbox" aria-label="Few"><ul>${rows()}</ul>`,
    act: 'box.click()',
  },
  columns: { body: `<ul id="box">${rows()}</ul>`, act: 'box.style.columns = "3"' },
  'another-order': {
    body: `<ul id="box" style="display: flex; flex-direction: column">${rows()}</ul>`,
    act: 'box.children[45].style.order = -1',
  },
  'a-menu-that-comes-out': {
    body: `<style>nav ul { position: absolute; left: -9999px } nav:hover ul { left: 0; background: white }</style><nav id="box">Menu<ul>${rows('', 10)}</ul></nav><p><a id="first" href="${SHOP}/">First</a></p>`,
    act: '',
    at: '#box',
  },
  'a-sorted-list': {
    body: `<ul id="box">${rows()}</ul>`,
    act: 'box.append(...[...box.children].map((row, at) => [at * 37 % 120, row]).sort(([a], [b]) => a - b).map(([, row]) => row)); setTimeout(() => window.scrollTo(0, 400), 50)',
  },
};
/** What has links in sight from the middle of a page's list, though its first and its last are far away, before anything stirs. */
const AT_REST: Readonly<Record<string, string>> = {
  columns: `<ul style="margin-top: 200px; columns: 3">${rows()}</ul>`,
  'columns-further-up': `<div style="columns: 3"><section><ul>${rows()}</ul></section></div>`,
  'a-box-that-is-folded': `<div style="max-height: 200px; overflow: hidden"><ul>${rows()}</ul></div>${rows('', 60).replaceAll('"row', '"after')}`,
  'details-that-are-closed': `<details><summary>More</summary><ul>${rows()}</ul></details>${rows('', 60).replaceAll('"row', '"after')}`,
  'columns-around-the-first': `<div style="columns: 2; column-fill: auto; height: 2100px"><div style="height: 1200px">High</div>${rows('', 50)}${rows('', 10)}</div><ul>${rows()}</ul>`,
  'a-grid-in-its-own-order': `<ul style="display: grid">${rows('').replaceAll(/<li style=""(?=><a id="row7[0-2]")/g, '<li style="order: -1"')}</ul>`,
  'a-box-over-the-page': `<div style="height: 2000px">Long</div><ul>${rows()}</ul><aside style="position: fixed; top: 50px; right: 0"><ul>${rows('', 5)}</ul></aside><ul>${rows('', 40)}</ul>`,
  'a-large-box-from-deep-within': `<ul>${rows('height: 40px', 60)}</ul><div><aside style="position: fixed; top: 50px; right: 0">${rows('', 20)}</aside></div><ul>${rows('height: 40px', 60)}</ul>`,
  'a-box-that-sticks': `<div style="height: 2000px">Long</div><ul>${rows()}</ul><div style="position: sticky; bottom: 0; background: white">${rows('', 3)}</div><footer><ul>${rows('', 40)}</ul></footer>`,
  'a-box-beside': `<div style="float: left; width: 60%"><div style="height: 2000px">Long</div><ul>${rows()}</ul></div><div style="float: right; width: 30%"><ul>${rows('', 10)}</ul><div style="height: 2500px">Long</div><ul>${rows('', 30)}</ul></div>`,
  'tiles-that-are-placed': `<ul style="position: relative">${Array.from({ length: 120 }, (_, at) => `<li style="position: absolute; left: 0; top: ${(119 - at) * 40}px"><a href="${SHOP}/item/${at}.html">Tile ${at}</a></li>`).join('')}</ul>`,
  'a-table': `<table><tr><td style="vertical-align: bottom; height: 3000px">${rows('', 90)}</td><td style="vertical-align: top">${rows('', 10)}<div style="height: 2900px">Long</div>${rows('', 20)}</td></tr></table>`,
  'lines-from-top-to-bottom': `<div style="writing-mode: vertical-rl; line-height: 5px"><div style="padding-top: 1200px">${rows('', 90)}</div><div>${rows('', 20)}</div><div style="padding-top: 1200px">${rows('', 50)}</div></div>`,
};

let api: TestApi;
let sandbox: TestSandbox;
let code: string;
let browser: Browser | undefined;
let site: Awaited<ReturnType<typeof publish>>;

const page = (body: string, attributes = '', headers: Record<string, string> = {}, root = 'lang="en"'): PublisherPage => ({
  html: `<!doctype html><html ${root}><head><title>My page</title><script async ${attributes} src="${api.url}/tag.js?code=${code}"></script></head><body><main><h1>Things</h1>${body}</main></body></html>`,
  headers,
});

async function send<T>(mutation: string, input: object, fields: string): Promise<T> {
  const name = mutation[0]!.toUpperCase() + mutation.slice(1);
  const answer = await sandbox.staff<Record<string, { userErrors: unknown[] }>>(
    `mutation ($input: ${name}Input!) { ${mutation}(input: $input) { ${fields} userErrors { code message } } }`,
    { input },
  );
  expect(answer[mutation]!.userErrors).toEqual([]);
  return answer[mutation] as T;
}

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await send('enrollAffiliate', { program, affiliate: 'ann', country: 'GB' }, 'enrollment { id }');
  await send(
    'declareTrafficSource',
    { program, affiliate: 'ann', kind: 'website', name: 'My page', url: 'http://ann.example' },
    'trafficSource { id }',
  );
  const made = await send<{ link: { code: string } }>('createLink', { program, affiliate: 'ann', id: 'tag', url: SHOP }, 'link { code }');
  code = made.link.code;
  const many = Array.from({ length: 500 }, (_, index) => `<p><a href="${SHOP}/item/${index}.html">Product ${index}</a> is good.</p>`).join(
    '',
  );
  const link = (id: string) => `<a id="${id}" href="${SHOP}/item/${id}.html">${id}</a>`;
  const filled = (id: string) => `<p style="height: 2000px; break-inside: avoid">${link(id)}</p>`;
  const sizes = ['font-size: 0', 'font-size: 9px', 'font-size: 16px', 'font-size: 40px', 'font-size: 80px; line-height: 1', '" class="big']
    .map((style) => `<p style="${style}">Things and <a style="font-size: 16px" href="${SHOP}/item/1.html">one of them</a></p>`)
    .join('');
  site = await publish({
    '/': page(PLAIN),
    '/right-to-left': page(`<p>מוצר <a id="one" href="${SHOP}/item/1.html">אחד מהם</a> טוב מאוד</p>`, '', {}, 'lang="he" dir="rtl"'),
    '/both-ways': page(`<p dir="rtl">מוצר <a id="one" href="${SHOP}/item/1.html">אחד מהם</a> טוב מאוד</p>`),
    '/both-ways-back': page(
      `<p dir="ltr">One <a id="one" href="${SHOP}/item/1.html">of many</a> is good</p>`,
      '',
      {},
      'lang="he" dir="rtl"',
    ),
    '/sizes': page(`<style>.big span { font-size: 60px }</style>${sizes}`),
    '/german': page(PLAIN, 'data-sub="blog" data-placement="inline"', {}, 'lang="de-AT"'),
    '/unlabelled': page(PLAIN, 'data-disclosure="off"'),
    '/strict': page(PLAIN, '', {
      'content-security-policy': `default-src 'none'; script-src ${api.url}; style-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
    }),
    '/asked': page(PLAIN, 'data-consent="mayTag" data-consent-event="tag-allowed" data-refusal-event="tag-refused"'),
    '/many': page(many),
    '/places': page(`<p>${link('first')}</p>
      <div id="carousel" style="overflow-x: auto"><div style="width: 9000px"><p style="margin-left: 8000px">${link('aside')}</p></div></div>
      <div style="columns: 2">${filled('left')}${filled('far0')}${filled('right')}${filled('far4')}</div>
      <div id="menu" hidden><p>${link('menu1')}</p><p>${link('menu2')}</p></div>
      <div style="height: 9000px"></div><div><p>${link('far1')}</p><p>${link('gone')}</p><p>${link('far3')}</p></div>`),
    '/frame': page(`<iframe id="box" src="/rows" title="Rows" style="width: 600px; height: 300px"></iframe>`),
    '/rows': page(`<ul style="padding: 0">${rows()}</ul>`),
    '/hidden-deep': page(
      `<ul>${rows()}</ul><div><aside style="position: fixed; top: 50px; right: 0">${rows('', 5)}</aside></div><ul>${rows('', 40)}</ul>`,
    ),
    '/thousands': page(`<ul>${rows('height: 20px', 8_000)}</ul>`),
    '/left-out': page(`<ul>${rows('content-visibility: auto; contain-intrinsic-size: auto 40px; height: 40px', 1000)}</ul>`),
    '/drawing':
      page(`<svg width="200" height="40" role="img" aria-label="Things"><a id="drawn" href="${SHOP}/item/drawn.html"><text y="20">Drawn</text></a></svg>
      <math><a id="counted" href="${SHOP}/item/counted.html"><mi>x</mi></a></math><p>${link('first')}</p>`),
    ...Object.fromEntries(Object.entries(STIRRED).map(([name, { body }]) => [`/${name}`, page(body)])),
    ...Object.fromEntries(Object.entries(AT_REST).map(([name, body]) => [`/rest-${name}`, page(body)])),
  });
  if (hasChromium) browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  site?.close();
  await api.close();
});

/** Of the links of a page, by their ids. */
const hrefs = (opened: Page) =>
  opened.evaluate(() => Object.fromEntries([...document.querySelectorAll('a[id]')].map((link) => [link.id, link.getAttribute('href')])));
const labels = (opened: Page) =>
  opened.evaluate(() => [...document.querySelectorAll('.tributary-ad')].map(({ textContent }) => textContent));
const labelled = async (opened: Page, words: readonly string[]) => expect.poll(() => labels(opened)).toEqual(words);
const tracked = (url: string, more = '') => `${api.url}/r/${code}?to=${encodeURIComponent(url)}&via=tag${more}`;
const tagged = (opened: Page, count: number) =>
  opened.waitForFunction((wanted) => document.querySelectorAll('a[rel~=sponsored]').length === wanted, count);

async function open(path: string, prepare: (context: BrowserContext) => Promise<unknown> = async () => {}) {
  const context = await browser!.newContext();
  await prepare(context);
  const opened = await context.newPage();
  const complaints: string[] = [];
  opened.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  opened.on('pageerror', (error) => complaints.push(error.message));
  await opened.goto(`${site.url}${path}`);
  return { opened, complaints, close: () => context.close() };
}

/** Links in sight that are not called ads, in the page. */
const UNLABELLED = `[...document.querySelectorAll('main a')].filter((link) => {
  const { left, top, width, height } = link.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('a') === link && !link.matches('[rel~=sponsored]:has(+ .tributary-ad)');
}).map(({ id }) => id)`;

/** Long enough for what should not happen to happen. */
const settled = (opened: Page) =>
  opened.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 150)));

describe('the script', () => {
  it('is small, kept for an hour, and there for every page', async () => {
    const answer = await fetch(`${api.url}/tag.js?code=${code}`);
    const text = await answer.text();
    expect(gzipSync(text, { level: 9 }).length).toBeLessThan(6_000);
    expect(text).not.toMatch(/\beval\b|new Function|innerHTML|document\.write|localStorage|cookie/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
    });
    const etag = answer.headers.get('etag')!;
    expect((await fetch(`${api.url}/tag.js?code=${code}`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const raw = await fetch(`${api.url}/tag.js?code=${code}`, { headers: { 'accept-encoding': 'identity' } });
    expect(raw.headers.get('content-encoding')).toBeNull();
    expect(gunzipSync(gzipSync(await raw.text())).toString()).toBe(text);
    for (const none of ['', '?code=', '?code=nobody', '?code=%00', `?code=${'a'.repeat(90)}`, '?code=a&code=b'])
      expect((await fetch(`${api.url}/tag.js${none}`)).status, none).toBe(404);
  });
});

describe.skipIf(!hasChromium)('a page of a publisher', () => {
  it('has links to the merchant tracked and called ads, and all others as they were', async () => {
    const { opened, complaints, close } = await open('/');
    await tagged(opened, 2);
    const found = await hrefs(opened);
    expect(found).toMatchObject({
      one: tracked(`${SHOP}/item/1.html?a=b&c=d#e`),
      two: tracked('https://fr.aliexpress.com/item/2.html', '&sub=desk'),
      other: 'https://shop.example/item/1.html',
      short: 'https://s.click.aliexpress.com/e/1',
      like: 'https://aliexpress.com.shop.example/',
      port: 'https://www.aliexpress.com:8443/',
      slashes: 'https:///shop.example/',
      here: '/about',
      mail: 'mailto:me@example.com',
      kept: `${SHOP}/help`,
    });
    expect(await opened.evaluate(() => document.getElementById('two')!.getAttribute('rel'))).toBe('noopener sponsored');
    await labelled(opened, ['Ad', 'Ad']);
    expect([await violationsOf(opened), complaints]).toEqual([[], []]);
    // Hosts are known by what is written before them.
    await opened.evaluate(`document.getElementById('one').href = 'https:///www.aliexpress.com/item/1.html'`);
    await settled(opened);
    expect((await hrefs(opened))['one']).toBe(tracked(`${SHOP}/item/1.html`));
    await close();

    const followed = await fetch(found['two']!, {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 Chrome/140.0.0.0 Safari/537.36' },
    });
    const location = new URL(followed.headers.get('location')!);
    expect([followed.status, `${location.origin}${location.pathname}`]).toEqual([302, 'https://fr.aliexpress.com/item/2.html']);
    const { click } = await sandbox.staff<{ click: object }>(
      `{ click(program: "${program}", id: "${location.searchParams.get('click_id')}") { method subId attributable affiliate { externalId } } }`,
    );
    expect(click).toEqual({ method: 'tag', subId: 'desk', attributable: true, affiliate: { externalId: 'ann' } });
  });

  it('is known to have the tag, and when it was seen', async () => {
    const seen = () =>
      sandbox.staff(
        `{ enrollment(program: "${program}", affiliate: "ann") { tagSightings { host firstSeenAt } trafficSources { tagSeenAt } } link(program: "${program}", id: "tag") { tag } }`,
      );
    await expect.poll(seen).toEqual({
      enrollment: {
        tagSightings: [{ host: 'ann.example', firstSeenAt: '2026-03-01T00:00:00Z' }],
        trafficSources: [{ tagSeenAt: '2026-03-01T00:00:00Z' }],
      },
      link: { tag: `<script async src="${api.url}/tag.js?code=${code}"></script>` },
    });
  });

  it('says what an ad is in its own language, and as the publisher wants', async () => {
    const german = await open('/german');
    await tagged(german.opened, 2);
    await labelled(german.opened, ['Anzeige', 'Anzeige']);
    expect((await hrefs(german.opened))['one']).toBe(tracked(`${SHOP}/item/1.html?a=b&c=d#e`, '&sub=blog'));
    expect(await violationsOf(german.opened)).toEqual([]);
    await german.close();
    const unlabelled = await open('/unlabelled');
    await tagged(unlabelled.opened, 2);
    await settled(unlabelled.opened);
    expect(await labels(unlabelled.opened)).toEqual([]);
    await unlabelled.close();
  });

  it('has the label above the end of its link, whichever way it is written', async () => {
    for (const [path, end] of [
      ['/', 'right'],
      ['/right-to-left', 'left'],
      ['/both-ways', 'left'],
      ['/both-ways-back', 'right'],
    ] as const) {
      const { opened, close } = await open(path);
      await opened.waitForSelector('#one + .tributary-ad');
      const [link, label] = (await opened.evaluate(() =>
        ['#one', '#one + .tributary-ad'].map((one) => document.querySelector(one)!.getBoundingClientRect().toJSON()),
      )) as [DOMRect, DOMRect];
      expect(label[end], path).toBeCloseTo(link[end], 0);
      expect([label.left >= link.left - 1, label.right <= link.right + 1, label.height < link.height], path).toEqual([true, true, true]);
      expect(label.top, path).toBeLessThan(link.top);
      await close();
    }
  });

  it('has labels that can be read and hide no line above, however large the letters of their place are', async () => {
    const { opened, close } = await open('/sizes');
    await tagged(opened, 6);
    const heights = await opened.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.tributary-ad')].map(
        (label) => (label.getBoundingClientRect().height / label.offsetHeight) * Number.parseFloat(getComputedStyle(label).fontSize),
      ),
    );
    expect(heights).toHaveLength(6);
    for (const height of heights) expect([height > 9, height < 15], `${heights}`).toEqual([true, true]);
    await close();
  });

  it('may be under the strictest policy', async () => {
    const { opened, complaints, close } = await open('/strict');
    await tagged(opened, 2);
    await labelled(opened, ['Ad', 'Ad']);
    const style = await opened.evaluate(() => getComputedStyle(document.querySelector('.tributary-ad')!).position);
    expect([style, complaints]).toEqual(['absolute', []]);
    await close();
  });

  it('may change: links that come are tagged, those that go or lead elsewhere are not, and labels stay with them', async () => {
    const { opened, close } = await open('/');
    await tagged(opened, 2);
    await opened.evaluate((shop) => {
      const list = document.createElement('ul');
      list.id = 'list';
      document.querySelector('main')!.append(list);
      for (let index = 0; index < 20; index++) {
        const item = document.createElement('li');
        item.append(
          Object.assign(document.createElement('a'), { id: `n${index}`, href: `${shop}/item/n${index}.html`, textContent: `New ${index}` }),
        );
        list.append(item);
      }
    }, SHOP);
    await tagged(opened, 22);
    await expect.poll(async () => (await labels(opened)).length).toBe(22);
    expect((await hrefs(opened))['n7']).toBe(tracked(`${SHOP}/item/n7.html`));
    await opened.evaluate((shop) => {
      const link = (id: string) => document.getElementById(id) as HTMLAnchorElement;
      link('n0').href = 'https://shop.example/';
      link('n1').href = `${shop}/item/other.html`;
      link('n2').remove();
      document.querySelector('main')!.append(link('n3'));
      link('other').href = `${shop}/item/now.html`;
    }, SHOP);
    // As many as before the next picture, but not the same.
    await settled(opened);
    await tagged(opened, 21);
    await expect.poll(async () => (await labels(opened)).length).toBe(21);
    const found = await hrefs(opened);
    expect([found['n0'], found['n1'], found['other']]).toEqual([
      'https://shop.example/',
      tracked(`${SHOP}/item/other.html`),
      tracked(`${SHOP}/item/now.html`),
    ]);
    expect(await opened.evaluate(() => document.getElementById('n0')!.getAttribute('rel'))).toBeNull();
    expect(
      await opened.evaluate(() =>
        [...document.querySelectorAll('.tributary-ad')].every((label) => label.previousElementSibling?.matches('a[rel~=sponsored]')),
      ),
    ).toBe(true);
    await close();
  });

  it('is left alone until its visitor agrees, and again when they take that back', async () => {
    const { opened, close } = await open('/asked', (context) => context.addInitScript('window.mayTag = async () => false'));
    await settled(opened);
    const before = await opened.evaluate(() => document.querySelector('main')!.innerHTML);
    expect(before).toContain(`href="${SHOP}/help"`);
    expect(await labels(opened)).toEqual([]);
    await opened.evaluate(() => document.dispatchEvent(new Event('tag-allowed')));
    await labelled(opened, ['Ad', 'Ad']);
    await opened.evaluate(() => document.dispatchEvent(new Event('tag-refused')));
    expect(await opened.evaluate(() => document.querySelector('main')!.innerHTML)).toBe(before);
    await close();
    const agreed = await open('/asked', (context) => context.addInitScript('window.mayTag = () => true'));
    await tagged(agreed.opened, 2);
    await agreed.close();
  });

  it('goes by the framework of consent banners where there is one', async () => {
    const framework = (data: object) => (context: BrowserContext) =>
      context.addInitScript(`window.__tcfapi = (_, __, tell) => { window.tell = tell; tell(${JSON.stringify(data)}, true); }`);
    const outside = await open('/', framework({ gdprApplies: false, eventStatus: 'tcloaded' }));
    await tagged(outside.opened, 2);
    await outside.close();
    const asked = await open('/', framework({ gdprApplies: true, eventStatus: 'cmpuishown' }));
    await settled(asked.opened);
    expect(await labels(asked.opened)).toEqual([]);
    const decide = (agrees: boolean) =>
      asked.opened.evaluate(
        `window.tell({ gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents: { 1: ${agrees} } } }, true)`,
      );
    await decide(true);
    await labelled(asked.opened, ['Ad', 'Ad']);
    await decide(false);
    expect(await labels(asked.opened)).toEqual([]);
    await asked.close();
  });

  it('is left alone for visitors who are not to be followed', async () => {
    for (const [name, value] of [
      ['globalPrivacyControl', true],
      ['doNotTrack', '1'],
    ] as const) {
      const { opened, close } = await open('/', (context) =>
        context.addInitScript(`Object.defineProperty(Navigator.prototype, '${name}', { get: () => ${JSON.stringify(value)} })`),
      );
      await settled(opened);
      expect([(await hrefs(opened))['one'], await labels(opened)], name).toEqual([`${SHOP}/item/1.html?a=b&c=d#e`, []]);
      await close();
    }
  });

  it('may have five hundred of them: those are changed that somebody comes near, and nothing moves', async () => {
    const { opened, close } = await open('/many', (context) =>
      context.addInitScript(
        'window.shifts = 0; new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shifts += value; }).observe({ type: "layout-shift", buffered: true })',
      ),
    );
    await expect.poll(async () => (await labels(opened)).length).toBeGreaterThan(10);
    const inSight = await opened.evaluate(
      () => [...document.querySelectorAll('a')].filter((link) => link.getBoundingClientRect().top < innerHeight).length,
    );
    const changed = async () => (await opened.locator('a[rel~=sponsored]').count()) - inSight;
    expect(await changed()).toBeGreaterThanOrEqual(0);
    expect(await changed()).toBeLessThan(20);
    await opened.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await tagged(opened, 500);
    await expect.poll(async () => (await labels(opened)).length).toBe(500);
    expect(await opened.evaluate('window.shifts')).toBe(0);
    expect(await opened.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    await close();
  });

  it('has a link changed that is used though nobody came near, and all of them when it is copied or printed', async () => {
    const { opened, close } = await open('/many');
    await expect.poll(async () => (await labels(opened)).length).toBeGreaterThan(10);
    const address = tracked(`${SHOP}/item/499.html`);
    const [request] = await Promise.all([
      opened.context().waitForEvent('request', (sent) => sent.url() === address),
      opened.evaluate(() => {
        const last = document.querySelector<HTMLAnchorElement>('p:last-of-type a')!;
        last.target = 'elsewhere';
        last.click();
      }),
    ]);
    expect(request.url()).toBe(address);
    expect(await opened.locator('a[rel~=sponsored]').count()).toBeLessThan(100);
    await opened.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await tagged(opened, 500);
    await close();
  });

  it('has links in places that are not in sight one after the other', async () => {
    const { opened, close } = await open('/places');
    const ids = () => opened.evaluate(() => [...document.querySelectorAll('a[rel~=sponsored]')].map(({ id }) => id).sort());
    await expect.poll(ids).toEqual(['first', 'left', 'menu1', 'menu2', 'right']);
    await opened.evaluate(() => document.getElementById('carousel')!.scrollTo(100_000, 0));
    await expect.poll(ids).toEqual(['aside', 'first', 'left', 'menu1', 'menu2', 'right']);
    await opened.evaluate(() => document.getElementById('gone')!.remove());
    await opened.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await expect.poll(ids).toEqual(['aside', 'far0', 'far1', 'far3', 'far4', 'first', 'left', 'menu1', 'menu2', 'right']);
    await expect.poll(() => labels(opened)).toHaveLength(10);
    await close();
  });

  it.each(Object.entries(STIRRED))('has no link in sight that is not called an ad, after %s', async (name, { act, at }) => {
    const { opened, close } = await open(`/${name}`);
    await expect.poll(async () => (await labels(opened)).length).toBeGreaterThan(0);
    await settled(opened);
    if (at === undefined) await opened.evaluate(act);
    else await opened.hover(at);
    await settled(opened);
    await expect.poll(() => opened.evaluate(UNLABELLED)).toEqual([]);
    // Those that are far are still as they were; those that a filter hides are not anywhere.
    if (!name.includes('filter')) expect(await opened.locator('a[rel~=sponsored]').count()).toBeLessThan(120);
    await close();
  });

  it.each(Object.keys(AT_REST))('has no link in sight that is not called an ad before anything stirs: %s', async (name) => {
    const { opened, close } = await open(`/rest-${name}`);
    await expect.poll(async () => (await labels(opened)).length).toBeGreaterThan(0);
    await settled(opened);
    expect(await opened.evaluate(UNLABELLED)).toEqual([]);
    await close();
  });

  it('has a link changed that lies where nobody would look for it, as soon as somebody comes with a pointer', async () => {
    const { opened, close } = await open('/hidden-deep');
    await expect.poll(async () => (await labels(opened)).length).toBeGreaterThan(0);
    // Until then it is as the page made it, and no ad.
    await settled(opened);
    expect(await opened.locator('a[rel~=sponsored]:not(:has(+ .tributary-ad))').count()).toBe(0);
    await opened.mouse.move(300, 300);
    await expect.poll(() => opened.evaluate(UNLABELLED), { timeout: 5_000 }).toEqual([]);
    await close();
  });

  it('may have thousands, of which those in sight come first wherever somebody jumps', async () => {
    const { opened, close } = await open('/thousands');
    await expect.poll(async () => (await labels(opened)).length).toBeGreaterThan(0);
    for (const part of [0.5, 1]) {
      // In a few pictures, long before all that were passed are changed.
      const missing = await opened.evaluate(`new Promise((done) => {
        window.scrollTo(0, document.body.scrollHeight * ${part});
        let left = 4;
        const next = () => left-- > 0 ? requestAnimationFrame(next) : done(${UNLABELLED});
        next();
      })`);
      expect(missing).toEqual([]);
    }
    await close();
  });

  it('may be in a frame that is scrolled by itself', async () => {
    const { opened, close } = await open('/frame');
    const frame = opened.frames()[1]!;
    await frame.waitForFunction(() => document.querySelector('.tributary-ad') !== null);
    await settled(opened);
    await frame.evaluate('window.scrollTo(0, 1800)');
    await settled(opened);
    await expect.poll(() => frame.evaluate(UNLABELLED)).toEqual([]);
    await close();
  });

  it('may leave out what is far, which is not made ready for the tag', async () => {
    const { opened, close } = await open('/left-out');
    await opened.waitForFunction(() => document.querySelector('.tributary-ad') !== null);
    await settled(opened);
    expect(await opened.locator('a[rel~=sponsored]').count()).toBeLessThan(200);
    await opened.evaluate('window.scrollTo(0, 20100)');
    await settled(opened);
    await expect.poll(() => opened.evaluate(UNLABELLED)).toEqual([]);
    await close();
  });

  it('may leave out what comes later until its first picture, which says that it is there', async () => {
    const { opened, close } = await open('/');
    await tagged(opened, 2);
    await opened.evaluate((shop) => {
      const section = document.createElement('section');
      section.setAttribute('style', 'content-visibility: auto; contain-intrinsic-size: auto 400px');
      for (let index = 0; index < 20; index++) {
        const line = document.createElement('div');
        line.append(Object.assign(document.createElement('a'), { href: `${shop}/item/${index}.html`, textContent: `Late ${index}` }));
        section.append(line);
      }
      document.querySelector('main')!.append(section);
    }, SHOP);
    await tagged(opened, 22);
    await close();
  });

  it('may have links in drawings, which say their address in another form, and in formulas', async () => {
    const { opened, complaints, close } = await open('/drawing');
    await tagged(opened, 3);
    expect(await hrefs(opened)).toEqual(
      Object.fromEntries(['drawn', 'counted', 'first'].map((id) => [id, tracked(`${SHOP}/item/${id}.html`)])),
    );
    await labelled(opened, ['Ad']);
    expect(complaints).toEqual([]);
    await close();
  });

  it('may move a link far away, and its label does not stay behind', async () => {
    const { opened, close } = await open('/rows');
    await expect.poll(async () => (await labels(opened)).length).toBeGreaterThan(0);
    await opened.evaluate(() => document.querySelector('main')!.append(document.getElementById('row3')!));
    const strays = () =>
      opened.evaluate(
        () => [...document.querySelectorAll('.tributary-ad')].filter((label) => !label.previousElementSibling?.matches('a')).length,
      );
    await expect.poll(strays).toBe(0);
    await close();
  });

  it('may say later what is to be left alone, or under which mark', async () => {
    const { opened, close } = await open('/');
    await tagged(opened, 2);
    await opened.evaluate(() => {
      document.getElementById('one')!.parentElement!.dataset['tributary'] = 'off';
    });
    await tagged(opened, 0);
    await opened.evaluate(() => {
      const around = document.getElementById('one')!.parentElement!;
      around.removeAttribute('data-tributary');
      around.dataset['tributarySub'] = 'later';
    });
    await tagged(opened, 2);
    expect((await hrefs(opened))['one']).toBe(tracked(`${SHOP}/item/1.html?a=b&c=d#e`, '&sub=later'));
    await close();
  });

  it('may insist on its addresses without an end of changes', async () => {
    const { opened, close } = await open('/');
    await tagged(opened, 2);
    await opened.evaluate((address) => {
      const link = document.getElementById('one') as HTMLAnchorElement;
      new MutationObserver(() => {
        if (link.getAttribute('href') !== address) link.setAttribute('href', address);
      }).observe(link, { attributeFilter: ['href'] });
      link.setAttribute('href', address);
    }, `${SHOP}/item/1.html`);
    await tagged(opened, 1);
    await settled(opened);
    expect([(await hrefs(opened))['one'], (await labels(opened)).length]).toEqual([`${SHOP}/item/1.html`, 1]);
    await close();
  });
});
