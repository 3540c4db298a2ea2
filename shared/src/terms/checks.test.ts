import { describe, expect, test } from 'vitest';
import { fifthProgram } from '../testing/documents.ts';
import { validateTerms } from './read.ts';

type Change = [path: string, value: unknown];
type Row = [sentence: string, changes: Change[], findings: string[]];

/** Findings as `CODE path`, and after an arrow the nearest word. */
function found(changes: Change[]): string[] {
  const result = validateTerms(fifthProgram(...changes));
  if (result.ok) return [];
  return result.findings.map(({ code, path, nearest }) => `${code} ${path}${nearest === undefined ? '' : ` -> ${nearest}`}`);
}

/** Exactly these findings: a fault is named once, and nothing else is blamed for it. */
function table(name: string, rows: Row[]): void {
  describe(name, () => {
    test.each(rows)('%s', (_, changes, findings) => {
      expect(found(changes).sort()).toEqual([...findings].sort());
    });
  });
}

const fixed = (percent: string, more: object = {}) => ({ id: 'LO-13', rate: { kind: 'fixed', percent }, ...more });
const tiers = (...list: [number, string][]) => [
  { id: 'LO-13', rate: { kind: 'place-tiers', tiers: list.map(([fromPlace, percent]) => ({ fromPlace, percent })) } },
];
const rental = { fact: 'line.isRental', is: true };
const derive = (name: string, reads: string) => ({
  id: 'LO-10',
  fact: name,
  cases: [{ is: 'a', when: { fact: reads, is: 'a' } }],
  otherwise: 'b',
});

const COUPON = { id: 'LO-23', minimumAvailable: '10', perCurrencyUnit: '100' };
const redemption = (activity: object) => ({
  id: 'LO-22',
  overdraw: { id: 'LO-22' },
  coupon: { id: 'LO-22', minimumAvailable: '1', activity },
});

table('coupons', [
  ['points for activity that buy coupons', [['redemption', redemption(COUPON)]], []],
  [
    'such points without a section that gives them',
    [
      ['redemption', redemption(COUPON)],
      ['activity', undefined],
    ],
    ['GAP redemption.coupon.activity'],
  ],
  [
    'points that are worth anything',
    [['redemption', redemption({ ...COUPON, perCurrencyUnit: '0' })]],
    ['OUT_OF_BOUNDS redemption.coupon.activity.perCurrencyUnit'],
  ],
]);

table('form', [
  ['a field is misspelled', [['program.timezone', 'UTC']], ['UNKNOWN_FIELD program.timezone -> timeZone']],
  ['a section is misspelled', [['rate', []]], ['UNKNOWN_FIELD rate -> rates']],
  ['a field is missing', [['program.name', undefined]], ['MISSING program.name']],
  ['a list stands where an object belongs', [['program', []]], ['WRONG_TYPE program']],
  ['a number stands where a decimal in quotes belongs', [['caps[0].amount', 25.125]], ['WRONG_TYPE caps[0].amount']],
  ['a word stands where true or false belongs', [['onboarding.automatic', 'yes']], ['WRONG_TYPE onboarding.automatic']],
  ['a word of a closed set is misspelled', [['attribution.model', 'visitor-click']], ['BAD_VALUE attribution.model -> visitor-clicks']],
  ['another format', [['format', 'tributary/terms/2']], ['BAD_VALUE format -> tributary/terms/1']],
  ['a kind of rate that there is not', [['rates[0].rate.kind', 'fix']], ['BAD_VALUE rates[0].rate.kind -> fixed']],
  ['a rate without its kind', [['rates[0].rate.kind', undefined]], ['MISSING rates[0].rate.kind']],
  ['two lengths of time at once', [['attribution.windows[0].days', 2]], ['BAD_VALUE attribution.windows[0]']],
  ['no length of time', [['attribution.windows[0].hours', undefined]], ['MISSING attribution.windows[0]']],
  ['a negative length of time', [['attribution.windows[0].hours', -1]], ['OUT_OF_BOUNDS attribution.windows[0].hours']],
  ['an absurd length of time', [['attribution.windows[0].hours', 1e9]], ['OUT_OF_BOUNDS attribution.windows[0].hours']],
  ['a part of an hour', [['attribution.windows[0].hours', 1.5]], ['WRONG_TYPE attribution.windows[0].hours']],
  ['a rule without an id of its form', [['rounding.id', 'rule 7']], ['BAD_VALUE rounding.id']],
  ['an empty text', [['program.name', ' ']], ['BAD_VALUE program.name']],
  [
    'all faults at once',
    [
      ['program.currency', 'EURO'],
      ['rounding.mode', 'up'],
      ['rates[0].when.fact', 'line.knid'],
    ],
    ['BAD_VALUE program.currency -> EUR', 'BAD_VALUE rounding.mode', 'UNKNOWN_FACT rates[0].when.fact -> line.kind'],
  ],
]);

table('codes and units', [
  ['a currency that there is not', [['program.currency', 'KWT']], ['BAD_VALUE program.currency -> KWD']],
  ['a unit written small like a name of points', [['reward.unit', 'kwd']], ['BAD_VALUE reward.unit -> KWD']],
  [
    'an exponent that the currency does not have',
    [
      ['reward.exponent', 2],
      ['caps', []],
    ],
    ['BAD_VALUE reward.exponent'],
  ],
  ['a dinar that is worth two', [['reward.perCurrencyUnit', '2']], ['OUT_OF_BOUNDS reward.perCurrencyUnit']],
  ['points that are worth nothing', [['reward.perCurrencyUnit', '0']], ['OUT_OF_BOUNDS reward.perCurrencyUnit']],
  ['a time zone that there is not', [['program.timeZone', 'Europe/Olso']], ['BAD_VALUE program.timeZone -> Europe/Oslo']],
  ['an offset instead of a time zone', [['program.timeZone', '+08:00']], ['BAD_VALUE program.timeZone']],
  ['a country that there is not', [['lists.nordic[0]', 'UK']], ['BAD_VALUE lists.nordic[0] -> GB']],
  ['a cap finer than the unit', [['caps[0].amount', '1.0005']], ['BAD_VALUE caps[0].amount']],
  ['a cap of nothing', [['caps[0].amount', '0.000']], ['OUT_OF_BOUNDS caps[0].amount']],
  ['a negative cap', [['caps[0].amount', '-1']], ['BAD_VALUE caps[0].amount']],
  ['points for activity that mix with commissions', [['activity.unit', 'KWD']], ['CONTRADICTION activity.unit']],
  ['half a point', [['activity.amounts.photo.fixed', '0.5']], ['BAD_VALUE activity.amounts.photo.fixed']],
]);

table('percents', [
  ['more than the price', [['rates[0].rate.percent', '100.000001']], ['OUT_OF_BOUNDS rates[0].rate.percent']],
  ['all of the price', [['rates[0].rate.percent', '100']], []],
  ['six places', [['rates[0].rate.percent', '0.000001']], []],
  ['seven places', [['rates[0].rate.percent', '0.0000001']], ['BAD_VALUE rates[0].rate.percent']],
  ['a percent sign', [['rates[0].rate.percent', '5%']], ['BAD_VALUE rates[0].rate.percent']],
  ['less than nothing', [['rates[0].rate.percent', '-5']], ['BAD_VALUE rates[0].rate.percent']],
  ['an exponent', [['rates[0].rate.percent', '1e1']], ['BAD_VALUE rates[0].rate.percent']],
  ['bounds the wrong way round', [['rates[1].rate.atMost', '1']], ['BAD_VALUE rates[1].rate.atMost']],
  ['a missing rate outside the bounds', [['rates[1].rate.missing', '1.4']], ['OUT_OF_BOUNDS rates[1].rate.missing']],
]);

table('conditions', [
  ['a fact is misspelled', [['rates[1].when.fact', 'line.isRentl']], ['UNKNOWN_FACT rates[1].when.fact -> line.isRental']],
  ['an operator is misspelled', [['rates[1].when', { fact: 'line.kind', iss: 'a' }]], ['UNKNOWN_OPERATOR rates[1].when.iss -> is']],
  [
    'a combination is misspelled',
    [['rates[1].when', { al: [rental] }]],
    ['UNKNOWN_FIELD rates[1].when.al -> all', 'MISSING rates[1].when'],
  ],
  ['a test without operator', [['rates[1].when', { fact: 'line.kind' }]], ['MISSING rates[1].when']],
  ['a test with two operators', [['rates[1].when', { fact: 'line.kind', is: 'a', isNot: 'b' }]], ['BAD_VALUE rates[1].when']],
  ['two combinations at once', [['rates[1].when', { all: [rental], any: [rental] }]], ['BAD_VALUE rates[1].when']],
  ['an empty combination', [['rates[1].when', { all: [] }]], ['MISSING rates[1].when.all']],
  ['an empty condition', [['rates[1].when', {}]], ['MISSING rates[1].when']],
  ['a condition that is a word', [['rates[1].when', 'always']], ['WRONG_TYPE rates[1].when']],
  ['an operator that does not fit the type', [['rates[1].when', { fact: 'line.kind', below: '3' }]], ['WRONG_TYPE rates[1].when.below']],
  ['a decimal asked to be equal', [['rates[1].when', { fact: 'line.price', is: '5' }]], ['WRONG_TYPE rates[1].when.is']],
  ['a set asked to be equal', [['rates[1].when', { fact: 'order.discounts', is: 'coins' }]], ['WRONG_TYPE rates[1].when.is']],
  ['a text for a boolean', [['rates[1].when.is', 'true']], ['WRONG_TYPE rates[1].when.is']],
  ['a text for an integer', [['rates[1].when', { fact: 'line.quantity', is: '3' }]], ['WRONG_TYPE rates[1].when.is']],
  ['a country that there is not', [['rates[1].when', { fact: 'order.country', is: 'XX' }]], ['BAD_VALUE rates[1].when.is']],
  [
    'a value that a closed fact never has',
    [['rates[1].when', { fact: 'order.platform', is: 'ap' }]],
    ['BAD_VALUE rates[1].when.is -> app'],
  ],
  [
    'a class that there is not',
    [['rates[1].when', { fact: 'affiliate.class', in: ['trail', 'sumit'] }]],
    ['BAD_VALUE rates[1].when.in[1] -> summit'],
  ],
  ['a value that a derived fact never has', [['adjustments[0].when.is', 'welcom']], ['BAD_VALUE adjustments[0].when.is -> welcome']],
  [
    'a document that is not asked for',
    [['rates[1].when', { fact: 'affiliate.documents', containsAny: ['rental-term'] }]],
    ['BAD_VALUE rates[1].when.containsAny[0] -> rental-terms'],
  ],
  ['a value named twice', [['rates[1].when', { fact: 'line.kind', in: ['a', 'a'] }]], ['DUPLICATE rates[1].when.in[1]']],
  ['a list that there is not', [['rates[0].when.in', 'zero-kind']], ['UNKNOWN_LIST rates[0].when.in -> zero-kinds']],
  [
    'a list of other things than countries',
    [['qualification[0].rejectWhen.notIn', 'hosts']],
    ['BAD_VALUE lists.hosts[0]', 'BAD_VALUE lists.hosts[1]'],
  ],
  ['half a unit', [['exclusions[0].excludeWhen.all[1].below', '2.5']], ['BAD_VALUE exclusions[0].excludeWhen.all[1].below']],
  ['finer than money', [['rates[1].when', { fact: 'line.price', below: '5.0001' }]], ['BAD_VALUE rates[1].when.below']],
  ['compared with a fact of another type', [['traffic[2].when.not.is.fact', 'click.page']], ['WRONG_TYPE traffic[2].when.not.is.fact']],
  ['compared with itself', [['traffic[2].when.not.is.fact', 'click.deviceCountry']], ['BAD_VALUE traffic[2].when.not.is.fact']],
  [
    'within a span of something that is no instant',
    [['rates[1].when', { fact: 'order.paidAt', within: { of: 'order.country', days: 1 } }]],
    ['WRONG_TYPE rates[1].when.within.of'],
  ],
  ['within no span', [['rates[1].when', { fact: 'order.paidAt', within: { of: 'order.placedAt' } }]], ['MISSING rates[1].when.within']],
  [
    'within a span of unknown unit',
    [['rates[1].when', { fact: 'order.paidAt', within: { of: 'order.placedAt', day: 1 } }]],
    ['UNKNOWN_FIELD rates[1].when.within.day -> days', 'MISSING rates[1].when.within'],
  ],
]);

table('what a section may read', [
  ['traffic cannot read the order', [['traffic[2].when', { fact: 'order.country', is: 'NO' }]], ['NOT_ALLOWED_HERE traffic[2].when.fact']],
  [
    'windows cannot read the customer',
    [['attribution.windows[0].when', { fact: 'customer.clubMember', is: true }]],
    ['NOT_ALLOWED_HERE attribution.windows[0].when.fact'],
  ],
  [
    'derived facts cannot read the click',
    [['derived[0].cases[0].when', { fact: 'click.page', is: 'home' }]],
    ['NOT_ALLOWED_HERE derived[0].cases[0].when.fact'],
  ],
  ['qualification cannot read lines', [['qualification[1].rejectWhen', rental]], ['NOT_ALLOWED_HERE qualification[1].rejectWhen.fact']],
  [
    'qualification cannot read lines by the way',
    [['qualification[1].rejectWhen', { fact: 'click.product', is: { fact: 'line.product' } }]],
    ['NOT_ALLOWED_HERE qualification[1].rejectWhen.is.fact'],
  ],
  ['qualification reads the winning click', [['qualification[1].rejectWhen', { fact: 'click.page', is: 'home' }]], []],
  [
    'a class where there are none',
    [
      ['classes', undefined],
      ['rates', [fixed('5', { when: { fact: 'affiliate.class', is: 'trail' } }), fixed('4')]],
    ],
    ['UNKNOWN_FACT rates[0].when.fact'],
  ],
]);

table('lists and dates', [
  ['a brand word so short that all is near it', [['lists.brand[0]', 'lar']], ['BAD_VALUE lists.brand[0]']],
  ['a host with a path', [['lists.hosts[0]', 'larkspur.example/shop']], ['BAD_VALUE lists.hosts[0]']],
  ['a value twice', [['lists.hosts[1]', 'larkspur.example']], ['DUPLICATE lists.hosts[1]']],
  ['a value twice at different times', [['lists.neighbours[2].value', 'SE']], []],
  ['a value twice at once', [['lists.neighbours[2]', { value: 'SE', from: '2026-06-30' }]], ['DUPLICATE lists.neighbours[2].value']],
  ['a list that is used and empty', [['lists.hosts', []]], ['MISSING lists.hosts']],
  ['hosts that are no list', [['links.hosts', 'host']], ['UNKNOWN_LIST links.hosts -> hosts']],
  ['a day that there is not', [['exclusions[1].from', '2026-02-30']], ['BAD_VALUE exclusions[1].from']],
  ['an absurd year', [['exclusions[1].from', '9999-01-01']], ['BAD_VALUE exclusions[1].from']],
  ['a date of another form', [['exclusions[1].from', '01.03.2026']], ['BAD_VALUE exclusions[1].from']],
  ['an instant', [['exclusions[1].from', '2026-03-01T12:30:00Z']], []],
  ['an instant that there is not', [['exclusions[1].from', '2026-03-01T25:00:00Z']], ['BAD_VALUE exclusions[1].from']],
  ['an end before the beginning', [['exclusions[1].until', '2026-02-28']], ['BAD_VALUE exclusions[1].until']],
  ['an end at the beginning in the program’s zone', [['exclusions[1].until', '2026-02-28T23:00:00Z']], ['BAD_VALUE exclusions[1].until']],
  ['a date where none is looked at', [['rounding.from', '2026-01-01']], ['NOT_ALLOWED_HERE rounding.from']],
]);

table('tables', [
  [
    'a class without a row',
    [['rates[2].rate.table.groups[0].cells.summit', undefined]],
    ['GAP rates[2].rate.table.groups[0].cells.summit'],
  ],
  [
    'a derived value without a cell',
    [['rates[2].rate.table.groups[1].cells.trail.guest', undefined]],
    ['GAP rates[2].rate.table.groups[1].cells.trail.guest'],
  ],
  [
    'a cell that nothing leads to',
    [['rates[2].rate.table.groups[1].cells.trail.gest', '4']],
    ['UNREACHABLE rates[2].rate.table.groups[1].cells.trail.gest -> guest'],
  ],
  ['no group for all others', [['rates[2].rate.table.groups[1]', undefined]], ['GAP rates[2].rate.table.groups']],
  [
    'two groups for all others',
    [
      ['rates[2].rate.table.groups[0].in', undefined],
      ['rates[2].rate.table.groups[0].other', true],
    ],
    ['DUPLICATE rates[2].rate.table.groups[1].other'],
  ],
  [
    'a group that is both',
    [['rates[2].rate.table.groups[0].other', true]],
    ['BAD_VALUE rates[2].rate.table.groups[0]', 'DUPLICATE rates[2].rate.table.groups[1].other'],
  ],
  ['a value in two places', [['rates[2].rate.table.groups[0].in[1]', 'tents']], ['DUPLICATE rates[2].rate.table.groups[0].in[1]']],
  [
    'a cell outside its bounds',
    [['rates[2].rate.table.groups[0].cells.trail.newcomer', '8.000001']],
    ['OUT_OF_BOUNDS rates[2].rate.table.groups[0].cells.trail.newcomer'],
  ],
  ['bounds without a class', [['rates[2].rate.table.bounds.ranges.trail', undefined]], ['GAP rates[2].rate.table.bounds.ranges.trail']],
  [
    'bounds for a class that there is not',
    [['rates[2].rate.table.bounds.ranges.trial', { atLeast: '1', atMost: '2' }]],
    ['BAD_VALUE rates[2].rate.table.bounds.ranges.trial -> trail'],
  ],
  [
    'bounds by a fact that is not the table’s',
    [['rates[2].rate.table.bounds.by', 'line.kind']],
    ['BAD_VALUE rates[2].rate.table.bounds.by'],
  ],
  ['cells that stop early', [['rates[2].rate.table.groups[0].cells.trail', '5']], ['WRONG_TYPE rates[2].rate.table.groups[0].cells.trail']],
  [
    'a fact twice',
    [['rates[2].rate.table.by[2]', 'affiliate.class']],
    [
      'DUPLICATE rates[2].rate.table.by[2]',
      ...[0, 1].flatMap((group) =>
        ['trail', 'summit'].flatMap((name) => [
          ...['trail', 'summit'].map((cell) => `GAP rates[2].rate.table.groups[${group}].cells.${name}.${cell}`),
          ...['member', 'newcomer', 'guest'].map((cell) => `UNREACHABLE rates[2].rate.table.groups[${group}].cells.${name}.${cell}`),
        ]),
      ),
    ],
  ],
  [
    'a fact whose values nobody can list',
    [
      [
        'rates',
        [
          {
            id: 'LO-15',
            rate: { kind: 'table', table: { by: ['line.category', 'line.kind'], groups: [{ other: true, cells: { a: '1' } }] } },
          },
        ],
      ],
    ],
    ['GAP rates[0].rate.table.by[1]'],
  ],
  ['a table by a boolean', [['rates[2].rate.table.by[0]', 'line.isRental']], ['WRONG_TYPE rates[2].rate.table.by[0]']],
  ['a table by one fact', [['rates[2].rate.table.by', ['line.category']]], ['MISSING rates[2].rate.table.by']],
]);

table('clauses against each other', [
  ['rates that end with a condition', [['rates', [fixed('5', { when: rental })]]], ['OPEN rates']],
  ['no rates', [['rates', []]], ['OPEN rates']],
  ['a last rate that begins some day', [['rates', [fixed('5', { from: '2026-01-01' })]]], ['OPEN rates']],
  ['last rates that follow each other', [['rates', [fixed('5', { until: '2026-01-01' }), fixed('6', { from: '2026-01-01' })]]], []],
  [
    'last rates with a day between them',
    [['rates', [fixed('5', { until: '2026-01-01' }), fixed('6', { from: '2026-01-02' })]]],
    ['OPEN rates'],
  ],
  ['a rate for a time before the usual one', [['rates', [fixed('9', { from: '2026-01-01', until: '2026-02-01' }), fixed('5')]]], []],
  ['a rate after the last', [['rates', [fixed('5'), fixed('6', { when: rental })]]], ['UNREACHABLE rates[1]']],
  [
    'a rate after last ones that follow each other',
    [['rates', [fixed('5', { until: '2026-01-01' }), fixed('6', { from: '2026-01-01' }), fixed('6', { when: rental })]]],
    ['UNREACHABLE rates[2]'],
  ],
  ['two last rates', [['rates', [fixed('5'), fixed('6')]]], ['CONTRADICTION rates[1]']],
  ['the same rate twice', [['rates', [fixed('5', { when: rental }), fixed('5', { when: rental }), fixed('4')]]], ['UNREACHABLE rates[1]']],
  [
    'two rates for one condition',
    [['rates', [fixed('5', { when: rental }), fixed('6', { when: rental }), fixed('4')]]],
    ['CONTRADICTION rates[1]'],
  ],
  [
    'two rates for one condition written differently',
    [
      [
        'rates',
        [
          fixed('5', { when: { all: [rental, { fact: 'line.kind', in: ['a', 'b'] }] } }),
          fixed('6', { when: { all: [{ fact: 'line.kind', in: ['b', 'a'] }, rental] } }),
          fixed('4'),
        ],
      ],
    ],
    ['CONTRADICTION rates[1]'],
  ],
  ['tiers by place leave nothing open', [['rates', tiers([1, '5'], [10, '6'])]], []],
  ['tiers that do not begin at the first place', [['rates', tiers([2, '5'], [10, '6'])]], ['GAP rates[0].rate.tiers[0].fromPlace']],
  ['tiers that do not rise', [['rates', tiers([1, '5'], [10, '6'], [10, '7'])]], ['OVERLAP rates[0].rate.tiers[2].fromPlace']],
  ['windows that end with a condition', [['attribution.windows[2]', undefined]], ['OPEN attribution.windows']],
  ['no windows', [['attribution.windows', undefined]], ['OPEN attribution.windows']],
  [
    'a window after the last',
    [['attribution.windows[3]', { id: 'LO-04', days: 3, when: { fact: 'click.page', is: 'home' } }]],
    ['UNREACHABLE attribution.windows[3]'],
  ],
  [
    'traffic judged in two ways',
    [['traffic[3]', { id: 'LO-08', when: { fact: 'click.referrer', hostIn: 'partners' }, bars: true }]],
    ['CONTRADICTION traffic[3]'],
  ],
  ['traffic of which nothing follows', [['traffic[1].warns', false]], ['MISSING traffic[1]']],
  [
    'a qualification twice',
    [['qualification[2]', { id: 'LO-11', rejectWhen: { fact: 'order.country', notIn: 'neighbours' } }]],
    ['UNREACHABLE qualification[2]'],
  ],
  [
    'an exclusion that comes again later',
    [['exclusions[2]', { id: 'LO-12', from: '2027-01-01', excludeWhen: { fact: 'line.weightClass', is: 'bulky' } }]],
    ['UNREACHABLE exclusions[2]'],
  ],
  [
    'an exclusion that comes earlier too',
    [['exclusions[2]', { id: 'LO-12', excludeWhen: { fact: 'line.weightClass', is: 'bulky' } }]],
    ['OVERLAP exclusions[2]'],
  ],
  [
    'a share taken twice',
    [['adjustments[2]', { id: 'LO-16', kind: 'share', when: { fact: 'order.season', is: 'welcome' }, percent: '80' }]],
    ['OVERLAP adjustments[2]'],
  ],
  [
    'two shares of one case',
    [['adjustments[2]', { id: 'LO-16', kind: 'share', when: { fact: 'order.season', is: 'welcome' }, percent: '70' }]],
    ['CONTRADICTION adjustments[2]'],
  ],
  [
    'two shares that follow each other',
    [
      ['adjustments[0].until', '2026-01-01'],
      ['adjustments[2]', { id: 'LO-16', from: '2026-01-01', kind: 'share', when: { fact: 'order.season', is: 'welcome' }, percent: '70' }],
    ],
    [],
  ],
  ['the quality factor twice', [['adjustments[2]', { id: 'LO-17', kind: 'quality-factor' }]], ['OVERLAP adjustments[2]']],
  ['two caps', [['caps[1]', { id: 'LO-18', per: 'order', amount: '30', split: 'largest-remainder' }]], ['CONTRADICTION caps[1]']],
]);

table('facts of the program', [
  [
    'a declared fact that is built in',
    [
      ['facts[0].name', 'kind'],
      ['rates[1].when', { fact: 'line.kind', is: 'x' }],
      ['exclusions[0]', undefined],
    ],
    ['DUPLICATE facts[0].name'],
  ],
  [
    'a fact declared twice',
    [['facts[6]', { level: 'line', name: 'isRental', type: 'boolean', description: 'Again.' }]],
    ['DUPLICATE facts[6].name'],
  ],
  ['a type that no declaration has', [['facts[1].type', 'instant']], ['BAD_VALUE facts[1].type']],
  [
    'a derived fact of the click',
    [
      ['derived[1].fact', 'click.season'],
      ['adjustments[0]', undefined],
    ],
    ['BAD_VALUE derived[1].fact'],
  ],
  [
    'a derived fact that is built in',
    [
      ['derived[1].fact', 'order.platform'],
      ['adjustments[0]', undefined],
    ],
    ['DUPLICATE derived[1].fact'],
  ],
  ['a derived fact that reads itself', [['derived[2]', derive('order.a', 'order.a')]], ['CYCLE derived[2].fact']],
  [
    'derived facts in a circle',
    [
      ['derived[2]', derive('order.a', 'order.b')],
      ['derived[3]', derive('order.b', 'order.a')],
    ],
    ['CYCLE derived[2].fact', 'CYCLE derived[3].fact', 'NOT_ALLOWED_HERE derived[2].cases[0].when.fact'],
  ],
  [
    'a derived fact that reads a later one',
    [
      ['derived[2]', derive('order.a', 'order.b')],
      ['derived[3]', derive('order.b', 'customer.loyalty')],
    ],
    ['NOT_ALLOWED_HERE derived[2].cases[0].when.fact', 'BAD_VALUE derived[3].cases[0].when.is'],
  ],
  [
    'a case that comes again',
    [
      ['derived[0].cases[1]', { is: 'member', when: { fact: 'customer.clubMember', is: true } }],
      ['derived[1].cases[0].when.any[0].is', 'member'],
      ['rates', [fixed('1')]],
    ],
    ['UNREACHABLE derived[0].cases[1]'],
  ],
  [
    'a case with two values',
    [['derived[0].cases[1].when', { fact: 'customer.clubMember', is: true }]],
    ['CONTRADICTION derived[0].cases[1]'],
  ],
]);

table('classes and joining', [
  ['a class without threshold', [['classes.thresholds.summit', undefined]], ['GAP classes.thresholds.summit']],
  [
    'a threshold for a class that there is not',
    [['classes.thresholds.sumit', { atLeast: '1' }]],
    ['BAD_VALUE classes.thresholds.sumit -> summit'],
  ],
  ['a threshold for the lowest class', [['classes.thresholds.trail', { atLeast: '1' }]], ['GAP classes.thresholds.trail']],
  ['a threshold of two kinds', [['classes.thresholds.summit.above', '6000']], ['BAD_VALUE classes.thresholds.summit']],
  [
    'thresholds that do not rise',
    [
      ['classes.names', ['trail', 'summit', 'peak']],
      ['classes.thresholds.peak', { atLeast: '5000' }],
      ['rates', [fixed('1')]],
    ],
    ['OUT_OF_BOUNDS classes.thresholds.peak'],
  ],
  [
    'exactly, then above',
    [
      ['classes.names', ['trail', 'summit', 'peak']],
      ['classes.thresholds.peak', { above: '5000' }],
      ['rates', [fixed('1')]],
    ],
    [],
  ],
  ['a class twice', [['classes.names', ['trail', 'summit', 'trail']]], ['DUPLICATE classes.names[2]', 'GAP classes.thresholds.trail']],
  ['steps in another order', [['onboarding.steps', ['approved', 'applied', 'active']]], ['BAD_VALUE onboarding.steps']],
  ['steps that do not end in active', [['onboarding.steps', ['applied', 'approved']]], ['BAD_VALUE onboarding.steps']],
  [
    'accepted at once, with a contract',
    [
      ['onboarding.automatic', true],
      ['onboarding.steps', ['applied', 'contract-sent', 'active']],
    ],
    ['CONTRADICTION onboarding.automatic'],
  ],
  ['countries that are no list', [['onboarding.countries.in', 'nordics']], ['UNKNOWN_LIST onboarding.countries.in -> nordic']],
]);

table('attribution', [
  ['a page ranked twice', [['attribution.pageRanks.ranks[2][1]', 'product']], ['DUPLICATE attribution.pageRanks.ranks[2][1]']],
  [
    'a fallback without rank',
    [['attribution.pageRanks.personal.fallback', 'stores']],
    ['BAD_VALUE attribution.pageRanks.personal.fallback -> store'],
  ],
  [
    'a personal page without rank',
    [['attribution.pageRanks.personal.pages[1]', 'offer']],
    ['BAD_VALUE attribution.pageRanks.personal.pages[1]'],
  ],
  [
    'a page that falls back to itself',
    [['attribution.pageRanks.personal.fallback', 'product']],
    ['CONTRADICTION attribution.pageRanks.personal.fallback'],
  ],
  [
    'windows where the tie decides',
    [
      ['attribution.model', 'customer-tie'],
      ['attribution.pageRanks', undefined],
    ],
    ['UNREACHABLE attribution.windows'],
  ],
  ['ranks where the named click decides', [['attribution.model', 'named-click']], ['UNREACHABLE attribution.pageRanks']],
  ['tied twice by the same', [['attribution.binding.by', ['code', 'code']]], ['DUPLICATE attribution.binding.by[1]']],
]);

table('lifecycle', [
  [
    'usable after something that is no instant',
    [['lifecycle.available.after[0]', 'order.country']],
    ['WRONG_TYPE lifecycle.available.after[0]'],
  ],
  ['usable after a click', [['lifecycle.available.after[0]', 'click.at']], ['NOT_ALLOWED_HERE lifecycle.available.after[0]']],
  [
    'usable after nothing that is known',
    [['lifecycle.available.after[0]', 'order.complete']],
    ['UNKNOWN_FACT lifecycle.available.after[0] -> order.completedAt'],
  ],
  ['usable after one instant twice', [['lifecycle.available.after[1]', 'order.completedAt']], ['DUPLICATE lifecycle.available.after[1]']],
  [
    'earning from a fact of the line',
    [['lifecycle.earnsFrom', { id: 'LO-20', fact: 'line.kind' }]],
    ['NOT_ALLOWED_HERE lifecycle.earnsFrom.fact'],
  ],
  ['kept shorter than locked', [['expiry.at.span', { days: 29 }]], ['CONTRADICTION expiry.at.span']],
  ['kept as long as locked', [['expiry.at.span', { days: 30 }]], []],
  ['an instant that every order must name', [['requires[0].fact', 'order.paidAt']], ['BAD_VALUE requires[0].fact']],
]);

table('what may not be left open', [
  ...[
    'attribution.ties',
    'attribution.coupon',
    'attribution.selfPurchase',
    'rounding',
    'rounding.mode',
    'lifecycle',
    'lifecycle.available',
    'lifecycle.removals',
    'lifecycle.removals.disputed',
    'lifecycle.partialRefund',
    'conflicts',
    'conflicts.pricedBy',
    'conflicts.repeatWithOtherContent',
  ].map((path): Row => [path, [[path, undefined]], [`OPEN ${path}`]]),
]);

test('a message says where, what was found, what was expected and what was meant', () => {
  const result = validateTerms(fifthProgram(['rates[0].when.fact', 'line.knid']));
  expect(result.ok ? [] : result.findings).toEqual([
    {
      code: 'UNKNOWN_FACT',
      path: 'rates[0].when.fact',
      found: 'line.knid',
      expected: 'a built-in fact, or one that the document declares or derives',
      nearest: 'line.kind',
      message:
        'rates[0].when.fact: no such fact. Found "line.knid". Expected a built-in fact, or one that the document declares or derives. Did you mean "line.kind"?',
    },
  ]);
});

const flagging = (more: object) => ({ brandInName: { id: 'LO-08', words: 'brand', parts: ['name'], ...more } });
table('traffic sources', [
  ['names and domains by a list', [['sources', flagging({ parts: ['name', 'domain'] })]], []],
  ['kinds that need consent', [['sources', { mailing: { id: 'LO-08', kinds: ['email', 'sms'] } }]], []],
  ['a list that there is not', [['sources', flagging({ words: 'brnd' })]], ['UNKNOWN_LIST sources.brandInName.words -> brand']],
  [
    'a list of short words',
    [['sources', flagging({ words: 'neighbours' })]],
    ['BAD_VALUE lists.neighbours[0]', 'BAD_VALUE lists.neighbours[1].value', 'BAD_VALUE lists.neighbours[2].value'],
  ],
  ['a part that there is not', [['sources', flagging({ parts: ['domian'] })]], ['BAD_VALUE sources.brandInName.parts[0] -> domain']],
  ['a part named twice', [['sources', flagging({ parts: ['name', 'name'] })]], ['DUPLICATE sources.brandInName.parts[1]']],
  [
    'a kind that there is not',
    [['sources', { mailing: { id: 'LO-08', kinds: ['e-mail'] } }]],
    ['BAD_VALUE sources.mailing.kinds[0] -> email'],
  ],
  ['a kind named twice', [['sources', { mailing: { id: 'LO-08', kinds: ['sms', 'sms'] } }]], ['DUPLICATE sources.mailing.kinds[1]']],
  ['no kind at all', [['sources', { mailing: { id: 'LO-08', kinds: [] } }]], ['MISSING sources.mailing.kinds']],
  ['dates, which nobody would look at', [['sources', flagging({ from: '2026-01-01' })]], ['NOT_ALLOWED_HERE sources.brandInName.from']],
]);

table('confirmed cases', [
  ['one that ends the account', [['traffic[0].onConfirmation', 'terminate']], []],
  ['an end that there is not', [['traffic[0].onConfirmation', 'terminat']], ['BAD_VALUE traffic[0].onConfirmation -> terminate']],
  ['an end without a case', [['traffic[1].onConfirmation', 'terminate']], ['MISSING traffic[1].opensCase']],
]);
