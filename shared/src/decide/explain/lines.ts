import { formatFactor, formatPercent } from '../../money/index.ts';
import type { CompiledTerms } from '../../terms/compile.ts';
import type { ExclusionClause } from '../../terms/document.ts';
import { describeCondition } from '../../terms/words.ts';
import { commissionOf } from '../commission.ts';
import type { Step, StepValue } from '../types.ts';
import { saw } from './order.ts';
import { type Scope, skuOf, type Told } from './told.ts';
import { amountWords, bigintOf, moneyWords, seenFacts, seenWords } from './values.ts';

export function exclude(scope: Scope): Told {
  const { compiled, entry, values } = scope;
  const [index, hit, ...seen] = values;
  const subject = skuOf(scope, index);
  const facts = seenFacts(compiled, entry.facts, seen);
  if (hit !== 1)
    return {
      conclusion: 'kept',
      subject,
      sentence: `Line ${subject} is not left out${saw(seenWords(compiled, entry.facts, seen))}`,
      facts,
    };
  const why = describeCondition(compiled.terms, (entry.clause as ExclusionClause).excludeWhen);
  const more = saw(seenWords(compiled, entry.facts, seen, why));
  return { conclusion: 'excluded', subject, sentence: `Line ${subject} earns nothing, because ${why}${more}`, facts, amountAfter: 0n };
}

export function rate(scope: Scope): Told {
  const { compiled, entry, values } = scope;
  const [index, rate, ...seen] = values;
  const subject = skuOf(scope, index);
  const facts = seenFacts(compiled, entry.facts, seen);
  const words = seenWords(compiled, entry.facts, seen);
  if (rate === null) {
    const sentence = `Line ${subject} has no rate yet: the customer has no place among the affiliate’s paying customers`;
    return { conclusion: 'waits-for-place', subject, sentence, facts };
  }
  const earned = bigintOf(rate);
  return {
    conclusion: earned === 0n ? 'zero-rate' : 'rated',
    subject,
    sentence: `Line ${subject} earns ${formatPercent(earned)}%${rateReason(scope, earned, seen) ?? saw(words)}`,
    facts,
    ...(earned === 0n ? { amountAfter: 0n } : {}),
  };
}

/** For rates that lines state themselves: how what is stated became what is earned. */
function rateReason({ compiled, entry }: Scope, held: bigint, seen: readonly StepValue[]): string | undefined {
  const rule = compiled.rates.find((item) => item.entry === entry);
  if (rule?.kind !== 'from-line') return undefined;
  const stated = entry.facts.indexOf('line.rate');
  const told = seen[stated] ?? null;
  const others = saw(
    seenWords(
      compiled,
      entry.facts.filter((_, index) => index !== stated),
      seen.filter((_, index) => index !== stated),
    ),
  );
  if (told === null) return `, as it states no rate${others}`;
  const own = bigintOf(told);
  if (own === held) return `, its own rate${others}`;
  const stating = seenWords(compiled, ['line.rate'], [told])[0] as string;
  return `, the ${own < held ? 'least' : 'most'} there is: ${stating}${others.replace(': ', ', ')}`;
}

export function earn(scope: Scope): Told {
  const { compiled, values, steps } = scope;
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
  const of =
    placed > value ? `of the ${moneyWords(compiled, value)} left of ${moneyWords(compiled, placed)}` : `of ${moneyWords(compiled, value)}`;
  if (rate === null) return { ...base, sentence: `Line ${subject}: nothing ${of}, as it has no rate yet` };
  const percent = bigintOf(rate);
  const factors = factorsOf(steps);
  const isWhole = isExact(
    compiled,
    value,
    percent,
    factors.map(({ factor }) => factor),
    amount,
  );
  const scaled = factors.map(({ words }) => ` × ${words}`).join('');
  const is = `${formatPercent(percent)}% ${of}${scaled} is ${amountWords(compiled, amount)}`;
  return { ...base, sentence: `Line ${subject}: ${is}${isWhole ? '' : ', cut downwards'}` };
}

/** What scales every line alike, as the steps before told it. */
function factorsOf(steps: readonly Step[]): { factor: bigint; words: string }[] {
  return steps.flatMap(([kind, , first, second]) => {
    if (kind === 'quality') return [{ factor: bigintOf(first), words: formatFactor(bigintOf(first)) }];
    if (kind === 'share' && first === 1) return [{ factor: bigintOf(second), words: `${formatPercent(bigintOf(second))}%` }];
    return [];
  });
}

/** Far finer than any remainder that rates and factors can leave. */
const FINE = 10n ** 60n;

function isExact(compiled: CompiledTerms, value: bigint, rate: bigint, factors: readonly bigint[], amount: bigint): boolean {
  return commissionOf(compiled, value * FINE, rate, factors) === amount * FINE;
}
