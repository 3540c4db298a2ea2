import { formatDecimal, formatPercent } from '../../money/index.ts';
import type { CompiledTerms } from '../../terms/compile.ts';
import { isMoney, typeOfFact } from '../../terms/words/condition.ts';
import { describeCondition, factWords } from '../../terms/words.ts';
import { formatInstant } from '../../time/index.ts';
import type { StepValue } from '../types.ts';
import type { Scope } from './told.ts';

/** A fact by its path, with the value that a clause saw; null: it was not known. */
export interface SeenFact {
  name: string;
  value: string | null;
}

export function amountWords({ terms, rewardExponent }: CompiledTerms, minor: bigint): string {
  const { unit, name } = terms.reward;
  return `${formatDecimal(minor, rewardExponent)} ${unit === terms.program.currency ? unit : name}`;
}

export function moneyWords({ terms, currencyExponent }: CompiledTerms, minor: bigint): string {
  return `${formatDecimal(minor, currencyExponent)} ${terms.program.currency}`;
}

/** An amount or a rate as steps keep it. */
export function bigintOf(value: StepValue | undefined): bigint {
  return BigInt(value as number | string);
}

export function instantWords(at: StepValue | undefined): string {
  return formatInstant(at as number);
}

/** What a clause saw, in the order in which it reads its facts. */
export function seenFacts(compiled: CompiledTerms, facts: readonly string[], values: readonly StepValue[]): SeenFact[] {
  return facts.map((name, index) => ({ name, value: plainValue(compiled, name, values[index] ?? null) }));
}

function plainValue(compiled: CompiledTerms, fact: string, value: StepValue): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return value.join(', ');
  if (isMoney(fact)) return formatDecimal(bigintOf(value), compiled.currencyExponent);
  if (fact === 'line.rate') return formatPercent(bigintOf(value));
  return typeOfFact(compiled.terms, fact) === 'instant' ? instantWords(value) : String(value);
}

/** What steps are told of: the terms, and how they are said. */
type Telling = Pick<Scope, 'compiled' | 'language' | 'words'>;

/** The same as parts of a sentence: "the delivery country is FR". What `said` has already is left out. */
export function seenWords(scope: Telling, facts: readonly string[], values: readonly StepValue[], said = ''): string[] {
  return facts.map((fact, index) => wordsOf(scope, fact, values[index] ?? null)).filter((words) => !said.includes(words));
}

function wordsOf({ compiled, language, words }: Telling, fact: string, value: StepValue): string {
  const type = typeOfFact(compiled.terms, fact);
  const subject = factWords(fact, language);
  if (type === 'set') return words.seenSet(subject, Array.isArray(value) ? value.map(String) : []);
  if (value === null) return words.seenUnknown(subject, type === 'instant');
  if (type === 'instant') return words.seenAt(subject, instantWords(value));
  if (typeof value === 'boolean') return describeCondition(compiled.terms, { fact, is: value }, language);
  const text = plainValue(compiled, fact, value) ?? '';
  if (isMoney(fact)) return words.seen(subject, `${text} ${compiled.terms.program.currency}`);
  return words.seen(subject, fact === 'line.rate' ? `${text}%` : text);
}
