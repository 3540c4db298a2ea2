import type { TrafficClause } from '../../terms/document.ts';
import { describeCondition } from '../../terms/words.ts';
import { formatInstant } from '../../time/index.ts';
import type { StepValue } from '../types.ts';
import { isHidden, type Scope, shownName, type Told } from './told.ts';
import { instantWords, type SeenFact } from './values.ts';

export function staff(scope: Scope): Told {
  const { words, values, reader } = scope;
  const [affiliate, reason] = values;
  const because = reader === undefined && reason ? String(reason) : null;
  if (affiliate === null) return { conclusion: 'nobody', sentence: words.staffNobody(because), amountAfter: 0n };
  return { conclusion: 'attributed', sentence: words.staffAttributed(shownName(scope, affiliate), because) };
}

export function coupon(scope: Scope): Told {
  const { words, values } = scope;
  const [code, outcome] = values;
  const conclusion = String(outcome);
  const shown = shownName(scope, code);
  switch (conclusion) {
    case 'unknown':
      return { conclusion, sentence: words.codeOfNobody(shown) };
    case 'inactive':
      return { conclusion, sentence: words.codeOfInactive(shown) };
    case 'not-open':
      return { conclusion, sentence: words.codeWhileNotOpen(shown) };
    default:
      return { conclusion, sentence: words.codeDecides(shown) };
  }
}

export function tie(scope: Scope): Told {
  const { words, values, reader } = scope;
  const [customer, affiliate] = values;
  if (customer === null) return { conclusion: 'untied', sentence: words.noCustomer(), amountAfter: 0n };
  if (affiliate === null) {
    // Whose customer it is not does not learn who it is.
    const who = reader === undefined ? String(customer) : null;
    return { conclusion: 'untied', sentence: words.tiedToNobody(who), amountAfter: 0n };
  }
  const to = isHidden(scope, affiliate) ? null : { customer: String(customer), affiliate: String(affiliate) };
  return { conclusion: 'tied', sentence: words.tied(to) };
}

export function nobody({ compiled, words, values, steps }: Scope): Told {
  const looked = steps.filter(([kind]) => kind === 'click').length;
  const isNamed = compiled.terms.attribution.model === 'named-click';
  const seen: SeenFact[] = [{ name: 'clicks', value: String(isNamed ? looked : values[0]) }];
  const sentence = looked === 0 ? words.noClick(isNamed) : words.noneCounts(looked);
  return { conclusion: 'nobody', sentence, facts: seen, amountAfter: 0n };
}

const CONCLUSIONS: Record<string, string> = {
  won: 'won',
  rank: 'lost-to-better-page',
  earlier: 'lost-to-later-click',
  'after-order': 'after-order',
  window: 'window-over',
  barred: 'barred',
};

export function click(scope: Scope): Told {
  const { words, values } = scope;
  const [id, affiliate, at, outcome, ...more] = values;
  const who = isHidden(scope, affiliate) ? null : { id: String(id), affiliate: String(affiliate) };
  return {
    conclusion: CONCLUSIONS[String(outcome)] ?? String(outcome),
    subject: who?.id ?? null,
    sentence: words.click(who, instantWords(at), outcomeWords(scope, String(outcome), at as number, more)),
    facts: [{ name: 'click.at', value: instantWords(at) }],
    ...(outcome === 'barred' ? { rules: more[0] as string[] } : {}),
  };
}

function outcomeWords(scope: Scope, outcome: string, at: number, more: readonly StepValue[]): string {
  const { words } = scope;
  switch (outcome) {
    case 'won':
      return words.wins(isAlone(scope));
    case 'after-order':
      return words.doesNotCount(words.afterOrder());
    case 'window':
      return words.doesNotCount(words.windowOver(instantWords(more[0])));
    case 'barred':
      return words.doesNotCount(more[1] === 'not-open' ? words.wasNotOpen() : reasonWords(scope));
    default:
      return words.lost(winnerWords(scope, outcome, at, more[1]));
  }
}

/** Of all clicks that could win, is there but one? */
function isAlone({ steps }: Scope): boolean {
  return steps.filter(([kind, , , , , outcome]) => kind === 'click' && ['won', 'rank', 'earlier'].includes(String(outcome))).length === 1;
}

function winnerWords(scope: Scope, outcome: string, at: number, winner: StepValue | undefined): string {
  const { words, steps } = scope;
  const found = steps.find(([kind, , id]) => kind === 'click' && id === winner);
  const name = isHidden(scope, found?.[3]) ? null : String(winner);
  if (outcome === 'rank') return words.betterPage(name);
  if (found?.[4] === at) return words.sameInstant(name);
  return words.later(name, typeof found?.[4] === 'number' ? formatInstant(found[4]) : null);
}

function reasonWords({ compiled, language, words, entry }: Scope): string {
  if (entry === compiled.activeAtClick) return words.wasNotActive();
  const rule = compiled.traffic.find((traffic) => traffic.entry === entry);
  if (rule === undefined) return words.barredByRule();
  return words.barredWhen(describeCondition(compiled.terms, (entry.clause as TrafficClause).when, language), rule.unlessPermitted);
}
