import { expect, it } from 'vitest';
import { axisOf, refusalRate, seriesOf } from './series.ts';
import type { Day } from './source.ts';

const day = (at: string, status: string, orders: number, value: string): Day => ({
  day: at,
  status,
  orders,
  class: null,
  amount: { value, unit: 'USD' },
  program: { key: 'shop', name: 'Shop' },
});
const days = [day('2026-03-01', 'pending', 2, '3.50'), day('2026-03-03', 'pending', 1, '1.00'), day('2026-03-03', 'rejected', 1, '0')];

it('draws every day, also those on which nothing happened', () => {
  const axis = axisOf('2026-03-03T23:59:00Z', 3);
  expect(axis).toEqual(['2026-03-01', '2026-03-02', '2026-03-03']);
  expect(
    seriesOf(
      axis,
      days,
      ({ status }) => status,
      ({ amount }) => Number(amount.value),
    ),
  ).toEqual([
    { name: 'pending', values: [3.5, 0, 1] },
    { name: 'rejected', values: [0, 0, 0] },
  ]);
});

it('says which share of orders earns nothing', () => {
  expect(refusalRate(days)).toBe(25);
  expect(refusalRate([])).toBe(0);
});
