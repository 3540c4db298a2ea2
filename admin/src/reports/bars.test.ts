import { expect, it } from 'vitest';
import { type Around, barsOf } from './bars.ts';
import type { Dimension, ReportRecord } from './source.ts';

const row = (by: Dimension, key: string): ReportRecord => ({
  id: `${by} ${key}`,
  by,
  key,
  clicks: 1,
  barredClicks: 0,
  referrals: 0,
  orders: 1,
  rejectedOrders: 0,
  sales: { amount: '10.00', currency: 'USD' },
  commission: { value: '1.00', unit: 'USD' },
  earningsPerClick: '1.00',
  conversionRate: '100',
});
const days = [row('DAY', '2026-02-27'), row('DAY', '2026-03-01')];
const all: Around = { from: '2026-02-26', to: '2026-03-02', order: undefined, hasPrevious: false, hasNext: false };
const drawn = (rows: readonly ReportRecord[], around: Around) => barsOf(rows, around).map((bar) => `${bar.key} ${bar.row?.orders ?? 0}`);

it('draws the days on which nothing happened, too', () => {
  expect(drawn(days, all)).toEqual(['2026-02-26 0', '2026-02-27 1', '2026-02-28 0', '2026-03-01 1', '2026-03-02 0']);
});

it('draws no days of other pages', () => {
  expect(drawn(days, { ...all, hasPrevious: true, hasNext: true })).toEqual(['2026-02-27 1', '2026-02-28 0', '2026-03-01 1']);
});

it('draws the rows as they are when they are of no days or not in the order of days', () => {
  expect(drawn(days, { ...all, order: 'CLICKS' })).toEqual(['2026-02-27 1', '2026-03-01 1']);
  expect(drawn([row('COUNTRY', 'DE'), row('COUNTRY', '')], all)).toEqual(['DE 1', ' 1']);
  expect(drawn([], all)).toEqual([]);
});
