import type { Sum } from '../ui/sums.ts';
import { sumsOf } from '../ui/sums.ts';
import type { BatchRecord, Total } from './source.ts';

/** Left to a later batch, or taken out. */
const LEFT = new Set<Total['status']>(['DEFERRED', 'DROPPED']);

/** What a batch pays, currency by currency. */
export function paidBy({ totals }: Pick<BatchRecord, 'totals'>): readonly Sum[] {
  return sumsOf(totals.filter(({ status }) => !LEFT.has(status)).map(({ amount }) => ({ value: amount.amount, unit: amount.currency })));
}

export function lineCount({ totals }: Pick<BatchRecord, 'totals'>): number {
  return totals.filter(({ status }) => !LEFT.has(status)).reduce((sum, { lines }) => sum + lines, 0);
}
