import { formatFactor, formatPercent } from '../../money/index.ts';
import type { AdjustmentClause, DerivedFact, Lifecycle, QualificationClause } from '../../terms/document.ts';
import { describeCondition, factWords } from '../../terms/words.ts';
import type { StepValue } from '../types.ts';
import { type Scope, skuOf, type Told } from './told.ts';
import { amountWords, bigintOf, instantWords, seenFacts, seenWords } from './values.ts';

export function derived(scope: Scope): Told {
  const { compiled, entry, values, words, language } = scope;
  const [value, ...seen] = values;
  const subject = factWords((entry.clause as DerivedFact).fact, language);
  return {
    conclusion: String(value),
    sentence: words.derived(subject, String(value), seenWords(scope, entry.facts, seen)),
    facts: seenFacts(compiled, entry.facts, seen),
  };
}

export function program({ words }: Scope): Told {
  return { conclusion: 'closed', sentence: words.programClosed(), amountAfter: 0n };
}

export function self({ values, words }: Scope): Told {
  const [own, allowed] = values;
  if (own === 0) return { conclusion: 'not-own', sentence: words.notOwn() };
  if (allowed === 1) return { conclusion: 'own-allowed', sentence: words.ownAllowed() };
  return { conclusion: 'own', sentence: words.own(), amountAfter: 0n };
}

export function qualification(scope: Scope): Told {
  const { compiled, entry, values, words, language } = scope;
  const [hit, ...seen] = values;
  const facts = seenFacts(compiled, entry.facts, seen);
  if (hit !== 1) return { conclusion: 'passed', sentence: words.passes(seenWords(scope, entry.facts, seen)), facts };
  const why = describeCondition(compiled.terms, (entry.clause as QualificationClause).rejectWhen, language);
  const sentence = words.rejected(why, seenWords(scope, entry.facts, seen, why));
  return { conclusion: 'rejected', sentence, facts, amountAfter: 0n };
}

export function breach({ values, words }: Scope): Told {
  const rule = String(values[0]);
  return { conclusion: 'breach', sentence: words.breach(rule), rules: [rule], amountAfter: 0n };
}

export function share(scope: Scope): Told {
  const { compiled, entry, values, words, language } = scope;
  const [hit, percent, ...seen] = values;
  const facts = seenFacts(compiled, entry.facts, seen);
  if (hit !== 1) return { conclusion: 'kept', sentence: words.nothingTakenOff(seenWords(scope, entry.facts, seen)), facts };
  const { when } = entry.clause as Extract<AdjustmentClause, { kind: 'share' }>;
  const why = describeCondition(compiled.terms, when, language);
  const sentence = words.reduced(formatPercent(bigintOf(percent)), why, seenWords(scope, entry.facts, seen, why));
  return { conclusion: 'reduced', sentence, facts };
}

export function quality({ values, words }: Scope): Told {
  const factor = formatFactor(bigintOf(values[0]));
  return { conclusion: 'scaled', sentence: words.scaled(factor), facts: [{ name: 'affiliate.qualityFactor', value: factor }] };
}

export function cap(scope: Scope): Told {
  const { compiled, values, words } = scope;
  const [sum, most] = [bigintOf(values[0]), bigintOf(values[1])];
  const [together, limit] = [amountWords(compiled, sum), amountWords(compiled, most)];
  if (sum <= most) return { conclusion: 'under-cap', sentence: words.underCap(together, limit), amountAfter: sum };
  const shares = (values[2] as readonly StepValue[]).map((part, index) => ({
    sku: skuOf(scope, index),
    amount: amountWords(compiled, bigintOf(part)),
  }));
  return { conclusion: 'capped', sentence: words.capped(together, limit, shares), amountAfter: most };
}

export function unpaid({ entry, values, words, language }: Scope): Told {
  const fact = factWords((entry.clause as NonNullable<Lifecycle['earnsFrom']>).fact, language);
  if (values[0] !== 1) return { conclusion: 'paid', sentence: words.earns(fact) };
  return { conclusion: 'unpaid', sentence: words.earnsNothingYet(fact), amountAfter: 0n };
}

/** A refund was told that the order, as it is known, cannot have had. */
export function misfit({ values, words }: Scope): Told {
  const [sku, kind] = values;
  const subject = String(sku);
  if (kind === 'no-line') return { conclusion: 'no-line', subject, sentence: words.noSuchLine(subject) };
  return { conclusion: 'too-much', subject, sentence: words.tooMuchRefunded(subject) };
}

export function removed({ values, words }: Scope): Told {
  const [kind, at] = values;
  const conclusion = String(kind);
  const when = at === null ? null : instantWords(at);
  return {
    conclusion,
    sentence: words.removed(conclusion, when),
    facts: when === null ? [] : [{ name: `order.${conclusion}At`, value: when }],
    amountAfter: 0n,
  };
}

export function available(scope: Scope): Told {
  const { compiled, entry, values, words, language } = scope;
  const [from, until, anchors] = values as [StepValue, StepValue, readonly StepValue[]];
  const facts = seenFacts(compiled, entry.facts, anchors);
  if (from === null) {
    const missing = entry.facts.filter((_, index) => anchors[index] === null).map((fact) => factWords(fact, language));
    return { conclusion: 'waits', sentence: words.waits(missing), facts };
  }
  const rules = [entry.clause.id, ...(until === null || compiled.expiry === undefined ? [] : [compiled.expiry.entry.clause.id])];
  const end = until === null ? null : instantWords(until);
  return { conclusion: 'usable', sentence: words.usable(instantWords(from), end, seenWords(scope, entry.facts, anchors)), facts, rules };
}
