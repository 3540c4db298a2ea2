import { expect, it } from 'vitest';
import { sumsOf } from './sums.ts';

it('adds exactly, however many decimals there are, and never across units', () => {
  const usd = (value: string) => ({ value, unit: 'USD' });
  expect(sumsOf([usd('0.1'), usd('0.20'), { value: '5', unit: 'points' }, usd('-1')])).toEqual([
    usd('-0.70'),
    { value: '5', unit: 'points' },
  ]);
  expect(sumsOf([usd('90071992547409930.01'), usd('0.02')])).toEqual([usd('90071992547409930.03')]);
  expect(sumsOf([])).toEqual([]);
});
