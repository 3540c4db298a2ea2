import type {
  AdjustmentClause,
  Attribution,
  CapClause,
  Clause,
  ExclusionClause,
  QualificationClause,
  RateClause,
  RateTable,
  TrafficClause,
} from '../document.ts';
import {
  bool,
  choice,
  condition,
  decimal,
  either,
  explicit,
  fact,
  integer,
  mapOf,
  may,
  must,
  name,
  object,
  percent,
  some,
  text,
  variant,
} from './kinds.ts';
import { clauseProperties, clauseShape, plainShape } from './shape.ts';
import { oneSpanUnit, spanUnits } from './shapes-program.ts';
import type { Shape } from './types.ts';

type PageRanks = NonNullable<Attribution['pageRanks']>;
type Rate<K extends RateClause['rate']['kind']> = Extract<RateClause['rate'], { kind: K }>;
type Group = RateTable['groups'][number];
type Bounds = NonNullable<RateTable['bounds']>;

const attribution = clauseShape<Attribution>('Attribution', 'Who earns from an order.', {
  model: must(
    choice('visitor-clicks', 'named-click', 'customer-tie'),
    'Whether the visitor’s clicks decide, the click that the order names, or the customer’s tie.',
  ),
  windows: may(some(object('Window')), 'How long a click counts; the first row whose condition holds. Needed by the two click models.'),
  pageRanks: may(object('PageRanks'), 'Which click wins by the page that it led to.'),
  ties: explicit(choice('last-click'), 'Who wins between equal clicks.'),
  coupon: explicit(object('Coupon'), 'What a coupon or referral code on the order does.'),
  binding: must(object('Binding'), 'How a customer is tied to an affiliate at registration.'),
  selfPurchase: explicit(object('SelfPurchase'), 'Whether affiliates may earn on their own orders.'),
  activeAtClick: must(object('Clause'), 'The affiliate was active at the instant of the click.'),
});

const window: Shape = {
  name: 'Window',
  description: 'How long a click counts.',
  clause: true,
  properties: { ...clauseProperties, ...spanUnits, when: may(condition, 'For which clicks; left out: for all others.') },
  oneOf: oneSpanUnit,
};

const pageRanks = clauseShape<PageRanks>('PageRanks', 'Which click wins by the page that it led to.', {
  ranks: must(some(some(name, 50), 50), 'Kinds of page, the best rank first.'),
  personal: must(object('PersonalPages'), 'Pages that count as such only when their product is on the order.'),
});

const personal = plainShape<PageRanks['personal']>('PersonalPages', 'Pages that count as such only when their product is on the order.', {
  pages: must(some(name, 50), 'Kinds of page.'),
  fallback: must(name, 'Kind of page that they count as otherwise.'),
});

const coupon = clauseShape<Attribution['coupon']>('Coupon', 'What a coupon or referral code on the order does.', {
  beatsClicks: must(bool, 'Whether it beats clicks.'),
});

const binding = clauseShape<Attribution['binding']>('Binding', 'How a customer is tied to an affiliate at registration.', {
  by: must(some(choice('code', 'click'), 2), 'What makes the tie; the first one beats the second.'),
  window: may(object('Span'), 'A click older than this before the registration makes no tie; left out: no limit.'),
});

const selfPurchase = clauseShape<Attribution['selfPurchase']>('SelfPurchase', 'Whether affiliates may earn on their own orders.', {
  allowed: must(bool, 'Whether they may.'),
});

const traffic = clauseShape<TrafficClause>('TrafficClause', 'What follows for a click when its condition holds.', {
  when: must(condition, 'For which clicks.'),
  bars: must(bool, 'Whether the click may not be attributed.'),
  opensCase: may(bool, 'Whether a case is opened for staff.'),
  onConfirmation: may(choice('terminate'), 'What becomes of the affiliate when staff confirm the case; left out: nothing.'),
  unlessPermitted: may(bool, 'Whether a permission for the click’s channel, given before the click, lifts the clause.'),
  warns: may(bool, 'Whether the affiliate is warned.'),
});

const qualification = clauseShape<QualificationClause>('QualificationClause', 'Rejects an order.', {
  rejectWhen: must(condition, 'Which orders.'),
});

const exclusion = clauseShape<ExclusionClause>('ExclusionClause', 'Takes a line out: it earns nothing.', {
  excludeWhen: must(condition, 'Which lines.'),
});

const rate = clauseShape<RateClause>('RateClause', 'What share of a line is earned.', {
  when: may(condition, 'For which lines; left out: for all others.'),
  rate: must(
    variant('kind', { fixed: 'FixedRate', 'from-line': 'LineRate', table: 'TableRate', 'place-tiers': 'PlaceTiersRate' }),
    'The share.',
  ),
});

const fixed = plainShape<Rate<'fixed'>>('FixedRate', 'The same percent for all.', {
  kind: must(choice('fixed'), 'The same percent for all.'),
  percent: must(percent, 'The percent.'),
});

const fromLine = plainShape<Rate<'from-line'>>('LineRate', 'The line’s own percent, held inside a range.', {
  kind: must(choice('from-line'), 'The line’s own percent.'),
  atLeast: must(percent, 'Lower bound.'),
  atMost: must(percent, 'Upper bound.'),
  missing: must(percent, 'The percent of a line that has none.'),
});

const tableRate = plainShape<Rate<'table'>>('TableRate', 'A percent by the values of some facts.', {
  kind: must(choice('table'), 'A percent by the values of some facts.'),
  table: must(object('RateTable'), 'The table.'),
});

const placeTiers = plainShape<Rate<'place-tiers'>>('PlaceTiersRate', 'A percent by the customer’s place; a place never changes.', {
  kind: must(choice('place-tiers'), 'A percent by the customer’s place.'),
  tiers: must(some(object('PlaceTier'), 100), 'The tiers, from the first place on, rising.'),
});

const placeTier = plainShape<Rate<'place-tiers'>['tiers'][number]>('PlaceTier', 'A tier of places.', {
  fromPlace: must(integer(1, 1_000_000_000), 'First place of the tier.'),
  percent: must(percent, 'The percent.'),
});

const table = plainShape<RateTable>('RateTable', 'Percents by the values of some facts.', {
  by: must({ kind: 'array', of: fact, min: 2, max: 3 }, 'Facts whose values pick the cell, in order.'),
  groups: must(some(object('RateGroup')), 'Groups of values of the first fact; one of them is all others.'),
  bounds: may(object('RateBounds'), 'Stated range by the values of one of the facts.'),
});

const group = plainShape<Group>(
  'RateGroup',
  'Cells for some values of the table’s first fact.',
  {
    in: may(some(text), 'The values.'),
    other: may(choice(true), 'All other values, and none.'),
    assumed: may(bool, 'Whether the group is ours.'),
    cells: must(
      mapOf(either(percent, mapOf(percent, 'text')), 'text'),
      'Percents by the values of the remaining facts, nested in their order.',
    ),
  },
  [['in', 'other']],
);

const bounds = plainShape<Bounds>('RateBounds', 'Stated range by the values of one of the facts: a cell outside it is an error.', {
  by: must(fact, 'The fact, one of the table’s.'),
  ranges: must(mapOf(object('RateRange'), 'text'), 'Range by value.'),
});

const range = plainShape<Bounds['ranges'][string]>('RateRange', 'A range of percents, both ends included.', {
  atLeast: must(percent, 'Lower bound.'),
  atMost: must(percent, 'Upper bound.'),
});

const share = clauseShape<Extract<AdjustmentClause, { kind: 'share' }>>('ShareAdjustment', 'Only a share of the earnings stays.', {
  kind: must(choice('share'), 'A share.'),
  when: must(condition, 'For which lines.'),
  percent: must(percent, 'What stays, in percent.'),
});

const quality = clauseShape<Clause & { kind: 'quality-factor' }>(
  'QualityAdjustment',
  'The affiliate’s quality factor scales the earnings.',
  {
    kind: must(choice('quality-factor'), 'The factor that staff set, from 0 to 1.'),
  },
);

const cap = clauseShape<CapClause>('CapClause', 'What an order earns at most.', {
  per: must(choice('order'), 'What the cap counts over.'),
  amount: must(decimal, 'The most, in the reward’s unit.'),
  split: must(choice('largest-remainder'), 'How the lines share it: in proportion, the rest by largest remainder, the earlier line first.'),
});

/** Shapes of what decides on clicks, orders and lines. */
export const decidingShapes: readonly Shape[] = [
  attribution,
  window,
  pageRanks,
  personal,
  coupon,
  binding,
  selfPurchase,
  traffic,
  qualification,
  exclusion,
  rate,
  fixed,
  fromLine,
  tableRate,
  placeTiers,
  placeTier,
  table,
  group,
  bounds,
  range,
  share,
  quality,
  cap,
];
