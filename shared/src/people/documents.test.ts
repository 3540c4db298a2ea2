import { describe, expect, test } from 'vitest';
import { type DocumentTraits, documentsAt, documentsInForce, type HistoryEvent, missingDocuments, renewalsOf } from './index.ts';

const accepted = (value: string, subject: string | null, holdsFrom: number): HistoryEvent => ({
  kind: 'document',
  value,
  subject,
  holdsFrom,
});
const version = (number: number, more: Partial<DocumentTraits> = {}): DocumentTraits => ({
  name: 'policy',
  number,
  regions: [],
  holdsFrom: number * 10,
  acceptFrom: null,
  blocks: [],
  ...more,
});
const VERSIONS = [version(1, { acceptFrom: 10 }), version(2), version(3, { acceptFrom: 40 })];

describe('an acceptance', () => {
  test.each<[subject: string | null, at: number, counts: boolean]>([
    ['1', 9, false],
    ['1', 10, true],
    ['1', 39, true],
    ['1', 40, false],
    ['2', 40, false],
    ['3', 40, true],
    // From before there were versions.
    [null, 9, false],
    [null, 10, false],
  ])('of version %s at %d counts: %s', (subject, at, counts) => {
    expect(documentsAt([accepted('policy', subject, 10)], at, renewalsOf(VERSIONS))).toEqual(counts ? ['policy'] : []);
  });

  test('of a document without versions counts for ever', () => {
    expect(documentsAt([accepted('other', null, 10)], 1_000, renewalsOf(VERSIONS))).toEqual(['other']);
  });
});

describe('what is to be accepted', () => {
  const missing = (history: HistoryEvent[], at: number, country: string | null = 'DE', versions = VERSIONS) =>
    missingDocuments(versions, { history, country }, at).map(({ number }) => number);

  test('is the version in force, from the instant on that asks for it', () => {
    expect([missing([], 9), missing([], 10), missing([], 25), missing([], 30), missing([], 40)]).toEqual([[], [1], [2], [3], [3]]);
  });

  test('is nothing for whoever accepted what is asked for', () => {
    expect([missing([accepted('policy', '1', 12)], 35), missing([accepted('policy', '1', 12)], 40)]).toEqual([[], [3]]);
  });

  test('goes by where the affiliate is from', () => {
    const regional = [version(1, { regions: ['KZ', 'UZ'], acceptFrom: 10 })];
    expect([missing([], 20, 'KZ', regional), missing([], 20, 'DE', regional), missing([], 20, null, regional)]).toEqual([[1], [], []]);
  });

  test('of two that hold from one instant is the later one', () => {
    expect(documentsInForce([version(2, { holdsFrom: 5 }), version(1, { holdsFrom: 5 })], 5).map(({ number }) => number)).toEqual([2]);
  });
});
