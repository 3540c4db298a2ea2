import { SOURCE_KINDS } from '../../compliance/sources.ts';
import {
  type Activity,
  CLASS_MEASURES,
  type Classes,
  type Clause,
  type DeclaredFact,
  type DerivedFact,
  type Expiry,
  type Lifecycle,
  type LinkRules,
  type ListEntry,
  type Onboarding,
  type PromotionText,
  type SourceRules,
  type Terms,
} from '../document.ts';
import {
  any,
  bool,
  choice,
  condition,
  date,
  decimal,
  either,
  entriesOf,
  explicit,
  fact,
  integer,
  listName,
  mapOf,
  may,
  must,
  name,
  object,
  some,
  text,
  variant,
} from './kinds.ts';
import { clauseShape, plainShape } from './shape.ts';
import type { Property, Shape } from './types.ts';

type Inner<T, K extends keyof T> = Extract<NonNullable<T[K]>, object>;
type Customers = NonNullable<Terms['customers']>;

/** The units of a length of time; exactly one is given. A hundred years are the most. */
export const spanUnits: Record<'days' | 'hours' | 'minutes' | 'years', Property> = {
  days: may(integer(1, 36_500), 'Days of 24 hours.'),
  hours: may(integer(1, 876_000), 'Hours.'),
  minutes: may(integer(1, 52_560_000), 'Minutes.'),
  years: may(integer(1, 100), 'Calendar years in the program’s zone.'),
};
export const oneSpanUnit = [Object.keys(spanUnits)];

const span: Shape = { name: 'Span', description: 'A length of time.', clause: false, properties: spanUnits, oneOf: oneSpanUnit };

const bare = clauseShape<Clause>('Clause', 'A clause that says nothing but that its rule holds.', {});

const program = plainShape<Terms['program']>('Program', 'Which program it is.', {
  key: must(name, 'Short name, unique in an organization.'),
  name: must(text, 'Name for people.'),
  timeZone: must({ kind: 'zone' }, 'Zone in which days and years are counted, e.g. Asia/Shanghai.'),
  currency: must({ kind: 'currency' }, 'Currency of prices, by ISO 4217.'),
  description: must(text, 'What the program is, in a sentence.'),
});

const reward = clauseShape<Terms['reward']>('Reward', 'What commissions are paid in.', {
  unit: must({ kind: 'unit' }, 'A currency by ISO 4217, or a name for points.'),
  name: must(text, 'Name of the unit for people.'),
  exponent: must(integer(0, 8), 'Decimal places of an amount; for a currency its own.'),
  perCurrencyUnit: must(decimal, 'Reward units for one unit of the program’s currency.'),
});

const declared = plainShape<DeclaredFact>('DeclaredFact', 'A fact that only this program has, sent as an attribute.', {
  level: must(choice('order', 'line', 'click', 'customer'), 'What the fact is about.'),
  name: must(name, 'Its name; conditions write level.name.'),
  type: must(choice('text', 'boolean', 'country', 'decimal', 'integer'), 'Type of its values.'),
  description: must(text, 'What it says.'),
});

const listEntry = plainShape<ListEntry>('ListEntry', 'A value of a list that holds for a time.', {
  value: must(text, 'The value.'),
  from: may(date, 'First day or instant on which the value is in the list.'),
  until: may(date, 'First day or instant on which it is not any more.'),
});

const derived = clauseShape<DerivedFact>('DerivedFact', 'A fact computed from others: the first case that holds gives the value.', {
  fact: must(fact, 'Its name, e.g. customer.type.'),
  cases: must(some(object('DerivedCase'), 100), 'The cases, the first that holds decides.'),
  otherwise: must(text, 'The value when no case holds.'),
});

const derivedCase = plainShape<DerivedFact['cases'][number]>('DerivedCase', 'A case of a derived fact.', {
  when: must(condition, 'When the case holds.'),
  is: must(text, 'The value then.'),
});

const onboarding = clauseShape<Onboarding>('Onboarding', 'How an affiliate joins.', {
  steps: must(some(choice('applied', 'approved', 'contract-sent', 'active'), 4), 'States of an application, in order, ending in active.'),
  automatic: must(bool, 'Whether an application is approved at once.'),
  countries: may(object('InList'), 'Countries that affiliates may come from; left out: any.'),
  warnCountries: may(object('InList'), 'Countries that set a warning on the affiliate.'),
  reapplication: may(object('Reapplication'), 'When whoever was rejected may apply again; left out: at once.'),
  documents: may(some(name, 100), 'Names of further documents that affiliates may accept.'),
});

const reapplication = clauseShape<Inner<Onboarding, 'reapplication'>>('Reapplication', 'When whoever was rejected may apply again.', {
  allowed: must(bool, 'Whether at all.'),
  after: may(object('Span'), 'How long after the rejection; left out: at once.'),
});

const inList = clauseShape<Inner<Onboarding, 'countries'>>('InList', 'A clause about a list of countries.', {
  in: must(listName, 'Name of the list.'),
});

const classes = clauseShape<Classes>('Classes', 'Classes of affiliates.', {
  names: must(some(name, 50), 'Names, the lowest first.'),
  measure: must(choice(...CLASS_MEASURES), 'What the thresholds are measured in.'),
  thresholds: must(mapOf(object('Threshold')), 'What each class but the lowest needs.'),
  rise: must(object('Rise'), 'How an affiliate rises.'),
});

const threshold = plainShape<Classes['thresholds'][string]>(
  'Threshold',
  'What is needed: sales in the program’s currency, commission in the reward’s unit, orders and customers in whole numbers.',
  { atLeast: may(decimal, 'That much or more.'), above: may(decimal, 'More than that.') },
  [['atLeast', 'above']],
);

const rise = clauseShape<Classes['rise']>('Rise', 'How an affiliate rises.', {
  by: must(choice('request'), 'The affiliate asks, staff check and approve.'),
});

const lifecycle = plainShape<Lifecycle>('Lifecycle', 'When a commission stands, is usable, and is taken back.', {
  earnsFrom: may(object('EarnsFrom'), 'Until this fact is known, the order is pending with nothing.'),
  available: explicit(object('Available'), 'When a commission becomes usable.'),
  removals: explicit(object('Removals'), 'What takes the whole commission off.'),
  partialRefund: explicit(object('Clause'), 'A partial refund prices the line anew.'),
});

const earnsFrom = clauseShape<Inner<Lifecycle, 'earnsFrom'>>('EarnsFrom', 'From when an order earns at all.', {
  fact: must(fact, 'Fact of the order.'),
});

const available = clauseShape<Lifecycle['available']>('Available', 'Usable from the latest of some instants, plus a span.', {
  after: must(some(fact, 20), 'Instants of the order; all must be known.'),
  plus: may(object('Span'), 'How long it stays locked after that.'),
});

const removals = plainShape<Lifecycle['removals']>('Removals', 'What takes the whole commission off.', {
  cancelled: explicit(object('Clause'), 'The order was cancelled.'),
  refunded: explicit(object('Clause'), 'All of it was refunded.'),
  disputed: explicit(object('Clause'), 'A dispute is open or was lost.'),
  rejectedByMerchant: explicit(object('Clause'), 'The merchant rejected the order: it was never commissionable.'),
});

const expiry = clauseShape<Expiry>('Expiry', 'When usable earnings are gone.', {
  at: must(variant('kind', { 'end-of-year': 'ExpiryEndOfYear', span: 'ExpirySpan' }), 'The instant.'),
});

const endOfYear = plainShape<Extract<Expiry['at'], { kind: 'end-of-year' }>>('ExpiryEndOfYear', 'Gone when a year ends.', {
  kind: must(choice('end-of-year'), 'Counted in whole years.'),
  years: must(integer(0, 100), 'Years after the year in which it became usable.'),
});

const expirySpan = plainShape<Extract<Expiry['at'], { kind: 'span' }>>(
  'ExpirySpan',
  'Usable for a length of time, its last instant included.',
  {
    kind: must(choice('span'), 'Counted from the instant at which it became usable.'),
    span: must(object('Span'), 'How long.'),
  },
);

const activity = clauseShape<Activity>('Activity', 'Points for activity, apart from commissions.', {
  unit: must({ kind: 'unit' }, 'Unit of these points; another than that of commissions.'),
  name: must(text, 'Name of the unit for people.'),
  exponent: must(integer(0, 8), 'Decimal places of an amount.'),
  amounts: must(mapOf(object('ActivityAmount')), 'Amount by kind of activity.'),
});

const activityAmount = plainShape<{ fixed?: string; perWholeCurrencyUnit?: string }>(
  'ActivityAmount',
  'What an activity gives.',
  {
    fixed: may(decimal, 'That much each time.'),
    perWholeCurrencyUnit: may(decimal, 'That much for each whole unit of the program’s currency.'),
  },
  [['fixed', 'perWholeCurrencyUnit']],
);

const links = clauseShape<LinkRules>('LinkRules', 'Which addresses become tracking links.', {
  hosts: must(listName, 'Name of the list of hosts; hosts below them count too.'),
  exceptHosts: may(listName, 'Name of the list of hosts that are refused.'),
  similarProduct: may(object('Clause'), 'Another product is shown when the link’s own is gone.'),
  checker: may(object('Clause'), 'Affiliates may ask what a product would earn.'),
  search: may(object('Clause'), 'Affiliates find products by words, and make links to them by their ids.'),
  personal: may(object('PersonalLink'), 'The link that every affiliate has from becoming active on.'),
  codes: may(object('CodeRules'), 'Which codes affiliates may not choose.'),
  promotion: may(object('Promotion'), 'Ready texts to post, and for the poster.'),
});

const personalLink = clauseShape<Inner<LinkRules, 'personal'>>('PersonalLink', 'A link that every affiliate has from becoming active on.', {
  page: must(text, 'Address of the page to which it leads, on one of the hosts of links.'),
});

const codeRules = clauseShape<Inner<LinkRules, 'codes'>>('CodeRules', 'Which codes affiliates may not choose for their links.', {
  words: must(listName, 'Name of the list of words; a code that contains or nearly is one of them is refused.'),
});

const promotion = clauseShape<Inner<LinkRules, 'promotion'>>('Promotion', 'Ready texts to post, and for the poster.', {
  texts: must(some(object('PromotionText'), 50), 'One for each language; the first is used where none is asked for.'),
});

const promotionText = plainShape<PromotionText>('PromotionText', 'What affiliates post, in one language.', {
  language: must(text, 'The language as browsers name it, such as en or pt-BR.'),
  headline: must(text, 'What stands above, and large on a poster.'),
  text: must(text, 'To be posted; {link} and {code} stand for the affiliate’s own.'),
  poster: must(text, 'What stands on the poster below the headline; {code} stands for the affiliate’s own.'),
});

const sources = plainShape<SourceRules>('SourceRules', 'What declared traffic sources must bring, and which are flagged for review.', {
  mailing: may(object('Mailing'), 'Which sources need consent of those they reach, and a way out.'),
  brandInName: may(object('BrandInName'), 'Which names and domains are flagged.'),
  adAccounts: may(object('AdAccounts'), 'Which ad accounts are flagged.'),
  breach: may(object('Clause'), 'Staff may mark a source as a breach; a case is opened.'),
});

const mailing = clauseShape<Inner<SourceRules, 'mailing'>>('Mailing', 'Sources that need consent of those they reach, and a way out.', {
  kinds: must(some(choice(...SOURCE_KINDS), SOURCE_KINDS.length), 'Kinds of traffic sources.'),
});

const brandInName = clauseShape<Inner<SourceRules, 'brandInName'>>('BrandInName', 'Names and domains that are flagged for review.', {
  words: must(listName, 'Name of the list of words; what contains or nearly is one of them is flagged.'),
  parts: must(some(choice('name', 'domain'), 2), 'Where the words are looked for.'),
});

const adAccounts = clauseShape<Inner<SourceRules, 'adAccounts'>>('AdAccounts', 'Ad accounts that are flagged for review.', {
  kinds: must(some(choice(...SOURCE_KINDS), SOURCE_KINDS.length), 'Kinds of traffic sources that are ad accounts.'),
  words: must(
    listName,
    'Name of the list of words that no text or title may have or nearly have; the first one must be a negative keyword.',
  ),
});

const customers = plainShape<Customers>('Customers', 'What affiliates and referred customers see and get.', {
  masking: may(object('Masking'), 'How customers are shown to affiliates.'),
  gift: may(object('Gift'), 'What a referred customer gets.'),
  independent: may(object('Independent'), 'What opens a case when customers of one affiliate share it.'),
});

const masking = clauseShape<Inner<Customers, 'masking'>>('Masking', 'How a customer’s phone number is shown.', {
  showLast: must(integer(0, 20), 'How many of the last digits are shown.'),
});

const gift = clauseShape<Inner<Customers, 'gift'>>('Gift', 'What a referred customer gets.', {
  name: must(text, 'What it is.'),
  days: must(integer(1, 36_500), 'For how many days.'),
});

const independent = clauseShape<Inner<Customers, 'independent'>>(
  'Independent',
  'Customers of one affiliate who are not independent open a case.',
  {
    by: must(some(choice('phone', 'payer', 'store'), 3), 'What they may not share.'),
  },
);

const requires = clauseShape<NonNullable<Terms['requires']>[number]>('Requires', 'A fact that every order must bring.', {
  fact: must(choice('order.country'), 'The fact.'),
});

const conflicts = plainShape<Terms['conflicts']>('Conflicts', 'What decides where two readings are possible.', {
  pricedBy: explicit(choice('order.placedAt'), 'The instant whose terms price an order.'),
  repeatWithOtherContent: explicit(choice('refuse'), 'What becomes of a known id with other content.'),
});

const terms = plainShape<Terms>('Terms', 'What a program’s published terms say, clause by clause.', {
  format: must(choice('tributary/terms/1'), 'Format of the document.'),
  program: must(object('Program'), 'Which program it is.'),
  reward: must(object('Reward'), 'What commissions are paid in.'),
  facts: may(any(object('DeclaredFact')), 'Facts that only this program has.'),
  lists: may(mapOf(entriesOf(either(text, object('ListEntry')))), 'Lists of values, by name.'),
  derived: may(any(object('DerivedFact')), 'Facts computed from others.'),
  onboarding: must(object('Onboarding'), 'How an affiliate joins.'),
  classes: may(object('Classes'), 'Classes of affiliates.'),
  attribution: must(object('Attribution'), 'Who earns from an order.'),
  traffic: must(any(object('TrafficClause')), 'Which clicks may not be attributed, open a case or warn.'),
  sources: may(object('SourceRules'), 'What declared traffic sources must bring, and which are flagged.'),
  qualification: must(any(object('QualificationClause')), 'Which orders are rejected.'),
  exclusions: must(any(object('ExclusionClause')), 'Which lines earn nothing.'),
  rates: must(any(object('RateClause')), 'What share of a line is earned: the first clause whose condition holds.'),
  adjustments: must(any(variant('kind', { share: 'ShareAdjustment', 'quality-factor': 'QualityAdjustment' })), 'What scales earnings.'),
  caps: must(any(object('CapClause')), 'What the earnings of an order are at most.'),
  rounding: explicit(object('Rounding'), 'How amounts are rounded.'),
  lifecycle: explicit(object('Lifecycle'), 'When a commission stands, is usable, and is taken back.'),
  expiry: may(object('Expiry'), 'When usable earnings are gone; left out: never.'),
  withdrawal: may(object('WithdrawalRules'), 'How affiliates take out what is available; left out: not at all.'),
  redemption: may(object('RedemptionRules'), 'How points are exchanged for something else than money.'),
  closing: may(
    object('ClosingRules'),
    'What becomes of balances when staff close the program; left out: they are kept, and paid as before.',
  ),
  activity: may(object('Activity'), 'Points for activity.'),
  links: must(object('LinkRules'), 'Which addresses become tracking links.'),
  customers: may(object('Customers'), 'What affiliates and referred customers see and get.'),
  requires: may(any(object('Requires')), 'Facts that every order must bring.'),
  conflicts: explicit(object('Conflicts'), 'What decides where two readings are possible.'),
});

const rounding = clauseShape<Terms['rounding']>('Rounding', 'How amounts are rounded.', {
  mode: explicit(choice('down'), 'Cut downwards to the unit’s smallest amount.'),
  per: explicit(choice('line'), 'Each line by itself.'),
});

/** Shapes of the document's frame: everything but what decides on clicks, orders and lines. */
export const programShapes: readonly Shape[] = [
  terms,
  program,
  reward,
  declared,
  listEntry,
  derived,
  derivedCase,
  onboarding,
  reapplication,
  inList,
  classes,
  threshold,
  rise,
  rounding,
  lifecycle,
  earnsFrom,
  available,
  removals,
  expiry,
  endOfYear,
  expirySpan,
  activity,
  activityAmount,
  links,
  personalLink,
  codeRules,
  promotion,
  promotionText,
  sources,
  mailing,
  brandInName,
  adAccounts,
  customers,
  masking,
  gift,
  independent,
  requires,
  conflicts,
  bare,
  span,
];
