import { formatDecimal, formatPercent } from '../../money/index.ts';
import { builtInFact } from '../../terms/catalogue.ts';
import type { CompiledTerms } from '../../terms/compile.ts';
import type { FactType } from '../../terms/document.ts';
import { describeCondition, factWords } from '../../terms/words.ts';
import { formatInstant } from '../../time/index.ts';
import type { StepValue } from '../types.ts';

/** A fact by its path, with the value that a clause saw; null: it was not known. */
export interface SeenFact {
  name: string;
  value: string | null;
}

const MONEY = new Set(['order.price', 'order.goods', 'order.shipping', 'line.price']);

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
  if (MONEY.has(fact)) return formatDecimal(bigintOf(value), compiled.currencyExponent);
  if (fact === 'line.rate') return formatPercent(bigintOf(value));
  return typeOf(compiled, fact) === 'instant' ? instantWords(value) : String(value);
}

/** The same as parts of a sentence: "the delivery country is FR". What `said` has already is left out. */
export function seenWords(compiled: CompiledTerms, facts: readonly string[], values: readonly StepValue[], said = ''): string[] {
  return facts.map((fact, index) => wordsOf(compiled, fact, values[index] ?? null)).filter((words) => !said.includes(words));
}

function wordsOf(compiled: CompiledTerms, fact: string, value: StepValue): string {
  const type = typeOf(compiled, fact);
  const subject = factWords(fact);
  if (type === 'set') return `${subject} are ${Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none'}`;
  if (value === null) return `${subject} is ${type === 'instant' ? 'not known' : 'unknown'}`;
  if (type === 'instant') return `${subject} was at ${instantWords(value)}`;
  if (typeof value === 'boolean') return describeCondition(compiled.terms, { fact, is: value });
  const text = plainValue(compiled, fact, value);
  if (MONEY.has(fact)) return `${subject} is ${text} ${compiled.terms.program.currency}`;
  return `${subject} is ${text}${fact === 'line.rate' ? '%' : ''}`;
}

function typeOf({ terms }: CompiledTerms, fact: string): FactType | undefined {
  return builtInFact(fact)?.type ?? terms.facts?.find(({ level, name }) => `${level}.${name}` === fact)?.type;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
