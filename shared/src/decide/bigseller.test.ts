import { expect, test } from 'vitest';
import { compiledProgram, type Story, tell } from '../testing/story.ts';
import { type Row, storyTable } from '../testing/storyTable.ts';

const bigseller = compiledProgram('bigseller');

/** Ann's first customer, registered with the year, pays a plan of 100 dollars two months later. */
const usual: Story = {
  customer: { registeredAt: '2024-01-01T00:00:00Z', tiedTo: 'ann' },
  order: { occurredAt: '2024-03-01T00:00:00Z', lines: [{ sku: 'vip', kind: 'vip-plan', price: '100.00' }] },
  events: [{ kind: 'paid', at: '2024-03-01T00:00:00Z' }],
  place: 1,
};
const table = (name: string, rows: Row[]) => storyTable(name, bigseller, usual, rows);
const change = (part: Partial<Story>) => (story: Story) => Object.assign(story, part);
const order = (part: Partial<Story['order']>) => (story: Story) => Object.assign(story.order, part);
const at = '2024-03-05T00:00:00Z';
const rejected = { affiliate: 'ann', status: 'rejected', amount: '0.00' } as const;

table(
  'the rate goes by the place of the customer',
  (
    [
      [1, '10.00'],
      [9, '10.00'],
      [10, '15.00'],
      [19, '15.00'],
      [20, '20.00'],
      [1000, '20.00'],
    ] as const
  ).map(([place, amount]): Row => [`place ${place}`, change({ place }), { affiliate: 'ann', amount, status: 'earning', rules: ['BS-07'] }]),
);

test('a paid plan of a customer without a place asks for one', () => {
  const { place: _, ...without } = usual;
  expect(tell(bigseller, without).decision).toMatchObject({ needsPlace: true, stands: true });
});

test.each<[string, (story: Story) => void]>([
  ['an unpaid one', change({ events: [] })],
  ['one of an order pack', order({ lines: [{ sku: 'pack', kind: 'order-pack', price: '100.00' }] })],
  ['a free trial', order({ lines: [{ sku: 'vip', kind: 'vip-plan', price: '0.00' }] })],
  ['one out of the two years', order({ occurredAt: '2026-01-01T00:00:00.001Z' })],
  ['a cancelled one', (story) => story.events?.push({ kind: 'cancelled', at })],
  ['a refunded one', (story) => story.events?.push({ kind: 'refunded', id: 'r', at })],
  ['one under dispute', (story) => story.events?.push({ kind: 'dispute-opened', at })],
  ['one the merchant rejected', (story) => story.events?.push({ kind: 'rejected', at })],
  [
    "the affiliate's own",
    (story) => {
      story.customer = { ...story.customer, id: 'c-ann' };
      story.affiliates = { ann: { customer: 'c-ann' } };
    },
  ],
])('no place is asked for by %s, and it does not stand for a payment', (_, alter) => {
  const { place: _place, ...story } = structuredClone(usual);
  alter(story);
  expect(tell(bigseller, story).decision).toMatchObject({ needsPlace: false, stands: false, amount: 0n });
});

table('a plan counts for two years after registering', [
  ['at once', order({ occurredAt: '2024-01-01T00:00:00Z' }), { amount: '10.00' }],
  ['to the last instant', order({ occurredAt: '2026-01-01T00:00:00Z' }), { amount: '10.00' }],
  ['not a millisecond longer', order({ occurredAt: '2026-01-01T00:00:00.001Z' }), { ...rejected, rules: ['BS-06'] }],
  ['not before', order({ occurredAt: '2023-12-31T23:59:59.999Z' }), { ...rejected, rules: ['BS-06'] }],
  [
    'of one who registered on 29 February, to 28 February',
    (story) => {
      story.customer = { registeredAt: '2024-02-29T05:00:00Z', tiedTo: 'ann' };
      story.order.occurredAt = '2026-02-28T05:00:00Z';
    },
    { amount: '10.00' },
  ],
  [
    'and not longer',
    (story) => {
      story.customer = { registeredAt: '2024-02-29T05:00:00Z', tiedTo: 'ann' };
      story.order.occurredAt = '2026-02-28T05:00:00.001Z';
    },
    { ...rejected, rules: ['BS-06'] },
  ],
  [
    'of one for whom it was 29 February in Singapore only',
    (story) => {
      story.customer = { registeredAt: '2024-02-28T16:00:00Z', tiedTo: 'ann' };
      story.order.occurredAt = '2026-02-27T16:00:00.001Z';
    },
    rejected,
  ],
]);

table('what earns', [
  ['a plan', () => {}, { amount: '10.00', rules: ['BS-03', 'BS-06', 'BS-07', 'BS-14'].filter((rule) => rule !== 'BS-06') }],
  ['not an order pack', order({ lines: [{ sku: 'p', kind: 'order-pack', price: '50.00' }] }), { ...rejected, rules: ['BS-06'] }],
  ['not image storage', order({ lines: [{ sku: 'p', kind: 'image-storage', price: '50.00' }] }), { ...rejected, rules: ['BS-06'] }],
  ['not what says no kind', order({ lines: [{ sku: 'p', price: '50.00' }] }), { ...rejected, rules: ['BS-06'] }],
  [
    'of a plan and a pack the plan',
    order({
      lines: [
        { sku: 'p', kind: 'order-pack', price: '50.00' },
        { sku: 'v', kind: 'vip-plan', price: '29.99' },
      ],
    }),
    { amount: '2.99', lines: ['0.00', '2.99'] },
  ],
  ['not a free trial', order({ lines: [{ sku: 'v', kind: 'vip-plan', price: '0' }] }), { ...rejected, rules: ['BS-08'] }],
  [
    'a plan of a cent, by nothing',
    order({ lines: [{ sku: 'v', kind: 'vip-plan', price: '0.01' }] }),
    { status: 'earning', amount: '0.00' },
  ],
  [
    'not a plan of a customer of nobody',
    change({ customer: { registeredAt: '2024-01-01T00:00:00Z' } }),
    { affiliate: null, status: 'rejected', rules: ['BS-03'] },
  ],
  ['not a plan of somebody who never registered', (story) => delete story.customer, { affiliate: null, status: 'rejected' }],
]);

table('the tie decides', [
  [
    'whatever clicks there were',
    change({ clicks: [{ id: 'k', by: 'bob', at: '2024-02-29T23:00:00Z', active: true }] }),
    { affiliate: 'ann' },
  ],
  ['whatever coupon was entered', (story) => Object.assign(story.order, { affiliateCoupon: 'bob' }), { affiliate: 'ann' }],
]);

table('what is paid', [
  [
    'is available at once and for five years',
    () => {},
    { available: '2024-03-01T00:00:00Z', expires: '2029-03-01T00:00:00.001Z', rules: ['BS-14'] },
  ],
  ['is available from the payment', change({ events: [{ kind: 'paid', at }] }), { available: at, expires: '2029-03-05T00:00:00.001Z' }],
  [
    'on 29 February ends on 28 February',
    change({ events: [{ kind: 'paid', at: '2024-02-29T03:00:00Z' }], order: { ...usual.order, occurredAt: '2024-02-29T00:00:00Z' } }),
    { available: '2024-02-29T03:00:00Z', expires: '2029-02-28T03:00:00.001Z' },
  ],
  ['is nothing before the payment', change({ events: [] }), { affiliate: 'ann', status: 'earning', amount: '0.00', available: null }],
  [
    'is taken back when it is refunded',
    (story) => story.events?.push({ kind: 'refunded', id: 'r', at }),
    { status: 'reversed', amount: '0.00', rules: ['BS-17'] },
  ],
  [
    'is less when part of it is refunded',
    (story) => {
      story.place = 10;
      story.events?.push({ kind: 'refunded', id: 'r', at, lines: [{ sku: 'vip', amount: '50.00' }] });
    },
    { status: 'earning', amount: '7.50', rules: ['BS-17'] },
  ],
  [
    'was never earned when it was cancelled unpaid',
    change({ events: [{ kind: 'cancelled', at }] }),
    { status: 'rejected', amount: '0.00' },
  ],
]);
