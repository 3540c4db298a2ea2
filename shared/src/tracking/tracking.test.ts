import { describe, expect, it } from 'vitest';
import { adTraceOf, destinationWith, fetchDestOf, isCode, isPrefetch, landingOf } from './index.ts';

describe('a code', () => {
  it('is short, plain and in lower case', () => {
    for (const code of ['abc', 'summer-sale', '2026', 'a'.repeat(40)]) expect(isCode(code), code).toBe(true);
    for (const code of ['', 'ab', 'Abc', 'a_b', '-abc', 'abc-', 'a--b', 'a'.repeat(41), 'a/b', 'a.b', 'äbc', 'abc\n'])
      expect(isCode(code), code).toBe(false);
  });
});

describe('a destination', () => {
  it('gets the id of the click, once, and keeps what it had', () => {
    expect(destinationWith('https://shop.example/a?b=c#d', 'k1')).toBe('https://shop.example/a?b=c&click_id=k1#d');
    expect(destinationWith('https://shop.example/?click_id=mine&click_id=too', 'k1')).toBe('https://shop.example/?click_id=k1');
    expect(destinationWith('https://shop.example/?sale&q=a%20b~c&&x=%2F+%C3%BC&click%5Fid=mine&click_ids=1', 'k1')).toBe(
      'https://shop.example/?sale&q=a%20b~c&&x=%2F+%C3%BC&click_ids=1&click_id=k1',
    );
    expect(destinationWith('https://shop.example/蓝?蓝=1', 'k1')).toBe('https://shop.example/%E8%93%9D?%E8%93%9D=1&click_id=k1');
  });

  it('is the page of a product, the home page, or something between', () => {
    const product = { id: 'p1', available: true, participates: true } as never;
    expect(landingOf('https://shop.example/item/1', product)).toEqual({ page: 'product', product: 'p1' });
    expect(landingOf('https://shop.example/item/1', { id: 'p1', kind: 'hot', store: 's1' } as never)).toEqual({
      page: 'hot-product',
      product: 'p1',
      store: 's1',
    });
    expect(landingOf('https://shop.example', null)).toEqual({ page: 'home' });
    expect(landingOf('https://shop.example/sale', null)).toEqual({ page: 'category' });
  });
});

describe('what a request tells', () => {
  it('the network whose ad it was, whatever the affiliate calls it', () => {
    expect(adTraceOf({ gclid: 'x', channel: 'social', utm_term: ' shoes ' })).toEqual({ channel: 'google-ads', keyword: 'shoes' });
    expect(adTraceOf({ channel: 'social', keyword: '' })).toEqual({ channel: 'social' });
    expect(adTraceOf({})).toEqual({});
  });

  it('what was fetched, and whether somebody looks at it', () => {
    const seen = ['document', 'iframe', 'embed', 'image', 'script', 'empty', 'report', 'DOCUMENT'].map(fetchDestOf);
    expect(seen).toEqual(['document', 'iframe', 'iframe', 'image', 'script', 'empty', 'empty', 'document']);
    expect(fetchDestOf(undefined)).toBeUndefined();
    for (const headers of [
      { 'sec-purpose': 'prefetch;prerender' },
      { purpose: 'prefetch' },
      { 'x-moz': 'prefetch' },
      { 'x-purpose': 'preview' },
    ])
      expect(isPrefetch(headers)).toBe(true);
    expect(isPrefetch({ 'sec-purpose': '' })).toBe(false);
  });
});
