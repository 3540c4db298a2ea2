import type {
  Activity,
  AdjustmentClause,
  Attribution,
  CapClause,
  Classes,
  Clause,
  Condition,
  DerivedFact,
  ExclusionClause,
  Expiry,
  Lifecycle,
  LinkRules,
  Onboarding,
  QualificationClause,
  RateClause,
  Scalar,
  SourceRules,
  Span,
  Terms,
  TrafficClause,
  WithdrawalRules,
} from '../../document.ts';
import type { Sentence } from '../language.ts';
import { plainName, valuesOf } from '../lists.ts';
import { describeCondition, factWords } from './condition.ts';
import { anyOf, joined, listed, spanWords } from './phrases.ts';

const MODELS: Record<Attribution['model'], string> = {
  'visitor-clicks': 'the visitor’s clicks decide who earns',
  'named-click': 'the click that the order names decides who earns',
  'customer-tie': 'the affiliate to whom the customer is tied earns',
};

const reward: Sentence<Terms['reward']> = (terms, { unit, name, perCurrencyUnit }) =>
  unit === terms.program.currency
    ? `commissions are paid in ${name} (${unit})`
    : `commissions are ${name}; ${perCurrencyUnit} are 1 ${terms.program.currency}`;

const derived: Sentence<DerivedFact> = (terms, { fact, cases, otherwise }) => {
  const parts = cases.map((item) => `${item.is} when ${describeCondition(terms, item.when)}`);
  return `${factWords(fact)} is ${parts.join(', ')}, and ${otherwise} otherwise`;
};

const onboarding: Sentence<Onboarding> = (_, { steps, automatic }) => {
  const way = steps.map((step) => (step === 'contract-sent' ? 'contract sent' : step)).join(', then ');
  return automatic ? `an application is accepted at once: ${way}` : `staff decide on an application: ${way}`;
};

const MEASURES: Record<Classes['measure'], [words: string, unit: (terms: Terms) => string]> = {
  'paid-sales': ['paid sales', ({ program }) => ` ${program.currency}`],
  'paid-orders': ['the number of paid orders', () => ''],
  'paying-customers': ['the number of paying customers', () => ''],
  commission: ['what orders earn', ({ reward }) => ` ${reward.unit}`],
};

const classes: Sentence<Classes> = (terms, { names, measure, thresholds }) => {
  const [words, unitOf] = MEASURES[measure];
  const unit = unitOf(terms);
  const needs = names.map((name) => {
    const { atLeast, above } = thresholds[name] ?? {};
    if (atLeast !== undefined) return `${name} from ${atLeast}${unit}`;
    return above === undefined ? name : `${name} above ${above}${unit}`;
  });
  return `by ${words} an affiliate’s class is ${joined(needs, 'or')}`;
};

const window: Sentence<Clause & Span & { when?: Condition }> = (terms, { id: _, when, ...row }) => {
  const length = `${spanWords(row)} after the click`;
  return when ? `${length} when ${describeCondition(terms, when)}` : length;
};

const pageRanks: Sentence<NonNullable<Attribution['pageRanks']>> = (_, { ranks, personal }) => {
  const order = ranks.map((pages) => joined(pages, 'or')).join(', then ');
  return `the click on the better page wins: ${order}; ${joined(personal.pages, 'or')} counts only when its product is on the order, and as ${personal.fallback} otherwise`;
};

const binding: Sentence<Attribution['binding']> = (_, { by, window: limit }) => {
  const means = by.map((one) => (one === 'code' ? 'a code' : 'a click')).join(', then ');
  return `a customer is tied to an affiliate at registration by ${means}${limit ? `; a click counts for ${spanWords(limit)}` : ''}`;
};

const traffic: Sentence<TrafficClause> = (terms, clause) => {
  const effects = [
    ...(clause.bars ? ['earns nothing'] : []),
    ...(clause.opensCase
      ? [clause.onConfirmation === 'terminate' ? 'opens a case that ends the account once staff confirm it' : 'opens a case']
      : []),
    ...(clause.warns ? ['sets a warning on the affiliate'] : []),
  ];
  const lifted = clause.unlessPermitted ? ', unless staff permitted the channel' : '';
  return `a click ${joined(effects, 'and')} when ${describeCondition(terms, clause.when)}${lifted}`;
};

const qualification: Sentence<QualificationClause> = (terms, { rejectWhen }) =>
  'fact' in rejectWhen && rejectWhen.fact === 'order.discounts' && rejectWhen.containsAny !== undefined
    ? `an order with ${anyWord(terms, rejectWhen.containsAny)}${listed(terms, rejectWhen.containsAny)} is rejected`
    : `an order is rejected when ${describeCondition(terms, rejectWhen)}`;

function anyWord(terms: Terms, list: readonly Scalar[] | string): string {
  return valuesOf(terms, list).length > 1 ? 'any of ' : '';
}

const exclusion: Sentence<ExclusionClause> = (terms, { excludeWhen }) =>
  `a line earns nothing when ${describeCondition(terms, excludeWhen)}`;

const rate: Sentence<RateClause> = (terms, { when, rate: given }) =>
  when ? `when ${describeCondition(terms, when)}, ${rateWords(given)}` : rateWords(given);

function rateWords(given: RateClause['rate']): string {
  switch (given.kind) {
    case 'fixed':
      return `a line earns ${given.percent}% of its price`;
    case 'from-line':
      return `a line earns its own rate, at least ${given.atLeast}% and at most ${given.atMost}%, or ${given.missing}% where it has none`;
    case 'table':
      return `a line earns a percentage by ${joined(
        given.table.by.map((fact) => factWords(fact)),
        'and',
      )}`;
    case 'place-tiers': {
      const tiers = given.tiers.map((tier) => `${tier.percent}% from place ${tier.fromPlace} on`);
      return `a line earns by the customer’s place among the affiliate’s paying customers: ${tiers.join(', ')}`;
    }
  }
}

const adjustment: Sentence<AdjustmentClause> = (terms, clause) =>
  clause.kind === 'share'
    ? `only ${clause.percent}% of the earnings stay when ${describeCondition(terms, clause.when)}`
    : 'the affiliate’s quality factor, when the order was placed, scales the earnings';

const cap: Sentence<CapClause> = ({ reward: { unit } }, { amount }) =>
  `an order earns at most ${amount} ${unit}, which its lines share in proportion`;

const available: Sentence<Lifecycle['available']> = (_, { after, plus }) => {
  const anchors = joined(
    after.map((fact) => factWords(fact)),
    'and',
  );
  const from = after.length > 1 ? `the latest of ${anchors}` : anchors;
  return plus ? `a commission is usable ${spanWords(plus)} after ${from}` : `a commission is usable from ${from} on`;
};

const expiry: Sentence<Expiry> = (_, { at }) => {
  if (at.kind === 'span') return `earnings are gone ${spanWords(at.span)} after they became usable`;
  const year = at.years === 0 ? 'the year' : at.years === 1 ? 'the year after that' : `the year that comes ${at.years} years after that`;
  return `earnings are gone at the end of ${year} in which they became usable`;
};

const activity: Sentence<Activity> = ({ program }, { name, amounts }) => {
  const parts = Object.entries(amounts).map(([kind, amount]) =>
    'fixed' in amount
      ? `${amount.fixed} for ${plainName(kind)}`
      : `${amount.perWholeCurrencyUnit} for each whole ${program.currency} of ${plainName(kind)}`,
  );
  return `activity earns ${name}: ${parts.join(', ')}`;
};

const links: Sentence<LinkRules> = (terms, { hosts, exceptHosts }) => {
  const except = exceptHosts === undefined ? '' : `, but not to ${anyOf(terms, exceptHosts)}`;
  return `links may lead to ${anyOf(terms, hosts)}${except}`;
};

const mailing: Sentence<NonNullable<SourceRules['mailing']>> = (_, { kinds }) =>
  `a traffic source of kind ${joined(kinds, 'or')} needs an opt-in and a way to opt out`;

const brandInName: Sentence<NonNullable<SourceRules['brandInName']>> = (terms, { words, parts }) =>
  `a traffic source whose ${joined(parts, 'or')} has or nearly has ${anyOf(terms, words)} is flagged for review`;

const adAccounts: Sentence<NonNullable<SourceRules['adAccounts']>> = (terms, { kinds, words }) =>
  `a traffic source of kind ${joined(kinds, 'or')} whose ads have or nearly have ${anyOf(terms, words)}, or whose negative keywords lack the first of them, is flagged for review`;

/** One sentence for each place where a clause can stand; `*` stands for an index. */
export const sentences = {
  reward,
  'derived.*': derived,
  onboarding,
  'onboarding.countries': ((terms, clause) => `affiliates come from ${anyOf(terms, clause.in)} only`) as Sentence<{ in: string }>,
  'onboarding.warnCountries': ((terms, clause) => `an affiliate from ${anyOf(terms, clause.in)} is warned`) as Sentence<{ in: string }>,
  'onboarding.reapplication': ((_, { allowed, after }) => {
    if (!allowed) return 'whoever was rejected does not apply again';
    return after === undefined
      ? 'whoever was rejected may apply again at once'
      : `whoever was rejected may apply again after ${spanWords(after)}`;
  }) as Sentence<{ allowed: boolean; after?: Span }>,
  classes,
  'classes.rise': () => 'a class rises when the affiliate asks and staff approve',
  attribution: ((_, { model }) =>
    `${MODELS[model]}${model === 'visitor-clicks' ? '; between equal ones the last' : ''}`) as Sentence<Attribution>,
  'attribution.windows.*': window,
  'attribution.pageRanks': pageRanks,
  'attribution.coupon': ((_, { beatsClicks }) =>
    beatsClicks
      ? 'a coupon or referral code on the order beats clicks'
      : 'a coupon or referral code on the order does not decide') as Sentence<Attribution['coupon']>,
  'attribution.binding': binding,
  'attribution.selfPurchase': ((_, { allowed }) =>
    allowed ? 'affiliates may earn on their own orders' : 'nobody earns on an order of their own') as Sentence<Attribution['selfPurchase']>,
  'attribution.activeAtClick': () => 'an affiliate who was not active at the click earns nothing from it',
  'traffic.*': traffic,
  'sources.mailing': mailing,
  'sources.brandInName': brandInName,
  'sources.adAccounts': adAccounts,
  'sources.breach': () => 'staff may mark a traffic source as a breach, which opens a case',
  'qualification.*': qualification,
  'exclusions.*': exclusion,
  'rates.*': rate,
  'adjustments.*': adjustment,
  'caps.*': cap,
  rounding: () => 'amounts are cut downwards, line by line',
  'lifecycle.earnsFrom': ((_, { fact }) => `an order earns nothing before ${factWords(fact)}`) as Sentence<{ fact: string }>,
  'lifecycle.available': available,
  'lifecycle.removals.cancelled': () => 'a cancelled order earns nothing',
  'lifecycle.removals.refunded': () => 'an order that was refunded whole earns nothing',
  'lifecycle.removals.disputed': () => 'an order earns nothing while a dispute is open or when the buyer won it',
  'lifecycle.removals.rejectedByMerchant': () => 'an order that the merchant rejects earns nothing',
  'lifecycle.partialRefund': () => 'what was refunded of a line earns nothing',
  expiry,
  withdrawal: ((_, { methods }) => `what is available is paid by ${joined(methods, 'or')}`) as Sentence<WithdrawalRules>,
  'withdrawal.overdraw': () => 'nobody withdraws more than is available',
  'withdrawal.whole': () => 'a withdrawal takes the whole available balance',
  'withdrawal.minimum': ((terms, { available: least }) => `a withdrawal needs ${least} ${terms.reward.unit} available`) as Sentence<{
    available: string;
  }>,
  'withdrawal.first': ((_, { payingCustomers }) => `the first withdrawal needs ${payingCustomers} paying customers`) as Sentence<{
    payingCustomers: number;
  }>,
  'withdrawal.oneAtATime': () => 'while a withdrawal is open no other is taken',
  'withdrawal.cutOff': ((_, { dayOfMonth }) => `balances are taken at 00:00 on day ${dayOfMonth} of each month`) as Sentence<{
    dayOfMonth: number;
  }>,
  'withdrawal.claim': () => 'what an open request covers does not lapse',
  'withdrawal.currencies': ((_, { except }) => `nothing is paid in ${joined(except, 'or')}`) as Sentence<{ except: string[] }>,
  'withdrawal.details': () => 'payment details, once given, are changed by staff only',
  'withdrawal.payable': () => 'a withdrawal needs payment details by which it can be paid',
  redemption: () => 'points are exchanged for coupons, products or at checkout',
  'redemption.overdraw': () => 'nobody redeems more than is available',
  'redemption.coupon': ((terms, { minimumAvailable, validFor }) =>
    `a coupon needs ${minimumAvailable} ${terms.reward.unit} available${validFor === undefined ? '' : ` and can be used for ${spanWords(validFor)}`}`) as Sentence<{
    minimumAvailable: string;
    validFor?: Span;
  }>,
  'redemption.coupon.activity': ((terms, { minimumAvailable, perCurrencyUnit }) =>
    `${terms.activity?.name} buy coupons, too: ${perCurrencyUnit} are worth 1 ${terms.program.currency}, and ${minimumAvailable} must be available`) as Sentence<{
    minimumAvailable: string;
    perCurrencyUnit: string;
  }>,
  'redemption.checkout': ((_, { hold }) =>
    `points redeemed at checkout are held for ${spanWords(hold)}, then captured or given back`) as Sentence<{ hold: Span }>,
  'redemption.checkout.minimum': ((terms, { available: least }) =>
    `redeeming at checkout needs ${least} ${terms.reward.unit} available`) as Sentence<{ available: string }>,
  'redemption.product': ((terms, { minimumPrice }) =>
    `a product of at least ${minimumPrice} ${terms.program.currency} costs points equal to its price, with no discount besides`) as Sentence<{
    minimumPrice: string;
  }>,
  closing: ((_, { afterDays, pending }) => {
    const usable = afterDays === 0 ? 'at once' : `${spanWords({ days: afterDays })} later`;
    const rest =
      pending === 'forfeited'
        ? 'what is not usable then is gone at once'
        : `what becomes usable after that is gone ${afterDays === 0 ? 'as it does' : `${spanWords({ days: afterDays })} after it did`}`;
    return `when the program closes, earnings are gone ${usable}; ${rest}`;
  }) as Sentence<{ afterDays: number; pending: string }>,
  activity,
  links,
  'links.similarProduct': () => 'where a link’s product is gone, a similar one is shown',
  'links.checker': () => 'affiliates may ask what a product would earn',
  'links.search': () => 'affiliates find products by words, and make links to them by their ids',
  'links.personal': ((_, { page }) => `an affiliate has a link to ${page} from becoming active on`) as Sentence<{ page: string }>,
  'links.codes': ((terms, { words }) => `a code that an affiliate chooses may not have or nearly have ${anyOf(terms, words)}`) as Sentence<{
    words: string;
  }>,
  'links.promotion': ((_, { texts }) =>
    `there are texts to post and posters in ${joined(
      texts.map(({ language }) => language),
      'and',
    )}`) as Sentence<{ texts: { language: string }[] }>,
  'customers.masking': ((_, { showLast }) => `affiliates see the last ${showLast} digits of a customer’s phone number`) as Sentence<{
    showLast: number;
  }>,
  'customers.independent': ((_, { by }) => `customers of one affiliate who share a ${joined(by, 'or')} open a case`) as Sentence<{
    by: string[];
  }>,
  'customers.gift': ((_, { name, days }) => `a referred customer gets ${name} for ${days} days`) as Sentence<{
    name: string;
    days: number;
  }>,
  'requires.*': ((_, { fact }) => `an order must name ${factWords(fact)}`) as Sentence<{ fact: string }>,
} satisfies Record<string, Sentence<never>>;

/** A place of the document where a clause stands, with `*` for an index. */
export type ClausePlace = keyof typeof sentences;
