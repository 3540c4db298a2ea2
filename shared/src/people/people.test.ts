import { describe, expect, test } from 'vitest';
import type { Classes } from '../terms/document.ts';
import { type EnrollmentStatus, isHigherClass, missingToClass, type OnboardingAct, stepsAfter, stepsTaken } from './index.ts';

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
    expect(missingToClass(classes, wanted, sales, 2)).toBe(missing);
  });

  test('a threshold finer than the currency is met by the next minor unit', () => {
    const fine = { ...classes, thresholds: { middle: { atLeast: '8.001' }, high: { above: '9.999' } } };
    expect(missingToClass(fine, 'middle', 800n, 2)).toBe(1n);
    expect(missingToClass(fine, 'high', 999n, 2)).toBe(1n);
    expect(missingToClass(fine, 'high', 1_000n, 2)).toBe(0n);
  });

  test('one above the other', () => {
    expect(isHigherClass(classes, 'high', 'low')).toBe(true);
    expect(isHigherClass(classes, 'middle', 'middle')).toBe(false);
    expect(isHigherClass(classes, 'low', 'high')).toBe(false);
    expect(isHigherClass(classes, 'low', null)).toBe(true);
  });
});
