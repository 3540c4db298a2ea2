import { expect, it } from 'vitest';
import { changesOf } from './draft.ts';
import { gridsOf, type Json, rateChanges, withValue } from './rateGrid.ts';

const document: Json = {
  program: { key: 'shop' },
  rates: [
    { id: 'R-1', rate: { kind: 'fixed', percent: '5' } },
    {
      id: 'R-2',
      rate: {
        kind: 'table',
        table: {
          by: ['line.category'],
          groups: [
            { in: ['toys'], cells: { silver: { new: '9', regular: '7.5' } } },
            { other: true, cells: { silver: { new: '6', regular: '4' } } },
          ],
        },
      },
    },
  ],
};

it('shows rates as grids, and puts what is written into a cell where it came from', () => {
  const [fixed, table] = gridsOf(document);
  expect(fixed).toMatchObject({ path: 'rates[0]', rule: 'R-1', columns: ['percent'], rows: [{ label: '', cells: [{ value: '5' }] }] });
  expect(table?.columns).toEqual(['silver · new', 'silver · regular']);
  expect(table?.rows.map(({ label, cells }) => [label, ...cells.map(({ value }) => value)])).toEqual([
    ['toys', '9', '7.5'],
    ['', '6', '4'],
  ]);
  const changed = withValue(document, table?.rows[0]?.cells[1]?.steps ?? [], '8');
  expect(gridsOf(changed)[1]?.rows[0]?.cells[1]?.value).toBe('8');
  expect(withValue(changed, table?.rows[0]?.cells[1]?.steps ?? [], '7.5')).toEqual(document);
  expect(rateChanges(document, changed)).toEqual([{ rule: 'R-2', cell: 'toys, silver · regular', before: '7.5', after: '8' }]);
  expect(rateChanges(document, document)).toEqual([]);
  expect(gridsOf(null)).toEqual([]);
});

it('names what came, what went and what says something else', () => {
  const clause = (path: string, sentence: string) => ({ path, sentence, rule: 'R', source: null, assumed: false });
  expect(
    changesOf([clause('a', 'one'), clause('b', 'two'), clause('c', 'three')], [clause('a', 'one'), clause('b', '2'), clause('d', 'four')]),
  ).toEqual([
    { path: 'b', rule: 'R', before: 'two', after: '2' },
    { path: 'd', rule: 'R', before: null, after: 'four' },
    { path: 'c', rule: 'R', before: 'three', after: null },
  ]);
});
