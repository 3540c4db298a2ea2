import type { LineFacts } from '../facts/decisionFacts.ts';
import { formatFactor, formatPercent, HUNDRED_PERCENT, scaleToTotal } from '../money/index.ts';
import type { CompiledTerms, ConditionClause, RateRule } from '../terms/compile.ts';
import type { FactContext, FactReader } from '../terms/factReader.ts';
import { addRules } from './rules.ts';
import type { Step, StepValue } from './types.ts';

/** What the terms say of one line, before its value is looked at. */
export interface LineTerms {
  /** A clause takes the line out, or its rate is zero: it earns nothing whatever its value. */
  earnsNothing: boolean;
  /** Undefined while it goes by a place that has not been given. */
  rate: bigint | undefined;
}

/** Judges every line by the exclusions, then finds its rate. Each clause that was looked at leaves a step. */
export function judgeLines(
  compiled: CompiledTerms,
  context: FactContext,
  lines: readonly LineFacts[],
  steps: Step[],
  rules: Set<string>,
): LineTerms[] {
  return lines.map((line, index) => {
    context.line = line;
    for (const clause of compiled.exclusions) {
      if (!isInForce(clause, context.at)) continue;
      const hit = clause.condition.holds(context);
      steps.push(['exclude', clause.entry.number, index, hit ? 1 : 0, ...valuesSeen(clause.condition.readers, context)]);
      if (hit) {
        addRules(rules, clause.entry);
        return { earnsNothing: true, rate: 0n };
      }
    }
    return findRate(compiled, context, index, steps, rules);
  });
}

function findRate(compiled: CompiledTerms, context: FactContext, index: number, steps: Step[], rules: Set<string>): LineTerms {
  for (const rule of compiled.rates) {
    if (!isInForce(rule, context.at) || !rule.condition.holds(context)) continue;
    const rate = rateOf(rule, context);
    steps.push([
      'rate',
      rule.entry.number,
      index,
      rate === undefined ? null : formatPercent(rate),
      ...valuesSeen(rule.condition.readers, context),
    ]);
    addRules(rules, rule.entry);
    return { earnsNothing: rate === 0n, rate };
  }
  return { earnsNothing: true, rate: 0n };
}

function rateOf(rule: RateRule, context: FactContext): bigint | undefined {
  const { rate } = rule;
  switch (rate.kind) {
    case 'fixed':
      return rate.percent;
    case 'from-line': {
      const told = context.line?.rate;
      if (told === undefined) return rate.missing;
      return told < rate.atLeast ? rate.atLeast : told > rate.atMost ? rate.atMost : told;
    }
    case 'table':
      return rate.pick(rate.by.map((read) => read(context) as string | undefined)) ?? 0n;
    case 'place-tiers': {
      const { place } = context;
      if (place === undefined) return undefined;
      let percent = 0n;
      for (const tier of rate.tiers) if (place >= tier.fromPlace) percent = tier.percent;
      return percent;
    }
  }
}

/** Shares and the quality factor, which scale every line alike. */
export function scaleFactors(
  compiled: CompiledTerms,
  context: FactContext,
  qualityFactor: bigint | undefined,
  steps: Step[],
  rules: Set<string>,
): bigint[] {
  const factors: bigint[] = [];
  for (const rule of compiled.adjustments) {
    if (!isInForce(rule, context.at)) continue;
    if (rule.kind === 'quality-factor') {
      if (qualityFactor === undefined) continue;
      steps.push(['quality', rule.entry.number, formatFactor(qualityFactor)]);
      addRules(rules, rule.entry);
      factors.push(qualityFactor);
      continue;
    }
    const hit = rule.condition.holds(context);
    steps.push(['share', rule.entry.number, hit ? 1 : 0, formatPercent(rule.percent), ...valuesSeen(rule.condition.readers, context)]);
    if (!hit) continue;
    addRules(rules, rule.entry);
    factors.push(rule.percent);
  }
  return factors;
}

/** The commission of a line's value: scaled, converted to the reward's unit, rounded down once (BG-03, AE-09). */
export function commissionOf(compiled: CompiledTerms, value: bigint, rate: bigint, factors: readonly bigint[]): bigint {
  let numerator = value * rate * compiled.conversion.numerator;
  let denominator = HUNDRED_PERCENT * compiled.conversion.denominator;
  for (const factor of factors) {
    numerator *= factor;
    denominator *= HUNDRED_PERCENT;
  }
  return numerator / denominator;
}

/** Holds an order's lines under its caps, in proportion, the left-over minor units by largest remainder (AE-13). */
export function capLines(compiled: CompiledTerms, amounts: bigint[], steps: Step[], rules: Set<string>): bigint[] {
  let capped = amounts;
  for (const cap of compiled.caps) {
    let sum = 0n;
    for (const amount of capped) sum += amount;
    if (sum > cap.amount) {
      capped = scaleToTotal(capped, cap.amount);
      addRules(rules, cap.entry);
    }
    steps.push(['cap', cap.entry.number, sum.toString(), cap.amount.toString(), capped.map(String)]);
  }
  return capped;
}

export function isInForce(clause: ConditionClause, at: number): boolean {
  return at >= clause.from && at < clause.until;
}

/** The facts' values as an explanation keeps them: null where unknown, bigints as text. */
export function valuesSeen(readers: readonly FactReader[], context: FactContext): StepValue[] {
  return readers.map((read) => {
    const value = read(context);
    return value === undefined ? null : typeof value === 'bigint' ? value.toString() : value;
  });
}
