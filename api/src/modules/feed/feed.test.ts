import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
let sandbox: TestSandbox;
let hers: string;
let shop: Server;
/** What the shop publishes. */
const published = new Map<string, string | Buffer>();
const program = 'banggood';

beforeAll(async () => {
  shop = createServer((request, response) => {
    const body = published.get(request.url ?? '');
    if (request.url === '/broken.xml') {
      response.writeHead(200, { 'content-length': 5_000_000 }).write('<rss>', () => response.destroy());
      return;
    }
    response.writeHead(body === undefined ? 404 : 200).end(body);
  }).listen(0, '127.0.0.1');
  api = await startTestApi({ WEBHOOK_NETWORKS: '127.0.0.1' });
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  await must(sandbox.staff, 'createLink', { program, affiliate: 'ann', id: 'l1', url: 'https://www.banggood.com/' });
  hers = await affiliateToken(sandbox, 'ann');
});
afterAll(async () => {
  await api.close();
  shop.close();
});

async function post(
  path: string,
  body = '',
): Promise<{ status: number; body: { import: { id: string }; userErrors?: { path: string[] }[] } }> {
  const answer = await fetch(`${api.url}/imports/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.integratorToken}`, 'content-type': 'text/plain' },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Awaited<ReturnType<typeof post>>['body'] };
}

/** Takes a feed in, and answers what became of it. */
async function take(text: string, settings: object = {}, name = 'shop'): Promise<Record<string, unknown>> {
  const { body } = await post(`${program}/products?name=${name}`, text);
  return start(body.import.id, settings);
}

async function start(id: string, settings: object = {}): Promise<Record<string, unknown>> {
  await must(sandbox.integrator, 'startImport', { import: id, ...settings });
  for (let tries = 0; tries < 500; tries++) {
    const { import: seen } = await sandbox.integrator<{ import: Record<string, unknown> }>(
      `{ import(id: "${id}") { status rowsRead accepted repeated refused failure refusals { nodes { line field message } } settings { format } } }`,
    );
    if (seen['status'] !== 'RUNNING') return seen;
    await sleep(20);
  }
  throw new Error('It is not over');
}

async function feed(query = '', format = 'jsonl', token = hers): Promise<{ status: number; text: string; rows: Record<string, string>[] }> {
  const answer = await fetch(`${api.url}/export/products.${format}?program=${program}${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await answer.text();
  const rows =
    answer.status === 200 && format === 'jsonl'
      ? text
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Record<string, string>)
      : [];
  return { status: answer.status, text, rows };
}

const item = (id: string, price: string, more = '') =>
  `<item><g:id>${id}</g:id><title>Mug &amp; ${id}</title><link>https://www.banggood.com/${id}.html?a=1&amp;b=2</link><g:price>${price}</g:price>
   <g:availability>in_stock</g:availability><g:product_type><![CDATA[home-and-garden]]></g:product_type><g:image_link>https://img.example/${id}.jpg</g:image_link>${more}</item>`;
const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>The shop</title>${items.join('\n')}</channel></rss>`;
const shipping = (price: string) => `<g:shipping><g:country>US</g:country><g:price>${price}</g:price></g:shipping>`;

async function product(id: string): Promise<unknown> {
  const found = await sandbox.staff<{ product: unknown }>(
    `{ product(program: "${program}", id: "${id}") { price { amount } available url category } }`,
  );
  return found.product;
}

describe('a product feed', () => {
  it('is taken in as shops publish it, and only what changed is told again', async () => {
    const whole = rss(
      item('m1', '10.00 USD', `${shipping('0.00 USD')}${shipping('4.99 USD')}`),
      item('m2', '20.00 USD', shipping('3.00 USD')),
      item('m3', '30.00 EUR'),
      item('m4', '40 USD'),
    );
    expect(await take(whole, { complete: true })).toMatchObject({
      status: 'DONE',
      settings: { format: 'xml' },
      accepted: 3,
      repeated: 0,
      refusals: { nodes: [{ field: 'price', message: expect.stringContaining('EUR') }] },
    });
    expect(await product('m1')).toEqual({
      price: { amount: '10.00' },
      available: true,
      url: 'https://www.banggood.com/m1.html?a=1&b=2',
      category: 'home-and-garden',
    });
    const first = await feed();
    expect(first.rows.map(({ id, title, free_shipping: free }) => [id, title, free])).toEqual([
      ['m1', 'Mug & m1', 'true'],
      ['m2', 'Mug & m2', 'false'],
      ['m4', 'Mug & m4', ''],
    ]);
    await sandbox.at('2026-03-02T00:00:00Z');
    // One is as it was, one costs less, one is gone; what is named but wrong is not.
    const next = rss(
      item('m1', '10.00 USD', `${shipping('0.00 USD')}${shipping('4.99 USD')}`),
      item('m2', '18.00 USD', shipping('3.00 USD')),
      item('m4', 'much'),
    );
    expect(await take(next, { complete: true })).toMatchObject({ accepted: 2, repeated: 1, refused: 1 });
    expect(await product('m2')).toMatchObject({ price: { amount: '18.00' } });
    expect((await feed('&since=2026-03-01T12:00:00Z')).rows.map(({ id }) => id)).toEqual(['m2']);
    await sandbox.at('2026-03-03T00:00:00Z');
    expect(await take(rss(item('m2', '18.00 USD', shipping('3.00 USD'))), { complete: true })).toMatchObject({ repeated: 1 });
    expect([await product('m1'), await product('m2')]).toMatchObject([{ available: false }, { available: true }]);
    expect((await feed('&since=2026-03-02T12:00:00Z')).rows.map(({ id, availability }) => [id, availability])).toEqual([
      ['m1', 'out_of_stock'],
      ['m4', 'out_of_stock'],
    ]);
    // It is there again, as it was.
    await take(rss(item('m1', '10.00 USD', shipping('0.00 USD'))));
    expect(await product('m1')).toMatchObject({ available: true, price: { amount: '10.00' } });
  });

  it('is read as CSV, as JSON lines and as Atom, too', async () => {
    const csv =
      'id\ttitle\tlink\tprice\tsale_price\tavailability\tlocal_stock\tsale_price_effective_date\nc0\tx\thttps://evil.example/c0.html\t9.00 USD\t7.50 USD\t\t\t2025-01-01/2025-02-01\nc1\t=1+1\thttps://www.banggood.com/c1.html\t9.00 USD\t7.50 USD\tout of stock\tde, fr\n';
    expect(await take(csv, {}, 'csv')).toMatchObject({ status: 'DONE', accepted: 2 });
    expect(await product('c0')).toMatchObject({ price: { amount: '9.00' } });
    expect(await product('c1')).toMatchObject({ price: { amount: '7.50' }, available: false });
    const lines = [
      '{"id":"j1","name":"Lamp","price":5,"available":true,"free_shipping":true,"local_stock":["DE","US"]}',
      'nothing',
      '{"id":"j2","price":{"x":"cheap"}}',
    ].join('\n');
    expect(await take(lines, {}, 'lines')).toMatchObject({
      settings: { format: 'jsonl' },
      accepted: 1,
      refusals: { nodes: [{ line: 2 }, { line: 3, field: 'price' }] },
    });
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><id>x</id><entry><g:id>a1</g:id><title>Vase</title><link rel="alternate" href="https://www.banggood.com/a1.html"/><g:price>3.00 USD</g:price></entry></feed>`;
    expect(await take(atom, {}, 'atom')).toMatchObject({ accepted: 1 });
    expect(await product('a1')).toMatchObject({ url: 'https://www.banggood.com/a1.html' });
    expect((await feed('&localStock=DE')).rows.map(({ id }) => id).sort()).toEqual(['c1', 'j1']);
    expect((await feed('&freeShipping=true&localStock=US')).rows.map(({ id }) => id)).toEqual(['j1']);
    for (const bad of [
      '<rss><item><id>x</id>',
      '<!DOCTYPE a [<!ENTITY x "y">]><rss><item><id>&x;</id></item></rss>',
      `<rss><item><id>${'x'.repeat(2_000_000)}</id></item></rss>`,
    ]) {
      const { body } = await post(`${program}/products`, bad);
      const columns = [{ name: 'id', field: 'id' }];
      const answer = await sandbox.integrator<{ startImport: { userErrors: unknown[] } }>(
        'mutation ($input: StartImportInput!) { startImport(input: $input) { userErrors { code } } }',
        { input: { import: body.import.id, columns } },
      );
      expect(answer.startImport.userErrors, bad.slice(0, 40)).toHaveLength(1);
    }
  });

  it('names what it names, however little of a row can be read, and a whole one without that takes nothing for gone', async () => {
    const row = (id: string, more = '') => `{"id":"${id}","title":"Bowl","price":"4.00"${more}}\n`;
    expect(await take([row('w1'), row('w2'), row('w3'), row('w4')].join(''), { complete: true }, 'bowls')).toMatchObject({ accepted: 4 });
    const next = [
      row('w1', `,"description":"${'x'.repeat(10_001)}"`),
      row('w2', ',"brand":"\\ud800"'),
      row('w3', `,"gtin":${'['.repeat(2_000)}${']'.repeat(2_000)}`),
    ];
    const late = Array.from({ length: 1_100 }, (_, index) => row(`late${index}`)).join('');
    const whole = `${next.join('')}${late}${row('late', ',"sale_price":"3.00","availability":"out_of_stock"')}`;
    expect(await take(whole, { complete: true }, 'bowls')).toMatchObject({ status: 'DONE', accepted: 1_101, refused: 3, failure: null });
    const there = await Promise.all(['w1', 'w2', 'w3', 'w4', 'late'].map(product));
    expect(there.map((one) => (one as { available: boolean }).available)).toEqual([true, true, true, false, false]);
    expect(there[4]).toMatchObject({ price: { amount: '3.00' } });
    for (const nameless of [`${row('w1')}nothing\n`, 'id,title\n,Bowl\n'])
      expect((await take(nameless, { complete: true }, 'bowls'))['failure']).toMatch(/for gone\.$/);
    expect(await product('w2')).toMatchObject({ available: true });
  });

  it('that was cut off takes nothing for gone, in whatever format it comes', async () => {
    const products = ['x1', 'x2', 'x3'];
    const formats = {
      csv: ['id,title,price\n', ...products.map((id) => `${id},Cup,3.00\n`)],
      jsonl: products.map((id) => `{"id":"${id}","title":"Cup","price":"3.00"}\n`),
      xml: [
        `<rss><channel>`,
        ...products.map((id) => `<item><id>${id}</id><title>Cup</title><price>3.00</price></item>`),
        '</channel></rss>',
      ],
    };
    for (const [format, parts] of Object.entries(formats)) {
      const whole = parts.join('');
      expect(await take(whole, { complete: true }, format), format).toMatchObject({ status: 'DONE', refused: 0, failure: null });
      // In the second product.
      const cut = whole.slice(0, whole.indexOf('x2') + (format === 'csv' ? 4 : 30));
      const seen = await take(cut, { complete: true }, format);
      expect(seen, format).toMatchObject({ status: 'FAILED', accepted: 1, failure: expect.stringMatching(/cut off/) });
      for (const id of products) expect(await product(id), `${format} ${id}`).toMatchObject({ available: true });
    }
    // Nothing of a whole line is missing where only its end is.
    expect(await take(formats.jsonl.join('').trim(), { complete: true }, 'jsonl')).toMatchObject({ status: 'DONE', refused: 0 });
    expect(await take(formats.csv.join('').trim(), { complete: true }, 'csv')).toMatchObject({ status: 'DONE', refused: 0 });
  });

  it('goes out with the affiliate’s own links, and with nobody else’s', async () => {
    const tracked = await feed('&link=l1', 'csv');
    expect(tracked.text).toContain("c1,'=1+1,");
    expect(tracked.text).toContain('c0,x,,,');
    const [row] = (await feed('&link=l1&since=2026-03-02T12:00:00Z')).rows;
    const address = new URL(row!['link']!);
    expect([address.origin, address.pathname.startsWith('/r/')]).toEqual([api.url, true]);
    const answer = await fetch(address, { redirect: 'manual' });
    expect([answer.status, new URL(answer.headers.get('location')!).hostname]).toEqual([302, 'www.banggood.com']);
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ben', country: 'DE' });
    const other = await affiliateToken(sandbox, 'ben');
    expect((await feed('&link=l1', 'jsonl', other)).status).toBe(404);
    for (const wrong of ['&since=yesterday', '&freeShipping=x', '&localStock=de', '&nothing=1'])
      expect((await feed(wrong)).status, wrong).toBe(400);
    expect((await feed('', 'jsonl', 'trb_nothing')).status).toBe(401);
  });

  it('stands beside what is told by calls: both are found by their words, and both go out and come in again', async () => {
    await sandbox.at('2026-03-04T00:00:00Z');
    const long = `Walnut stool ${'x'.repeat(400)}`;
    const table = `id,title,link,price\ns1,${long},https://www.banggood.com/s1.html,5.00 USD\ns1,Walnut stool,https://www.banggood.com/s1.html,6.00 USD\n`;
    expect(await take(table, {}, 'walnut')).toMatchObject({ accepted: 2, repeated: 0 });
    const shelf = { program, id: 'g1', title: 'Walnut shelf', price: '7.00', url: 'https://www.banggood.com/g1.html' };
    await must(sandbox.integrator, 'recordProduct', shelf);
    const found = await sandbox.staff<{ searchProducts: { nodes: unknown[] } }>(
      `{ searchProducts(program: "${program}", words: "walnut") { nodes { externalId title price { amount } } } }`,
    );
    expect(found.searchProducts.nodes).toEqual([
      { externalId: 'g1', title: 'Walnut shelf', price: { amount: '7.00' } },
      { externalId: 's1', title: 'Walnut stool', price: { amount: '6.00' } },
    ]);
    const since = '&since=2026-03-03T12:00:00Z';
    expect((await feed(since)).rows.map(({ id, title, price }) => [id, title, price])).toEqual([
      ['g1', 'Walnut shelf', '7.00'],
      ['s1', 'Walnut stool', '6.00'],
    ]);
    for (const format of ['csv', 'jsonl']) {
      const { text } = await feed('', format);
      const rows = text.trim().split('\n').length - (format === 'csv' ? 1 : 0);
      expect(await take(text, {}, `of ${format}`), format).toMatchObject({ status: 'DONE', accepted: rows, refused: 0 });
    }
    // A feed that names what a call told takes it over, and what it names no more is gone.
    expect(await take('id,title,price\ng1,Walnut board,8.00\n', { complete: true }, 'of jsonl')).toMatchObject({ accepted: 1 });
    expect([await product('g1'), await product('s1')]).toMatchObject([
      { available: true, price: { amount: '8.00' } },
      { available: false, price: { amount: '6.00' } },
    ]);
  });

  it('is fetched from where a shop publishes it, and from no address inside', async () => {
    published.set('/feed.xml', rss(item('u1', '1.00 USD')));
    const base = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
    const fetched = await post(`${program}/products/from?name=shop&url=${encodeURIComponent(`${base}/feed.xml`)}`);
    expect(fetched.status).toBe(200);
    expect(await start(fetched.body.import.id)).toMatchObject({ status: 'DONE', accepted: 1 });
    published.set('/zipped.xml.gz', gzipSync(rss(item('u2', '1.00 USD'))));
    const broken = await post(`${program}/products/from?url=${encodeURIComponent(`${base}/broken.xml`)}`);
    expect([broken.status, broken.body.userErrors]).toMatchObject([422, [{ code: 'INVALID', path: ['url'] }]]);
    const { imports } = await sandbox.integrator<{ imports: { nodes: { status: string }[] } }>(
      '{ imports(first: 1) { nodes { status } } }',
    );
    expect(imports.nodes).toEqual([{ status: 'CANCELLED' }]);
    const zipped = await post(`${program}/products/from?name=zipped&url=${encodeURIComponent(`${base}/zipped.xml.gz`)}`);
    expect(await start(zipped.body.import.id)).toMatchObject({ status: 'DONE', accepted: 1 });
    const strict = await api.again({ WEBHOOK_NETWORKS: '' });
    const refused = async (url: string, at = api.url) =>
      (
        await fetch(`${at}/imports/${program}/products/from?url=${encodeURIComponent(url)}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${sandbox.integratorToken}` },
        })
      ).status;
    expect([await refused(`${base}/nothing`), await refused('ftp://x/y'), await refused('http://[::1]:1/')]).toEqual([422, 400, 422]);
    expect([await refused(`${base}/feed.xml`, strict.url), await refused('http://169.254.169.254/', strict.url)]).toEqual([422, 422]);
    await strict.close();
  });
});
