import { describe, expect, test } from 'vitest';
import type { CompiledTerms } from '../terms/index.ts';
import { type Story, type Told, tell } from './story.ts';

/** What is expected of a decision: only what is named is compared; `rules` are among those that decided. */
export type Expected = Partial<Omit<Told, 'decision'>>;
export type Row = [sentence: string, change: (story: Story) => void, expected: Expected];

/** One test a row: the usual story, changed in what the row is about. */
export function storyTable(name: string, compiled: CompiledTerms, usual: Story, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows)('%s', (_, change, { rules = [], ...expected }) => {
      const story = structuredClone(usual);
      change(story);
      const told = tell(compiled, story);
      expect(told).toMatchObject(expected);
      expect(told.rules).toEqual(expect.arrayContaining(rules));
    });
  });
}
