import type { TrafficClause } from '../../terms/document.ts';
import { describeCondition } from '../../terms/words.ts';
import { formatInstant } from '../../time/index.ts';
import type { StepValue } from '../types.ts';
import { isHidden, type Scope, type Told } from './told.ts';
import { instantWords, type SeenFact } from './values.ts';

export function staff(scope: Scope): Told {
  const [affiliate, reason] = scope.values;
  const because = scope.reader === undefined && reason ? `: ${reason}` : '';
  if (affiliate === null) return { conclusion: 'nobody', sentence: `Staff attributed the order to nobody${because}`, amountAfter: 0n };
  const whom = isHidden(scope, affiliate) ? 'another affiliate' : affiliate;
  return { conclusion: 'attributed', sentence: `Staff attributed the order to ${whom}${because}` };
}

export function coupon(scope: Scope): Told {
  const [code, outcome] = scope.values;
  const conclusion = String(outcome);
  if (conclusion === 'unknown') {
    const whose = isHidden(scope, code) ? 'The code on the order' : `The code ${code} on the order`;
    return { conclusion, sentence: `${whose} is nobody’s, so clicks decide` };
  }
  if (conclusion === 'inactive') {
    const whose = isHidden(scope, code) ? 'The code on the order' : `The code ${code} on the order`;
    return { conclusion, sentence: `${whose} is of an affiliate who was not active, so clicks decide` };
  }
  if (conclusion === 'not-open') {
    const whose = isHidden(scope, code) ? 'The code on the order' : `The code ${code} on the order`;
    return { conclusion, sentence: `${whose} does not count, as the program was paused or closed, so clicks decide` };
  }
  if (isHidden(scope, code)) return { conclusion, sentence: 'The code on the order is another affiliate’s, who earns' };
  return { conclusion, sentence: `The code ${code} on the order decides: ${code} earns` };
}

export function tie(scope: Scope): Told {
  const [customer, affiliate] = scope.values;
  if (customer === null) return { conclusion: 'untied', sentence: 'The order names no customer, so nobody earns', amountAfter: 0n };
  if (affiliate !== null && isHidden(scope, affiliate))
    return { conclusion: 'tied', sentence: 'The customer is tied to another affiliate, who earns' };
  if (affiliate === null) {
    // Whose customer it is not does not learn who it is.
    const who = scope.reader === undefined ? `Customer ${customer}` : 'The customer';
    return { conclusion: 'untied', sentence: `${who} is tied to nobody, so nobody earns`, amountAfter: 0n };
  }
  return { conclusion: 'tied', sentence: `Customer ${customer} is tied to ${affiliate}, who earns` };
}

export function nobody({ compiled, values, steps }: Scope): Told {
  const looked = steps.filter(([kind]) => kind === 'click').length;
  const isNamed = compiled.terms.attribution.model === 'named-click';
  const none = isNamed ? 'The order names no click that is known' : 'No click is known';
  const bad = looked === 1 ? 'The only click does not count' : `None of the ${looked} clicks counts`;
  const seen: SeenFact[] = [{ name: 'clicks', value: String(isNamed ? looked : values[0]) }];
  return { conclusion: 'nobody', sentence: `${looked === 0 ? none : bad}, so nobody earns`, facts: seen, amountAfter: 0n };
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
  const [id, affiliate, at, outcome, ...more] = scope.values;
  const hidden = isHidden(scope, affiliate);
  const who = hidden ? 'A click of another affiliate' : `Click ${id} by ${affiliate}`;
  return {
    conclusion: CONCLUSIONS[String(outcome)] ?? String(outcome),
    subject: hidden ? null : String(id),
    sentence: `${who} at ${instantWords(at)} ${outcomeWords(scope, String(outcome), at as number, more)}`,
    facts: [{ name: 'click.at', value: instantWords(at) }],
    ...(outcome === 'barred' ? { rules: more[0] as string[] } : {}),
  };
}

function outcomeWords(scope: Scope, outcome: string, at: number, more: readonly StepValue[]): string {
  switch (outcome) {
    case 'won':
      return isAlone(scope) ? 'wins: no other click counts' : 'wins';
    case 'after-order':
      return 'does not count: the order had been placed already';
    case 'window':
      return `does not count: it was good until ${instantWords(more[0])}`;
    case 'barred':
      return `does not count: ${more[1] === 'not-open' ? 'the program was paused or closed then' : reasonWords(scope)}`;
    default:
      return `lost: ${winnerWords(scope, outcome, at, more[1])}`;
  }
}

/** Of all clicks that could win, is there but one? */
function isAlone({ steps }: Scope): boolean {
  return steps.filter(([kind, , , , , outcome]) => kind === 'click' && ['won', 'rank', 'earlier'].includes(String(outcome))).length === 1;
}

function winnerWords(scope: Scope, outcome: string, at: number, winner: StepValue | undefined): string {
  const found = scope.steps.find(([kind, , id]) => kind === 'click' && id === winner);
  const name = isHidden(scope, found?.[3]) ? 'another affiliate’s click' : winner;
  if (outcome === 'rank') return `${name} leads to a better page`;
  if (found?.[4] === at) return `${name} came at the same instant and has the greater id`;
  return `${name} is later${typeof found?.[4] === 'number' ? `, at ${formatInstant(found[4])}` : ''}`;
}

function reasonWords({ compiled, entry }: Scope): string {
  if (entry === compiled.activeAtClick) return 'the affiliate was not active then';
  const rule = compiled.traffic.find((traffic) => traffic.entry === entry);
  if (rule === undefined) return 'a rule bars it';
  const when = describeCondition(compiled.terms, (entry.clause as TrafficClause).when);
  return rule.unlessPermitted ? `${when}, without permission` : when;
}
