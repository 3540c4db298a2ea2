import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkRefund,
  currentContent,
  foldEvents,
  type OrderContent,
  type OrderEventContent,
  type OrderOutcome,
  type StoredEvent,
  staffAttribution,
  standingEvents,
} from './index.ts';

const LINES = [
  { sku: 'A', price: 1000n, quantity: 3 },
  { sku: 'B', price: 250n, quantity: 1 },
];
const PLACED = 100;

type More = Partial<OrderEventContent>;
const told = (kind: StoredEvent['kind'], at: number, more: More = {}): StoredEvent => ({
  kind,
  externalId: more.id ?? null,
  at,
  content: { kind, order: 'o1', ...more },
});
const refund = (id: string, lines?: OrderEventContent['lines']) => told('refunded', 200, { id, ...(lines === undefined ? {} : { lines }) });

/** What became of the order; what is unknown or as at the beginning is left out. */
function fold(events: StoredEvent[], spam?: string): Partial<OrderOutcome> {
  const outcome = foldEvents(LINES, PLACED, spam, standingEvents(events), 2);
  const entries = Object.entries(outcome).filter(
    ([, value]) => value !== undefined && value !== 'none' && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries);
}

describe('what became of an order', () => {
  test.each<[string, StoredEvent[], object]>([
    ['nothing yet', [], {}],
    ['it was paid', [told('paid', 110)], { paidAt: 110 }],
    ['it was paid twice: the earliest instant counts', [told('paid', 120), told('paid', 110), told('paid', 130)], { paidAt: 110 }],
    [
      'all that can',
      [told('confirmed', 150), told('completed', 140), told('shipped', 130), told('paid', 120), told('cancelled', 160)],
      { paidAt: 120, shippedAt: 130, completedAt: 140, confirmedAt: 150, cancelledAt: 160 },
    ],
    ['the merchant rejected it', [told('rejected', 130)], { rejectedAt: 130 }],
    ['it was voided by staff', [told('voided', 130)], { voidedAt: 130 }],
    ['rejected and voided: both', [told('voided', 140), told('rejected', 130)], { rejectedAt: 130, voidedAt: 140 }],
    ['a dispute was opened', [told('dispute-opened', 130)], { dispute: 'open' }],
    [
      'and closed for the seller',
      [told('dispute-opened', 130), told('dispute-closed', 140, { inFavorOf: 'seller' })],
      { dispute: 'seller' },
    ],
    ['and closed for the buyer', [told('dispute-closed', 140, { inFavorOf: 'buyer' }), told('dispute-opened', 130)], { dispute: 'buyer' }],
    ['a dispute nobody saw opened was closed for the seller', [told('dispute-closed', 140, { inFavorOf: 'seller' })], {}],
    ['a dispute nobody saw opened was closed for the buyer', [told('dispute-closed', 140, { inFavorOf: 'buyer' })], { dispute: 'buyer' }],
    ['it was marked as no spam', [told('spam-marked', 130, { spam: 'N' })], { spam: 'N', spamClearedAt: 130 }],
    ['it was marked as spam', [told('spam-marked', 130, { spam: 'Y' })], { spam: 'Y' }],
    [
      'first spam, then not: the last mark by instant counts',
      [told('spam-marked', 140, { spam: 'N' }), told('spam-marked', 130, { spam: 'Y' })],
      { spam: 'N', spamClearedAt: 140 },
    ],
    ['first not, then spam', [told('spam-marked', 130, { spam: 'N' }), told('spam-marked', 140, { spam: 'Y' })], { spam: 'Y' }],
    ['both at one instant: spam', [told('spam-marked', 130, { spam: 'Y' }), told('spam-marked', 130, { spam: 'N' })], { spam: 'Y' }],
    [
      'marked twice as none: cleared at the last mark',
      [told('spam-marked', 130, { spam: 'N' }), told('spam-marked', 140, { spam: 'N' })],
      { spam: 'N', spamClearedAt: 140 },
    ],
  ])('%s', (_, events, outcome) => {
    expect(fold(events)).toEqual(outcome);
  });

  test('its spam status when it was placed counts until it is marked', () => {
    expect(fold([], 'N')).toEqual({ spam: 'N', spamClearedAt: PLACED });
    expect(fold([], 'Y')).toEqual({ spam: 'Y' });
    expect(fold([told('spam-marked', 130, { spam: 'N' })], 'Y')).toEqual({ spam: 'N', spamClearedAt: 130 });
    // A mark from before the order was placed says nothing against what was known then.
    expect(fold([told('spam-marked', 90, { spam: 'Y' })], 'N')).toEqual({ spam: 'N', spamClearedAt: PLACED });
  });
});

describe('refunds', () => {
  const none = { quantity: 0, amount: 0n };
  test.each<[string, StoredEvent[], object[]]>([
    [
      'of everything',
      [refund('r1')],
      [
        { quantity: 3, amount: 0n },
        { quantity: 1, amount: 0n },
      ],
    ],
    ['of a whole line', [refund('r1', [{ sku: 'A' }])], [{ quantity: 3, amount: 0n }, none]],
    ['of some units', [refund('r1', [{ sku: 'A', quantity: 2 }])], [{ quantity: 2, amount: 0n }, none]],
    ['of an amount', [refund('r1', [{ sku: 'B', amount: '1.05' }])], [none, { quantity: 0, amount: 105n }]],
    [
      'of units and of an amount, in two refunds',
      [refund('r1', [{ sku: 'A', quantity: 1 }]), refund('r2', [{ sku: 'A', amount: '5.00' }])],
      [{ quantity: 1, amount: 500n }, none],
    ],
  ])('%s', (_, events, refunds) => {
    expect(fold(events)).toEqual({ refunded: true, refunds });
  });

  test.each<[string, StoredEvent[], object[] | undefined]>([
    [
      'items that are not on the order',
      [refund('r1', [{ sku: 'Z' }, { sku: 'A' }]), refund('r2', [{ sku: 'Y', quantity: 1 }])],
      [
        { sku: 'Y', kind: 'no-line' },
        { sku: 'Z', kind: 'no-line' },
      ],
    ],
    ['one unit more than there is', [refund('r1', [{ sku: 'A', quantity: 4 }])], [{ sku: 'A', kind: 'too-much' }]],
    [
      'more than there is, by two refunds',
      [refund('r1', [{ sku: 'A', quantity: 2 }]), refund('r2', [{ sku: 'A', amount: '10.01' }])],
      [{ sku: 'A', kind: 'too-much' }],
    ],
    ['as much as there is', [refund('r1', [{ sku: 'A', quantity: 2 }]), refund('r2', [{ sku: 'A', amount: '10.00' }])], undefined],
    ['the whole of a line twice', [refund('r1', [{ sku: 'B' }]), refund('r2')], undefined],
    ['the whole of a line after a unit of it', [refund('r1', [{ sku: 'A', quantity: 1 }]), refund('r2', [{ sku: 'A' }])], undefined],
  ])('of %s: what does not fit', (_, events, misfits) => {
    expect(fold(events).misfits).toEqual(misfits);
    expect(fold(events.toReversed()).misfits).toEqual(misfits);
  });

  test.each<[string, StoredEvent[], OrderEventContent['lines'], string | null]>([
    ['of all units left', [refund('r1', [{ sku: 'A', quantity: 1 }])], [{ sku: 'A', quantity: 2 }], null],
    ['of one unit more than is left', [refund('r1', [{ sku: 'A', quantity: 1 }])], [{ sku: 'A', quantity: 3 }], 'lines.0.quantity'],
    ['of all the money left', [refund('r1', [{ sku: 'A', amount: '10.00' }])], [{ sku: 'A', amount: '20.00' }], null],
    ['of one cent more than is left', [refund('r1', [{ sku: 'A', amount: '10.00' }])], [{ sku: 'A', amount: '20.01' }], 'lines.0.amount'],
    ['of the value of the units left', [refund('r1', [{ sku: 'A', quantity: 2 }])], [{ sku: 'A', amount: '10.00' }], null],
    [
      'of more than the units left are worth',
      [refund('r1', [{ sku: 'A', quantity: 2 }])],
      [{ sku: 'A', amount: '10.01' }],
      'lines.0.amount',
    ],
    [
      'of a unit whose value is partly refunded',
      [refund('r1', [{ sku: 'B', amount: '0.01' }])],
      [{ sku: 'B', quantity: 1 }],
      'lines.0.quantity',
    ],
    ['of a SKU that is not on the order', [], [{ sku: 'A' }, { sku: 'Z' }], 'lines.1.sku'],
    ['of everything after some', [refund('r1', [{ sku: 'A', quantity: 1 }])], undefined, null],
    ['of a unit after everything', [refund('r1')], [{ sku: 'A', quantity: 1 }], 'lines.0.quantity'],
    ['of a whole line twice', [refund('r1', [{ sku: 'B' }])], [{ sku: 'B' }], null],
  ])('%s', (_, before, lines, path) => {
    const { refunds = [] } = fold(before);
    const refused = checkRefund(LINES, refunds, { kind: 'refunded', order: 'o1', ...(lines === undefined ? {} : { lines }) }, 2);
    expect(refused === null ? null : `${refused.path.join('.')}`).toBe(path);
    if (refused !== null) expect(refused.code).toBe('INVALID');
  });
});

describe('corrections', () => {
  const undone = (kind: 'cancelled' | 'refunded' | 'paid', id?: string) =>
    told('undone', 999, { undoes: id === undefined ? { kind } : { kind, id } });

  test.each<[string, StoredEvent[], object]>([
    ['a cancellation is undone', [told('cancelled', 130), undone('cancelled')], {}],
    ['all cancellations told so far are undone', [told('cancelled', 130), told('cancelled', 120), undone('cancelled')], {}],
    [
      'a cancellation told after the undoing counts',
      [told('cancelled', 130), undone('cancelled'), told('cancelled', 140)],
      { cancelledAt: 140 },
    ],
    ['and can be undone again', [told('cancelled', 130), undone('cancelled'), told('cancelled', 140), undone('cancelled')], {}],
    ['nothing else is undone', [told('paid', 110), told('cancelled', 130), undone('cancelled')], { paidAt: 110 }],
    [
      'one of two refunds is undone',
      [refund('r1', [{ sku: 'A', quantity: 1 }]), refund('r2', [{ sku: 'B' }]), undone('refunded', 'r1')],
      {
        refunded: true,
        refunds: [
          { quantity: 0, amount: 0n },
          { quantity: 1, amount: 0n },
        ],
      },
    ],
    ['the only refund is undone', [refund('r1'), undone('refunded', 'r1')], {}],
    ['an undoing of nothing changes nothing', [told('paid', 110), undone('cancelled')], { paidAt: 110 }],
  ])('%s', (_, events, outcome) => {
    expect(fold(events)).toEqual(outcome);
  });

  test('the last content and the last attribution told count', () => {
    const content = (id: string): OrderContent => ({ id, lines: [] });
    const events = [
      told('corrected', 1, { content: content('second') }),
      told('attributed', 1, { affiliateId: 'ann', reason: 'first' }),
      told('corrected', 1, { content: content('third') }),
      told('attributed', 1, { affiliateId: null, reason: 'second' }),
    ];
    expect(currentContent(content('first'), []).id).toBe('first');
    expect(currentContent(content('first'), events).id).toBe('third');
    expect(staffAttribution([])).toBeUndefined();
    expect(staffAttribution(events)).toEqual({ affiliateId: null, reason: 'second' });
  });
});

describe('the order of telling does not matter', () => {
  const instant = fc.integer({ min: 90, max: 96 });
  const anyEvent = fc.oneof(
    fc
      .tuple(fc.constantFrom('paid', 'shipped', 'completed', 'confirmed', 'cancelled', 'rejected', 'voided', 'dispute-opened'), instant)
      .map(([kind, at]) => told(kind as 'paid', at)),
    fc
      .tuple(instant, fc.constantFrom('seller', 'buyer'), fc.constantFrom('c1', 'c2', undefined))
      .map(([at, inFavorOf, id]) => told('dispute-closed', at, { inFavorOf: inFavorOf as 'seller', ...(id === undefined ? {} : { id }) })),
    fc.tuple(instant, fc.constantFrom('N', 'Y', 'Z')).map(([at, spam]) => told('spam-marked', at, { spam })),
    fc
      .tuple(fc.constantFrom('r1', 'r2', 'r3'), fc.constantFrom('A', 'B', 'Z'), fc.integer({ min: 1, max: 4 }), fc.boolean())
      .map(([id, sku, n, byUnits]) => refund(id, [byUnits ? { sku, quantity: n } : { sku, amount: `${n}.00` }])),
  );

  test('shuffled and repeated, they say the same', () => {
    const histories = fc.array(anyEvent, { maxLength: 12 }).chain((events) =>
      fc.record({
        events: fc.constant(events),
        again: fc.subarray(events.filter((event) => event.kind !== 'refunded')),
        order: fc.array(fc.nat(), { minLength: events.length * 2, maxLength: events.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(histories, ({ events, again, order }) => {
        const shuffled = [...events, ...again]
          .map((event, index) => ({ event, at: order[index]! }))
          .sort((a, b) => a.at - b.at)
          .map(({ event }) => event);
        expect(fold(shuffled, 'N')).toEqual(fold(events, 'N'));
      }),
      { numRuns: 500 },
    );
  });
});
