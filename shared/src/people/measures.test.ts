import { describe, expect, test } from 'vitest';
import type { OrderContent, StoredEvent } from '../facts/index.ts';
import type { ClassMeasure } from '../terms/index.ts';
import { type Counted, countOrder, type MeasuredOrder, type SaleReason, saleOf, saleSpanOf } from './index.ts';

const content: OrderContent = {
  id: 'o',
  shipping: '9.00',
  lines: [
    { sku: 'a', price: '50.00', quantity: 4 },
    { sku: 'b', price: '0.01', quantity: 1 },
  ],
};
const event = (kind: StoredEvent['kind'], at = 1_000, more: object = {}): StoredEvent => ({
  kind,
  externalId: null,
  at,
  content: { kind, order: 'o', ...more },
});
const paid = event('paid');
const NEVER = { since: null, until: null };

describe('a paid sale', () => {
  test.each<[sentence: string, events: StoredEvent[], value: bigint, why: SaleReason]>([
    ['is worth its goods without shipping', [paid], 20_001n, 'counts'],
    ['is none before it is paid', [event('shipped')], 0n, 'unpaid'],
    ['is none once cancelled', [paid, event('cancelled')], 0n, 'cancelled'],
    ['is none once rejected', [paid, event('rejected')], 0n, 'rejected-by-merchant'],
    ['is none once voided', [paid, event('voided')], 0n, 'voided'],
    ['is none while disputed', [paid, event('dispute-opened')], 0n, 'dispute-open'],
    [
      'is none when the buyer won',
      [paid, event('dispute-opened'), event('dispute-closed', 1_000, { inFavorOf: 'buyer' })],
      0n,
      'dispute-lost',
    ],
    [
      'is one when the seller won',
      [paid, event('dispute-opened'), event('dispute-closed', 1_000, { inFavorOf: 'seller' })],
      20_001n,
      'counts',
    ],
    ['is none when all was refunded', [paid, event('refunded')], 0n, 'refunded'],
    ['is what is left after a refund', [paid, event('refunded', 1_000, { lines: [{ sku: 'a', quantity: 1 }] })], 15_001n, 'counts'],
    [
      'is what is left after a refund of an amount',
      [paid, event('refunded', 1_000, { lines: [{ sku: 'a', amount: '0.01' }] })],
      20_000n,
      'counts',
    ],
    [
      'is one again when the cancelling was a mistake',
      [paid, event('cancelled'), event('undone', 1_000, { undoes: { kind: 'cancelled' } })],
      20_001n,
      'counts',
    ],
    [
      'is what the correction says',
      [paid, event('corrected', 1_000, { content: { id: 'o', lines: [{ sku: 'a', price: '7.00', quantity: 1 }] } })],
      700n,
      'counts',
    ],
  ])('%s', (_, events, value, why) => {
    expect(saleOf({ content, placedAt: 0, events }, 2)).toEqual({ value, why });
  });

  test('began when it last became one and ceased with the last of its value, in whatever order that was told', () => {
    const events = [
      event('refunded', 40, { lines: [{ sku: 'a' }] }),
      event('refunded', 50, { lines: [{ sku: 'b' }] }),
      event('paid', 30),
      event('dispute-opened', 31),
      event('dispute-closed', 33, { inFavorOf: 'seller' }),
    ];
    const span = (told: readonly StoredEvent[], placedAt = 0) => saleSpanOf({ content, placedAt, events: told }, 2);
    expect(span(events.slice(0, 2))).toEqual({ since: null, until: null, value: 0n, why: 'unpaid' });
    expect(span(events.slice(2))).toEqual({ since: 33, until: null, value: 20_001n, why: 'counts' });
    expect(span(events)).toEqual({ since: 33, until: 50, value: 0n, why: 'refunded' });
    expect(span([event('paid', 30)], 35).since).toBe(35);
  });

  test('ceased with the dispute that was lost', () => {
    const lost = [event('paid', 10), event('dispute-opened', 20), event('dispute-closed', 25, { inFavorOf: 'buyer' })];
    expect(saleSpanOf({ content, placedAt: 0, events: lost }, 2)).toEqual({ since: 10, until: 20, value: 0n, why: 'dispute-lost' });
  });
});

describe('what an order counts', () => {
  const sold = (more: Partial<MeasuredOrder> = {}): MeasuredOrder => ({
    content,
    placedAt: 5,
    events: [event('paid', 10)],
    status: 'earning',
    decidedAt: 90,
    commission: 700n,
    earned: { since: 12, until: null },
    customer: 'first',
    ...more,
  });
  const cancelled = { status: 'reversed', events: [event('paid', 10), event('cancelled', 20)], commission: 0n } as const;

  test.each<[measure: ClassMeasure, name: string, order: MeasuredOrder, counted: Counted]>([
    ['paid-sales', 'paid', sold(), { amount: 20_001n, since: 10, until: null, why: 'counts' }],
    ['paid-sales', 'unpaid', sold({ events: [] }), { amount: 0n, since: null, until: null, why: 'unpaid' }],
    ['paid-sales', 'cancelled', sold(cancelled), { amount: 0n, since: 10, until: 20, why: 'cancelled' }],
    ['paid-sales', 'lost to another', sold({ status: 'moved' }), { amount: 0n, since: 10, until: 90, why: 'moved' }],
    ['paid-sales', 'after a breach', sold({ status: 'reversed' }), { amount: 0n, since: 10, until: 90, why: 'reversed' }],
    ['paid-sales', 'not qualified', sold({ status: 'rejected' }), { amount: 0n, since: null, until: null, why: 'not-qualified' }],
    ['paid-orders', 'paid', sold(), { amount: 1n, since: 10, until: null, why: 'counts' }],
    ['paying-customers', "a customer's first", sold(), { amount: 1n, since: 10, until: null, why: 'counts' }],
    ['paying-customers', 'the same customer', sold({ customer: 'again' }), { amount: 0n, since: null, until: null, why: 'same-customer' }],
    ['paying-customers', 'nobody known', sold({ customer: 'none' }), { amount: 0n, since: null, until: null, why: 'no-customer' }],
    ['commission', 'earning', sold({ events: [] }), { amount: 700n, since: 12, until: null, why: 'counts' }],
    [
      'commission',
      'cancelled',
      sold({ ...cancelled, earned: { since: 12, until: 21 } }),
      { amount: 0n, since: 12, until: 21, why: 'cancelled' },
    ],
    ['commission', 'of nothing', sold({ commission: 0n, earned: NEVER }), { amount: 0n, ...NEVER, why: 'earns-nothing' }],
  ])('for %s: %s', (measure, _, order, counted) => {
    expect(countOrder(measure, order, 2)).toEqual(counted);
  });
});
