import { describe, expect, it } from 'vitest';
import { matchName, type SanctionsEntry, screenerOf, wordsOfName } from './sanctions.ts';

const entry = (id: string, names: string[], countries: string[] = []): SanctionsEntry => ({ id, names, countries });

describe('a name', () => {
  it.each([
    ['Markovi\u0107, OREST', ['markovic', 'orest']],
    ['M\u00fcller & S\u00f8n GmbH', ['muller', 'son']],
    ['\u0414\u043c\u0438\u0442\u0440\u0438\u0439 \u0416\u0443\u043a\u043e\u0432', ['dmitriy', 'zhukov']],
    ['\u0e2a\u0e21\u0e0a\u0e32\u0e22', ['\u0e2a\u0e21\u0e0a\u0e32\u0e22']],
    ['The Company Ltd', ['company', 'ltd', 'the']],
    ['--', []],
  ])('%s is compared as its words', (name, words) => {
    expect(wordsOfName(name)).toEqual(words);
  });
});

describe('many entries at once', () => {
  const entries = [
    entry('1', ['Vladimir Rastorguevsky'], ['RU']),
    entry('2', ['Northsteppe Trading Company'], ['KP']),
    entry('3', ['Orest Valdek Markovic', 'Orest the Grey'], ['SY', 'LB']),
    entry('4', ['Orest Petrov']),
  ];
  const screen = screenerOf(entries);

  it.each([
    ['Rastorguevskiy, Vladimir', 'RU', ['1 near']],
    ['Rastorguevskiy, Vladimir', 'DE', []],
    ['Rastorguevsky, Vladimir', 'DE', ['1 exact']],
    ['Orrest Valdeck', null, ['3 near']],
    ['Grey Orest', 'SE', ['3 exact']],
    ['Northsteppe', 'KP', []],
    ['', null, []],
  ])('are compared with %s of %s as one by one', (name, country, expected) => {
    const found = screen({ name, country }).map((match) => `${match.entry.id} ${match.kind}`);
    expect(found).toEqual(expected);
    const single = entries.flatMap((one) => {
      const match = matchName({ name, country }, one);
      return match === null ? [] : [`${one.id} ${match.kind}`];
    });
    expect(single).toEqual(expected);
  });
});
