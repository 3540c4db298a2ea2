import type { ClauseEntry } from '../terms/compile.ts';
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

// Steps end with the values that their clause saw. They are written in one go, as an array that grows is paid for twice.

/** A step about the order that ends with what its clause saw. */
export function seeing(kind: StepKind, clause: number, value: StepValue, readers: readonly FactReader[], context: FactContext): Step {
  switch (readers.length) {
    case 0:
      return [kind, clause, value];
    case 1:
      return [kind, clause, value, seen(readers[0]!, context)];
    case 2:
      return [kind, clause, value, seen(readers[0]!, context), seen(readers[1]!, context)];
    default:
      return [kind, clause, value, ...readers.map((read) => seen(read, context))];
  }
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
  switch (readers.length) {
    case 0:
      return [kind, clause, first, second];
    case 1:
      return [kind, clause, first, second, seen(readers[0]!, context)];
    case 2:
      return [kind, clause, first, second, seen(readers[0]!, context), seen(readers[1]!, context)];
    case 3:
      return [kind, clause, first, second, seen(readers[0]!, context), seen(readers[1]!, context), seen(readers[2]!, context)];
    default:
      return [kind, clause, first, second, ...readers.map((read) => seen(read, context))];
  }
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
