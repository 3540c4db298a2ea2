import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatDecimal,
  formatFactor,
  formatPercent,
  HUNDRED_PERCENT,
  ONE_PERCENT,
  parseDecimal,
  parseFactor,
  parsePercent,
  scaleToTotal,
  trimZeros,
} from './index.ts';

describe('an amount is read to the minor unit', () => {
  test.each<[string, number, bigint]>([
    ['0', 2, 0n],
    ['12', 2, 1200n],
    ['12.3', 2, 1230n],
    ['12.30', 2, 1230n],
    ['12.300000', 2, 1230n],
    ['0.01', 2, 1n],
    ['-0.01', 2, -1n],
    ['-0.00', 2, 0n],
    ['007.10', 2, 710n],
    ['5', 0, 5n],
    ['5.000', 0, 5n],
    ['1.234', 3, 1234n],
    ['999999999999999.99', 2, 99_999_999_999_999_999n],
    ['0.000000000001', 12, 1n],
  ])('%s with %i places', (text, exponent, minor) => {
    expect(parseDecimal(text, exponent)).toBe(minor);
  });

  test.each<[string, string, number]>([
    ['a third place where a cent is the least', '12.345', 2],
    ['a part of a point', '0.5', 0],
    ['nothing', '', 2],
    ['a sign alone', '-', 2],
    ['a plus', '+1', 2],
    ['two signs', '--1', 2],
    ['a point without digits before it', '.5', 2],
    ['a point without digits after it', '5.', 2],
    ['a comma', '1,5', 2],
    ['groups of digits', '1,000.00', 2],
    ['spaces', ' 1', 2],
    ['a line break at the end', '1\n', 2],
    ['an exponent', '1e3', 2],
    ['hexadecimal', '0x10', 2],
    ['a word', 'NaN', 2],
    ['endless', 'Infinity', 2],
    ['digits of another script', '१२', 2],
    ['full-width digits', '１２', 2],
    ['two points', '1.2.3', 2],
    ['a currency', '$1', 2],
    ['a number longer than any amount', '1'.repeat(16), 2],
    ['more places than any currency has', `1.${'0'.repeat(13)}`, 2],
  ])('and %s is none', (_, text, exponent) => {
    expect(parseDecimal(text, exponent)).toBeNull();
  });

  test('what is written is read as the same, with exactly its places', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n) + 1n, 10n ** 15n - 1n), fc.integer({ min: 0, max: 12 }), (minor, exponent) => {
        const text = formatDecimal(minor, exponent);
        expect(parseDecimal(text, exponent)).toBe(minor);
        expect(text).toMatch(exponent === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${exponent}}$`));
        expect(text).not.toMatch(/^-?0\d/);
        // However it is shortened or lengthened by zeros, it is the same amount.
        expect(parseDecimal(trimZeros(text), exponent)).toBe(minor);
      }),
    );
  });

  test('any text is a decimal of digits or none, and nothing throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.-+e ,') })), (text) => {
        const minor = parseDecimal(text, 2);
        if (minor === null) return;
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(formatDecimal(minor, 2))).toBeCloseTo(Number(text), 1);
      }),
    );
  });
});

describe('a percentage', () => {
  test.each([
    ['7', 7n * ONE_PERCENT, '7'],
    ['0.72', 720_000n, '0.72'],
    ['3.250', 3_250_000n, '3.25'],
    ['100', HUNDRED_PERCENT, '100'],
    ['0', 0n, '0'],
    ['0.000001', 1n, '0.000001'],
    ['10.00', 10n * ONE_PERCENT, '10'],
  ])('%s', (text, rate, shortest) => {
    expect(parsePercent(text)).toBe(rate);
    expect(formatPercent(rate)).toBe(shortest);
  });

  test('finer than a millionth is none', () => expect(parsePercent('0.0000001')).toBeNull());

  test('the shortest way to write it is read as the same rate', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, HUNDRED_PERCENT), (rate) => {
        expect(parsePercent(formatPercent(rate))).toBe(rate);
        expect(formatPercent(rate)).not.toMatch(/\.\d*0$|\.$/);
      }),
    );
  });
});

describe('a factor', () => {
  test.each([
    ['0', 0n, '0'],
    ['1', HUNDRED_PERCENT, '1'],
    ['0.5', HUNDRED_PERCENT / 2n, '0.5'],
    ['0.33333333', 33_333_333n, '0.33333333'],
    ['1.0', HUNDRED_PERCENT, '1'],
  ])('%s', (text, factor, shortest) => {
    expect(parseFactor(text)).toBe(factor);
    expect(formatFactor(factor)).toBe(shortest);
  });

  test.each(['-0.1', '1.00000001', '2', '0.333333333', 'half', ''])('%s is none', (text) => expect(parseFactor(text)).toBeNull());
});

describe('amounts held under a total', () => {
  test.each<[string, bigint[], bigint, bigint[]]>([
    ['that they do not reach stay as they are', [100n, 200n], 301n, [100n, 200n]],
    ['that they reach exactly stay as they are', [100n, 200n], 300n, [100n, 200n]],
    ['are scaled in proportion', [100n, 200n], 150n, [50n, 100n]],
    ['give the unit left over to the largest remainder', [1n, 1n, 2n], 3n, [1n, 1n, 1n]],
    ['give the unit left over to the earlier of equal remainders', [10n, 10n, 10n], 10n, [4n, 3n, 3n]],
    ['give two units left over to the two earlier', [10n, 10n, 10n], 11n, [4n, 4n, 3n]],
    ['leave nothings nothing', [0n, 10n, 0n, 10n], 5n, [0n, 3n, 0n, 2n]],
    ['of one line are the total', [5000n], 3850n, [3850n]],
    ['of nothing at all stay nothing', [0n, 0n], 0n, [0n, 0n]],
    ['under a total of zero vanish', [3n, 4n], 0n, [0n, 0n]],
    ['are none where there are none', [], 5n, []],
  ])('%s', (_, amounts, total, expected) => {
    expect(scaleToTotal(amounts, total)).toEqual(expected);
  });

  test('sum to it exactly, each within one unit of its share and never above what it was', () => {
    const amounts = fc.array(fc.oneof(fc.bigInt(0n, 50n), fc.bigInt(0n, 10n ** 12n)), { maxLength: 30 });
    fc.assert(
      fc.property(amounts, fc.bigInt(0n, 10n ** 12n), (list, limit) => {
        const sum = list.reduce((a, b) => a + b, 0n);
        const before = [...list];
        const scaled = scaleToTotal(list, limit);
        expect(list).toEqual(before);
        expect(scaled.reduce((a, b) => a + b, 0n)).toBe(sum < limit ? sum : limit);
        if (sum <= limit) return;
        for (const [index, part] of scaled.entries()) {
          const exact = list[index]! * limit;
          // |part - exact / sum| < 1, without division.
          expect(part * sum > exact - sum && part * sum < exact + sum).toBe(true);
          expect(part >= 0n && part <= list[index]!).toBe(true);
        }
      }),
    );
  });

  test('no line with the smaller remainder gets a unit that one with a larger does not', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(0n, 1000n), { minLength: 2, maxLength: 12 }), fc.bigInt(0n, 3000n), (list, limit) => {
        const sum = list.reduce((a, b) => a + b, 0n);
        if (sum <= limit) return;
        const scaled = scaleToTotal(list, limit);
        const rounded = list.map((amount, index) => ({
          remainder: (amount * limit) % sum,
          up: scaled[index]! > (amount * limit) / sum,
          index,
        }));
        for (const a of rounded)
          for (const b of rounded) {
            if (a.up && !b.up) expect(a.remainder > b.remainder || (a.remainder === b.remainder && a.index < b.index)).toBe(true);
          }
      }),
    );
  });
});
