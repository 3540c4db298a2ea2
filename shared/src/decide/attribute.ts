import type { AffiliateFacts, ClickFacts } from '../facts/decisionFacts.ts';
import { compareIds } from '../facts/ids.ts';
import type { ClauseEntry, CompiledTerms } from '../terms/compile.ts';
import type { FactContext } from '../terms/factReader.ts';
import { addRules } from './rules.ts';
import type { DecideInput, Step, StepValue } from './types.ts';

export interface Attributed {
  affiliateId: string | null;
  click?: ClickFacts;
}

/** What bars a click from being attributed, and what else traffic clauses say of it. */
export interface ClickVerdict {
  /** Number of the clause that bars it, or -1. */
  barredBy: number;
  rules: string[];
  /** Rules under which a case is opened. */
  cases: string[];
  warnings: string[];
}

/** Judges a click by itself: was the affiliate active, and do the traffic clauses bar it (ALL-08 and the program's own). */
export function judgeClick(
  compiled: CompiledTerms,
  click: ClickFacts,
  affiliate?: Pick<AffiliateFacts, 'class' | 'country' | 'sourceKinds'>,
): ClickVerdict {
  const verdict: ClickVerdict = { barredBy: -1, rules: [], cases: [], warnings: [] };
  if (!click.active) {
    verdict.barredBy = compiled.activeAtClick.number;
    verdict.rules.push(compiled.activeAtClick.clause.id);
  }
  if (compiled.traffic.length === 0) return verdict;
  const context: FactContext = {
    at: click.at,
    click,
    affiliate: {
      documents: click.documents,
      sourceKinds: affiliate?.sourceKinds ?? [],
      class: affiliate?.class,
      country: affiliate?.country,
    },
  };
  for (const rule of compiled.traffic) {
    if (click.at < rule.from || click.at >= rule.until || (rule.unlessPermitted && click.permitted) || !rule.condition.holds(context))
      continue;
    const { id } = rule.entry.clause;
    if (rule.bars) {
      if (verdict.barredBy < 0) verdict.barredBy = rule.entry.number;
      verdict.rules.push(id);
    }
    if (rule.opensCase) verdict.cases.push(id);
    if (rule.warns) verdict.warnings.push(id);
  }
  return verdict;
}

/** Finds whom an order is attributed to, and says of every competing click why it won or lost (ALL-09). */
export function attribute(compiled: CompiledTerms, input: DecideInput, steps: Step[], rules: Set<string>): Attributed {
  if (input.attributedByStaff !== undefined) {
    const { affiliateId, reason } = input.attributedByStaff;
    steps.push(['staff', compiled.attribution.number, affiliateId === null ? null : input.affiliate(affiliateId).externalId, reason]);
    return { affiliateId };
  }
  const tied = compiled.terms.attribution.model === 'customer-tie';
  if (input.coupon !== undefined && compiled.terms.attribution.coupon.beatsClicks) {
    const { code, affiliateId, active } = input.coupon;
    const wins = affiliateId !== undefined && active;
    steps.push(['coupon', compiled.coupon.number, code, wins ? 'won' : affiliateId === undefined ? 'unknown' : 'inactive']);
    if (wins) {
      rules.add(compiled.coupon.clause.id);
      return { affiliateId };
    }
  }
  return tied ? byTie(compiled, input, steps, rules) : byClicks(compiled, input, steps, rules);
}

function byTie(compiled: CompiledTerms, input: DecideInput, steps: Step[], rules: Set<string>): Attributed {
  const affiliateId = input.customer?.tiedTo ?? null;
  addRules(rules, compiled.attribution);
  steps.push([
    'tie',
    compiled.attribution.number,
    input.customer?.externalId ?? null,
    affiliateId === null ? null : input.affiliate(affiliateId).externalId,
  ]);
  return { affiliateId };
}

function byClicks(compiled: CompiledTerms, input: DecideInput, steps: Step[], rules: Set<string>): Attributed {
  const named = compiled.terms.attribution.model === 'named-click';
  const lost = new Set<string>();
  let winner: { click: ClickFacts; rank: number; step: StepValue[] } | undefined;
  for (const click of input.clicks) {
    if (named && click.id !== input.namedClick) continue;
    const failure = whyNot(compiled, input, click);
    const affiliate = input.affiliate(click.affiliateId).externalId;
    if (failure !== undefined) {
      addRules(lost, compiled.clauses[failure[0]] as ClauseEntry);
      steps.push(['click', failure[0], click.id, affiliate, click.at, ...failure.slice(1)] as unknown as Step);
      continue;
    }
    const rank = rankOf(compiled, input, click);
    const step: StepValue[] = [click.id, affiliate, click.at, 'won', rank];
    if (winner === undefined || beats(click, rank, winner.click, winner.rank)) {
      if (winner !== undefined) loses(compiled, steps, winner.step, winner.rank, rank, click.id);
      winner = { click, rank, step };
    } else {
      loses(compiled, steps, step, rank, winner.rank, winner.click.id);
    }
  }
  addRules(rules, compiled.attribution);
  if (winner === undefined) {
    for (const rule of lost) rules.add(rule);
    steps.push(['nobody', compiled.attribution.number, input.clicks.length]);
    return { affiliateId: null };
  }
  steps.push(['click', (compiled.pageRanks?.entry ?? compiled.attribution).number, ...winner.step]);
  return { affiliateId: winner.click.affiliateId, click: winner.click };
}

function loses(compiled: CompiledTerms, steps: Step[], step: StepValue[], rank: number, bestRank: number, winner: string): void {
  const byRank = rank !== bestRank;
  const clause = byRank ? (compiled.pageRanks?.entry ?? compiled.attribution) : compiled.attribution;
  steps.push(['click', clause.number, ...step.slice(0, 3), byRank ? 'rank' : 'earlier', rank, winner]);
}

/** The clause that keeps a click from competing, with the reason; undefined for a good one. */
function whyNot(compiled: CompiledTerms, input: DecideInput, click: ClickFacts): [number, ...StepValue[]] | undefined {
  const { placedAt } = input.order;
  if (click.at > placedAt) return [compiled.attribution.number, 'after-order'];
  const context: FactContext = { at: placedAt, click, affiliate: input.affiliate(click.affiliateId) };
  const window = compiled.windows.find((row) => placedAt >= row.from && placedAt < row.until && row.condition.holds(context));
  if (window !== undefined) {
    const end = window.end(click.at);
    if (placedAt > end) return [window.entry.number, 'window', end];
  }
  const verdict = judgeClick(compiled, click, input.affiliate(click.affiliateId));
  return verdict.barredBy < 0 ? undefined : [verdict.barredBy, 'barred', verdict.rules];
}

/** 0 is the best page. Without page ranks all clicks are equal. */
function rankOf(compiled: CompiledTerms, input: DecideInput, click: ClickFacts): number {
  const ranks = compiled.pageRanks;
  if (ranks === undefined) return 0;
  let page = click.page;
  if (page === undefined) return ranks.last;
  if (ranks.personal.has(page) && !input.order.lines.some((line) => line.product === click.product)) page = ranks.fallback;
  return ranks.rankOf.get(page) ?? ranks.last;
}

/** The better page, then the later click, then the greater id by code point. */
function beats(click: ClickFacts, rank: number, other: ClickFacts, otherRank: number): boolean {
  if (rank !== otherRank) return rank < otherRank;
  if (click.at !== other.at) return click.at > other.at;
  return compareIds(click.id, other.id) > 0;
}
