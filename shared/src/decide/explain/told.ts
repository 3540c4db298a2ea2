import type { ClauseEntry, CompiledTerms } from '../../terms/compile.ts';
import type { Language } from '../../terms/words.ts';
import type { Step, StepValue } from '../types.ts';
import type { SeenFact } from './values.ts';
import type { StepWords } from './words/index.ts';

/** What an explanation needs beside the steps. */
export interface ExplainContext {
  /** The order's lines, in its order; `value`: as placed, in minor units of the currency. */
  lines: readonly { sku: string; value?: bigint }[];
  /** The affiliate who reads it, by the caller's id: other affiliates, their clicks and what staff wrote stay hidden. Undefined: nothing does. */
  reader?: string;
  /** In which sentences are made; left out: the first. */
  language?: Language;
}

/** What the sentences of one step are made from. */
export interface Scope extends ExplainContext {
  compiled: CompiledTerms;
  language: Language;
  words: StepWords;
  entry: ClauseEntry;
  /** The whole derivation. */
  steps: readonly Step[];
  /** Of this step, behind the clause's number. */
  values: readonly StepValue[];
}

/** What one step says. */
export interface Told {
  conclusion: string;
  /** Without the rule, which is put behind it. */
  sentence: string;
  /** The line's SKU or the click's id. */
  subject?: string | null;
  facts?: SeenFact[];
  /** Minor units of the reward. */
  amountAfter?: bigint;
  /** Where it is not the clause's own. */
  rules?: string[];
}

export function skuOf({ lines }: Scope, index: StepValue | undefined): string {
  return lines[index as number]?.sku ?? `${(index as number) + 1}`;
}

export function isHidden({ reader }: Scope, affiliate: StepValue | undefined): boolean {
  return reader !== undefined && affiliate !== reader;
}

/** Somebody's name, or a code that is theirs; null: it stays hidden. */
export function shownName(scope: Scope, name: StepValue | undefined): string | null {
  return isHidden(scope, name) ? null : String(name);
}
