import { HUNDRED_PERCENT, parseDecimal, parsePercent } from '../money/index.ts';
import { type Calendar, calendarOf } from '../time/index.ts';
import { currencyExponent } from './codes.ts';
import { factsOfRate, type RateFinder, rateFinder } from './compileRate.ts';
import { type CompiledCondition, type CompileScope, compileCondition, entriesOf, periodOf, spanEnd } from './conditions.ts';
import type { AttributionModel, Clause, RateClause, Span, Terms } from './document.ts';
import { type FactReader, factReader } from './factReader.ts';

/** One clause as decisions know it: its number is its place in `CompiledTerms.clauses` and is what explanations store. */
export interface ClauseEntry {
  number: number;
  section: string;
  clause: Clause;
  /** Its rule and the further ones that it carries out. */
  rules: string[];
  /** Paths of the facts whose values an explanation keeps, in this order. */
  facts: string[];
}

export interface Fraction<T> {
  numerator: T;
  denominator: T;
}

interface Dated {
  entry: ClauseEntry;
  from: number;
  until: number;
}

export interface ConditionClause extends Dated {
  condition: CompiledCondition;
}

export interface TrafficRule extends ConditionClause {
  bars: boolean;
  opensCase: boolean;
  unlessPermitted: boolean;
  warns: boolean;
}

export interface RateRule extends ConditionClause {
  kind: RateClause['rate']['kind'];
  rateOf: RateFinder;
}

export type AdjustmentRule = ConditionClause & ({ kind: 'share'; percent: bigint } | { kind: 'quality-factor' });

export interface PageRanks {
  entry: ClauseEntry;
  rankOf: Map<string, number>;
  personal: Set<string>;
  fallback: string;
  last: number;
}

/** Of one shape whatever the document has, since decisions read it all the time. */
export interface CompiledTerms {
  terms: Terms;
  calendar: Calendar;
  currencyExponent: number;
  rewardExponent: number;
  /** Reward minor units = currency minor units x numerator / denominator. */
  conversion: Fraction<bigint>;
  /** What a line's value x rate is multiplied by, where numbers can say it exactly. */
  perRate: Fraction<number> | undefined;
  clauses: ClauseEntry[];
  derived: {
    entry: ClauseEntry;
    cases: { condition: CompiledCondition; is: string }[];
    otherwise: string;
    /** Of all facts that the cases look at. */
    readers: FactReader[];
  }[];
  attribution: ClauseEntry;
  model: AttributionModel;
  activeAtClick: ClauseEntry;
  coupon: ClauseEntry;
  couponBeatsClicks: boolean;
  binding: ClauseEntry;
  selfPurchase: ClauseEntry;
  selfPurchaseAllowed: boolean;
  windows: (ConditionClause & { end(start: number): number })[];
  pageRanks: PageRanks | undefined;
  bindingWindow: ((clickAt: number) => number) | undefined;
  traffic: TrafficRule[];
  /** Those of them that keep a click from being attributed. */
  barring: TrafficRule[];
  qualification: ConditionClause[];
  exclusions: ConditionClause[];
  rates: RateRule[];
  adjustments: AdjustmentRule[];
  caps: { entry: ClauseEntry; amount: bigint }[];
  rounding: ClauseEntry;
  lifecycle: {
    earnsFrom: { entry: ClauseEntry; read: FactReader } | undefined;
    available: ClauseEntry;
    anchors: FactReader[];
    lock: (instant: number) => number;
    cancelled: ClauseEntry;
    refunded: ClauseEntry;
    disputed: ClauseEntry;
    rejectedByMerchant: ClauseEntry;
    partialRefund: ClauseEntry;
  };
  expiry: { entry: ClauseEntry; at(availableAt: number): number } | undefined;
  /** Rates go by the customer's place, so that places must be given. */
  usesPlaces: boolean;
}

/** Makes a valid document ready to decide by. Numbers clauses in the order of the document. */
export function compileTerms(terms: Terms): CompiledTerms {
  const calendar = calendarOf(terms.program.timeZone);
  const scope: CompileScope = { terms, calendar, currencyExponent: currencyExponent(terms.program.currency) };
  const book = new ClauseBook(scope);
  const { attribution, lifecycle, reward } = terms;
  book.enter('reward', reward);
  const derived = (terms.derived ?? []).map((fact) => {
    const conditions = fact.cases.map((item) => ({ condition: compileCondition(item.when, scope), is: item.is }));
    const facts = [...new Set(conditions.flatMap((item) => item.condition.facts))];
    const readers = facts.map((path) => factReader(path, terms));
    return { entry: book.enter('derived', fact, facts), cases: conditions, otherwise: fact.otherwise, readers };
  });
  const rewardUnits = parseDecimal(reward.perCurrencyUnit, 12) as bigint;
  const conversion = reduce(rewardUnits * 10n ** BigInt(reward.exponent), 10n ** BigInt(12 + scope.currencyExponent));
  return {
    terms,
    calendar,
    currencyExponent: scope.currencyExponent,
    rewardExponent: reward.exponent,
    conversion,
    perRate: inNumbers(reduce(conversion.numerator, conversion.denominator * HUNDRED_PERCENT)),
    clauses: book.clauses,
    derived,
    attribution: book.enter('attribution', attribution),
    model: attribution.model,
    activeAtClick: book.enter('attribution.activeAtClick', attribution.activeAtClick),
    coupon: book.enter('attribution.coupon', attribution.coupon),
    couponBeatsClicks: attribution.coupon.beatsClicks,
    binding: book.enter('attribution.binding', attribution.binding),
    selfPurchase: book.enter('attribution.selfPurchase', attribution.selfPurchase),
    selfPurchaseAllowed: attribution.selfPurchase.allowed,
    windows: (attribution.windows ?? []).map((row) => ({
      ...book.dated('attribution.windows', row, row.when),
      end: spanEnd(row, calendar),
    })),
    pageRanks: compileRanks(terms, book),
    bindingWindow: attribution.binding.window && spanEnd(attribution.binding.window, calendar),
    ...compileTraffic(terms, book),
    qualification: terms.qualification.map((clause) => book.dated('qualification', clause, clause.rejectWhen)),
    exclusions: terms.exclusions.map((clause) => book.dated('exclusions', clause, clause.excludeWhen)),
    rates: terms.rates.map((clause) => compileRate(clause, book)),
    adjustments: terms.adjustments.map((clause) => {
      const dated = book.dated('adjustments', clause, clause.kind === 'share' ? clause.when : undefined);
      return clause.kind === 'share'
        ? { ...dated, kind: clause.kind, percent: parsePercent(clause.percent) as bigint }
        : { ...dated, kind: clause.kind };
    }),
    caps: terms.caps.map((clause) => ({
      entry: book.enter('caps', clause),
      amount: parseDecimal(clause.amount, reward.exponent) as bigint,
    })),
    rounding: book.enter('rounding', terms.rounding),
    lifecycle: {
      earnsFrom: lifecycle.earnsFrom && {
        entry: book.enter('lifecycle.earnsFrom', lifecycle.earnsFrom),
        read: factReader(lifecycle.earnsFrom.fact, terms),
      },
      available: book.enter('lifecycle.available', lifecycle.available, lifecycle.available.after),
      anchors: lifecycle.available.after.map((path) => factReader(path, terms)),
      lock: lifecycle.available.plus === undefined ? (instant) => instant : spanEnd(lifecycle.available.plus, calendar),
      cancelled: book.enter('lifecycle.removals.cancelled', lifecycle.removals.cancelled),
      refunded: book.enter('lifecycle.removals.refunded', lifecycle.removals.refunded),
      disputed: book.enter('lifecycle.removals.disputed', lifecycle.removals.disputed),
      rejectedByMerchant: book.enter('lifecycle.removals.rejectedByMerchant', lifecycle.removals.rejectedByMerchant),
      partialRefund: book.enter('lifecycle.partialRefund', lifecycle.partialRefund),
    },
    expiry: terms.expiry && { entry: book.enter('expiry', terms.expiry), at: expiryOf(terms.expiry.at, calendar) },
    usesPlaces: terms.rates.some((clause) => clause.rate.kind === 'place-tiers'),
  };
}

/** Numbers clauses as they are entered. */
class ClauseBook {
  readonly clauses: ClauseEntry[] = [];
  readonly scope: CompileScope;

  constructor(scope: CompileScope) {
    this.scope = scope;
  }

  enter(section: string, clause: Clause, facts: string[] = []): ClauseEntry {
    const entry = { number: this.clauses.length, section, clause, rules: [clause.id, ...(clause.also ?? [])], facts };
    this.clauses.push(entry);
    return entry;
  }

  dated(section: string, clause: Clause, when: Parameters<typeof compileCondition>[0]): ConditionClause {
    const condition = compileCondition(when, this.scope);
    return { entry: this.enter(section, clause, condition.facts), condition, ...periodOf(clause, this.scope.calendar) };
  }
}

function compileTraffic(terms: Terms, book: ClauseBook): Pick<CompiledTerms, 'traffic' | 'barring'> {
  const traffic = terms.traffic.map((clause) => ({
    ...book.dated('traffic', clause, clause.when),
    bars: clause.bars,
    opensCase: clause.opensCase ?? false,
    unlessPermitted: clause.unlessPermitted ?? false,
    warns: clause.warns ?? false,
  }));
  return { traffic, barring: traffic.filter(({ bars }) => bars) };
}

/** The rate itself reads facts, too: an explanation keeps their values behind those of the condition. */
function compileRate(clause: RateClause, book: ClauseBook): RateRule {
  const { entry, condition, from, until } = book.dated('rates', clause, clause.when);
  const { terms } = book.scope;
  const facts = [...new Set([...entry.facts, ...factsOfRate(clause.rate)])];
  entry.facts = facts;
  const readers = facts.map((path) => factReader(path, terms));
  const { kind } = clause.rate;
  return { entry, condition: { holds: condition.holds, facts, readers }, from, until, kind, rateOf: rateFinder(clause.rate, terms) };
}

function compileRanks(terms: Terms, book: ClauseBook): PageRanks | undefined {
  const ranks = terms.attribution.pageRanks;
  if (ranks === undefined) return undefined;
  const rankOf = new Map<string, number>();
  for (const [rank, pages] of ranks.ranks.entries()) for (const page of pages) rankOf.set(page, rank);
  const entry = book.enter('attribution.pageRanks', ranks);
  return { entry, rankOf, personal: new Set(ranks.personal.pages), fallback: ranks.personal.fallback, last: ranks.ranks.length - 1 };
}

function expiryOf(at: NonNullable<Terms['expiry']>['at'], calendar: Calendar): (availableAt: number) => number {
  if (at.kind === 'end-of-year') return (availableAt) => calendar.startOfYear(availableAt, at.years + 1);
  // Usable up to and including the last instant, so gone one millisecond after it.
  const end = spanEnd(at.span as Span, calendar);
  return (availableAt) => end(availableAt) + 1;
}

function reduce(numerator: bigint, denominator: bigint): Fraction<bigint> {
  let [a, b] = [numerator, denominator];
  while (b > 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

function inNumbers(fraction: Fraction<bigint>): Fraction<number> | undefined {
  const [numerator, denominator] = [Number(fraction.numerator), Number(fraction.denominator)];
  return Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) ? { numerator, denominator } : undefined;
}

/** The rules' switch-able lists by name, e.g. the hosts of links. */
export function listOf(compiled: CompiledTerms, name: string, at: number): string[] {
  const scope: CompileScope = { terms: compiled.terms, calendar: compiled.calendar, currencyExponent: compiled.currencyExponent };
  return entriesOf(name, scope)
    .filter((entry) => entry.holds(at))
    .map((entry) => entry.value);
}

/** Hosts that links may lead to at an instant, and those that are taken out of them. */
export function linkHosts(compiled: CompiledTerms, at: number): { hosts: string[]; exceptHosts: string[] } {
  const { hosts, exceptHosts } = compiled.terms.links;
  return { hosts: listOf(compiled, hosts, at), exceptHosts: exceptHosts === undefined ? [] : listOf(compiled, exceptHosts, at) };
}
