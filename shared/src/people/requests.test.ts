import { describe, expect, test } from 'vitest';
import { readTerms } from '../terms/index.ts';
import { documents } from '../testing/documents.ts';
import { isDecided, type RequestAct, type RequestState, requestKindsOf, requestStateAfter } from './index.ts';

describe('a request', () => {
  test.each<[RequestState, RequestAct, RequestState | null]>([
    ['open', 'write', 'open'],
    ['waiting', 'write', 'waiting'],
    ['open', 'ask', 'waiting'],
    ['waiting', 'ask', 'waiting'],
    ['waiting', 'reply', 'open'],
    ['open', 'reply', 'open'],
    ['open', 'grant', 'granted'],
    ['waiting', 'refuse', 'refused'],
    ['open', 'answer', 'answered'],
    ['waiting', 'withdraw', 'withdrawn'],
    ['granted', 'refuse', null],
    ['refused', 'reply', null],
    ['answered', 'write', null],
    ['withdrawn', 'grant', null],
  ])('that is %s: %s makes it %s', (state, act, after) => {
    expect(requestStateAfter(state, act)).toBe(after);
  });

  test('with a consequence is not answered by words alone', () => {
    expect([isDecided('class'), isDecided('channel'), isDecided('sample'), isDecided('other')]).toEqual([true, true, false, false]);
  });
});

describe('the kinds that a program takes', () => {
  const termsOf = (name: string) => {
    const result = readTerms(documents[name] as string);
    if (!result.ok) throw new Error('These terms are read elsewhere');
    return result.terms;
  };

  test('are all of which its terms know something', () => {
    expect(requestKindsOf(termsOf('banggood'), null)).toContain('product-exchange');
    expect(requestKindsOf(termsOf('bigseller'), null)).toEqual([
      'payout-method',
      'creative',
      'source-review',
      'sample',
      'order-fact',
      'other',
    ]);
  });

  test('are fewer where fewer were chosen, and never more', () => {
    expect(requestKindsOf(termsOf('bigseller'), ['other', 'class', 'sample'])).toEqual(['sample', 'other']);
    expect(requestKindsOf(termsOf('banggood'), [])).toEqual([]);
  });
});
