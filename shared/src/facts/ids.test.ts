import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareIds } from './index.ts';

test.each([
  ['a', 'b'],
  ['a', 'aa'],
  ['K9', 'k1'],
  ['order-10', 'order-9'],
  ['', 'a'],
  // As UTF-16 the second begins with the smaller unit.
  ['Ａ', '𐐀'],
])('"%s" is smaller than "%s"', (a, b) => {
  expect(compareIds(a, b)).toBeLessThan(0);
  expect(compareIds(b, a)).toBeGreaterThan(0);
  expect(compareIds(a, a)).toBe(0);
});

test('ids are compared as their bytes are in UTF-8, the order of the database', () => {
  const id = fc.string({ unit: 'grapheme', maxLength: 6 });
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(id, id, (a, b) => {
      const [x, y] = [encoder.encode(a), encoder.encode(b)];
      const at = x.findIndex((byte, index) => byte !== y[index]);
      const expected = at < 0 ? x.length - y.length : (x[at] as number) - (y[at] ?? -1);
      expect(Math.sign(compareIds(a, b))).toBe(Math.sign(expected));
    }),
    { numRuns: 500 },
  );
});
