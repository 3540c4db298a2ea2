/**
 * The shape of a terms document. A document is data: what a program's published terms say, clause by clause.
 * `catalogue.ts` describes the same shape for people and tools, checked against these types by the compiler; `read.ts` refuses a
 * document that does not fit.
 */

import type { PayoutMethodKind } from '../payout/methods.ts';

/** What every clause carries: the rule it stands for, where the published document says so, and what we filled in. */
export interface Clause {
  /** Id of the rule that this clause carries, e.g. `XY-13`. Quoted in explanations and refusals. */
  id: string;
  /** Further rules that it carries out. */
  also?: string[];
  /** Document and place that this clause rests on. */
  source?: string;
  /** True, or the reason, where the published document is silent and the value is ours. */
  assumed?: boolean | string;
  /** First local day (program's zone, from 00:00) or instant on which the clause holds for orders placed then. */
  from?: string;
  /** First local day or instant on which it holds no longer. */
  until?: string;
  /** A sentence for people. */
  text?: string;
}

/** A plain value that a fact is compared with. Decimals are strings. */
export type Scalar = string | boolean | number;

/** A length of time; a day is 24 hours, a year is a calendar year in the program's zone. */
export type Span = { days: number } | { hours: number } | { minutes: number } | { years: number };

/** One test of one fact. Exactly one operator. A test of an unknown fact is false, save for `isNot`, `notIn` and `known: false`. */
export type FactTest = { fact: string } & Partial<{
  is: Scalar | { fact: string };
  isNot: Scalar | { fact: string };
  /** Values, or the name of one of the document's lists. */
  in: Scalar[] | string;
  notIn: Scalar[] | string;
  /** For facts that are sets. */
  containsAny: Scalar[] | string;
  known: boolean;
  below: string;
  atMost: string;
  above: string;
  atLeast: string;
  /** The instant lies between the other instant and that instant plus the span, both ends included. */
  within: { of: string } & Partial<{ days: number; hours: number; minutes: number; years: number }>;
  /** The instant lies at or after the other instant plus the span. */
  sinceAtLeast: { of: string } & Partial<{ days: number; hours: number; minutes: number; years: number }>;
  /** The text is, contains, or nearly is one of the list's words (edit distance at most 2 after normalising). */
  near: string;
  /** The host of the URL is one of the list's hosts or below it. */
  hostIn: string;
}>;

export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | FactTest;

export type FactLevel = 'order' | 'line' | 'click' | 'customer';
export type FactType = 'text' | 'boolean' | 'country' | 'decimal' | 'integer' | 'instant' | 'set';

/** A fact that only this program has: sent as an attribute, validated by this declaration. */
export interface DeclaredFact {
  level: FactLevel;
  name: string;
  type: Extract<FactType, 'text' | 'boolean' | 'country' | 'decimal' | 'integer'>;
  description: string;
}

/** A fact computed from others: the first case whose condition holds gives the value. */
export interface DerivedFact extends Clause {
  /** e.g. `customer.type`. */
  fact: string;
  cases: { when: Condition; is: string }[];
  otherwise: string;
}

export interface ListEntry {
  value: string;
  from?: string;
  until?: string;
}

/** Where a customer's tie decides, clicks only make the tie. */
export type AttributionModel = 'visitor-clicks' | 'named-click' | 'customer-tie';

export interface Attribution extends Clause {
  model: AttributionModel;
  /** How long a click counts; the first row whose condition holds. Needed by the two click models. */
  windows?: (Clause & Span & { when?: Condition })[];
  /** Page ranks, best first. A click whose page is not named has the last rank. */
  pageRanks?: Clause & {
    ranks: string[][];
    /** Pages that count as such only if their product is on the order; otherwise they rank as `fallback`. */
    personal: { pages: string[]; fallback: string };
  };
  /** Who wins between equal ranks: the last click; at one instant the greater id. */
  ties: 'last-click';
  /** A coupon or referral code entered on the order. */
  coupon: Clause & { beatsClicks: boolean };
  /** How a customer is tied to an affiliate at registration. */
  binding: Clause & {
    by: ('code' | 'click')[];
    /** A click older than this before the registration makes no tie; left out: no limit. */
    window?: Span;
  };
  /** Whether affiliates may earn on their own orders. */
  selfPurchase: Clause & { allowed: boolean };
  /** The affiliate was active at the instant of the click. */
  activeAtClick: Clause;
}

/** What a click clause concludes when its condition holds. */
export interface TrafficClause extends Clause {
  when: Condition;
  /** The click may not be attributed. */
  bars: boolean;
  /** A case is opened for staff. */
  opensCase?: boolean;
  /** What becomes of the affiliate when staff confirm the case: out of the program, and nothing is earned any more. Left out: nothing. */
  onConfirmation?: 'terminate';
  /** A permission for the click's channel, given before the click, lifts the clause. */
  unlessPermitted?: boolean;
  /** The affiliate is warned, nothing else. */
  warns?: boolean;
}

/** Rejects the order. */
export interface QualificationClause extends Clause {
  rejectWhen: Condition;
}

/** Takes a line out: it earns nothing. */
export interface ExclusionClause extends Clause {
  excludeWhen: Condition;
}

export interface RateTable {
  /** Facts whose values pick the cell, in order. */
  by: string[];
  /** Each group names values of the first fact; one group has `other: true`. Cells nest by the remaining facts. */
  groups: { in?: string[]; other?: true; assumed?: boolean; cells: Record<string, string | Record<string, string>> }[];
  /** Stated range by value of one of the facts: a cell outside it is an error of the document. */
  bounds?: { by: string; ranges: Record<string, { atLeast: string; atMost: string }> };
}

export interface RateClause extends Clause {
  when?: Condition;
  rate:
    | { kind: 'fixed'; percent: string }
    | { kind: 'from-line'; atLeast: string; atMost: string; missing: string }
    | { kind: 'table'; table: RateTable }
    /** By the customer's place in the order in which the affiliate's customers first paid. Progressive, never retroactive. */
    | { kind: 'place-tiers'; tiers: { fromPlace: number; percent: string }[] };
}

/** Scales what lines earn. */
export type AdjustmentClause = Clause & ({ kind: 'share'; when: Condition; percent: string } | { kind: 'quality-factor' });

export interface CapClause extends Clause {
  per: 'order';
  /** In the reward's unit. */
  amount: string;
  /** How lines share it: in proportion, the minor units left over by largest remainder, the earlier line first. */
  split: 'largest-remainder';
}

export interface Lifecycle {
  /** Until this fact is known, the order is pending with nothing. */
  earnsFrom?: Clause & { fact: string };
  /** Usable from the latest of these instants, once all are known, plus the span. */
  available: Clause & { after: string[]; plus?: Span };
  /** Facts that take the whole commission off. `rejects`: the order was never commissionable. */
  removals: { cancelled: Clause; refunded: Clause; disputed: Clause; rejectedByMerchant: Clause };
  /** A partial refund prices the line anew. */
  partialRefund: Clause;
}

export interface Expiry extends Clause {
  /** `end-of-year`: gone at the start of the year that follows `years` years after the year of availability. `span`: usable up to and including that instant. */
  at: { kind: 'end-of-year'; years: number } | { kind: 'span'; span: Span };
}

export interface Onboarding extends Clause {
  /** The states an application goes through, in order, ending in `active`. */
  steps: ('applied' | 'approved' | 'contract-sent' | 'active')[];
  /** An application is approved at once. */
  automatic: boolean;
  countries?: Clause & { in: string };
  warnCountries?: Clause & { in: string };
  /** Whoever was rejected applies again: not at all, or from the rejection plus the span on. Left out: at once. */
  reapplication?: Clause & { allowed: boolean; after?: Span };
  /** Documents that traffic needs to be accepted, by name. */
  documents?: string[];
}

/** What classes go by, of orders that are attributed to an affiliate. Each can be told order by order. */
export const CLASS_MEASURES = ['paid-sales', 'paid-orders', 'paying-customers', 'commission'] as const;
export type ClassMeasure = (typeof CLASS_MEASURES)[number];

export interface Classes extends Clause {
  /** Lowest first. */
  names: string[];
  /** What the thresholds are in: sales in the program's currency, commission in the reward's unit, the others in whole numbers. */
  measure: ClassMeasure;
  /** What each class but the lowest needs; `above`: more than, `atLeast`: that much or more. */
  thresholds: Record<string, { atLeast?: string; above?: string }>;
  rise: Clause & { by: 'request' };
}

export interface Activity extends Clause {
  unit: string;
  name: string;
  exponent: number;
  amounts: Record<string, { fixed: string } | { perWholeCurrencyUnit: string }>;
}

export interface LinkRules extends Clause {
  hosts: string;
  exceptHosts?: string;
  /** Another product is shown when the link's own is gone. */
  similarProduct?: Clause;
  checker?: Clause;
  /** Affiliates find the program's products by words, and make links to them by their ids. */
  search?: Clause;
  /** From the instant on which it becomes active an affiliate has a link to this page. */
  personal?: Clause & { page: string };
  /** Codes that affiliates choose may not have, or nearly have, one of the list's words. */
  codes?: Clause & { words: string };
  /** Ready texts to post, and for the poster. */
  promotion?: Clause & { texts: PromotionText[] };
}

export interface PromotionText {
  /** As browsers name it: `en`, `pt-BR`. */
  language: string;
  /** What stands above, and large on a poster. */
  headline: string;
  /** To be posted: `{link}` and `{code}` stand for the affiliate's own. */
  text: string;
  /** What stands on the poster, where it says the code. */
  poster: string;
}

/** What declared traffic sources must bring, and which are flagged for review. */
export interface SourceRules {
  /** Sources of these kinds need consent of those they reach, and a way out. */
  mailing?: Clause & { kinds: string[] };
  /** Flagged: a name or domain that is, contains or nearly is one of the list's words. */
  brandInName?: Clause & { words: string; parts: ('name' | 'domain')[] };
  /** Flagged: an account of these kinds whose ads name one of the list's words, or whose negative keywords lack the first of them. */
  adAccounts?: Clause & { kinds: string[]; words: string };
  /** Staff may mark a source as a breach; a case is opened. */
  breach?: Clause;
}

/** How affiliates take out what is available. */
export interface WithdrawalRules extends Clause {
  /** Ways in which it is paid. */
  methods: PayoutMethodKind[];
  /** Nobody takes more than is available. */
  overdraw: Clause;
  /** Only the whole available balance, as it is at the cut-off where there is one. */
  whole?: Clause;
  /** What must be available, in the reward's unit. */
  minimum?: Clause & { available: string };
  /** Until a withdrawal was paid: so many paying customers. */
  first?: Clause & { payingCustomers: number };
  oneAtATime?: Clause;
  /** Balances are taken at 00:00 of that day of each month, in the program's zone. */
  cutOff?: Clause & { dayOfMonth: number };
  /** While a request is open, what it covers does not lapse. */
  claim?: Clause;
  currencies?: Clause & { except: string[] };
  /** Payment details, once given, are changed by staff only. */
  details?: Clause;
  /** A request needs payment details by which it can be paid. Left out: they may follow. */
  payable?: Clause;
}

/** How points are exchanged for something else than money. */
export interface RedemptionRules extends Clause {
  overdraw: Clause;
  coupon?: Clause & {
    minimumAvailable: string;
    /** From the exchange on; left out: for ever. */
    validFor?: Span;
    /** Points for activity buy coupons, too: so many of them for one unit of the program's currency. */
    activity?: Clause & { minimumAvailable: string; perCurrencyUnit: string };
  };
  /** A hold against a cart, which is captured or lapses. */
  checkout?: Clause & { hold: Span; minimum: Clause & { available: string } };
  /** Points equal to the price, and no discount besides. */
  product?: Clause & { minimumPrice: string };
}

/** What becomes of balances when staff close the program. Left out: they are kept, and paid as before. */
export interface ClosingRules extends Clause {
  /** So many days after the closing, or after they became usable, earnings are gone; 0: at once. */
  afterDays: number;
  /** What is not usable at the closing: it becomes so as before, or it is gone at the closing. */
  pending: 'runs-on' | 'forfeited';
}

export interface Terms {
  format: 'tributary/terms/1';
  program: { key: string; name: string; timeZone: string; currency: string; description: string };
  reward: Clause & {
    /** Unit of commissions: an ISO currency or a name for points. */
    unit: string;
    name: string;
    exponent: number;
    /** Reward units for one unit of the program's currency. */
    perCurrencyUnit: string;
  };
  facts?: DeclaredFact[];
  lists?: Record<string, (string | ListEntry)[]>;
  derived?: DerivedFact[];
  onboarding: Onboarding;
  classes?: Classes;
  attribution: Attribution;
  traffic: TrafficClause[];
  sources?: SourceRules;
  qualification: QualificationClause[];
  exclusions: ExclusionClause[];
  /** The first clause whose condition holds gives the rate. */
  rates: RateClause[];
  adjustments: AdjustmentClause[];
  caps: CapClause[];
  rounding: Clause & { mode: 'down'; per: 'line' };
  lifecycle: Lifecycle;
  expiry?: Expiry;
  withdrawal?: WithdrawalRules;
  redemption?: RedemptionRules;
  closing?: ClosingRules;
  activity?: Activity;
  links: LinkRules;
  customers?: {
    masking?: Clause & { showLast: number };
    gift?: Clause & { name: string; days: number };
    /** Customers of one affiliate who share one of these open a case. */
    independent?: Clause & { by: ('phone' | 'payer' | 'store')[] };
  };
  /** Orders must name a delivery country. */
  requires?: (Clause & { fact: 'order.country' })[];
  conflicts: { pricedBy: 'order.placedAt'; repeatWithOtherContent: 'refuse' };
}
