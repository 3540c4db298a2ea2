import { describe, expect, it } from 'vitest';
import { codeShape, promote, searchEntries, searchTerms, unknownPlaceholders, variantOf, whyReserved, wordInCode } from './index.ts';

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
  const words = (text: string) => searchEntries(text).words;

  it('are compared without case, accents and signs', () => {
    expect(words('Café-Table, CAFÉ (oak) №2')).toEqual(['cafe', 'table', 'oak', 'no2']);
    expect(words('  --- ')).toEqual([]);
    expect(words('Đèn bàn Straße')).toEqual(['đen', 'ban', 'strasse']);
    expect(searchEntries('Oak table').pairs.size).toBe(0);
    // Accents that scripts without spaces have, too.
    expect(words('São Paulo, España, Ba̱ Việt một x̃')).toEqual(['sao', 'paulo', 'espana', 'ba', 'viet', 'mot', 'x']);
    expect(searchEntries('São Paulo, Việt một x̃').pairs.size).toBe(0);
  });

  it('may end in the middle of one', () => {
    expect(searchTerms('oak fra')).toEqual([{ word: 'oak' }, { beginning: 'fra' }]);
    expect(searchTerms('oak oak frame ')).toEqual([{ word: 'oak' }, { word: 'frame' }]);
    expect(searchTerms("'; drop table")).toEqual([{ word: 'drop' }, { beginning: 'table' }]);
    expect(searchTerms('!?')).toEqual([]);
  });
});

describe('letters that put no spaces between words', () => {
  it('are kept by twos with their places, words beside them by themselves', () => {
    const { words, pairs } = searchEntries('X9蓝牙耳机, 蓝牙 Pro');
    expect(words).toEqual(['x9', 'pro']);
    expect(Object.fromEntries(pairs)).toEqual({ 蓝牙: [1, 6], 牙耳: [2], 耳机: [3], 机: [4], 牙: [7] });
  });

  it('are looked for as they follow each other', () => {
    expect(searchTerms('蓝牙耳机')).toEqual([{ run: ['蓝牙', '牙耳', '耳机'] }]);
    expect(searchTerms('耳')).toEqual([{ beginning: '耳' }]);
    expect(searchTerms('X9蓝牙 pro')).toEqual([{ word: 'x9' }, { run: ['蓝牙'] }, { beginning: 'pro' }]);
  });

  it('keep their marks, however these are written', () => {
    expect(searchTerms('ที่')).toEqual([{ run: ['ที', 'ี่'] }]);
    expect(searchTerms('ガ')).toEqual([{ beginning: 'ガ' }]);
    expect(searchTerms('か\u3099ー')).toEqual([{ run: ['がー'] }]);
  });

  it('are bounded', () => {
    expect([...searchEntries('蓝'.repeat(2_000)).pairs.values()].flat().length).toBeLessThanOrEqual(500);
    expect(searchTerms('蓝'.repeat(2_000))).toHaveLength(1);
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
