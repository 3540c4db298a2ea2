import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Coins } from '../testing/coins.ts';
import {
  applyPostings,
  compareLots,
  earnedOf,
  isUsable,
  type LedgerAccount,
  type Lot,
  type PlannedPosting,
  planOrder,
  remainingOf,
  settleDebt,
  type Target,
  takeFromLots,
} from './index.ts';

const lot = (change: Partial<Lot> = {}): Lot => ({
  id: 'l1',
  usableFrom: 10,
  expiresAt: null,
  credited: 0n,
  takenBack: 0n,
  consumed: 0n,
  expired: 0n,
  indebted: 0n,
  ...change,
  endsAt: change.endsAt ?? change.expiresAt ?? null,
});
const target = (amount: bigint, availableAt: number | null = null, expiresAt: number | null = null): Target => ({
  amount,
  availableAt,
  expiresAt,
});
const inWords = (postings: readonly PlannedPosting[]) =>
  postings.map(({ debit, credit, amount, lotId }) => `${debit} -> ${credit} ${amount}${lotId === undefined ? '' : ` (${lotId})`}`);

describe('the books receive target minus posted', () => {
  test.each<[string, { held: bigint; lots: Lot[] }, Target, string[]]>([
    ['nothing for nothing', { held: 0n, lots: [] }, target(0n), []],
    ['earned, not usable yet', { held: 0n, lots: [] }, target(100n), ['expense -> held 100']],
    ['the same again', { held: 100n, lots: [] }, target(100n), []],
    ['more of it', { held: 100n, lots: [] }, target(130n), ['expense -> held 30']],
    ['less of it', { held: 100n, lots: [] }, target(40n), ['held -> expense 60']],
    ['cancelled while it was held', { held: 100n, lots: [] }, target(0n), ['held -> expense 100']],
    ['confirmed', { held: 100n, lots: [] }, target(100n, 10), ['held -> owed 100 (new)']],
    ['confirmed for more', { held: 100n, lots: [] }, target(130n, 10), ['held -> owed 100 (new)', 'expense -> owed 30 (new)']],
    ['confirmed for less', { held: 100n, lots: [] }, target(40n, 10), ['held -> owed 40 (new)', 'held -> expense 60']],
    ['earned and usable at once', { held: 0n, lots: [] }, target(100n, 10), ['expense -> owed 100 (new)']],
    ['the same again', { held: 0n, lots: [lot({ credited: 100n })] }, target(100n, 10), []],
    ['a part of it unspent taken back', { held: 0n, lots: [lot({ credited: 100n })] }, target(70n, 10), ['owed -> expense 30 (l1)']],
    ['all of it unspent taken back', { held: 0n, lots: [lot({ credited: 100n })] }, target(0n), ['owed -> expense 100 (l1)']],
    [
      'taken back when some was spent: the rest is a debt',
      { held: 0n, lots: [lot({ credited: 100n, consumed: 60n })] },
      target(0n),
      ['owed -> expense 40 (l1)', 'debt -> expense 60 (l1)'],
    ],
    [
      'taken back when some had expired: first what is unspent, then that, then the debt',
      { held: 0n, lots: [lot({ credited: 100n, consumed: 50n, expired: 30n })] },
      target(0n),
      ['owed -> expense 20 (l1)', 'breakage -> expense 30 (l1)', 'debt -> expense 50 (l1)'],
    ],
    [
      'a little taken back reaches only what is unspent',
      { held: 0n, lots: [lot({ credited: 100n, consumed: 50n, expired: 30n })] },
      target(85n, 10),
      ['owed -> expense 15 (l1)'],
    ],
    [
      'earned again after it was taken back',
      { held: 0n, lots: [lot({ credited: 100n, takenBack: 100n })] },
      target(100n, 10),
      ['expense -> owed 100 (l1)'],
    ],
    [
      'earned again after it became a debt',
      { held: 0n, lots: [lot({ credited: 100n, consumed: 100n, indebted: 100n })] },
      target(100n, 10),
      ['expense -> owed 100 (l1)'],
    ],
    [
      'known to be usable at another instant: out of the old lot, into a new one',
      { held: 0n, lots: [lot({ credited: 100n })] },
      target(100n, 20),
      ['owed -> expense 100 (l1)', 'expense -> owed 100 (new)'],
    ],
    [
      'known to be usable at another instant after a part was spent: that part stays where it is',
      { held: 0n, lots: [lot({ credited: 100n, consumed: 60n })] },
      target(100n, 20),
      ['owed -> expense 40 (l1)', 'expense -> owed 40 (new)'],
    ],
    ['all of it spent before: nothing moves', { held: 0n, lots: [lot({ credited: 100n, consumed: 100n })] }, target(100n, 20), []],
    [
      'and less of it than was spent: the rest is a debt',
      { held: 0n, lots: [lot({ credited: 100n, consumed: 60n, expired: 40n })] },
      target(50n, 20),
      ['breakage -> expense 40 (l1)', 'debt -> expense 10 (l1)'],
    ],
    [
      'not usable any more: back to what is held',
      { held: 0n, lots: [lot({ credited: 100n })] },
      target(100n),
      ['owed -> expense 100 (l1)', 'expense -> held 100'],
    ],
    [
      'usable at the same instant, but to another end',
      { held: 0n, lots: [lot({ credited: 100n, expiresAt: 50 })] },
      target(100n, 10, 60),
      ['owed -> expense 100 (l1)', 'expense -> owed 100 (new)'],
    ],
    ['usable for nothing makes no lot', { held: 0n, lots: [] }, target(0n, 10), []],
  ])('%s', (_, posted, wanted, postings) => {
    const plan = planOrder(posted, wanted);
    expect(inWords(plan.postings)).toEqual(postings);
    const makesLot = postings.some((posting) => posting.endsWith('(new)'));
    expect(plan.newLot).toEqual(makesLot ? { usableFrom: wanted.availableAt, expiresAt: wanted.expiresAt } : null);
  });
});

describe('lots are spent', () => {
  test.each<[string, Partial<Lot>[], string]>([
    [
      'the one that ends first, first',
      [
        { id: 'a', expiresAt: 90 },
        { id: 'b', expiresAt: 80 },
      ],
      'b a',
    ],
    ['those without an end last', [{ id: 'a' }, { id: 'b', expiresAt: 80 }], 'b a'],
    [
      'of two that end together the one usable first',
      [
        { id: 'a', usableFrom: 11 },
        { id: 'b', usableFrom: 10 },
      ],
      'b a',
    ],
    ['of two alike the older', [{ id: 'b' }, { id: 'a' }], 'a b'],
  ])('%s', (_, lots, order) => {
    expect(
      lots
        .map(lot)
        .sort(compareLots)
        .map(({ id }) => id)
        .join(' '),
    ).toBe(order);
  });

  test.each<[string, Partial<Lot>, number, boolean]>([
    ['before its instant', {}, 9, false],
    ['at its instant', {}, 10, true],
    ['a millisecond before its end', { expiresAt: 50 }, 49, true],
    ['at its end', { expiresAt: 50 }, 50, false],
    ['when nothing is left', { consumed: 60n, takenBack: 40n }, 20, false],
  ])('%s', (_, change, at, usable) => {
    expect(isUsable(lot({ credited: 100n, ...change }), at)).toBe(usable);
  });

  test('as far as they go', () => {
    const lots = [
      lot({ id: 'a', credited: 30n }),
      lot({ id: 'b', credited: 50n, expiresAt: 80 }),
      lot({ id: 'c', credited: 9n, usableFrom: 99 }),
    ];
    expect(inWords(takeFromLots(lots, 60n, 'redeemed', 20))).toEqual(['owed -> redeemed 50 (b)', 'owed -> redeemed 10 (a)']);
    expect(inWords(takeFromLots(lots, 500n, 'reserved', 20))).toEqual(['owed -> reserved 50 (b)', 'owed -> reserved 30 (a)']);
    expect(takeFromLots(lots, 0n, 'reserved', 20)).toEqual([]);
  });

  test('a debt is settled before a lot ends at that very instant', () => {
    const lots = [lot({ credited: 30n, expiresAt: 50 })];
    expect(inWords(settleDebt(20n, lots, 50))).toEqual(['owed -> debt 20 (l1)']);
    expect(settleDebt(20n, lots, 51)).toEqual([]);
    expect(settleDebt(0n, lots, 20)).toEqual([]);
  });

  test('what is given back to a lot that has ended settles what the lot itself owes, and no more', () => {
    const ended = lot({ credited: 90n, takenBack: 30n, consumed: 30n, indebted: 20n, expiresAt: 50 });
    const other = lot({ id: 'l2', credited: 30n, expiresAt: 50 });
    const back = new Map([['l1', 30n]]);
    expect(inWords(settleDebt(25n, [ended, other], 60, back))).toEqual(['owed -> debt 20 (l1)']);
    expect(inWords(settleDebt(5n, [ended, other], 60, back))).toEqual(['owed -> debt 5 (l1)']);
    expect(inWords(settleDebt(25n, [ended, other], 60, new Map([['l1', 4n]])))).toEqual(['owed -> debt 4 (l1)']);
    expect(settleDebt(25n, [ended, other], 60, new Map([['l2', 30n]]))).toEqual([]);
    const usable = lot({ id: 'l3', credited: 9n });
    expect(inWords(settleDebt(25n, [ended, usable], 60, back))).toEqual(['owed -> debt 20 (l1)', 'owed -> debt 5 (l3)']);
  });
});

/** Flows that the database lets through, and whether they name a lot. */
const FLOWS: Record<string, 'lot' | 'none' | 'either'> = {
  'expense held': 'none',
  'held expense': 'none',
  'held owed': 'lot',
  'expense owed': 'lot',
  'owed expense': 'lot',
  'breakage expense': 'lot',
  'debt expense': 'either',
  'owed debt': 'lot',
  'owed breakage': 'lot',
  'owed redeemed': 'lot',
};

/** The books as the application keeps them. */
class Books {
  readonly balances = new Map<LedgerAccount, bigint>();
  readonly lots: Lot[] = [];
  readonly orders = new Map<number, { held: bigint; lots: Lot[] }>();

  balance(account: LedgerAccount): bigint {
    return this.balances.get(account) ?? 0n;
  }

  order(order: number): { held: bigint; lots: Lot[] } {
    const known = this.orders.get(order) ?? { held: 0n, lots: [] };
    this.orders.set(order, known);
    return known;
  }

  post(postings: readonly PlannedPosting[], order?: number, newLot: { usableFrom: number; expiresAt: number | null } | null = null): void {
    for (const { debit, credit, amount, lotId } of postings) {
      expect(amount > 0n).toBe(true);
      const flow = FLOWS[`${debit} ${credit}`];
      expect(flow, `${debit} -> ${credit}`).toBeDefined();
      if (flow !== 'either') expect(lotId !== undefined).toBe(flow === 'lot');
      this.balances.set(debit, this.balance(debit) - amount);
      this.balances.set(credit, this.balance(credit) + amount);
    }
    const known = order === undefined ? undefined : this.order(order);
    const lots = known?.lots ?? this.lots;
    // Ids in the order of orders, so that lots alike are spent in an order that the model knows.
    const made = newLot === null ? null : { ...newLot, id: `${order} ${String(this.lots.length).padStart(3, '0')}` };
    applyPostings(lots, postings, made);
    if (known !== undefined && made !== null) this.lots.push(known.lots.at(-1) as Lot);
  }
}

type Act =
  | { act: 'decide'; order: number; amount: number; usableFrom: number | null; life: number | null }
  | { act: 'spend'; amount: number }
  | { act: 'pass' };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        act: fc.constant('decide' as const),
        order: fc.integer({ min: 0, max: 3 }),
        amount: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(0)),
        usableFrom: fc.constantFrom(null, 10, 20, 30),
        life: fc.constantFrom(null, 20, 30),
      }),
    },
    { weight: 3, arbitrary: fc.record({ act: fc.constant('spend' as const), amount: fc.integer({ min: 1, max: 15 }) }) },
    { weight: 3, arbitrary: fc.constant<Act>({ act: 'pass' }) },
  ),
  { maxLength: 40 },
);

/** As the application does after every act: debts first, then what is past its end. */
function settleAndExpire(books: Books, model: Coins, at: number): void {
  books.post(settleDebt(-books.balance('debt'), books.lots, at));
  model.settle(at);
  expireAll(books, at);
  model.expire(at);
}

function expireAll(books: Books, at: number): void {
  for (const item of books.lots) {
    if (item.expiresAt !== null && item.expiresAt <= at && remainingOf(item) > 0n)
      books.post([{ debit: 'owed', credit: 'breakage', amount: remainingOf(item), lotId: item.id }]);
  }
}

function play(history: readonly Act[], look: (books: Books, model: Coins, now: number) => void): void {
  const [books, model] = [new Books(), new Coins()];
  let now = 0;
  for (const act of history) {
    if (act.act === 'pass') {
      now += 10;
    } else if (act.act === 'spend') {
      books.post(takeFromLots(books.lots, BigInt(act.amount), 'redeemed', now));
      model.spend(act.amount, now);
    } else {
      const { order, amount, usableFrom, life } = act;
      const expiresAt = usableFrom === null || life === null ? null : usableFrom + life;
      const posted = books.order(order);
      const before = posted.held + posted.lots.reduce((sum, item) => sum + earnedOf(item), 0n);
      const plan = planOrder(posted, { amount: BigInt(amount), availableAt: usableFrom, expiresAt });
      books.post(plan.postings, order, plan.newLot);
      posted.held = plan.held;
      expect(plan.change).toBe(BigInt(amount) - before);
      expect(planOrder(posted, { amount: BigInt(amount), availableAt: usableFrom, expiresAt }).postings).toEqual([]);
      model.decide(String(order), amount, usableFrom, expiresAt);
    }
    settleAndExpire(books, model, now);
    look(books, model, now);
  }
}

describe('random histories of earning, changing, spending, expiring and earning again', () => {
  test('the books are where the model says that every cent lies', () => {
    fc.assert(
      fc.property(acts, (history) => {
        play(history, (books, model) => {
          expect([books.balance('held'), books.balance('owed'), books.balance('breakage'), -books.balance('debt')]).toEqual([
            model.count('held'),
            model.count('purse'),
            model.count('lapsed'),
            BigInt(model.debt),
          ]);
          for (const [order, { held, lots }] of books.orders) {
            expect([
              held,
              lots.reduce((sum, item) => sum + remainingOf(item), 0n),
              lots.reduce((sum, item) => sum + item.expired, 0n),
            ]).toEqual([model.count('held', String(order)), model.count('purse', String(order)), model.count('lapsed', String(order))]);
          }
        });
      }),
      { numRuns: 400 },
    );
  });

  test('every order reaches its target, and lots stay what a lot can be', () => {
    fc.assert(
      fc.property(acts, (history) => {
        const wanted = new Map<number, bigint>();
        let done = 0;
        play(history, (books, _, now) => {
          const act = history[done++] as Act;
          if (act.act === 'decide') wanted.set(act.order, BigInt(act.amount));
          for (const [order, { held, lots }] of books.orders)
            expect(held + lots.reduce((sum, item) => sum + earnedOf(item), 0n)).toBe(wanted.get(order));
          for (const item of books.lots) {
            for (const part of [item.credited, item.takenBack, item.consumed, item.expired, item.indebted, remainingOf(item)])
              expect(part >= 0n).toBe(true);
            expect(item.indebted <= item.credited - item.takenBack).toBe(true);
            if (item.expiresAt !== null && item.expiresAt <= now) expect(remainingOf(item)).toBe(0n);
          }
          // Whoever has something to spend owes nothing.
          if (books.balance('debt') < 0n) expect(books.lots.filter((item) => isUsable(item, now))).toEqual([]);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('all accounts sum to zero, and open lots are what is owed', () => {
    fc.assert(
      fc.property(acts, (history) => {
        play(history, (books) => {
          let sum = 0n;
          for (const amount of books.balances.values()) sum += amount;
          expect(sum).toBe(0n);
          expect(books.lots.reduce((total, item) => total + remainingOf(item), 0n)).toBe(books.balance('owed'));
          for (const account of ['held', 'owed', 'breakage', 'redeemed'] as const) expect(books.balance(account) >= 0n).toBe(true);
          for (const account of ['debt', 'expense'] as const) expect(books.balance(account) <= 0n).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });
});

test('whatever an ended lot was thought to be worth in between, what it is worth at last leaves the same balances', () => {
  const amount = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(amount, amount, fc.array(amount, { maxLength: 8 }), amount, (first, spent, between, last) => {
      const after = (later: readonly number[]) => {
        const books = new Books();
        const decide = (order: number, worth: number, at: number) => {
          const posted = books.order(order);
          const plan = planOrder(posted, { amount: BigInt(worth), availableAt: 10, expiresAt: 50 });
          books.post(plan.postings, order, plan.newLot);
          posted.held = plan.held;
          const back = new Map<string, bigint>();
          for (const { credit, lotId, amount: more } of plan.postings)
            if (credit === 'owed' && lotId !== undefined && lotId !== 'new') back.set(lotId, (back.get(lotId) ?? 0n) + more);
          books.post(settleDebt(-books.balance('debt'), books.lots, at, back));
          expireAll(books, at);
        };
        decide(0, first, 10);
        decide(1, 20, 10);
        books.post(takeFromLots(books.lots, BigInt(spent), 'redeemed', 20));
        expireAll(books, 60);
        for (const worth of later) decide(0, worth, 70);
        return [books.balance('debt'), books.balance('breakage'), books.balance('owed')];
      };
      expect(after([...between, last])).toEqual(after([last]));
    }),
    { numRuns: 400 },
  );
});
