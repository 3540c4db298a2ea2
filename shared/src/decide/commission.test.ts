import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HUNDRED_PERCENT } from '../money/index.ts';
import { compiledProgram } from '../testing/story.ts';
import { commissionOf } from './commission.ts';

const programs = ['banggood', 'aliexpress', 'fifth-program'].map(compiledProgram);
/** Where numbers end, and far beyond. */
const edge = BigInt(Number.MAX_SAFE_INTEGER);
const values = fc.oneof(
  fc.bigInt({ min: 0n, max: 1_000_000n }),
  fc.bigInt({ min: 0n, max: 10_000_000_000_000n }),
  fc.bigInt({ min: edge - 5n, max: edge + 5n }),
  fc.bigInt({ min: 0n, max: 10n ** 30n }),
);
const rates = fc.oneof(fc.bigInt({ min: 0n, max: HUNDRED_PERCENT }), fc.constantFrom(0n, 1n, 5_000_000n, 99_999_999n, HUNDRED_PERCENT));

describe('the commission of a value', () => {
  test('is what bigints say, to the last unit, whether numbers could hold it or not', () => {
    fc.assert(
      fc.property(fc.constantFrom(...programs), values, rates, fc.array(rates, { maxLength: 2 }), (compiled, value, rate, factors) => {
        const { numerator, denominator } = compiled.conversion;
        const product = factors.reduce((sum, factor) => sum * factor, value * rate * numerator);
        const expected = product / (denominator * HUNDRED_PERCENT ** BigInt(factors.length + 1));
        expect(commissionOf(compiled, value, rate, factors)).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  test('is cut downwards just where the product is whole', () => {
    const [compiled] = programs as [(typeof programs)[number]];
    // 5% of twenty is one, of nineteen none.
    for (let one = 20n; one < 10n ** 12n; one *= 7n) {
      expect(commissionOf(compiled, one * 20n, 5_000_000n, [])).toBe(one);
      expect(commissionOf(compiled, one * 20n - 1n, 5_000_000n, [])).toBe(one - 1n);
    }
  });
});
