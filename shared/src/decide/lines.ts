import type { LineFacts } from '../facts/decisionFacts.ts';
import type { CompiledTerms, ConditionClause } from '../terms/compile.ts';
import type { FactContext } from '../terms/factReader.ts';
import { type Derivation, seeingOf } from './derivation.ts';

/** What the terms say of one line, before its value is looked at. */
export interface LineTerms {
  /** A clause takes the line out, or its rate is zero: it earns nothing whatever its value. */
  readonly earnsNothing: boolean;
  /** Undefined while it goes by a place that has not been given. */
  readonly rate: bigint | undefined;
}

const NOTHING: LineTerms = { earnsNothing: true, rate: 0n };

/** Judges every line by the exclusions, then finds its rate. Each clause that was looked at leaves a step. */
export function judgeLines(
  compiled: CompiledTerms,
  context: FactContext,
  lines: readonly LineFacts[],
  derivation: Derivation,
): LineTerms[] {
  const judged: LineTerms[] = [];
  for (let index = 0; index < lines.length; index++) {
    context.line = lines[index];
    judged.push(isExcluded(compiled, context, index, derivation) ? NOTHING : findRate(compiled, context, index, derivation));
  }
  context.line = undefined;
  return judged;
}

function isExcluded(compiled: CompiledTerms, context: FactContext, index: number, derivation: Derivation): boolean {
  for (const clause of compiled.exclusions) {
    if (!isInForce(clause, context.at)) continue;
    const { entry, condition } = clause;
    const hit = condition.holds(context);
    derivation.steps.push(seeingOf('exclude', entry.number, index, hit ? 1 : 0, condition.readers, context));
    if (!hit) continue;
    derivation.note(entry);
    return true;
  }
  return false;
}

function findRate(compiled: CompiledTerms, context: FactContext, index: number, derivation: Derivation): LineTerms {
  for (const rule of compiled.rates) {
    if (!isInForce(rule, context.at) || !rule.condition.holds(context)) continue;
    const rate = rule.rateOf(context);
    const told = rate === undefined ? null : Number(rate);
    derivation.steps.push(seeingOf('rate', rule.entry.number, index, told, rule.condition.readers, context));
    derivation.note(rule.entry);
    return { earnsNothing: rate === 0n, rate };
  }
  return NOTHING;
}

/** Shares and the quality factor, which scale every line alike. */
export function scaleFactors(
  compiled: CompiledTerms,
  context: FactContext,
  qualityFactor: bigint | undefined,
  derivation: Derivation,
): bigint[] {
  const factors: bigint[] = [];
  for (const rule of compiled.adjustments) {
    if (!isInForce(rule, context.at)) continue;
    const { entry, condition } = rule;
    if (rule.kind === 'quality-factor') {
      if (qualityFactor === undefined) continue;
      derivation.steps.push(['quality', entry.number, Number(qualityFactor)]);
      derivation.note(entry);
      factors.push(qualityFactor);
      continue;
    }
    const hit = condition.holds(context);
    derivation.steps.push(seeingOf('share', entry.number, hit ? 1 : 0, Number(rule.percent), condition.readers, context));
    if (!hit) continue;
    derivation.note(entry);
    factors.push(rule.percent);
  }
  return factors;
}

export function isInForce({ from, until }: ConditionClause, at: number): boolean {
  return at >= from && at < until;
}
