import { describe, expect, test } from 'vitest';
import type { ProductContent } from '../facts/index.ts';
import { formatPercent } from '../money/index.ts';
import { compileTerms, readTerms } from '../terms/index.ts';
import { documents } from '../testing/documents.ts';
import { approximateRate } from './index.ts';

const AT = Date.parse('2026-04-01T00:00:00Z');
const plain = { documents: [], sourceKinds: [] };

function rateOf(
  program: string,
  product: Partial<ProductContent>,
  affiliate: Parameters<typeof approximateRate>[2] = plain,
): string | undefined {
  const result = readTerms(documents[program] as string);
  if (!result.ok) throw new Error(program);
  const rate = approximateRate(compileTerms(result.terms), { id: 'p1', available: true, participates: true, ...product }, affiliate, AT);
  return rate === undefined ? undefined : formatPercent(rate);
}

describe('the rate to expect of a product', () => {
  test.each<[sentence: string, program: string, product: Partial<ProductContent>, rate: string | undefined]>([
    ['a hot product keeps its rate', 'aliexpress', { kind: 'hot', rate: '32' }, '32'],
    ['a hot product is held at its bound', 'aliexpress', { kind: 'hot', rate: '85' }, '70'],
    ['an affiliate product is held at seven', 'aliexpress', { kind: 'affiliate', rate: '9' }, '7'],
    ['and not below its range', 'aliexpress', { kind: 'affiliate', rate: '0.1' }, '0.8'],
    ['a product without kind is an affiliate one', 'aliexpress', { rate: '5.50' }, '5.5'],
    ['a product without rate has the lower bound', 'aliexpress', { kind: 'affiliate' }, '0.8'],
    ['a service earns nothing', 'aliexpress', { kind: 'virtual', rate: '5' }, '0'],
    ['a store without commission earns nothing', 'aliexpress', { rate: '5', attributes: { storeCommission: false } }, '0'],
    ['a foreign store is led to by its own page', 'aliexpress', { rate: '5', attributes: { storeCountry: 'RU' } }, '5'],
    ['any product inside the range', 'alibaba', { rate: '12' }, '9'],
    ['a place that nobody has yet is not guessed', 'bigseller', { kind: 'vip-plan', price: '25.00' }, undefined],
    ['what is no plan earns nothing', 'bigseller', { kind: 'order-pack', price: '25.00' }, '0'],
  ])('%s', (_, program, product, rate) => {
    expect(rateOf(program, product)).toBe(rate);
  });

  test('goes by what is known of the affiliate', () => {
    expect(rateOf('banggood', { category: 'home-and-garden' }, { ...plain, class: 'gold' })).toBe('10');
    expect(rateOf('banggood', { category: 'unheard-of' }, { ...plain, class: 'bronze' })).toBe('4');
    expect(rateOf('aliexpress', { kind: 'affiliate', rate: '30' }, { ...plain, sourceKinds: ['dropshipping'] })).toBe('30');
  });
});
