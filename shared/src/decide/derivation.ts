import type { ClauseEntry, CompiledTerms } from '../terms/compile.ts';
import type { FactContext, FactReader } from '../terms/factReader.ts';
import type { Step, StepKind, StepValue } from './types.ts';

/** What a decision leaves behind while it is made: a step for each clause that was looked at, and the rules that decided. */
export class Derivation {
  readonly steps: Step[] = [];
  /** Each once, in the order in which they were noted. A handful, so that a list is searched faster than a set is made. */
  readonly rules: string[] = [];

  /** A clause, with the further rules that it carries out, was among those that decided. */
  note({ rules }: ClauseEntry): void {
    for (const rule of rules) this.noteRule(rule);
  }

  noteRule(rule: string): void {
    if (!this.rules.includes(rule)) this.rules.push(rule);
  }
}

const ATTRIBUTION: ReadonlySet<StepKind> = new Set<StepKind>(['staff', 'coupon', 'tie', 'click', 'nobody']);

/** Does a step say whose an order is, and nothing of what it earns? */
export const isAboutAttribution = ([kind]: Step): boolean => ATTRIBUTION.has(kind);

/** The rules by which an order is whose it is: all that concerns somebody who lost it. */
export function attributionRules({ clauses }: CompiledTerms, steps: readonly Step[]): string[] {
  const carried = steps.filter(isAboutAttribution).map(([, number]) => clauses[number]!.clause);
  return [...new Set(carried.flatMap(({ id, also = [] }) => [id, ...also]))];
}

/** A step that ends with what its clause saw. Its length is given from the start, as an array that grows is paid for twice. */
export function seeing(kind: StepKind, clause: number, value: StepValue, readers: readonly FactReader[], context: FactContext): Step {
  const step = new Array<StepValue>(3 + readers.length);
  step[0] = kind;
  step[1] = clause;
  step[2] = value;
  for (let i = 0; i < readers.length; i++) step[3 + i] = seen(readers[i]!, context);
  return step as unknown as Step;
}

/** The same with two values before what was seen, such as the line's index and what was concluded. */
export function seeingOf(
  kind: StepKind,
  clause: number,
  first: StepValue,
  second: StepValue,
  readers: readonly FactReader[],
  context: FactContext,
): Step {
  const step = new Array<StepValue>(4 + readers.length);
  step[0] = kind;
  step[1] = clause;
  step[2] = first;
  step[3] = second;
  for (let i = 0; i < readers.length; i++) step[4 + i] = seen(readers[i]!, context);
  return step as unknown as Step;
}

/** A fact's value as an explanation keeps it; null: it is not known. */
function seen(read: FactReader, context: FactContext): StepValue {
  const value = read(context);
  return value === undefined ? null : typeof value === 'bigint' ? plainAmount(value) : value;
}

/** A whole amount or rate as a step keeps it: a number where that is exact, else text. */
export function plainAmount(amount: bigint): number | string {
  const number = Number(amount);
  return Number.isSafeInteger(number) ? number : amount.toString();
}
