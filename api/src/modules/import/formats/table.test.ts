import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { TableReader } from './table.ts';

/** In pieces of so many letters. */
function read(text: string, delimiter = ',', letters = text.length) {
  const reader = new TableReader(delimiter);
  const rows = [];
  for (let at = 0; at < text.length; at += letters) rows.push(...reader.write(text.slice(at, at + letters)));
  rows.push(...reader.end());
  return { rows, failure: reader.failure?.message };
}
const cellsOf = (text: string) => read(text).rows.map(({ cells }) => cells);

/** The same series each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a table', () => {
  it('is read as another parser reads it, however it is cut into pieces', () => {
    const next = chance(7);
    const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T;
    const cell = () =>
      pick([
        () => '',
        () => 'plain',
        () => 'ü 蓝',
        () => '"with ""quotes"", commas\nand lines"',
        () => '""',
        () => '"a"',
        () => ' ',
        () => '"\r\n"',
        () => '""""',
      ])();
    for (let round = 0; round < 500; round++) {
      const ending = pick(['\n', '\r\n']);
      const rows = Array.from({ length: 1 + next(6) }, () => Array.from({ length: 1 + next(4) }, cell).join(','));
      const text = `head,${pick(['er', '"er"'])}${ending}${rows.join(ending)}${pick(['', ending])}`;
      const expected = parse(text, { relax_column_count: true, skip_empty_lines: true, record_delimiter: ending }) as string[][];
      const others = expected.filter((cells) => cells.length > 1 || cells[0] !== '');
      for (const letters of [text.length, 1, 1 + next(9)]) {
        const { rows: found, failure } = read(text, ',', letters);
        expect(failure).toBeUndefined();
        expect(
          found.map(({ cells }) => cells),
          JSON.stringify({ text, letters }),
        ).toEqual(others);
      }
    }
  });

  it('has its lines counted, and says where its last is not ended', () => {
    const { rows } = read('a,b\n\n"x\ny",1\r\nz,2');
    expect(rows.map(({ line, isUnended = false }) => [line, isUnended])).toEqual([
      [1, false],
      [3, false],
      [5, true],
    ]);
    expect(cellsOf('a\tb')).toEqual([['a\tb']]);
    expect(read('a;b\rc;"d\r"\re;f', ';').rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, 'c', 'd\r'],
      [4, 'e', 'f'],
    ]);
  });

  it('says where a quote stands that may not', () => {
    const { rows, failure } = read('a,b\n1,x"y\n2,"x"y,3\n3,z\n4,"x\n', ',', 3);
    expect(rows.map(({ line, cells, problem }) => [line, cells[0], problem !== undefined])).toEqual([
      [1, 'a', false],
      [2, '1', true],
      [3, '2', true],
      [4, '3', false],
    ]);
    expect(failure).toBe('A quote is opened and never closed in line 5.');
  });

  it('ends at a row without end', () => {
    for (const text of ['x'.repeat(3_000_000), `a,b\n"${'x'.repeat(3_000_000)}`, `a,b\n${'"",'.repeat(1_000_000)}`])
      expect(read(text, ',', 100_000).failure).toMatch(/longer than/);
  });
});
