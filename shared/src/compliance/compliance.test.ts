import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bidsOnBrand, hostMatches, hostOf, isNear, liesOn } from './index.ts';

describe('near a brand', () => {
  test.each<[string, string, string]>([
    ['the brand itself', 'aliexpress', 'aliexpress'],
    ['in capitals', 'AliExpress', 'aliexpress'],
    ['in other words', 'buy on aliexpress today', 'aliexpress'],
    ['inside of a word', 'myaliexpressdeals', 'aliexpress'],
    ['one letter left out', 'aliexpres', 'aliexpress'],
    ['one letter too many', 'alliexpress', 'aliexpress'],
    ['two letters changed', 'alyexprass', 'aliexpress'],
    ['two neighbours swapped', 'aliexrpess', 'aliexpress'],
    ['two words', 'ali express', 'aliexpress'],
    ['two words, misspelled', 'cheap ali exprss shoes', 'aliexpress'],
    ['with a hyphen', 'ali-express.shop', 'aliexpress'],
    ['with accents', 'álïéxpréss', 'aliexpress'],
    ['with digits for letters', '4l13xpr355', 'aliexpress'],
    ['with Cyrillic letters that look alike', 'аliехрrеss', 'aliexpress'],
    ['with Greek letters that look alike', 'αliεxpress', 'aliexpress'],
    ['with letters of other scripts that look alike', 'Ꭺliexρreѕѕ', 'aliexpress'],
    ['with a letter without its dot', 'alıexpress', 'aliexpress'],
    ['in letters of mathematics', '𝓪𝓵𝓲𝓮𝔁𝓹𝓻𝓮𝓼𝓼', 'aliexpress'],
    ['in Latin letters that look like Russian ones', 'aлибaбa', 'алибаба'],
    ['in full-width letters', 'ａｌｉｅｘｐｒｅｓｓ', 'aliexpress'],
    ['letter by letter', 'a-l-i-e-x-p-r-e-s-s', 'aliexpress'],
    ['in Russian', 'купить на алиэкспресс', 'алиэкспресс'],
    ['in Russian, misspelled', 'алиэкспрес', 'алиэкспресс'],
    ['in Chinese', '阿里巴巴国际站', '阿里巴巴'],
    ['a domain', 'alibaba-deals.example', 'alibaba'],
    ['a domain, misspelled', 'allibaba.example', 'alibaba'],
    ['alibaba with a zero', 'alibab0', 'alibaba'],
    ['banggood in one word', 'mybanggood', 'banggood'],
    ['banggood with zeros', 'bangg00d', 'banggood'],
    ['banggood, one g', 'bangood', 'banggood'],
    ['banggood in two words', 'bang good', 'banggood'],
  ])('%s', (_, text, brand) => {
    expect(isNear(text, brand)).toBe(true);
  });

  test.each<[string, string, string]>([
    ['another shop', 'shoes', 'aliexpress'],
    ['three letters changed', 'olyexprass', 'aliexpress'],
    ['a part of it', 'express', 'aliexpress'],
    ['half of it', 'ali', 'alibaba'],
    ['another name', 'amazon', 'alibaba'],
    ['a name of two words', 'gold album', 'alibaba'],
    ['a town', 'bangkok food', 'banggood'],
    ['a word of another script', 'βιβλιοθήκη', 'alibaba'],
    ['nothing', '', 'alibaba'],
    ['signs alone', '--- !!! ---', 'alibaba'],
    ['two words that are three letters away', 'gali babbo xyz', 'alibaba'],
  ])('is not %s', (_, text, brand) => {
    expect(isNear(text, brand)).toBe(false);
  });

  test('whoever hides the brand among signs, capitals and accents is found', () => {
    const disguise = fc.tuple(fc.constantFrom('', '-', '.', '_', '*', ' '), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(fc.array(disguise, { minLength: 10, maxLength: 10 }), (disguises) => {
        const text = [...'aliexpress']
          .map((letter, index) => {
            const [sign, big, accent] = disguises[index]!;
            return sign + (big ? letter.toUpperCase() : letter) + (accent ? '́' : '');
          })
          .join('');
        expect(isNear(text, 'aliexpress')).toBe(true);
      }),
    );
  });

  test('any two edits of the brand are near, and no text makes it throw or hang', () => {
    const edit = fc.tuple(fc.constantFrom('drop', 'insert', 'change'), fc.nat(9), fc.constantFrom(...'bcdfghjkmnopqrtuvwyz'));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 2 }), (edits) => {
        const letters = [...'aliexpress'];
        for (const [kind, place, letter] of edits) {
          if (kind === 'drop') letters.splice(place, 1);
          else letters.splice(place, kind === 'insert' ? 0 : 1, letter);
        }
        expect(isNear(letters.join(''), 'aliexpress')).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => typeof isNear(text, 'aliexpress') === 'boolean'));
    const begun = performance.now();
    isNear('a '.repeat(1000), 'aliexpress');
    expect(performance.now() - begun).toBeLessThan(200);
  });
});

describe('the host of an address', () => {
  test.each<[string, string | null]>([
    ['https://aliexpress.com/item/1.html', 'aliexpress.com'],
    ['HTTPS://WWW.AliExpress.COM', 'www.aliexpress.com'],
    ['aliexpress.com', 'aliexpress.com'],
    ['aliexpress.com/item/1', 'aliexpress.com'],
    ['https://aliexpress.com.', 'aliexpress.com'],
    ['https://aliexpress.com:443/x', 'aliexpress.com'],
    ['https://user:secret@aliexpress.com/', 'aliexpress.com'],
    // What stands before the @ is a name, not the host.
    ['https://aliexpress.com@evil.example/', 'evil.example'],
    ['https://evil.example/?u=https://aliexpress.com', 'evil.example'],
    ['https://evil.example#@aliexpress.com', 'evil.example'],
    ['http://', null],
    ['', null],
    ['https://a b.com', null],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
  ])('%s: %s', (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  test.each<[string, string, boolean]>([
    ['https://aliexpress.com', 'aliexpress.com', true],
    ['https://de.aliexpress.com/x', 'aliexpress.com', true],
    ['https://s.click.aliexpress.com/e/_x', 'aliexpress.com', true],
    ['https://s.click.aliexpress.com/e/_x', 's.click.aliexpress.com', true],
    ['https://aliexpress.com', 's.click.aliexpress.com', false],
    ['https://notaliexpress.com', 'aliexpress.com', false],
    ['https://aliexpress.com.evil.example', 'aliexpress.com', false],
    ['https://evil.example/aliexpress.com', 'aliexpress.com', false],
    ['https://aliexpress.com@evil.example', 'aliexpress.com', false],
    ['https://aliexpress.ru', 'aliexpress.com', false],
    // The first letter is Cyrillic.
    ['https://аliexpress.com', 'aliexpress.com', false],
    ['https://evil.example\\@aliexpress.com', 'aliexpress.com', false],
    ['//aliexpress.com/x', 'aliexpress.com', true],
    ['no address', 'aliexpress.com', false],
  ])('%s below %s: %s', (url, host, expected) => {
    expect(hostMatches(url, host)).toBe(expected);
  });
});

describe('a page of a marked source', () => {
  test.each<[string, string]>([
    ['https://films.example', 'https://films.example'],
    ['https://films.example/7', 'https://films.example/'],
    ['https://www.films.example/7?x=1', 'https://films.example'],
    ['https://films.example/7', 'https://www.films.example'],
    ['http://m.films.example/', 'https://films.example'],
    ['https://social.example/groups/deals/posts/1#top', 'https://social.example/groups/deals/'],
    ['https://social.example/groups/deals', 'https://social.example/groups/deals'],
  ])('is %s of %s', (page, source) => {
    expect(liesOn(page, source)).toBe(true);
  });

  test.each<[string, string]>([
    ['https://other.example/films.example', 'https://films.example'],
    ['https://notfilms.example', 'https://films.example'],
    ['https://films.example.other.example', 'https://films.example'],
    ['https://social.example/groups/dealsofall', 'https://social.example/groups/deals'],
    ['https://social.example/groups', 'https://social.example/groups/deals'],
    ['no address', 'https://films.example'],
    ['', 'https://films.example'],
  ])('is not %s of %s', (page, source) => {
    expect(liesOn(page, source)).toBe(false);
  });
});

describe('an ad account', () => {
  const words = ['aliexpress', 'alibaba'];
  const clean = { titles: ['Garden hoses'], texts: ['Fifteen metres'], negativeKeywords: ['[Ali-Express]', 'free'] };

  test('keeps off the brand', () => {
    expect(bidsOnBrand(clean, words)).toBe(false);
  });

  test.each<[string, Partial<typeof clean>]>([
    ['without negative keywords', { negativeKeywords: [] }],
    ['with another word of the list only', { negativeKeywords: ['alibaba'] }],
    ['with a longer phrase only', { negativeKeywords: ['aliexpress coupon'] }],
    ['with the brand in a title', { titles: ['Hoses', 'Hoses from AliExpress'] }],
    ['with a misspelled word in a text', { texts: ['as on Ali Baba'] }],
  ])('%s does not', (_, change) => {
    expect(bidsOnBrand({ ...clean, ...change }, words)).toBe(true);
  });
});
