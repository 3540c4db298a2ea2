import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ActivityInput,
  type ClickInput,
  type FactForm,
  type LineInput,
  normaliseActivity,
  normaliseClick,
  normaliseOrder,
  normaliseOrderEvent,
  normaliseProduct,
  normaliseRegistration,
  type OrderEventInput,
  type OrderInput,
} from './index.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
const form: FactForm = {
  declared: [
    { level: 'order', name: 'plugin', type: 'text', description: '' },
    { level: 'order', name: 'weight', type: 'decimal', description: '' },
    { level: 'order', name: 'parcels', type: 'integer', description: '' },
    { level: 'line', name: 'storeCountry', type: 'country', description: '' },
    { level: 'line', name: 'isRental', type: 'boolean', description: '' },
    { level: 'customer', name: 'verified', type: 'boolean', description: '' },
  ],
  currency: 'USD',
  currencyExponent: 2,
  countryRequired: true,
  activities: ['photo', 'video'],
};

const line: LineInput = { sku: 'A', price: '12.30' };
const order = (more: Partial<OrderInput> = {}): OrderInput => ({ id: 'o1', country: 'DE', lines: [line], ...more });
const event = (more: Partial<OrderEventInput> = {}): OrderEventInput => ({ order: 'o1', kind: 'paid', ...more });
const click = (more: Partial<ClickInput> = {}): ClickInput => ({ id: 'k1', affiliate: 'ann', ...more });

/** The normal form as it is stored and compared. */
function formOfOrder(more: Partial<OrderInput> = {}): string {
  const normal = normaliseOrder(order(more), form, NOW);
  if (!normal.ok) throw new Error(`${normal.refusal.path.join('.')}: ${normal.refusal.message}`);
  return JSON.stringify(normal.content);
}

describe('two calls say the same', () => {
  test.each<[string, Partial<OrderInput>, Partial<OrderInput>]>([
    ['when amounts are written with more or fewer zeros', { shipping: '5' }, { shipping: '5.00' }],
    ['when prices are', { lines: [{ sku: 'A', price: '12.3' }] }, { lines: [{ sku: 'A', price: '12.30' }] }],
    ['when prices have leading zeros', { lines: [{ sku: 'A', price: '012.30' }] }, { lines: [line] }],
    ['when rates are', { lines: [{ ...line, rate: '7.0' }] }, { lines: [{ ...line, rate: '7' }] }],
    ['when a quantity of one is left out', { lines: [{ ...line, quantity: 1 }] }, { lines: [line] }],
    ['when aliases come in another order', { aliases: ['b', 'a'] }, { aliases: ['a', 'b'] }],
    ['when an alias is given twice', { aliases: ['a', 'a'] }, { aliases: ['a'] }],
    ["when the order's own id is among its aliases", { aliases: ['o1'] }, {}],
    ['when there are no aliases', { aliases: [] }, {}],
    ['when discounts come in another order', { discounts: ['coins', 'coupon'] }, { discounts: ['coupon', 'coins', 'coins'] }],
    ['when something left out is said to be null', { visitor: null, customer: null, shipping: null, aliases: null }, {}],
    ["when the currency is the program's, said or not", { currency: 'USD' }, {}],
    ['when the instant is given in another zone', { occurredAt: '2026-03-01T08:00:00+08:00' }, { occurredAt: '2026-03-01T00:00:00.000Z' }],
    ['when the instant is text or a number', { occurredAt: Date.UTC(2026, 2, 1) }, { occurredAt: '2026-03-01T00:00:00Z' }],
    [
      'when attributes come in another order',
      {
        attributes: [
          { name: 'plugin', value: 'x' },
          { name: 'weight', value: '1' },
        ],
      },
      {
        attributes: [
          { name: 'weight', value: '1' },
          { name: 'plugin', value: 'x' },
        ],
      },
    ],
    [
      'when a decimal attribute is written in another way',
      { attributes: [{ name: 'weight', value: '1.50' }] },
      { attributes: [{ name: 'weight', value: '01.5' }] },
    ],
    ['when a whole attribute is', { attributes: [{ name: 'parcels', value: '007' }] }, { attributes: [{ name: 'parcels', value: '7' }] }],
    ['when there are no attributes', { attributes: [] }, {}],
  ])('%s', (_, one, other) => {
    expect(formOfOrder(one)).toBe(formOfOrder(other));
  });

  test('whatever order the fields of a call come in', () => {
    const full = order({
      aliases: ['x'],
      customer: 'c',
      visitor: 'v',
      click: 'k',
      affiliateCoupon: 'bob',
      shipping: '1',
      platform: 'web',
      discounts: ['coins'],
      spam: 'N',
      occurredAt: '2026-02-01T00:00:00Z',
    });
    const expected = JSON.stringify(normaliseOrder(full, form, NOW));
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(full), { minLength: Object.keys(full).length }), (keys) => {
        const shuffled = Object.fromEntries(keys.map((key) => [key, full[key as keyof OrderInput]])) as unknown as OrderInput;
        expect(JSON.stringify(normaliseOrder(shuffled, form, NOW))).toBe(expected);
      }),
    );
  });
});

describe('two calls say something else', () => {
  test.each<[string, Partial<OrderInput>, Partial<OrderInput>]>([
    ['with another price', {}, { lines: [{ sku: 'A', price: '12.31' }] }],
    ['with another quantity', {}, { lines: [{ ...line, quantity: 2 }] }],
    ['with one more line', {}, { lines: [line, { sku: 'B', price: '1' }] }],
    ['with the lines in another order', { lines: [line, { sku: 'B', price: '1' }] }, { lines: [{ sku: 'B', price: '1' }, line] }],
    ['with an instant, where the other gave none', {}, { occurredAt: NOW }],
    ['with one more alias', {}, { aliases: ['x'] }],
    ['with ids that differ in case', { visitor: 'V' }, { visitor: 'v' }],
    ['with free shipping, where the other says nothing of it', {}, { shipping: '0' }],
  ])('%s', (_, one, other) => {
    expect(formOfOrder(one)).not.toBe(formOfOrder(other));
  });

  test('and what is said of now is not part of it', () => {
    const [early, late] = [normaliseOrder(order(), form, NOW), normaliseOrder(order(), form, NOW + 5)];
    expect(early).toMatchObject({ ok: true, at: NOW });
    expect(late).toMatchObject({ ok: true, at: NOW + 5 });
    expect(JSON.stringify((early as { content: unknown }).content)).toBe(JSON.stringify((late as { content: unknown }).content));
  });
});

const attributes = (name: string, value: string) => [{ name, value }];
const lines = (...more: Partial<LineInput>[]) => more.map((item) => ({ ...line, ...item }));

describe('an order is turned away', () => {
  test.each<[string, Partial<OrderInput>, string]>([
    ['with a negative price', { lines: lines({ price: '-0.01' }) }, 'lines.0.price'],
    ['with a price finer than a cent', { lines: lines({ price: '1.005' }) }, 'lines.0.price'],
    ['with a word for a price', { lines: lines({ price: 'free' }) }, 'lines.0.price'],
    ['with no digits for a price', { lines: lines({ price: '' }) }, 'lines.0.price'],
    ['with an absurd price', { lines: lines({ price: '100000000000.01' }) }, 'lines.0.price'],
    ['with lines that are absurd only together', { lines: lines({ price: '99999999999.00', quantity: 1_000_000 }) }, 'lines'],
    ['with a fault in its second line', { lines: lines({}, { sku: 'B', price: '1.001' }) }, 'lines.1.price'],
    ['with no price', { lines: lines({ price: null }) }, 'lines.0.price'],
    ['with a sum that is not so many times a price', { lines: lines({ price: null, amount: '10.00', quantity: 3 }) }, 'lines.0.amount'],
    ['with a sum that is not what its units cost', { lines: lines({ amount: '12.30', quantity: 2 }) }, 'lines.0.amount'],
    ['with a sum of no units', { lines: lines({ price: null, amount: '10.00', quantity: 0 }) }, 'lines.0.quantity'],
    ['with no lines', { lines: [] }, 'lines'],
    ['with more lines than an order has', { lines: lines(...Array.from({ length: 501 }, (_, i) => ({ sku: `s${i}` }))) }, 'lines'],
    ['with one SKU on two lines', { lines: lines({}, {}) }, 'lines.1.sku'],
    ['with a SKU of nothing', { lines: lines({ sku: '' }) }, 'lines.0.sku'],
    ['with no units', { lines: lines({ quantity: 0 }) }, 'lines.0.quantity'],
    ['with negative units', { lines: lines({ quantity: -1 }) }, 'lines.0.quantity'],
    ['with half a unit', { lines: lines({ quantity: 1.5 }) }, 'lines.0.quantity'],
    ['with more units than there are', { lines: lines({ quantity: 1_000_001 }) }, 'lines.0.quantity'],
    ['with no number of units', { lines: lines({ quantity: Number.NaN }) }, 'lines.0.quantity'],
    ['with a negative rate', { lines: lines({ rate: '-1' }) }, 'lines.0.rate'],
    ['with a rate above a hundred', { lines: lines({ rate: '100.000001' }) }, 'lines.0.rate'],
    ['with a rate finer than a millionth', { lines: lines({ rate: '1.0000001' }) }, 'lines.0.rate'],
    ['with negative shipping', { shipping: '-1' }, 'shipping'],
    ['with shipping finer than a cent', { shipping: '1.999' }, 'shipping'],
    ['in another currency', { currency: 'EUR' }, 'currency'],
    ['in a currency that is none', { currency: 'usd' }, 'currency'],
    ['without a country where the terms look at it', { country: null }, 'country'],
    ['to a country that is none', { country: 'XX' }, 'country'],
    ['to a country in small letters', { country: 'de' }, 'country'],
    ['to a country of three letters', { country: 'DEU' }, 'country'],
    ['on a platform that is none', { platform: 'fax' }, 'platform'],
    ['from the future', { occurredAt: NOW + 1 }, 'occurredAt'],
    ['from before there were such shops', { occurredAt: '1989-12-31T23:59:59Z' }, 'occurredAt'],
    ['from a day that never was', { occurredAt: '2026-02-29T00:00:00Z' }, 'occurredAt'],
    ['with a day for an instant', { occurredAt: '2026-02-28' }, 'occurredAt'],
    ['without an id', { id: '' }, 'id'],
    ['with an id that begins with a blank', { id: ' o1' }, 'id'],
    ['with an id of SQL', { id: "o1'; drop table lot; --" }, 'id'],
    ['with an id of script', { id: '<script>alert(1)</script>' }, 'id'],
    ['with an id that is too long', { id: 'x'.repeat(129) }, 'id'],
    ['with an id of two lines', { id: 'o1\no2' }, 'id'],
    ['with an id that ends with a line break', { id: 'o1\n' }, 'id'],
    ['with a NUL in its id', { id: 'o\u00001' }, 'id'],
    ['with half a surrogate pair in its id', { id: 'o\ud83d' }, 'id'],
    ['with an alias of nothing', { aliases: ['x', ''] }, 'aliases'],
    ['with too many aliases', { aliases: Array.from({ length: 21 }, (_, i) => `a${i}`) }, 'aliases'],
    ['with a discount of script', { discounts: ['<b>'] }, 'discounts'],
    ['with too many discounts', { discounts: Array.from({ length: 51 }, (_, i) => `d${i}`) }, 'discounts'],
    ['with a customer of nothing', { customer: '' }, 'customer'],
    ['with a visitor of nothing', { visitor: '' }, 'visitor'],
    ['with a click of nothing', { click: '' }, 'click'],
    ['with a NUL in a text', { spam: 'N\u0000' }, 'spam'],
    ['with a text that was no UTF-8', { spam: 'N\ufffd' }, 'spam'],
    ['with a bell in a text', { lines: lines({ category: 'toys\u0007' }) }, 'lines.0.category'],
    ['with a text that is too long', { lines: lines({ category: 'x'.repeat(201) }) }, 'lines.0.category'],
    ['with an attribute that nobody declared', { attributes: attributes('colour', 'red') }, 'attributes.colour'],
    ['with an attribute of another level', { attributes: attributes('isRental', 'true') }, 'attributes.isRental'],
    ['with an attribute that every object has', { attributes: attributes('__proto__', 'x') }, 'attributes.__proto__'],
    ['with an attribute twice', { attributes: [...attributes('plugin', 'x'), ...attributes('plugin', 'x')] }, 'attributes.plugin'],
    ['with a word for a number', { attributes: attributes('weight', 'heavy') }, 'attributes.weight'],
    ['with a part of a whole number', { attributes: attributes('parcels', '1.5') }, 'attributes.parcels'],
    ['with a yes for true', { lines: lines({ attributes: attributes('isRental', 'yes') }) }, 'lines.0.attributes.isRental'],
    [
      'with a country that is none in an attribute',
      { lines: lines({ attributes: attributes('storeCountry', 'Russia') }) },
      'lines.0.attributes.storeCountry',
    ],
  ])('%s', (_, more, path) => {
    const normal = normaliseOrder(order(more), form, NOW);
    expect(normal).toMatchObject({ ok: false, refusal: { code: 'INVALID' } });
    if (normal.ok) return;
    expect(normal.refusal.path.join('.')).toBe(path);
    expect(normal.refusal.message.length).toBeLessThan(300);
  });
});

test('a line told by the sum of its units is the same as one told by the price of one', () => {
  const told = (more: Partial<LineInput>) => normaliseOrder(order({ lines: lines({ quantity: 2, ...more }) }), form, NOW);
  expect(told({ price: null, amount: '24.6' })).toEqual(told({ price: '12.30' }));
  expect(told({ price: '12.30', amount: '24.60' })).toEqual(told({ price: '12.30' }));
});

const refund = (more: Partial<OrderEventInput> = {}) => event({ kind: 'refunded', id: 'r1', ...more });

describe('an event is turned away', () => {
  test.each<[string, OrderEventInput, string]>([
    ['of an order without id', event({ order: '' }), 'order'],
    ['from the future', event({ occurredAt: NOW + 1 }), 'occurredAt'],
    ['with a reason as long as a book', event({ reason: 'x'.repeat(1001) }), 'reason'],
    ['with lines when nothing is refunded', event({ lines: [{ sku: 'A' }] }), 'lines'],
    ['with a spam status when none is marked', event({ spam: 'N' }), 'spam'],
    ['with a side when no dispute is closed', event({ inFavorOf: 'seller' }), 'inFavorOf'],
    ['a spam mark without status', event({ kind: 'spam-marked' }), 'spam'],
    ['a closed dispute without side', event({ kind: 'dispute-closed' }), 'inFavorOf'],
    ['a dispute closed in favour of nobody known', event({ kind: 'dispute-closed', inFavorOf: 'judge' }), 'inFavorOf'],
    ['a refund without id', event({ kind: 'refunded' }), 'id'],
    ['a refund of no lines', refund({ lines: [] }), 'lines'],
    ['a refund of a quantity and an amount', refund({ lines: [{ sku: 'A', quantity: 1, amount: '1' }] }), 'lines.0'],
    ['a refund of no units', refund({ lines: [{ sku: 'A', quantity: 0 }] }), 'lines.0.quantity'],
    ['a refund of half a unit', refund({ lines: [{ sku: 'A', quantity: 0.5 }] }), 'lines.0.quantity'],
    ['a refund of nothing', refund({ lines: [{ sku: 'A', amount: '0.00' }] }), 'lines.0.amount'],
    ['a negative refund', refund({ lines: [{ sku: 'A', amount: '-1' }] }), 'lines.0.amount'],
    ['a refund finer than a cent', refund({ lines: [{ sku: 'A', amount: '0.001' }] }), 'lines.0.amount'],
    ['a refund in another currency', refund({ currency: 'EUR', lines: [{ sku: 'A', amount: '1' }] }), 'currency'],
    ['a refund of a line twice', refund({ lines: [{ sku: 'A' }, { sku: 'A' }] }), 'lines.1.sku'],
  ])('%s', (_, input, path) => {
    const normal = normaliseOrderEvent(input, form, NOW);
    expect(normal.ok ? undefined : [normal.refusal.code, normal.refusal.path.join('.')]).toEqual(['INVALID', path]);
  });
});

describe('a click is turned away', () => {
  test.each<[string, Partial<ClickInput>, string]>([
    ['of no affiliate', { affiliate: '' }, 'affiliate'],
    ['on a page that is none', { page: 'Home' }, 'page'],
    ['by a method that is none', { method: 'mind' }, 'method'],
    ['for a destination that is none', { fetchDest: 'style' }, 'fetchDest'],
    ['from a country that is none', { country: 'EU' }, 'country'],
    ['with an address as long as a book', { url: `https://x.example/${'a'.repeat(2000)}` }, 'url'],
    ['with a NUL in its referrer', { referrer: 'https://x.example/\u0000' }, 'referrer'],
    ['with an attribute of an order', { attributes: attributes('plugin', 'x') }, 'attributes.plugin'],
    ['from the future', { occurredAt: NOW + 1 }, 'occurredAt'],
  ])('%s', (_, more, path) => {
    const normal = normaliseClick(click(more), form, NOW);
    expect(normal.ok ? undefined : [normal.refusal.code, normal.refusal.path.join('.')]).toEqual(['INVALID', path]);
  });
});

describe('further facts are turned away', () => {
  test.each<[string, () => { ok: boolean; refusal?: { path: string[] } }, string]>([
    ['a registration of nobody', () => normaliseRegistration({ customer: '' }, form, NOW), 'customer'],
    ['a phone as long as a letter', () => normaliseRegistration({ customer: 'c', phone: '1'.repeat(41) }, form, NOW), 'phone'],
    [
      'a registration with a wrong attribute',
      () => normaliseRegistration({ customer: 'c', attributes: attributes('verified', '1') }, form, NOW),
      'attributes.verified',
    ],
    ['an activity that earns nothing', () => normaliseActivity({ id: 'a', affiliate: 'ann', kind: 'poem' }, form, NOW), 'kind'],
    [
      'an activity of an object',
      () => normaliseActivity({ id: 'a', affiliate: 'ann', kind: 'constructor' } as ActivityInput, form, NOW),
      'kind',
    ],
    [
      'an activity of a negative amount',
      () => normaliseActivity({ id: 'a', affiliate: 'ann', kind: 'photo', amount: '-1' }, form, NOW),
      'amount',
    ],
    ['a product with a negative price', () => normaliseProduct({ id: 'p', price: '-1' }, form, NOW), 'price'],
    ['a product with a rate above a hundred', () => normaliseProduct({ id: 'p', rate: '101' }, form, NOW), 'rate'],
  ])('%s', (_, normalise, path) => {
    const normal = normalise();
    expect(normal.ok).toBe(false);
    expect(normal.refusal?.path.join('.')).toBe(path);
  });
});

describe('whatever is sent', () => {
  const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom("'; drop table lot; --", '\u0000', '__proto__'));
  test('is either in normal form, which is its own normal form, or refused with a path', () => {
    const inputs = fc.record(
      {
        id: anyText,
        aliases: fc.array(anyText, { maxLength: 3 }),
        customer: anyText,
        visitor: anyText,
        shipping: fc.oneof(anyText, fc.constantFrom('1', '1.5', '0.00')),
        spam: anyText,
        discounts: fc.array(fc.constantFrom('coins', 'coupon', '<b>'), { maxLength: 3 }),
        country: fc.constantFrom('DE', 'FR', 'xx'),
        lines: fc.array(fc.record({ sku: fc.constantFrom('A', 'B', 'C'), price: fc.constantFrom('1', '2.50', '-1') }), { maxLength: 3 }),
      },
      { requiredKeys: ['id', 'country', 'lines'] },
    );
    fc.assert(
      fc.property(inputs, (input) => {
        const normal = normaliseOrder(input, form, NOW);
        if (normal.ok) expect(normaliseOrder(normal.content as OrderInput, form, NOW)).toEqual(normal);
        else expect(normal.refusal).toMatchObject({ code: 'INVALID', path: expect.arrayContaining([expect.any(String)]) });
      }),
      { numRuns: 300 },
    );
  });
});
