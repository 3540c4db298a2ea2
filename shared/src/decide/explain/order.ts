import { formatFactor, formatPercent } from '../../money/index.ts';
import type { AdjustmentClause, DerivedFact, Lifecycle, QualificationClause } from '../../terms/document.ts';
import { describeCondition, factWords } from '../../terms/words.ts';
import type { StepValue } from '../types.ts';
import { type Scope, skuOf, type Told } from './told.ts';
import { amountWords, bigintOf, instantWords, listed, seenFacts, seenWords } from './values.ts';

export function derived({ compiled, entry, values }: Scope): Told {
  const [value, ...seen] = values;
  const words = seenWords(compiled, entry.facts, seen);
  const from = words.length === 0 ? '' : `: ${listed(words)}`;
  const subject = factWords((entry.clause as DerivedFact).fact);
  return {
    conclusion: String(value),
    sentence: `${subject[0]!.toUpperCase()}${subject.slice(1)} is ${value}${from}`,
    facts: seenFacts(compiled, entry.facts, seen),
  };
}

export function program(): Told {
  return { conclusion: 'closed', sentence: 'The order is rejected: the program was closed when it was placed', amountAfter: 0n };
}

export function self({ values }: Scope): Told {
  const [own, allowed] = values;
  if (own === 0) return { conclusion: 'not-own', sentence: 'The customer is not the affiliate' };
  if (allowed === 1) return { conclusion: 'own-allowed', sentence: 'The customer is the affiliate, which is allowed' };
  return { conclusion: 'own', sentence: 'The order is rejected: the customer is the affiliate', amountAfter: 0n };
}

export function qualification({ compiled, entry, values }: Scope): Told {
  const [hit, ...seen] = values;
  const facts = seenFacts(compiled, entry.facts, seen);
  if (hit !== 1) return { conclusion: 'passed', sentence: `The order passes${saw(seenWords(compiled, entry.facts, seen))}`, facts };
  const why = describeCondition(compiled.terms, (entry.clause as QualificationClause).rejectWhen);
  const more = saw(seenWords(compiled, entry.facts, seen, why));
  return { conclusion: 'rejected', sentence: `The order is rejected, because ${why}${more}`, facts, amountAfter: 0n };
}

/** ": the delivery country is FR". */
export function saw(words: readonly string[]): string {
  return words.length === 0 ? '' : `: ${listed(words)}`;
}

export function breach({ values }: Scope): Told {
  const rule = String(values[0]);
  return {
    conclusion: 'breach',
    sentence: `A breach of ${rule} was proven, so the affiliate earns nothing any more`,
    rules: [rule],
    amountAfter: 0n,
  };
}

export function share({ compiled, entry, values }: Scope): Told {
  const [hit, percent, ...seen] = values;
  const facts = seenFacts(compiled, entry.facts, seen);
  if (hit !== 1) return { conclusion: 'kept', sentence: `Nothing is taken off${saw(seenWords(compiled, entry.facts, seen))}`, facts };
  const { when } = entry.clause as Extract<AdjustmentClause, { kind: 'share' }>;
  const why = describeCondition(compiled.terms, when);
  return {
    conclusion: 'reduced',
    sentence: `Only ${formatPercent(bigintOf(percent))}% of the earnings stay, because ${why}${saw(seenWords(compiled, entry.facts, seen, why))}`,
    facts,
  };
}

export function quality({ values }: Scope): Told {
  const factor = formatFactor(bigintOf(values[0]));
  return {
    conclusion: 'scaled',
    sentence: `The affiliate’s quality factor of ${factor} scales the earnings`,
    facts: [{ name: 'affiliate.qualityFactor', value: factor }],
  };
}

export function cap(scope: Scope): Told {
  const { compiled, values } = scope;
  const [sum, most] = [bigintOf(values[0]), bigintOf(values[1])];
  const parts = values[2] as readonly StepValue[];
  const together = `The lines earn ${amountWords(compiled, sum)} together`;
  if (sum <= most)
    return {
      conclusion: 'under-cap',
      sentence: `${together}, no more than the ${amountWords(compiled, most)} that an order may`,
      amountAfter: sum,
    };
  const shares = parts.map((part, index) => `${skuOf(scope, index)} ${amountWords(compiled, bigintOf(part))}`);
  return {
    conclusion: 'capped',
    sentence: `${together}, more than the ${amountWords(compiled, most)} that an order may: they share it as ${listed(shares)}`,
    amountAfter: most,
  };
}

export function unpaid({ entry, values }: Scope): Told {
  const fact = factWords((entry.clause as NonNullable<Lifecycle['earnsFrom']>).fact);
  if (values[0] !== 1) return { conclusion: 'paid', sentence: `The order earns: ${fact} is known` };
  return { conclusion: 'unpaid', sentence: `The order earns nothing yet: ${fact} is not known`, amountAfter: 0n };
}

/** A refund was told that the order, as it is known, cannot have had. */
export function misfit({ values }: Scope): Told {
  const [sku, kind] = values;
  const subject = String(sku);
  if (kind === 'no-line')
    return { conclusion: 'no-line', subject, sentence: `A refund of ${subject} counts for nothing: the order has no such line` };
  return {
    conclusion: 'too-much',
    subject,
    sentence: `More of ${subject} was refunded than the order has of it: all of it counts as refunded`,
  };
}

const REMOVALS: Record<string, string> = {
  rejected: 'The order earns nothing: the merchant rejected it',
  voided: 'The order earns nothing: staff voided it, as it should not have been recorded,',
  cancelled: 'The order earns nothing: it was cancelled',
  refunded: 'The order earns nothing: all of it was refunded',
  disputed: 'The order earns nothing while a dispute is open',
  'dispute-lost': 'The order earns nothing: the buyer won the dispute',
};

export function removed({ values }: Scope): Told {
  const [kind, at] = values;
  const conclusion = String(kind);
  const when = at === null ? '' : ` at ${instantWords(at)}`;
  return {
    conclusion,
    sentence: `${REMOVALS[conclusion] ?? `The order earns nothing: ${conclusion}`}${when}`,
    facts: at === null ? [] : [{ name: `order.${conclusion}At`, value: instantWords(at) }],
    amountAfter: 0n,
  };
}

export function available({ compiled, entry, values }: Scope): Told {
  const [from, until, anchors] = values as [StepValue, StepValue, readonly StepValue[]];
  const facts = seenFacts(compiled, entry.facts, anchors);
  if (from === null) {
    const missing = entry.facts.filter((_, index) => anchors[index] === null).map(factWords);
    return { conclusion: 'waits', sentence: `Not usable yet: ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not known`, facts };
  }
  const end = until === null ? '' : ` and before ${instantWords(until)}`;
  const rules = [entry.clause.id, ...(until === null || compiled.expiry === undefined ? [] : [compiled.expiry.entry.clause.id])];
  return {
    conclusion: 'usable',
    sentence: `Usable from ${instantWords(from)} on${end}${saw(seenWords(compiled, entry.facts, anchors))}`,
    facts,
    rules,
  };
}
