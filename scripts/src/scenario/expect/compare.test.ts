import { describe, expect, it } from 'vitest';
import { difference, type ListKind } from './compare.ts';

describe('what was expected and what was found', () => {
  it.each<[unknown, unknown, ListKind | undefined]>([
    ['1.50', '1.50', undefined],
    ['30', '30.00', undefined],
    ['-16.250', '-16.25', undefined],
    [null, null, undefined],
    [3, 3, undefined],
    [false, false, undefined],
    [{ a: '1' }, { a: '1', b: '2' }, undefined],
    [['X', 'Y'], ['Y', 'X'], 'set'],
    [[], [], 'set'],
    [['X'], ['Y', 'X'], 'part'],
    [['X', 'Y'], ['X', 'Y'], 'order'],
    [[], ['Y'], 'part'],
  ])('%j is met by %j', (expected, found, list) => {
    expect(difference('it', expected, found, list)).toBeUndefined();
  });

  it.each<[unknown, unknown, ListKind | undefined, string]>([
    ['1.50', '1.05', undefined, 'it: expected "1.50", found "1.05"'],
    ['100', '10', undefined, 'it: expected "100", found "10"'],
    ['1', undefined, undefined, 'it: expected "1", found nothing'],
    [null, 'ann', undefined, 'it: expected null, found "ann"'],
    [{ a: '1', b: '2' }, { a: '1', b: '3' }, undefined, 'it.b: expected "2", found "3"'],
    [{ a: '1' }, undefined, undefined, 'it.a: expected "1", found nothing'],
    [[], ['X'], 'set', 'it: expected [], found ["X"]'],
    [['X'], [], 'set', 'it: expected ["X"], found []'],
    [['X', 'Z'], ['X', 'Y'], 'part', 'it: expected among others ["X","Z"], found ["X","Y"]'],
    [['X', 'Y'], ['Y', 'X'], 'order', 'it: expected ["X","Y"], found ["Y","X"]'],
    [['X'], undefined, 'part', 'it: expected among others ["X"], found nothing'],
  ])('%j is not met by %j', (expected, found, list, message) => {
    expect(difference('it', expected, found, list)).toBe(message);
  });
});
