import { describe, expect, test } from 'vitest';
import type { OrderContent, StoredEvent } from '../facts/index.ts';
import type { Classes } from '../terms/document.ts';
import { type EnrollmentStatus, isHigherClass, missingSales, type OnboardingAct, paidSale, stepsAfter, stepsTaken } from './index.ts';

const CONTRACT = ['applied', 'approved', 'contract-sent', 'active'] as const;
const REVIEW = ['applied', 'approved', 'active'] as const;
const PLAIN = ['applied', 'active'] as const;

describe('steps of the onboarding', () => {
  test.each<[readonly (typeof CONTRACT)[number][], EnrollmentStatus, OnboardingAct, string | null]>([
    [CONTRACT, 'applied', 'approve', 'approved'],
    [CONTRACT, 'applied', 'sendContract', null],
    [CONTRACT, 'applied', 'signContract', null],
    [CONTRACT, 'approved', 'approve', ''],
    [CONTRACT, 'approved', 'sendContract', 'contract-sent'],
    [CONTRACT, 'approved', 'signContract', null],
    [CONTRACT, 'contract-sent', 'approve', ''],
    [CONTRACT, 'contract-sent', 'sendContract', ''],
    [CONTRACT, 'contract-sent', 'signContract', 'active'],
    [CONTRACT, 'active', 'signContract', ''],
    [CONTRACT, 'rejected', 'approve', null],
    [CONTRACT, 'suspended', 'signContract', null],
    [CONTRACT, 'terminated', 'approve', null],
    [REVIEW, 'applied', 'approve', 'approved,active'],
    [REVIEW, 'active', 'approve', ''],
    [REVIEW, 'approved', 'sendContract', null],
    [REVIEW, 'applied', 'signContract', null],
    [PLAIN, 'applied', 'approve', 'active'],
    [PLAIN, 'applied', 'sendContract', null],
  ])('%j, %s: %s', (steps, status, act, taken) => {
    expect(stepsTaken(steps, status, act)?.join() ?? null).toBe(taken);
  });

  test('the rest of the way', () => {
    expect(stepsAfter(CONTRACT, 'approved')).toEqual(['contract-sent', 'active']);
    expect(stepsAfter(CONTRACT, 'active')).toEqual([]);
    expect(stepsAfter(CONTRACT, 'rejected')).toEqual(CONTRACT);
    expect(stepsAfter(CONTRACT, null)).toEqual(CONTRACT);
  });
});

describe('classes', () => {
  const classes: Classes = {
    id: 'XY-01',
    names: ['low', 'middle', 'high'],
    measure: 'paid-sales',
    thresholds: { middle: { atLeast: '8000.00' }, high: { above: '30000.00' } },
    rise: { id: 'XY-02', by: 'request' },
  };

  test.each<[wanted: string, sales: bigint, missing: bigint]>([
    ['middle', 0n, 800_000n],
    ['middle', 799_999n, 1n],
    ['middle', 800_000n, 0n],
    ['high', 3_000_000n, 1n],
    ['high', 3_000_001n, 0n],
    ['low', 0n, 0n],
  ])('%s with %d', (wanted, sales, missing) => {
    expect(missingSales(classes, wanted, sales, 2)).toBe(missing);
  });

  test('a threshold finer than the currency is met by the next minor unit', () => {
    const fine = { ...classes, thresholds: { middle: { atLeast: '8.001' }, high: { above: '9.999' } } };
    expect(missingSales(fine, 'middle', 800n, 2)).toBe(1n);
    expect(missingSales(fine, 'high', 999n, 2)).toBe(1n);
    expect(missingSales(fine, 'high', 1_000n, 2)).toBe(0n);
  });

  test('one above the other', () => {
    expect(isHigherClass(classes, 'high', 'low')).toBe(true);
    expect(isHigherClass(classes, 'middle', 'middle')).toBe(false);
    expect(isHigherClass(classes, 'low', 'high')).toBe(false);
    expect(isHigherClass(classes, 'low', null)).toBe(true);
  });
});

describe('a paid sale', () => {
  const content: OrderContent = {
    id: 'o',
    shipping: '9.00',
    lines: [
      { sku: 'a', price: '50.00', quantity: 4 },
      { sku: 'b', price: '0.01', quantity: 1 },
    ],
  };
  const event = (kind: StoredEvent['kind'], more: object = {}): StoredEvent => ({
    kind,
    externalId: null,
    at: 1_000,
    content: { kind, order: 'o', ...more },
  });
  const paid = event('paid');

  test.each<[sentence: string, events: StoredEvent[], value: bigint]>([
    ['is worth its goods without shipping', [paid], 20_001n],
    ['is none before it is paid', [event('shipped')], 0n],
    ['is none once cancelled', [paid, event('cancelled')], 0n],
    ['is none once rejected', [paid, event('rejected')], 0n],
    ['is none once voided', [paid, event('voided')], 0n],
    ['is none while disputed', [paid, event('dispute-opened')], 0n],
    ['is none when the buyer won', [paid, event('dispute-opened'), event('dispute-closed', { inFavorOf: 'buyer' })], 0n],
    ['is one when the seller won', [paid, event('dispute-opened'), event('dispute-closed', { inFavorOf: 'seller' })], 20_001n],
    ['is none when all was refunded', [paid, event('refunded')], 0n],
    ['is what is left after a refund', [paid, event('refunded', { lines: [{ sku: 'a', quantity: 1 }] })], 15_001n],
    ['is what is left after a refund of an amount', [paid, event('refunded', { lines: [{ sku: 'a', amount: '0.01' }] })], 20_000n],
    [
      'is one again when the cancelling was a mistake',
      [paid, event('cancelled'), event('undone', { undoes: { kind: 'cancelled' } })],
      20_001n,
    ],
    [
      'is what the correction says',
      [paid, event('corrected', { content: { id: 'o', lines: [{ sku: 'a', price: '7.00', quantity: 1 }] } })],
      700n,
    ],
  ])('%s', (_, events, value) => {
    expect(paidSale({ content, placedAt: 0, events }, 2)).toBe(value);
    expect(paidSale({ content, placedAt: 0, events: [...events] }, 2)).toBe(value);
  });
});
