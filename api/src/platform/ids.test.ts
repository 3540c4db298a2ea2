import { describe, expect, it } from 'vitest';
import { bucketOf, isId, newId, recordedAt, SLICES, sliceOf } from './ids.ts';

describe('an id', () => {
  it('is a UUIDv7 of now', () => {
    const before = Date.now();
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(recordedAt(id).getTime()).toBeGreaterThanOrEqual(before);
    expect(recordedAt(id).getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('is greater than all before it, however many are made at once', () => {
    const ids = Array.from({ length: 50_000 }, () => newId());
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carries a bucket', () => {
    for (const bucket of [0, 1, 127, 255]) expect(bucketOf(newId(bucket))).toBe(bucket);
  });

  it('is told from other texts', () => {
    expect(isId(newId())).toBe(true);
    for (const text of ['', 'x', `${newId()} `, newId().toUpperCase(), newId().replaceAll('-', '')]) expect(isId(text)).toBe(false);
  });
});

describe('a slice', () => {
  it('is the same for the same text, for ever', () => {
    expect(['', 'a', 'order-1', 'Käufer', '订单'].map(sliceOf)).toEqual([5, 44, 45, 10, 16]);
  });

  it('spreads callers’ ids evenly', () => {
    const counts = new Array<number>(SLICES).fill(0);
    for (let i = 0; i < 64_000; i++) counts[sliceOf(`o${i}`)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1_200);
  });
});
