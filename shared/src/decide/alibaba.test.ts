import { compiledProgram, type Story } from '../testing/story.ts';
import { type Row, storyTable } from '../testing/storyTable.ts';

const alibaba = compiledProgram('alibaba');

/** An order of 100 dollars names Ann's click of the day before; it is paid, completed, and no spam. */
const usual: Story = {
  clicks: [{ id: 'k1', by: 'ann', at: '2026-01-01T00:00:00Z', country: 'DE' }],
  order: {
    occurredAt: '2026-01-02T00:00:00Z',
    click: 'k1',
    country: 'DE',
    spam: 'N',
    lines: [{ sku: 'A', price: '100.00', rate: '5' }],
  },
  events: [
    { kind: 'paid', at: '2026-01-03T00:00:00Z' },
    { kind: 'completed', at: '2026-01-20T00:00:00Z' },
  ],
};
const table = (name: string, rows: Row[]) => storyTable(name, alibaba, usual, rows);
const order = (part: Partial<Story['order']>) => (story: Story) => Object.assign(story.order, part);
const click = (part: object) => (story: Story) => Object.assign(story.clicks?.[0] ?? {}, part);
const line = (part: object) => (story: Story) => Object.assign(story.order.lines?.[0] ?? {}, part);
const events =
  (...list: NonNullable<Story['events']>) =>
  (story: Story) =>
    Object.assign(story, { events: list });
const both =
  (...changes: ((story: Story) => void)[]) =>
  (story: Story) => {
    for (const change of changes) change(story);
  };
const nobody = { affiliate: null, status: 'rejected', amount: '0.00' } as const;
const rejected = { affiliate: 'ann', status: 'rejected', amount: '0.00' } as const;

table('the click that the order names', [
  ['decides', () => {}, { affiliate: 'ann', status: 'earning', amount: '5.00', rules: ['AB-01', 'AB-02'] }],
  ['must be known', order({ click: 'k9' }), { ...nobody, rules: ['AB-02'] }],
  ['must be named', (story) => delete story.order.click, { ...nobody, rules: ['AB-02'] }],
  [
    'wins over a later one',
    (story) => story.clicks?.push({ id: 'k2', by: 'bob', at: '2026-01-01T12:00:00Z' }),
    { affiliate: 'ann', amount: '5.00' },
  ],
  ['counts for thirty days', order({ occurredAt: '2026-01-31T00:00:00Z' }), { affiliate: 'ann', amount: '5.00' }],
  ['and not a millisecond longer', order({ occurredAt: '2026-01-31T00:00:00.001Z' }), { ...nobody, rules: ['AB-02'] }],
  ['counts for nothing after the order', click({ at: '2026-01-02T00:00:00.001Z' }), nobody],
  ['counts for nothing when its affiliate was not active', click({ active: false }), { ...nobody, rules: ['ALL-08'] }],
  ['counts for nothing from a pop-up', click({ method: 'popup' }), { ...nobody, rules: ['AB-07'] }],
  ['counts for nothing when it was hijacked', click({ method: 'hijack' }), { ...nobody, rules: ['AB-07'] }],
  ['counts from a banner', click({ method: 'banner' }), { affiliate: 'ann' }],
  [
    'counts for nothing from a search ad for the brand',
    click({ channel: 'search-ads', keyword: 'alibaba wholesale' }),
    { ...nobody, rules: ['AB-08'] },
  ],
  ['or for nearly the brand', click({ channel: 'Google Ads', keyword: 'ali baba' }), { ...nobody, rules: ['AB-08'] }],
  ['though it was permitted', click({ channel: 'google-ads', keyword: 'alibaba', permitted: true }), { ...nobody, rules: ['AB-08'] }],
  ['counts from a search ad for something else', click({ channel: 'search-ads', keyword: 'wholesale phones' }), { affiliate: 'ann' }],
  ['counts from a post about the brand', click({ channel: 'social', keyword: 'alibaba' }), { affiliate: 'ann' }],
  ...['CN', 'IN', 'NG', 'CU', 'IR', 'KP'].map(
    (country): Row => [`counts for nothing from ${country}`, click({ country }), { ...nobody, rules: ['AB-10'] }],
  ),
  ['counts from a country advised against', click({ country: 'RU' }), { affiliate: 'ann', amount: '5.00' }],
  ['counts from a country nobody knows', (story) => delete story.clicks?.[0]?.country, { affiliate: 'ann', amount: '5.00' }],
]);

table('the rate of the line', [
  ['as it is', line({ rate: '7.77' }), { amount: '7.77' }],
  ['at least 3.25 %', line({ rate: '1' }), { amount: '3.25' }],
  ['at most 9 %', line({ rate: '40' }), { amount: '9.00' }],
  ['3.25 % where there is none', line({ rate: undefined }), { amount: '3.25' }],
  ['cut to the cent', line({ price: '99.99', rate: '3.25' }), { amount: '3.24' }],
  ['nothing for a product of the forbidden list', (story) => Object.assign(story, { forbidden: ['A'] }), { ...rejected, rules: ['AB-09'] }],
  [
    'nothing for one forbidden line of two',
    (story) => {
      story.forbidden = ['B'];
      story.order.lines?.push({ sku: 'B', price: '100.00', rate: '9' });
    },
    { status: 'earning', amount: '5.00', lines: ['5.00', '0.00'] },
  ],
]);

table('the price stays below five thousand', [
  ['a cent below', line({ price: '4999.99' }), { status: 'earning', amount: '249.99' }],
  ['exactly', line({ price: '5000.00' }), { ...rejected, rules: ['AB-03'] }],
  ['with shipping, a cent below', both(line({ price: '4990.00' }), order({ shipping: '9.99' })), { amount: '249.50' }],
  ['with shipping, exactly', both(line({ price: '4990.00' }), order({ shipping: '10.00' })), { ...rejected, rules: ['AB-03'] }],
  ['units together', line({ price: '2500.00', quantity: 2 }), { ...rejected, rules: ['AB-03'] }],
  [
    'and a refund makes no order qualify',
    both(line({ price: '5000.00' }), (story) =>
      story.events?.push({ kind: 'refunded', id: 'r', at: '2026-01-10T00:00:00Z', lines: [{ sku: 'A', amount: '1000.00' }] }),
    ),
    { ...rejected, rules: ['AB-03'] },
  ],
]);

const paid = { kind: 'paid', at: '2026-01-03T00:00:00Z' } as const;
const completed = { kind: 'completed', at: '2026-01-20T00:00:00Z' } as const;
table('it is available', [
  ['from the completion', () => {}, { available: '2026-01-20T00:00:00Z', expires: null, rules: ['AB-04', 'AB-06'] }],
  ['not before it is completed', events(paid), { status: 'earning', amount: '5.00', available: null }],
  ['not before it is known to be paid', events(completed), { status: 'earning', amount: '5.00', available: null }],
  ['not before it is known to be no spam', order({ spam: null }), { status: 'earning', amount: '5.00', available: null }],
  [
    'from the mark that it is none, when that came last',
    both(order({ spam: null }), events(paid, completed, { kind: 'spam-marked', spam: 'N', at: '2026-02-01T00:00:00Z' })),
    { available: '2026-02-01T00:00:00Z' },
  ],
  [
    'from the payment, when that came last',
    events({ ...paid, at: '2026-01-25T00:00:00Z' }, completed),
    { available: '2026-01-25T00:00:00Z' },
  ],
  [
    'when 180 days less a millisecond lie between',
    events(paid, { ...completed, at: '2026-07-01T23:59:59.999Z' }),
    { status: 'earning', amount: '5.00' },
  ],
  ['not when 180 days lie between', events(paid, { ...completed, at: '2026-07-02T00:00:00Z' }), { ...rejected, rules: ['AB-05'] }],
  ['never as spam', order({ spam: 'Y' }), { ...rejected, rules: ['AB-06'] }],
  ['never with a mark nobody knows', order({ spam: 'maybe' }), { ...rejected, rules: ['AB-06'] }],
  ['never in a country of the list', order({ country: 'CN' }), { ...rejected, rules: ['AB-10'] }],
  ['in a country advised against', order({ country: 'RU' }), { status: 'earning', amount: '5.00' }],
]);

table('what is taken back', [
  [
    'a cancelled order',
    events(paid, { kind: 'cancelled', at: '2026-01-05T00:00:00Z' }),
    { affiliate: 'ann', status: 'reversed', amount: '0.00', rules: ['ALL-05'] },
  ],
  [
    'what was reimbursed before completion',
    events(paid, completed, { kind: 'refunded', id: 'r', at: '2026-01-10T00:00:00Z', lines: [{ sku: 'A', amount: '40.00' }] }),
    { status: 'earning', amount: '3.00', rules: ['AB-04'] },
  ],
  ['all of it', events(paid, completed, { kind: 'refunded', id: 'r', at: '2026-01-10T00:00:00Z' }), { status: 'reversed', amount: '0.00' }],
  ['what the merchant rejects', events(paid, { kind: 'rejected', at: '2026-01-10T00:00:00Z' }), { ...rejected, rules: ['AB-04'] }],
]);
