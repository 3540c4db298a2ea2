import { describe, expect, it } from 'vitest';
import { codeShape, promote, searchTerms, searchWords, unknownPlaceholders, variantOf, whyReserved, wordInCode } from './index.ts';

describe('codes that are taken for each other', () => {
  it('have the same shape', () => {
    for (const [one, other] of [
      ['summer-sale', 'summersale'],
      ['sale', 's4le'.replace('4', 'a')],
      ['lolo', '1010'],
      ['corner', 'comer'],
      ['vvest', 'west'],
      ['clue', 'due'],
      ['b5', '8s'],
    ] as const)
      expect(codeShape(one), one).toBe(codeShape(other));
    for (const [one, other] of [
      ['sale', 'sole'],
      ['anna', 'hanna'],
    ] as const)
      expect(codeShape(one), one).not.toBe(codeShape(other));
  });

  it('are refused where they look like a reserved word', () => {
    expect(whyReserved('admin')).toBe('The code "admin" is reserved.');
    expect(whyReserved('0fficia1')).toBe('The code "0fficia1" is reserved: it looks like "official".');
    for (const free of ['anns-deals', 'administrating', 'tea']) expect(whyReserved(free), free).toBeNull();
  });

  it('do not speak for somebody else', () => {
    for (const code of ['banggood', 'my-banggood-shop', 'bang-good', 'banqgood', 'b4nggood'])
      expect(wordInCode(code, ['banggood']), code).toBe('banggood');
    for (const code of ['big-bang', 'good-deals']) expect(wordInCode(code, ['banggood']), code).toBeNull();
  });
});

describe('words that are looked for', () => {
  it('are compared without case, accents and signs', () => {
    expect(searchWords('Café-Table, CAFÉ (oak) №2')).toEqual(['cafe', 'table', 'oak', 'no2']);
    expect(searchWords('  --- ')).toEqual([]);
    expect(searchWords('Đèn bàn Straße')).toEqual(['đen', 'ban', 'strasse']);
  });

  it('are found in languages that put no spaces between them', () => {
    expect(searchWords('蓝牙耳机 X9')).toContain('x9');
    expect(searchWords('蓝牙耳机').length).toBeGreaterThan(0);
    expect(searchWords('หูฟังไร้สาย').length).toBeGreaterThan(1);
  });

  it('may end in the middle of one', () => {
    expect(searchTerms('oak fra')).toEqual({ words: ['oak'], beginning: 'fra' });
    expect(searchTerms('oak frame ')).toEqual({ words: ['oak', 'frame'], beginning: null });
    expect(searchTerms("'; drop table")).toEqual({ words: ['drop'], beginning: 'table' });
    expect(searchTerms('!?')).toEqual({ words: [], beginning: null });
  });
});

describe('what is published of a link', () => {
  it('says its page, mark, channel and use, and nothing that was not asked for', () => {
    const base = 'https://go.example/r/abc';
    expect(variantOf(base, {})).toBe(base);
    expect(variantOf(base, { use: 'link' })).toBe(base);
    expect(variantOf(base, { to: 'https://shop.example/?a=1&b=ü', subId: 'a&b', channel: 'e mail', use: 'qr' })).toBe(
      `${base}?to=${encodeURIComponent('https://shop.example/?a=1&b=ü')}&sub=a%26b&channel=e+mail&via=qr`,
    );
  });

  it('is a text with the address and the code put in', () => {
    expect(unknownPlaceholders('{link} {code} {name}')).toEqual(['name']);
    expect(promote('{code}: {link} {code}', { link: 'https://go.example/r/abc', code: '$&{link}' })).toBe(
      '$&{link}: https://go.example/r/abc $&{link}',
    );
  });
});
