import { formatFactor, formatPercent } from '../../money/index.ts';
import type { CompiledTerms } from '../../terms/compile.ts';
import type { ExclusionClause } from '../../terms/document.ts';
import { describeCondition } from '../../terms/words.ts';
import { commissionOf } from '../commission.ts';
import type { Step, StepValue } from '../types.ts';
import { type Scope, skuOf, type Told } from './told.ts';
import { amountWords, bigintOf, moneyWords, seenFacts, seenWords } from './values.ts';

export function exclude(scope: Scope): Told {
  const { compiled, entry, values, words, language } = scope;
  const [index, hit, ...seen] = values;
  const subject = skuOf(scope, index);
  const facts = seenFacts(compiled, entry.facts, seen);
  if (hit !== 1) return { conclusion: 'kept', subject, sentence: words.kept(subject, seenWords(scope, entry.facts, seen)), facts };
  const why = describeCondition(compiled.terms, (entry.clause as ExclusionClause).excludeWhen, language);
  const sentence = words.excluded(subject, why, seenWords(scope, entry.facts, seen, why));
  return { conclusion: 'excluded', subject, sentence, facts, amountAfter: 0n };
}

export function rate(scope: Scope): Told {
  const { compiled, entry, values, words } = scope;
  const [index, rate, ...seen] = values;
  const subject = skuOf(scope, index);
  const facts = seenFacts(compiled, entry.facts, seen);
  if (rate === null) return { conclusion: 'waits-for-place', subject, sentence: words.waitsForPlace(subject), facts };
  const earned = bigintOf(rate);
  return {
    conclusion: earned === 0n ? 'zero-rate' : 'rated',
    subject,
    sentence: rateWords(scope, subject, earned, seen),
    facts,
    ...(earned === 0n ? { amountAfter: 0n } : {}),
  };
}

/** For rates that lines state themselves: how what is stated became what is earned. */
function rateWords(scope: Scope, subject: string, held: bigint, seen: readonly StepValue[]): string {
  const { compiled, entry, words } = scope;
  const percent = formatPercent(held);
  const rule = compiled.rates.find((item) => item.entry === entry);
  if (rule?.kind !== 'from-line') return words.rated(subject, percent, seenWords(scope, entry.facts, seen));
  const stated = entry.facts.indexOf('line.rate');
  const told = seen[stated] ?? null;
  const others = seenWords(
    scope,
    entry.facts.filter((_, index) => index !== stated),
    seen.filter((_, index) => index !== stated),
  );
  if (told === null) return words.ratedWithoutOwn(subject, percent, others);
  const own = bigintOf(told);
  if (own === held) return words.ratedByOwn(subject, percent, others);
  const [stating = ''] = seenWords(scope, ['line.rate'], [told]);
  return words.ratedByBound(subject, percent, own < held ? 'least' : 'most', stating, others);
}

export function earn(scope: Scope): Told {
  const { compiled, values, steps, words } = scope;
  const [index, left, earned] = values;
  const subject = skuOf(scope, index);
  const value = bigintOf(left);
  const amount = bigintOf(earned);
  const rate = steps.find((step) => step[0] === 'rate' && step[2] === index)?.[3] ?? null;
  const base = {
    conclusion: 'earned',
    subject,
    facts: [{ name: 'line.left', value: moneyWords(compiled, value).split(' ')[0] as string }],
    amountAfter: amount,
  };
  const placed = scope.lines[index as number]?.value ?? value;
  const worth = words.worth(moneyWords(compiled, value), placed > value ? moneyWords(compiled, placed) : null);
  if (rate === null) return { ...base, sentence: words.noRateYet(subject, worth) };
  const percent = bigintOf(rate);
  const factors = factorsOf(steps);
  const isWhole = isExact(
    compiled,
    value,
    percent,
    factors.map(({ factor }) => factor),
    amount,
  );
  const scaled = factors.map(({ text }) => text);
  return { ...base, sentence: words.earned(subject, formatPercent(percent), worth, scaled, amountWords(compiled, amount), isWhole) };
}

/** What scales every line alike, as the steps before told it. */
function factorsOf(steps: readonly Step[]): { factor: bigint; text: string }[] {
  return steps.flatMap(([kind, , first, second]) => {
    if (kind === 'quality') return [{ factor: bigintOf(first), text: formatFactor(bigintOf(first)) }];
    if (kind === 'share' && first === 1) return [{ factor: bigintOf(second), text: `${formatPercent(bigintOf(second))}%` }];
    return [];
  });
}

/** Far finer than any remainder that rates and factors can leave. */
const FINE = 10n ** 60n;

function isExact(compiled: CompiledTerms, value: bigint, rate: bigint, factors: readonly bigint[], amount: bigint): boolean {
  return commissionOf(compiled, value * FINE, rate, factors) === amount * FINE;
}
