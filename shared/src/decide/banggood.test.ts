import { describe, expect, test } from 'vitest';
import { compiledProgram, type Story, tell } from '../testing/story.ts';
import { type Row, storyTable } from '../testing/storyTable.ts';

const banggood = compiledProgram('banggood');

/** Ann, bronze, had the click; a day later a customer nobody knows ordered toys for 20 dollars. */
const usual: Story = {
  affiliates: { ann: { class: 'bronze' } },
  clicks: [{ id: 'k1', by: 'ann', at: '2026-01-01T00:00:00Z' }],
  order: { occurredAt: '2026-01-02T00:00:00Z', lines: [{ sku: 'A', category: 'toys-and-hobbies', price: '20.00' }] },
};
const table = (name: string, rows: Row[]) => storyTable(name, banggood, usual, rows);
const placed = (occurredAt: string) => (story: Story) => Object.assign(story.order, { occurredAt });
const nobody = { affiliate: null, status: 'rejected', amount: '0' } as const;

describe('the rate goes by category, class and customer', () => {
  const groups: [string[], Record<string, [number, number]>][] = [
    [['mobile-phones-and-accessories', 'computer-and-networking'], { bronze: [6, 4], silver: [8, 6], gold: [10, 8] }],
    [['toys-and-hobbies', 'sports-and-outdoor', 'automobiles-and-motorcycles'], { bronze: [7, 5], silver: [9, 7], gold: [11, 9] }],
    [
      [
        'clothing-and-apparel',
        'home-and-garden',
        'bags-and-shoes',
        'lights-and-lighting',
        'health-and-beauty',
        'apple-accessories',
        'jewelry-and-watch',
        'adult-toys-and-apparel',
      ],
      { bronze: [8, 6], silver: [10, 8], gold: [12, 10] },
    ],
    [['books', 'other', ''], { bronze: [6, 4], silver: [8, 6], gold: [10, 8] }],
  ];
  const cells = groups.flatMap(([categories, classes]) =>
    categories.flatMap((category) =>
      Object.entries(classes).flatMap(([name, [fresh, regular]]) => [
        [category, name, 'new', fresh] as const,
        [category, name, 'regular', regular] as const,
      ]),
    ),
  );
  test.each(cells)('%s, %s, %s customer: %i %%', (category, name, type, percent) => {
    const told = tell(banggood, {
      ...usual,
      affiliates: { ann: { class: name } },
      customer: { registeredAt: '2026-01-01T12:00:00Z' },
      order: { ...usual.order, first: type === 'new', lines: [{ sku: 'A', price: '100.00', ...(category === '' ? {} : { category }) }] },
    });
    expect([told.affiliate, told.amount]).toEqual(['ann', String(percent * 100)]);
    expect(told.rules).toEqual(expect.arrayContaining(['BG-04', 'BG-05']));
  });
});

table('a click counts for fifteen days', [
  ['a day after it', () => {}, { affiliate: 'ann', amount: '100', status: 'earning', rules: ['BG-02', 'BG-03', 'BG-04'] }],
  ['to the last instant', placed('2026-01-16T00:00:00Z'), { affiliate: 'ann', amount: '100' }],
  ['and not a millisecond longer', placed('2026-01-16T00:00:00.001Z'), { ...nobody, rules: ['BG-02'] }],
  ['from its own instant on', placed('2026-01-01T00:00:00Z'), { affiliate: 'ann', amount: '100' }],
  ['and not for what was ordered before it', placed('2025-12-31T23:59:59.999Z'), { ...nobody, rules: ['ALL-09'] }],
  ['and without one nobody earns', (story) => Object.assign(story, { clicks: [] }), { ...nobody, rules: ['BG-02'] }],
]);

const bob = { id: 'k2', by: 'bob', at: '2026-01-01T06:00:00Z' };
const alsoBob =
  (change: object = {}) =>
  (story: Story) => {
    story.clicks?.push({ ...bob, ...change });
    Object.assign(story.affiliates ?? {}, { bob: { class: 'bronze' } });
  };

table('of several clicks', [
  ['the last wins', alsoBob(), { affiliate: 'bob' }],
  ['at one instant the greater id wins', alsoBob({ at: '2026-01-01T00:00:00Z' }), { affiliate: 'bob' }],
  ['at one instant the smaller id loses', alsoBob({ id: 'k0', at: '2026-01-01T00:00:00Z' }), { affiliate: 'ann' }],
  ['one after the order counts for nothing', alsoBob({ at: '2026-01-02T00:00:00.001Z' }), { affiliate: 'ann' }],
  ['one of an affiliate who was not active then is skipped', alsoBob({ active: false }), { affiliate: 'ann' }],
  ['one on Google Ads without permission is skipped', alsoBob({ channel: 'google-ads' }), { affiliate: 'ann' }],
  ['one on Google Ads with permission wins', alsoBob({ channel: 'google-ads', permitted: true }), { affiliate: 'bob' }],
  ['one on a channel nobody forbids wins', alsoBob({ channel: 'website' }), { affiliate: 'bob' }],
]);

const only = (change: object) => (story: Story) => Object.assign(story.clicks?.[0] ?? {}, change);
table('a click that cannot be attributed', [
  ...['google-ads', 'Google Ads', 'GOOGLE_ADS', 'bing-ads', 'yandex-ads', 'facebook ads', 'Yahoo!Ads'].map(
    (channel): Row => [`on ${channel}`, only({ channel }), { ...nobody, rules: ['BG-15'] }],
  ),
  ['of an affiliate who was suspended then', only({ active: false }), { ...nobody, rules: ['ALL-08'] }],
]);

const registered =
  (registeredAt: string, first = true) =>
  (story: Story) => {
    story.customer = { registeredAt };
    story.order.first = first;
  };
table('a customer is new', [
  ['on the day of registering', registered('2026-01-01T23:00:00Z'), { amount: '140' }],
  ['seven days after registering, to the millisecond', registered('2025-12-26T00:00:00Z'), { amount: '140' }],
  ['but not a millisecond later', registered('2025-12-25T23:59:59.999Z'), { amount: '100' }],
  ['in the very instant of registering', registered('2026-01-02T00:00:00Z'), { amount: '140' }],
  ['but not before registering', registered('2026-01-02T00:00:00.001Z'), { amount: '100' }],
  ['but only with the first order', registered('2026-01-01T23:00:00Z', false), { amount: '100' }],
  [
    'but not without having registered',
    (story) => Object.assign(story, { customer: {}, order: { ...story.order, first: true } }),
    { amount: '100' },
  ],
  ['and unknown is regular', () => {}, { amount: '100', rules: ['BG-05'] }],
]);

const lines =
  (...list: [price: string, quantity?: number][]) =>
  (story: Story) => {
    story.order.lines = list.map(([price, quantity = 1], index) => ({ sku: `s${index}`, category: 'toys-and-hobbies', price, quantity }));
  };
table('points are whole, line by line', [
  ['a point of 5 % of 20 cents', lines(['0.20']), { amount: '1' }],
  ['nothing of 19 cents, and the order stands', lines(['0.19']), { affiliate: 'ann', amount: '0', status: 'earning' }],
  ['two lines of 1.95 points are two', lines(['0.39'], ['0.39']), { amount: '2', lines: ['1', '1'] }],
  ['one line of 3.90 points is three', lines(['0.39', 2]), { amount: '3' }],
  ['a million units', lines(['0.19', 1_000_000]), { amount: '950000' }],
  ['of shipping there are none', (story) => Object.assign(story.order, { shipping: '500.00' }), { amount: '100' }],
  ['a line for nothing earns nothing', lines(['0.00'], ['20.00']), { lines: ['0', '100'] }],
]);

const shipped = (at: string) => (story: Story) => Object.assign(story, { events: [{ kind: 'shipped', at }] });
table('points unlock and end', [
  ['never, while nothing was shipped', () => {}, { available: null, expires: null, rules: ['BG-08'] }],
  ['not by a payment', (story) => Object.assign(story, { events: [{ kind: 'paid', at: '2026-01-03T00:00:00Z' }] }), { available: null }],
  ['45 days after shipping', shipped('2026-01-05T00:00:00Z'), { available: '2026-02-19T00:00:00Z', expires: '2027-12-31T16:00:00Z' }],
  [
    'those unlocked in the last millisecond of the year, at the end of the next',
    shipped('2026-11-16T15:59:59.999Z'),
    { available: '2026-12-31T15:59:59.999Z', expires: '2027-12-31T16:00:00Z' },
  ],
  [
    'those unlocked with the new year in Shanghai, a year later',
    shipped('2026-11-16T16:00:00Z'),
    { available: '2026-12-31T16:00:00Z', expires: '2028-12-31T16:00:00Z' },
  ],
  [
    'as of the earliest shipment that was told',
    (story) => {
      story.events = ['2026-01-09T00:00:00Z', '2026-01-05T00:00:00Z', '2026-01-07T00:00:00Z'].map((at) => ({ kind: 'shipped', at }));
    },
    { available: '2026-02-19T00:00:00Z' },
  ],
]);

const happened =
  (...events: NonNullable<Story['events']>) =>
  (story: Story) =>
    Object.assign(story, { events });
const at = '2026-01-04T00:00:00Z';
const reversed = { affiliate: 'ann', status: 'reversed', amount: '0', available: null } as const;
const units = (quantity: number) => [{ sku: 'A', quantity }];
const three = (change: (story: Story) => void) => (story: Story) => {
  story.order.lines = [{ sku: 'A', category: 'toys-and-hobbies', price: '20.00', quantity: 3 }];
  change(story);
};
table('what is taken back', [
  ['a cancelled order', happened({ kind: 'cancelled', at }), { ...reversed, rules: ['BG-09'] }],
  ['one cancelled after shipping', happened({ kind: 'shipped', at }, { kind: 'cancelled', at }), reversed],
  ['one refunded in full', happened({ kind: 'refunded', id: 'r', at }), { ...reversed, rules: ['ALL-05'] }],
  ['one refunded line by line', happened({ kind: 'refunded', id: 'r', at, lines: [{ sku: 'A' }] }), reversed],
  ['one refunded to the last cent', happened({ kind: 'refunded', id: 'r', at, lines: [{ sku: 'A', amount: '20.00' }] }), reversed],
  [
    'all but a cent',
    happened({ kind: 'refunded', id: 'r', at, lines: [{ sku: 'A', amount: '19.99' }] }),
    { status: 'earning', amount: '0' },
  ],
  [
    'a unit of three',
    three(happened({ kind: 'refunded', id: 'r', at, lines: units(1) })),
    { status: 'earning', amount: '200', rules: ['ALL-05'] },
  ],
  [
    'unit by unit, all three',
    three(happened({ kind: 'refunded', id: 'r', at, lines: units(1) }, { kind: 'refunded', id: 's', at, lines: units(2) })),
    reversed,
  ],
  [
    'a unit and half of another',
    three(
      happened(
        { kind: 'refunded', id: 'r', at, lines: units(1) },
        { kind: 'refunded', id: 's', at, lines: [{ sku: 'A', amount: '10.00' }] },
      ),
    ),
    { status: 'earning', amount: '150' },
  ],
  ['while a dispute is open', happened({ kind: 'dispute-opened', at }), reversed],
  [
    'not after it was closed for the seller',
    happened({ kind: 'dispute-opened', at }, { kind: 'dispute-closed', at, inFavorOf: 'seller' }),
    { status: 'earning', amount: '100' },
  ],
  [
    'after it was closed for the buyer',
    happened({ kind: 'dispute-opened', at }, { kind: 'dispute-closed', at, inFavorOf: 'buyer' }),
    reversed,
  ],
  [
    'what the merchant rejects was never earned',
    happened({ kind: 'rejected', at }),
    { affiliate: 'ann', status: 'rejected', amount: '0', rules: ['BG-09'] },
  ],
  [
    'what would have earned nothing is rejected, not reversed',
    (story) => {
      lines(['0.19'])(story);
      happened({ kind: 'cancelled', at })(story);
    },
    { affiliate: 'ann', status: 'rejected', amount: '0' },
  ],
  [
    'all that a proven breach concerns',
    (story) => Object.assign(story.affiliates?.['ann'] ?? {}, { breachRule: 'BG-15' }),
    { ...reversed, rules: ['BG-15'] },
  ],
]);

const coupon =
  (code: string, known: Story['coupon'] = {}) =>
  (story: Story) => {
    story.order.affiliateCoupon = code;
    story.coupon = known;
    Object.assign(story.affiliates ?? {}, { bob: { class: 'gold' } });
  };
table('who is named otherwise', [
  ['a coupon beats clicks', coupon('bob'), { affiliate: 'bob', amount: '180', rules: ['ALL-09'] }],
  ['a coupon of somebody inactive does not', coupon('bob', { active: false }), { affiliate: 'ann' }],
  ['a coupon of nobody does not', coupon('free', { owner: '' }), { affiliate: 'ann' }],
  [
    'a coupon needs no click',
    (story) => {
      coupon('bob')(story);
      story.clicks = [];
    },
    { affiliate: 'bob', amount: '180' },
  ],
  [
    'staff say who',
    (story) => {
      coupon('bob')(story);
      const content = { kind: 'attributed', order: 'o1', affiliateId: 'cat', reason: 'a mix-up' } as const;
      story.corrections = [{ kind: 'attributed', externalId: null, at: 0, content }];
      Object.assign(story.affiliates ?? {}, { cat: { class: 'silver' } });
    },
    { affiliate: 'cat', amount: '140' },
  ],
  [
    'staff say nobody',
    (story) => {
      const content = { kind: 'attributed', order: 'o1', affiliateId: null, reason: 'a test order' } as const;
      story.corrections = [{ kind: 'attributed', externalId: null, at: 0, content }];
    },
    nobody,
  ],
]);

const own = (story: Story) => {
  story.customer = { id: 'c-ann' };
  Object.assign(story.affiliates?.['ann'] ?? {}, { customer: 'c-ann' });
};
table("an affiliate's own purchase", [
  ['earns nothing', own, { affiliate: 'ann', status: 'rejected', amount: '0', rules: ['ALL-07'] }],
  [
    'earns where staff allow it',
    (story) => {
      own(story);
      story.selfPurchaseAllowed = true;
    },
    { affiliate: 'ann', status: 'earning', amount: '100' },
  ],
  [
    "is not somebody else's",
    (story) => {
      own(story);
      story.customer = { id: 'c-bob' };
    },
    { affiliate: 'ann', status: 'earning', amount: '100' },
  ],
]);
