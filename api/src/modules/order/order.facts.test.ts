import type { OrderEventContent } from '@tributary/shared/facts';
import { describe, expect, it } from 'vitest';
import { type OrderEvent, refundProblems } from './order.facts.ts';

const content = { id: 'o', lines: [{ sku: 'rope', price: '10.00', quantity: 2 }] } as never;
const refund = (id: string, lines: OrderEventContent['lines'], standing = true): OrderEvent => ({
  id,
  kind: 'refunded',
  externalId: id,
  at: 1,
  toldAt: 1,
  by: 'shop',
  standing,
  content: { kind: 'refunded', order: 'o', lines },
});
const problems = (events: OrderEvent[]) => [...refundProblems({ told: content, content, events }, 0, 2).keys()];

describe('of refunds that waited for their order', () => {
  const all = refund('all', [{ sku: 'rope' }]);
  const unit = refund('unit', [{ sku: 'rope', quantity: 1 }]);

  it('the whole of a line is what is left of it, whichever was told first, as the order itself says', () => {
    expect(problems([all, unit])).toEqual([]);
    expect(problems([unit, all])).toEqual([]);
    expect(problems([refund('everything', undefined), unit])).toEqual([]);
  });

  it('the one that exceeds it is named, but for what was undone', () => {
    const two = refund('two', [{ sku: 'rope', quantity: 2 }]);
    expect(problems([all, unit, two])).toEqual(['two']);
    expect(problems([all, { ...unit, standing: false }, two])).toEqual([]);
  });
});
