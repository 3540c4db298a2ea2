import { describe, expect, it } from 'vitest';
import { summarise } from './stats.ts';

describe('what pairs say together', () => {
  it('is the median, the extremes, and an interval that leaves out one value at each end of ten', () => {
    expect(summarise([5, 1, 2, 3, 4, 10, 9, 8, 7, 6])).toEqual({ pairs: 10, median: 5.5, least: 1, most: 10, interval: [2, 9] });
  });

  it('has no interval with fewer than six pairs, and the extremes as interval with six', () => {
    expect(summarise([1, 2, 3, 4, 5]).interval).toBeUndefined();
    expect(summarise([1, 2, 3, 4, 5, 6]).interval).toEqual([1, 6]);
  });

  it('leaves out five at each end of twenty', () => {
    expect(summarise(Array.from({ length: 20 }, (_, index) => index)).interval).toEqual([5, 14]);
  });
});
