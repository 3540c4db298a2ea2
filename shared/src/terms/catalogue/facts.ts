import type { FactType } from '../document.ts';
import type { FactEntry, Level } from './types.ts';

type Row = [name: string, type: FactType, words: string, description: string, more?: Pick<FactEntry, 'values' | 'examples'>];

function level(name: Level, rows: Row[]): FactEntry[] {
  return rows.map(([fact, type, words, description, more]) => ({
    path: `${name}.${fact}`,
    type,
    level: name,
    words,
    description,
    ...more,
  }));
}

const order = level('order', [
  ['placedAt', 'instant', 'the placing of the order', 'When the order was placed.'],
  ['country', 'country', 'the delivery country', 'Country that the order is delivered to.'],
  ['price', 'decimal', 'the price of the order', 'Goods and shipping together, as placed, in the program’s currency.'],
  ['goods', 'decimal', 'the price of the goods', 'All lines together, without shipping.'],
  ['shipping', 'decimal', 'the price of the shipping', 'What the customer pays for shipping.'],
  ['platform', 'text', 'the platform', 'Where the order was made.', { values: ['web', 'app'] }],
  [
    'discounts',
    'set',
    'the discounts of the order',
    'Kinds of discount that the order used.',
    {
      examples: ['special-coupon', 'seller-coupon', 'new-customer-coupon', 'coupon', 'coins', 'vip-price', 'wholesale-price'],
    },
  ],
  [
    'isFirstOfCustomer',
    'boolean',
    'the order being the customer’s first',
    'Whether it is the earliest placed of the customer’s known orders.',
  ],
  ['paidAt', 'instant', 'the payment', 'When the order was paid.'],
  ['shippedAt', 'instant', 'the shipment', 'When the order was shipped.'],
  ['completedAt', 'instant', 'the completion', 'When the order was completed: received, nothing altered.'],
  ['confirmedAt', 'instant', 'the confirmation', 'When the merchant confirmed the order.'],
  ['spam', 'text', 'the spam mark', 'The last spam mark of the order.', { examples: ['N', 'Y'] }],
  ['spamClearedAt', 'instant', 'the clearing of the spam mark', 'When the last spam mark said that the order is none.'],
]);

const line = level('line', [
  ['sku', 'text', 'the line’s SKU', 'The merchant’s number of the item.'],
  ['product', 'text', 'the line’s product', 'Id of the product; where none is sent, the SKU.'],
  ['store', 'text', 'the line’s store', 'Id of the store that sells the item.'],
  ['category', 'text', 'the line’s category', 'Category of the item.'],
  [
    'kind',
    'text',
    'the line’s kind',
    'Kind of item, as the program sorts them.',
    { examples: ['hot', 'affiliate', 'non-affiliate', 'transport', 'mobile-payment', 'virtual', 'vip-plan', 'order-pack', 'add-on'] },
  ],
  ['price', 'decimal', 'the line’s price', 'Price of one unit, in the program’s currency.'],
  ['quantity', 'integer', 'the line’s quantity', 'Number of units ordered.'],
  ['rate', 'decimal', 'the line’s own rate', 'Percent that the line or the product feed states.'],
  ['forbidden', 'boolean', 'the product being forbidden', 'Whether staff had the product on the forbidden list when the order was placed.'],
]);

const click = level('click', [
  ['at', 'instant', 'the click', 'When the visitor clicked.'],
  ['country', 'country', 'the country of the click', 'Country of the visitor’s address.'],
  [
    'page',
    'text',
    'the page of the link',
    'Kind of page that the link led to.',
    { examples: ['hot-product', 'product', 'category', 'store', 'promotion', 'home'] },
  ],
  ['product', 'text', 'the product of the link', 'Product whose page the link led to.'],
  ['store', 'text', 'the store of the link', 'Store whose page the link led to.'],
  ['channel', 'text', 'the channel of the click', 'Channel in which the link stood; compared without case and punctuation.'],
  ['keyword', 'text', 'the keyword', 'Keyword of the advertisement that was clicked.'],
  ['referrer', 'text', 'the page before', 'Address of the page on which the link stood.'],
  ['method', 'text', 'the way of the click', 'How the visitor came.', { examples: ['link', 'qr', 'banner', 'tag', 'popup', 'hijack'] }],
  [
    'fetchDest',
    'text',
    'what the browser fetched',
    'What the browser said it fetched (Sec-Fetch-Dest).',
    { examples: ['document', 'image', 'iframe', 'script', 'empty'] },
  ],
  [
    'fromMarkedSource',
    'boolean',
    'the click being from a marked source',
    'Whether the page before lies on a traffic source that staff had marked as a breach by then.',
  ],
]);

const affiliate = level('affiliate', [
  ['class', 'text', 'the affiliate’s class', 'Class when the order was placed; one of the program’s classes.'],
  ['country', 'country', 'the affiliate’s country', 'Country that the affiliate is from.'],
  ['documents', 'set', 'the documents that the affiliate accepted', 'Names of further documents that the affiliate accepted.'],
  ['sourceKinds', 'set', 'the affiliate’s kinds of traffic source', 'Kinds of the traffic sources that the affiliate declared.'],
]);

const customer = level('customer', [
  ['registeredAt', 'instant', 'the customer’s registration', 'When the customer opened the account.'],
  ['place', 'integer', 'the customer’s place', 'Place in the order in which the affiliate’s customers first paid.'],
]);

/** Every fact that a condition may read without a declaration. */
export const builtInFacts: readonly FactEntry[] = [...order, ...line, ...click, ...affiliate, ...customer];
