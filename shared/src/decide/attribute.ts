import type { AffiliateFacts, ClickFacts, OrderFacts } from '../facts/decisionFacts.ts';
import { compareIds } from '../facts/ids.ts';
import type { ClauseEntry, CompiledTerms, TrafficRule } from '../terms/compile.ts';
import { type AffiliateTraits, type FactContext, factContext } from '../terms/factReader.ts';
import type { Derivation } from './derivation.ts';
import type { DecideInput, Step } from './types.ts';

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

const NO_KINDS: readonly string[] = [];

/** Judges a click by itself: was the affiliate active in a program that was open, and do the traffic clauses bar it (ALL-08 and the program's own). */
export function judgeClick(compiled: CompiledTerms, click: ClickFacts, affiliate?: Omit<AffiliateTraits, 'documents'>): ClickVerdict {
  const verdict: ClickVerdict = { barredBy: -1, rules: [], cases: [], warnings: [] };
  if (!isTaken(click)) {
    verdict.barredBy = compiled.activeAtClick.number;
    verdict.rules.push(compiled.activeAtClick.clause.id);
  }
  const context = factContext(click.at, { click, affiliate: traitsAtClick(click, affiliate) });
  for (const rule of compiled.traffic) {
    if (!speaksOf(rule, click, context)) continue;
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

/** The affiliate was active, and the program open, so that anybody could be. */
function isTaken({ active, open }: ClickFacts): boolean {
  return active && open !== false;
}

/** Of its documents those count that the affiliate had accepted by the click. */
function traitsAtClick({ documents }: ClickFacts, affiliate: Omit<AffiliateTraits, 'documents'> | undefined): AffiliateTraits {
  return { documents, sourceKinds: affiliate?.sourceKinds ?? NO_KINDS, class: affiliate?.class, country: affiliate?.country };
}

function speaksOf(rule: TrafficRule, click: ClickFacts, context: FactContext): boolean {
  return click.at >= rule.from && click.at < rule.until && !(rule.unlessPermitted && click.permitted) && rule.condition.holds(context);
}

/** Finds whom an order is attributed to, and says of every competing click why it won or lost (ALL-09). */
export function attribute(compiled: CompiledTerms, input: DecideInput, derivation: Derivation): Attributed {
  const { steps } = derivation;
  if (input.attributedByStaff !== undefined) {
    const { affiliateId, reason } = input.attributedByStaff;
    steps.push(['staff', compiled.attribution.number, affiliateId === null ? null : input.affiliate(affiliateId).externalId, reason]);
    return { affiliateId };
  }
  if (input.coupon !== undefined && compiled.couponBeatsClicks) {
    const { code, affiliateId, active } = input.coupon;
    const open = (input.programStatus ?? 'open') === 'open';
    const wins = affiliateId !== undefined && active && open;
    const outcome = wins ? 'won' : affiliateId === undefined ? 'unknown' : active ? 'not-open' : 'inactive';
    steps.push(['coupon', compiled.coupon.number, code, outcome]);
    if (wins) {
      derivation.noteRule(compiled.coupon.clause.id);
      return { affiliateId };
    }
  }
  return compiled.model === 'customer-tie' ? byTie(compiled, input, derivation) : byClicks(compiled, input, derivation);
}

function byTie(compiled: CompiledTerms, input: DecideInput, derivation: Derivation): Attributed {
  const { customer } = input;
  const affiliateId = customer?.tiedTo ?? null;
  const whom = affiliateId === null ? null : input.affiliate(affiliateId).externalId;
  derivation.note(compiled.attribution);
  derivation.steps.push(['tie', compiled.attribution.number, customer?.externalId ?? null, whom]);
  return { affiliateId };
}

/** A click that may win: the better page, then the later click, then the greater id. */
interface Competitor {
  readonly click: ClickFacts;
  readonly rank: number;
  /** The affiliate, by the caller's id. */
  readonly by: string;
}

function byClicks(compiled: CompiledTerms, input: DecideInput, derivation: Derivation): Attributed {
  const { steps } = derivation;
  const { order, clicks } = input;
  const isNamed = compiled.model === 'named-click';
  const context = factContext(order.placedAt, {});
  const failed: ClauseEntry[] = [];
  let winner: Competitor | undefined;
  for (const click of clicks) {
    if (isNamed && click.id !== input.namedClick) continue;
    const affiliate = input.affiliate(click.affiliateId);
    const failure = whyNot(compiled, order, click, affiliate, context);
    if (failure !== undefined) {
      failed.push(compiled.clauses[failure[1]] as ClauseEntry);
      steps.push(failure);
      continue;
    }
    const competitor = { click, rank: rankOf(compiled, order, click), by: affiliate.externalId };
    if (winner === undefined) winner = competitor;
    else if (beats(competitor, winner)) {
      steps.push(lost(compiled, winner, competitor));
      winner = competitor;
    } else steps.push(lost(compiled, competitor, winner));
  }
  derivation.note(compiled.attribution);
  if (winner === undefined) {
    for (const entry of failed) derivation.note(entry);
    steps.push(['nobody', compiled.attribution.number, clicks.length]);
    return { affiliateId: null };
  }
  const { click, rank, by } = winner;
  steps.push(['click', (compiled.pageRanks?.entry ?? compiled.attribution).number, click.id, by, click.at, 'won', rank]);
  return { affiliateId: click.affiliateId, click };
}

function lost(compiled: CompiledTerms, { click, rank, by }: Competitor, winner: Competitor): Step {
  const byRank = rank !== winner.rank;
  const clause = byRank ? (compiled.pageRanks?.entry ?? compiled.attribution) : compiled.attribution;
  return ['click', clause.number, click.id, by, click.at, byRank ? 'rank' : 'earlier', rank, winner.click.id];
}

/** The step of a click that may not compete, with the clause that keeps it from it; undefined for a good one. */
function whyNot(
  compiled: CompiledTerms,
  { placedAt }: OrderFacts,
  click: ClickFacts,
  affiliate: AffiliateFacts,
  context: FactContext,
): Step | undefined {
  const { id, at } = click;
  if (at > placedAt) return ['click', compiled.attribution.number, id, affiliate.externalId, at, 'after-order'];
  context.click = click;
  context.affiliate = affiliate;
  const window = windowOf(compiled, context, placedAt);
  if (window !== undefined) {
    const end = window.end(at);
    if (placedAt > end) return ['click', window.entry.number, id, affiliate.externalId, at, 'window', end];
  }
  if (!isBarred(compiled, click, affiliate)) return undefined;
  const { barredBy, rules } = judgeClick(compiled, click, affiliate);
  const { activeAtClick } = compiled;
  const why = barredBy === activeAtClick.number && click.active ? ['not-open'] : [];
  return ['click', barredBy, id, affiliate.externalId, at, 'barred', rules, ...why];
}

function windowOf({ windows }: CompiledTerms, context: FactContext, placedAt: number): CompiledTerms['windows'][number] | undefined {
  for (const row of windows) if (placedAt >= row.from && placedAt < row.until && row.condition.holds(context)) return row;
  return undefined;
}

/** As {@link judgeClick} finds it, without saying by what: most clicks are good. */
function isBarred(compiled: CompiledTerms, click: ClickFacts, affiliate: AffiliateFacts): boolean {
  if (!isTaken(click)) return true;
  if (compiled.barring.length === 0) return false;
  const context = factContext(click.at, { click, affiliate: traitsAtClick(click, affiliate) });
  for (const rule of compiled.barring) if (speaksOf(rule, click, context)) return true;
  return false;
}

/** 0 is the best page. Without page ranks all clicks are equal. */
function rankOf(compiled: CompiledTerms, { lines }: OrderFacts, click: ClickFacts): number {
  const ranks = compiled.pageRanks;
  if (ranks === undefined) return 0;
  let page = click.page;
  if (page === undefined) return ranks.last;
  if (ranks.personal.has(page) && !lines.some((line) => line.product === click.product)) page = ranks.fallback;
  return ranks.rankOf.get(page) ?? ranks.last;
}

function beats({ click, rank }: Competitor, other: Competitor): boolean {
  if (rank !== other.rank) return rank < other.rank;
  if (click.at !== other.click.at) return click.at > other.click.at;
  return compareIds(click.id, other.click.id) > 0;
}
