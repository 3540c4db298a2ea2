import { describe, expect, test } from 'vitest';
import { namesBrand, pageOf, productOfPage, whyNoLink } from './index.ts';

const hosts = { hosts: ['shop.example', 'shop.test'], exceptHosts: ['go.shop.example'] };

describe('a URL becomes a link', () => {
  test.each([
    'https://shop.example',
    'http://shop.example/',
    'https://www.shop.example/item/1.html?spm=a#top',
    'https://SHOP.example:443/item',
    'http://shop.example:80/item',
    'https://fr.shop.test/item/1.html',
  ])('%s', (url) => {
    expect(whyNoLink(url, hosts)).toBeNull();
  });
});

describe('no link becomes', () => {
  test.each([
    ['another shop', 'https://other.example/item'],
    ['the host in front of another', 'https://shop.example.evil.example/item'],
    ['the host behind another word', 'https://notshop.example/item'],
    ['the host in the path', 'https://evil.example/shop.example'],
    ['the host in the query', 'https://evil.example/?to=https://shop.example'],
    ['the host as a user', 'https://shop.example@evil.example/'],
    ['the host as user and password', 'https://shop.example:443@evil.example/'],
    ['a user on the host', 'https://me@shop.example/'],
    ['another port', 'https://shop.example:8443/'],
    ['the port of the other scheme', 'http://shop.example:443/'],
    ['a short link', 'https://go.shop.example/e/1'],
    ['a short link in capitals', 'https://GO.Shop.Example/e/1'],
    ['a host below the short one', 'https://a.go.shop.example/e/1'],
    ['a final dot', 'https://shop.example./item'],
    ['a short link with a final dot', 'https://go.shop.example./e/1'],
    ['a backslash', 'https://evil.example\\@shop.example/'],
    ['a backslash behind the host', 'https://shop.example\\@evil.example/'],
    ['an encoded letter in the host', 'https://shop%2eexample/'],
    ['a letter of another script in the host', 'https://ѕhop.example/'],
    ['a tab in the host', 'https://sh\top.example/'],
    ['a line break', 'https://shop.example/\n'],
    ['a space', ' https://shop.example/'],
    ['an invisible character', 'https://shop.example/\u200b'],
    ['no scheme', 'shop.example/item'],
    ['no scheme but slashes', '//shop.example/item'],
    ['one slash', 'https:/shop.example/item'],
    ['three slashes', 'https:///shop.example/item'],
    ['a script', 'javascript:alert(1)//shop.example'],
    ['data', 'data:text/html,shop.example'],
    ['ftp', 'ftp://shop.example/'],
    ['nothing', ''],
    ['no host', 'https://'],
    ['a bare word', 'shop'],
    ['far too much', `https://shop.example/${'a'.repeat(2000)}`],
  ])('%s', (_, url) => {
    expect(whyNoLink(url, hosts)).toEqual(expect.any(String));
  });
});

describe('the page behind a URL', () => {
  test.each([
    ['https://www.shop.example/item/8.html?spm=x#y', 'shop.example/item/8.html'],
    ['http://SHOP.example/Item/8.html/', 'shop.example/Item/8.html'],
    ['https://shop.example', 'shop.example'],
    ['https://fr.shop.example/item', 'fr.shop.example/item'],
    ['nonsense', null],
  ])('%s', (url, key) => {
    expect(pageOf(url)?.path ?? null).toBe(key);
  });
});

describe('the query of a page', () => {
  test.each([
    ['?b=2&a=1&utm_source=x&gclid=7', 'a=1&b=2'],
    ['?a=1&&b#c?d', 'a=1&b='],
    ['?name=two%20words&n=%c3%a9', 'n=%C3%A9&name=two+words'],
    ['?utm_source=x', ''],
    ['?', ''],
    ['#?a=1', ''],
  ])('%s', (query, found) => {
    expect(pageOf(`https://shop.example/item${query}`)?.query).toBe(found);
  });
});

describe('the product on a page', () => {
  const products = (...urls: (string | undefined)[]) => urls.map((url) => ({ content: { url } }));
  const page = 'https://shop.example/item';

  test.each<[sentence: string, asked: string, urls: string[], found: number | null]>([
    ['is the only one of its path, whatever the query', `${page}?spm=1`, [page], 0],
    ['is so with a query of its own', page, [`${page}?from=feed`], 0],
    ['is the newest of one page', `${page}?spm=1`, [page, page], 0],
    [
      'is told by its query, in any order and without what counts visits',
      `${page}?b=2&a=1&utm_source=x`,
      [`${page}?a=2`, `${page}?a=1&b=2`],
      1,
    ],
    ['is not another one with another query', `${page}?id=3`, [`${page}?id=1`, `${page}?id=2`], null],
    ['is none where there is none', page, [], null],
  ])('%s', (_, asked, urls, found) => {
    const all = products(...urls);
    expect(productOfPage(asked, all)).toBe(found === null ? null : all[found]);
  });
});

describe('the brand in a traffic source', () => {
  const words = ['larkspur'];

  test.each<[sentence: string, source: { name: string; url?: string }, inName: boolean, inDomain: boolean]>([
    ['in the name', { name: 'Larkspur deals' }, true, false],
    ['in the domain', { name: 'Deals', url: 'https://larkspur-deals.example/about' }, false, true],
    ['in the path only', { name: 'Deals', url: 'https://deals.example/larkspur' }, false, false],
    ['two letters off', { name: 'Deals', url: 'https://larkspr0.example' }, false, true],
    ['in Cyrillic letters', { name: 'Deals', url: 'https://lаrkѕрur.example' }, false, true],
    ['in Cyrillic letters, as it is looked up', { name: 'Deals', url: 'https://xn--lrkur-4ve8i9g.example' }, false, true],
    ['in neither', { name: 'Hiking boots', url: 'https://boots.example' }, false, false],
    ['no address at all', { name: 'Hiking boots' }, false, false],
  ])('%s', (_, source, inName, inDomain) => {
    expect(namesBrand(source, words, ['name'])).toBe(inName);
    expect(namesBrand(source, words, ['domain'])).toBe(inDomain);
    expect(namesBrand(source, words, ['name', 'domain'])).toBe(inName || inDomain);
  });

  test('labels that stand for nothing stay as they are', () => {
    for (const url of ['https://xn--.example', 'https://xn--99999999999.example', 'https://xn--a-.example']) {
      expect(namesBrand({ name: 'x', url }, words, ['domain'])).toBe(false);
    }
  });
});
