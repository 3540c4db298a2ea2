import { compiledProgram, type Story } from '../testing/story.ts';
import { type Row, storyTable } from '../testing/storyTable.ts';

const aliexpress = compiledProgram('aliexpress');

/** Ann's click on the home page, a day later an affiliate product for 100 dollars at 5 %, all in Germany. */
const usual: Story = {
  clicks: [{ id: 'k1', by: 'ann', at: '2026-01-01T00:00:00Z', country: 'DE', page: 'home' }],
  order: { occurredAt: '2026-01-02T00:00:00Z', country: 'DE', lines: [{ sku: 'A', kind: 'affiliate', price: '100.00', rate: '5' }] },
};
const table = (name: string, rows: Row[]) => storyTable(name, aliexpress, usual, rows);
type Change = (story: Story) => void;
const order =
  (part: Partial<Story['order']>): Change =>
  (story) =>
    Object.assign(story.order, part);
const click =
  (part: object): Change =>
  (story) =>
    Object.assign(story.clicks?.[0] ?? {}, part);
const line =
  (part: object): Change =>
  (story) =>
    Object.assign(story.order.lines?.[0] ?? {}, part);
const events =
  (...list: NonNullable<Story['events']>): Change =>
  (story) =>
    Object.assign(story, { events: list });
const both =
  (...changes: Change[]): Change =>
  (story) => {
    for (const change of changes) change(story);
  };
const more =
  (part: object): Change =>
  (story) =>
    story.clicks?.push({ id: 'k2', by: 'bob', at: '2026-01-01T12:00:00Z', country: 'DE', ...part });
const nobody = { affiliate: null, status: 'rejected', amount: '0.00' } as const;
const rejected = { affiliate: 'ann', status: 'rejected', amount: '0.00' } as const;
const cis = (country = 'RU') => both(click({ country, documents: ['cis-cooperation'] }), order({ country }));
/** On a date long gone, click and order a day apart. */
const on = (placed: string) => both(order({ occurredAt: placed }), click({ at: new Date(Date.parse(placed) - 86_400_000).toISOString() }));

table('rates outside the CIS', [
  ['the rate of the line', () => {}, { affiliate: 'ann', status: 'earning', amount: '5.00', rules: ['AE-01', 'AE-06', 'AE-09'] }],
  ['at most 7 %', line({ rate: '9' }), { amount: '7.00' }],
  ['at least 0.8 %', line({ rate: '0.5' }), { amount: '0.80' }],
  ['0.8 % where there is none', line({ rate: undefined }), { amount: '0.80' }],
  ['a line without a kind is an affiliate product', line({ kind: undefined }), { amount: '5.00' }],
  ['non-affiliate products in the same range', line({ kind: 'non-affiliate', rate: '0.1' }), { amount: '0.80' }],
  ...['transport', 'mobile-payment', 'virtual'].map((kind): Row => [`${kind}: nothing`, line({ kind }), { ...rejected, rules: ['AE-01'] }]),
  ['Ukraine is outside', both(click({ country: 'UA' }), order({ country: 'UA' }), line({ rate: '0.1' })), { amount: '0.80' }],
  ['Georgia is inside', both(cis('GE'), line({ rate: '0.1' })), { amount: '0.72' }],
]);

table('rates inside the CIS', [
  ['the rate of the line', cis(), { affiliate: 'ann', amount: '5.00', rules: ['AE-02'] }],
  ['at least 0.72 %', both(cis(), line({ rate: '0' })), { amount: '0.72' }],
  ['0.72 % where there is none', both(cis(), line({ rate: undefined })), { amount: '0.72' }],
  ['at most 7 %', both(cis(), line({ rate: '70' })), { amount: '7.00' }],
  ['non-affiliate products from nothing', both(cis(), line({ kind: 'non-affiliate', rate: '0.01' })), { amount: '0.01' }],
  [
    'non-affiliate products without a rate: nothing',
    both(cis(), line({ kind: 'non-affiliate', rate: undefined })),
    { ...rejected, rules: ['AE-02'] },
  ],
  ['non-affiliate products at most 7 %', both(cis(), line({ kind: 'non-affiliate', rate: '8' })), { amount: '7.00' }],
  ['virtual goods: nothing', both(cis(), line({ kind: 'virtual' })), { ...rejected, rules: ['AE-02'] }],
  ...['RU', 'AZ', 'AM', 'BY', 'KZ', 'KG', 'MD', 'TJ', 'TM', 'UZ', 'GE'].map(
    (country): Row => [country, both(cis(country), line({ rate: undefined })), { amount: '0.72' }],
  ),
]);

const hot = (rate?: string): Change => line({ kind: 'hot', price: '10.00', rate });
const direct: Change = click({ page: 'hot-product', product: 'A' });
table('hot products', [
  ['from a link to that very product, their own rate', both(hot('50'), direct), { amount: '5.00', rules: ['AE-08'] }],
  [
    'also where the page was not known as hot',
    both(hot('50'), click({ page: 'product', product: 'A' })),
    { amount: '5.00', rules: ['AE-08'] },
  ],
  ['at most 70 %', both(hot('80'), direct), { amount: '7.00' }],
  ['nothing where there is no rate', both(hot(), direct), { ...rejected, rules: ['AE-08'] }],
  ['from the home page, the standard rate', hot('50'), { amount: '0.70', rules: ['AE-08'] }],
  [
    'from the page of another product, the standard rate',
    both(hot('50'), click({ page: 'hot-product', product: 'B' })),
    { amount: '0.70' },
  ],
  ['from a category page that names it, the standard rate', both(hot('50'), click({ page: 'category', product: 'A' })), { amount: '0.70' }],
  ['from the home page at least 0.8 %', hot('0.1'), { amount: '0.08' }],
  ['in the CIS at least 0.72 %', both(cis(), hot('0.1'), line({ price: '100.00' })), { amount: '0.72', rules: ['AE-08', 'AE-02'] }],
  [
    'by its product, not its SKU',
    both(hot('50'), line({ product: 'P' }), click({ page: 'hot-product', product: 'P' })),
    { amount: '5.00' },
  ],
  [
    'as the feed says',
    both(line({ kind: undefined, rate: undefined, price: '10.00' }), direct, (story) =>
      Object.assign(story, { feed: { A: { kind: 'hot', rate: '40' } } }),
    ),
    { amount: '4.00' },
  ],
  [
    'as the line says, against the feed',
    both(hot('50'), direct, (story) => Object.assign(story, { feed: { A: { kind: 'affiliate', rate: '1' } } })),
    { amount: '5.00' },
  ],
]);

const dropshipping: Change = (story) => Object.assign(story, { affiliates: { ann: { sourceKinds: ['dropshipping'] } } });
table('dropshipping channels', [
  ['earn the rate as the seller sets it', both(dropshipping, line({ price: '10.00', rate: '60' })), { amount: '6.00', rules: ['AE-31'] }],
  ['up to 70 %', both(dropshipping, line({ price: '10.00', rate: '90' })), { amount: '7.00' }],
  ['and below the usual least', both(dropshipping, line({ rate: '0.1' })), { amount: '0.10' }],
  ['from 20 October 2022 on', both(dropshipping, line({ price: '10.00', rate: '60' }), on('2022-10-20T00:00:00Z')), { amount: '6.00' }],
  ['and not before', both(dropshipping, line({ price: '10.00', rate: '60' }), on('2022-10-19T23:59:59.999Z')), { amount: '0.70' }],
  ['but nothing for transport', both(dropshipping, line({ kind: 'transport' })), rejected],
]);

const computer = both(click({ country: 'BR' }), order({ country: 'BR' }), line({ kind: 'non-affiliate', category: 'computer-and-office' }));
table('computers and office goods to Brazil', [
  ['earn nothing', computer, { ...rejected, rules: ['AE-03'] }],
  ['from 20 October 2022 on', both(computer, on('2022-10-20T00:00:00Z')), { ...rejected, rules: ['AE-03'] }],
  ['and not before', both(computer, on('2022-10-19T23:59:59.999Z')), { amount: '5.00' }],
  ['earn as affiliate products', both(computer, line({ kind: 'affiliate' })), { amount: '5.00' }],
  ['earn in other categories', both(computer, line({ category: 'toys' })), { amount: '5.00' }],
  ['earn elsewhere', both(computer, click({ country: 'AR' }), order({ country: 'AR' })), { amount: '5.00' }],
]);

table('the country of the click and of the delivery', [
  ['the same: all of it', () => {}, { amount: '5.00' }],
  ['different: half', click({ country: 'FR' }), { amount: '2.50', rules: ['AE-05'] }],
  ['unknown: half', (story) => delete story.clicks?.[0]?.country, { amount: '2.50', rules: ['AE-05'] }],
  ['different on 15 October 2021: half', both(click({ country: 'FR' }), on('2021-10-15T00:00:00Z')), { amount: '2.50', rules: ['AE-05'] }],
  ['different the millisecond before: all of it', both(click({ country: 'FR' }), on('2021-10-14T23:59:59.999Z')), { amount: '5.00' }],
  ['different on the last day of February 2022: half', both(click({ country: 'FR' }), on('2022-02-28T23:59:59.999Z')), { amount: '2.50' }],
  ['different on 1 March 2022: half', both(click({ country: 'FR' }), on('2022-03-01T00:00:00Z')), { amount: '2.50' }],
  [
    'won by coupon, without a click: half',
    both((story) => Object.assign(story, { clicks: [] }), order({ affiliateCoupon: 'ann' })),
    { affiliate: 'ann', amount: '2.50' },
  ],
]);

table('the better page wins', [
  [
    'hot product before product',
    both(click({ page: 'hot-product', product: 'A' }), more({ page: 'product', product: 'A' })),
    { affiliate: 'ann', rules: ['AE-06'] },
  ],
  ['product before category', both(click({ page: 'product', product: 'A' }), more({ page: 'category' })), { affiliate: 'ann' }],
  ['store before home', both(click({ page: 'store' }), more({ page: 'home' })), { affiliate: 'ann' }],
  ['promotion before home', both(click({ page: 'promotion' }), more({ page: 'home' })), { affiliate: 'ann' }],
  ['of category and store the later', both(click({ page: 'category' }), more({ page: 'store' })), { affiliate: 'bob' }],
  ['of two home pages the later', more({ page: 'home' }), { affiliate: 'bob' }],
  ['a later better one', more({ page: 'product', product: 'A' }), { affiliate: 'bob' }],
  [
    'the page of a product that is not on the order ranks as a category',
    both(click({ page: 'hot-product', product: 'Z' }), more({ page: 'store' })),
    { affiliate: 'bob' },
  ],
  ['and still before home', both(click({ page: 'product', product: 'Z' }), more({ page: 'home' })), { affiliate: 'ann' }],
  [
    'a product page that names no product ranks as a category',
    both(click({ page: 'product' }), more({ page: 'promotion' })),
    { affiliate: 'bob' },
  ],
  ['a page of no kind ranks as home', both((story) => delete story.clicks?.[0]?.page, more({ page: 'home' })), { affiliate: 'bob' }],
  [
    'but not out of the window',
    both(click({ at: '2025-12-29T23:59:59.999Z', page: 'product', product: 'A' }), more({ page: 'home' })),
    { affiliate: 'bob' },
  ],
]);

table('the cookie lives', [
  ['three days', order({ occurredAt: '2026-01-04T00:00:00Z' }), { affiliate: 'ann' }],
  ['and not a millisecond longer', order({ occurredAt: '2026-01-04T00:00:00.001Z' }), { ...nobody, rules: ['AE-15'] }],
  ['fifteen in the CIS', both(cis(), order({ occurredAt: '2026-01-16T00:00:00Z' })), { affiliate: 'ann' }],
  ['and not longer', both(cis(), order({ occurredAt: '2026-01-16T00:00:00.001Z' })), { ...nobody, rules: ['AE-15'] }],
  ['three in Ukraine', both(click({ country: 'UA' }), order({ occurredAt: '2026-01-04T00:00:00.001Z' })), nobody],
  [
    'three where nobody knows the country',
    both((story) => delete story.clicks?.[0]?.country, order({ occurredAt: '2026-01-04T00:00:00.001Z' })),
    nobody,
  ],
  [
    'by the country of the click, not of the delivery',
    both(click({ country: 'RU', documents: ['cis-cooperation'] }), order({ occurredAt: '2026-01-10T00:00:00Z' })),
    { affiliate: 'ann', amount: '2.50' },
  ],
]);

const attributes = (list: Record<string, string>) => line({ attributes: Object.entries(list).map(([name, value]) => ({ name, value })) });
const russian = attributes({ storeCountry: 'RU' });
table('lines that earn nothing', [
  ['of a store without commission', attributes({ storeCommission: 'false' }), { ...rejected, rules: ['AE-04'] }],
  ['of a store with it they do', attributes({ storeCommission: 'true' }), { amount: '5.00' }],
  ['of the Tmall section from Russia', attributes({ section: 'Tmall', deliveryFrom: 'RU' }), { ...rejected, rules: ['AE-25'] }],
  ['of the Tmall section from elsewhere they do', attributes({ section: 'tmall', deliveryFrom: 'CN' }), { amount: '5.00' }],
  [
    'delivered by Yes! and ordered in the app',
    both(attributes({ deliveryService: 'Yes!' }), order({ platform: 'app' })),
    { ...rejected, rules: ['AE-12'] },
  ],
  [
    'delivered by Yes! and ordered on the web they do',
    both(attributes({ deliveryService: 'Yes!' }), order({ platform: 'web' })),
    { amount: '5.00' },
  ],
  ['of a Russian store, from the home page', russian, { ...rejected, rules: ['AE-07'] }],
  ['of a Russian store, from that product they do', both(russian, click({ page: 'product', product: 'A' })), { amount: '5.00' }],
  [
    'of a Russian store, from a page of the store they do',
    both(russian, line({ store: 'S' }), click({ page: 'store', store: 'S' })),
    { amount: '5.00' },
  ],
  [
    'of a Russian store, from another store',
    both(russian, line({ store: 'S' }), click({ page: 'store', store: 'T' })),
    { ...rejected, rules: ['AE-07'] },
  ],
  [
    'of a Russian store nobody named, from a store nobody named',
    both(russian, click({ page: 'store' })),
    { ...rejected, rules: ['AE-07'] },
  ],
  [
    'beside others that do',
    both(russian, (story) => story.order.lines?.push({ sku: 'B', price: '10.00', rate: '5' })),
    { status: 'earning', amount: '0.50', lines: ['0.00', '0.50'] },
  ],
]);

table('orders that are rejected', [
  ...['special-coupon', 'seller-coupon', 'new-customer-coupon', 'coupon', 'coins'].map(
    (discount): Row => [`paid with ${discount}`, order({ discounts: ['sale', discount] }), { ...rejected, rules: ['AE-10'] }],
  ),
  ['a sale is no coupon', order({ discounts: ['sale'] }), { amount: '5.00' }],
  ['made through the plugin', order({ attributes: { plugin: 'AliExpress Assistant' } }), { ...rejected, rules: ['AE-11'] }],
  [
    'made through the plugin, in small letters',
    order({ attributes: { plugin: ' aliexpress assistant ' } }),
    { ...rejected, rules: ['AE-11'] },
  ],
  ['another plugin does no harm', order({ attributes: { plugin: 'ad blocker' } }), { amount: '5.00' }],
  ['by the merchant', events({ kind: 'rejected', at: '2026-01-05T00:00:00Z', reason: 'coins' }), { ...rejected, rules: ['AE-10'] }],
]);

const three = (price: string, rate = '7'): Change => order({ lines: ['A', 'B', 'C'].map((sku) => ({ sku, price, rate })) });
table('cents and the most an order earns', [
  ['cut downwards', line({ price: '1.99', rate: '7' }), { amount: '0.13' }],
  ['cut once, after the half', both(line({ price: '0.43', rate: '7' }), click({ country: 'FR' })), { amount: '0.01' }],
  ['exactly 38.50', line({ price: '550.00', rate: '7' }), { amount: '38.50' }],
  ['a cent more is cut off', line({ price: '550.15', rate: '7' }), { amount: '38.50', rules: ['AE-13'] }],
  ['three equal lines, the earlier first', three('200.00'), { amount: '38.50', lines: ['12.84', '12.83', '12.83'] }],
  ['what is halved first is not over it', both(line({ price: '1100.00', rate: '7' }), click({ country: 'FR' })), { amount: '38.50' }],
  [
    'a large line and a small one',
    order({
      lines: [
        { sku: 'A', price: '10000.00', rate: '7' },
        { sku: 'B', price: '0.15', rate: '7' },
      ],
    }),
    { amount: '38.50', lines: ['38.50', '0.00'] },
  ],
  ['shipping earns nothing', order({ shipping: '1000.00' }), { amount: '5.00' }],
  [
    'after a refund the cap may hold no longer',
    both(three('200.00'), events({ kind: 'refunded', id: 'r', at: '2026-01-05T00:00:00Z', lines: [{ sku: 'B' }] })),
    { amount: '28.00', lines: ['14.00', '0.00', '14.00'] },
  ],
]);

const quality =
  (qualityFactor: string): Change =>
  (story) =>
    Object.assign(story, { affiliates: { ann: { qualityFactor } } });
table('the quality of the traffic', [
  ['halves', quality('0.5'), { amount: '2.50', rules: ['AE-26'] }],
  [
    'and halves again with another country, cut once',
    both(quality('0.5'), click({ country: 'FR' }), line({ price: '1.00', rate: '7' })),
    { amount: '0.01' },
  ],
  ['a third is cut', quality('0.33333333'), { amount: '1.66' }],
  ['in full is nothing taken', quality('1'), { amount: '5.00' }],
  ['of nothing leaves nothing, by a rule', quality('0'), { status: 'rejected', amount: '0.00', rules: ['AE-26'] }],
  ['comes before the cap', both(quality('0.5'), line({ price: '1100.00', rate: '7' })), { amount: '38.50' }],
]);

table('clicks that are barred', [
  ['from an ad for the brand', click({ channel: 'contextual-ads', keyword: 'aliexpres' }), { ...nobody, rules: ['AE-20'] }],
  ['from an ad for the owner', click({ channel: 'Yandex Ads', keyword: 'алибаба' }), { ...nobody, rules: ['AE-20'] }],
  ['not where it is permitted', click({ channel: 'contextual-ads', keyword: 'aliexpress', permitted: true }), { affiliate: 'ann' }],
  ['not from an ad for shoes', click({ channel: 'contextual-ads', keyword: 'shoes' }), { affiliate: 'ann' }],
  ['not from a post about the brand', click({ channel: 'social', keyword: 'aliexpress' }), { affiliate: 'ann' }],
  ...['iframe', 'image', 'script', 'empty'].map(
    (fetchDest): Row => [`from a request for ${fetchDest}`, click({ fetchDest }), { ...nobody, rules: ['AE-22'] }],
  ),
  ['not from a request for a document', click({ fetchDest: 'document' }), { affiliate: 'ann' }],
  ['not from the site itself, until staff say so', click({ referrer: 'https://www.aliexpress.com/item/1.html' }), { affiliate: 'ann' }],
  ['from the CIS without the second document', click({ country: 'RU' }), { ...nobody, rules: ['AE-30'] }],
  ['a stuffed one steals nothing from an older', more({ fetchDest: 'iframe', page: 'hot-product', product: 'A' }), { affiliate: 'ann' }],
]);

const at = '2026-03-05T00:00:00Z';
table('what becomes of it', [
  ['pending until it is confirmed', () => {}, { status: 'earning', available: null, expires: null, rules: ['AE-16'] }],
  [
    'available from then on, without end',
    events({ kind: 'confirmed', at }),
    { status: 'earning', amount: '5.00', available: at, expires: null },
  ],
  [
    'taken off while a dispute is open',
    events({ kind: 'confirmed', at }, { kind: 'dispute-opened', at }),
    { status: 'reversed', amount: '0.00', rules: ['AE-14'] },
  ],
  [
    'given back when the seller is right',
    events({ kind: 'confirmed', at }, { kind: 'dispute-opened', at }, { kind: 'dispute-closed', at, inFavorOf: 'seller' }),
    { status: 'earning', amount: '5.00', available: at },
  ],
  [
    'gone when the buyer is',
    events({ kind: 'dispute-opened', at }, { kind: 'dispute-closed', at, inFavorOf: 'buyer' }),
    { status: 'reversed', amount: '0.00', rules: ['AE-14'] },
  ],
  ['gone when it is cancelled', events({ kind: 'cancelled', at }), { status: 'reversed', amount: '0.00', rules: ['ALL-05'] }],
  ['never there when it was rejected and cancelled', both(order({ discounts: ['coins'] }), events({ kind: 'cancelled', at })), rejected],
]);
