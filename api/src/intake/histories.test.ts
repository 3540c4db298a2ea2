import { Coins } from '@tributary/shared/testing';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../testing/api.ts';
import { connect, provedWrong, standingOf } from '../testing/books.ts';
import { type Fact, recordFacts } from './index.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const AFFILIATES = ['ann', 'bob'] as const;
type Affiliate = (typeof AFFILIATES)[number];
const text = (instant: number) => new Date(instant).toISOString();

type Step =
  | { do: 'click'; by: Affiliate; visitor: string; ago: number }
  | { do: 'order'; visitor: string; ago: number; lines: [cents: number, units: number][]; coupon: Affiliate | null }
  | { do: 'event'; order: number; kind: 'PAID' | 'SHIPPED' | 'CANCELLED' | 'REJECTED' | 'DISPUTE_OPENED'; ago: number }
  | { do: 'close'; order: number; inFavorOf: 'SELLER' | 'BUYER'; ago: number }
  | { do: 'refund'; order: number; line: number; units: number | null }
  | { do: 'undo'; order: number; kind: 'SHIPPED' | 'CANCELLED' | 'REJECTED' | 'DISPUTE_OPENED' | 'REFUNDED' }
  | { do: 'adjust'; who: Affiliate; amount: number; days: number | null }
  | { do: 'pass'; days: number };

const who = fc.constantFrom(...AFFILIATES);
const visitor = fc.constantFrom('v1', 'v2');
const order = fc.integer({ min: 1, max: 5 });
const ago = fc.constantFrom(0, 0, 1, 5, 14, 15, 16, 40);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('click' as const), by: who, visitor, ago }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      visitor,
      ago,
      lines: fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 2 }),
      coupon: fc.option(who, { freq: 6 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('event' as const), order, kind: fc.constant('SHIPPED' as const), ago }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('event' as const),
      order,
      kind: fc.constantFrom('PAID' as const, 'CANCELLED' as const, 'REJECTED' as const, 'DISPUTE_OPENED' as const),
      ago,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      order,
      inFavorOf: fc.constantFrom('SELLER' as const, 'BUYER' as const),
      ago,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      order,
      line: fc.nat(1),
      units: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('undo' as const),
      order,
      kind: fc.constantFrom('SHIPPED' as const, 'CANCELLED' as const, 'REJECTED' as const, 'DISPUTE_OPENED' as const, 'REFUNDED' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('adjust' as const),
      who,
      amount: fc.integer({ min: -12, max: 8 }).filter((n) => n !== 0),
      days: fc.option(fc.constantFrom(5, 60)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.constantFrom(1, 10, 45, 200, 400) }) },
);

interface ModelOrder {
  visitor: string;
  placedAt: number;
  lines: { cents: number; units: number }[];
  coupon: Affiliate | null;
}
interface ModelEvent {
  kind: string;
  at: number;
  line?: number;
  units?: number | null;
}
interface Outcome {
  affiliate: Affiliate | null;
  status: 'earning' | 'rejected' | 'reversed';
  amount: number;
  usableFrom: number | null;
  expiresAt: number | null;
}

/** What Banggood's page says of a bronze affiliate's toys for regular customers, and no more: no terms, no lots, no postings. */
class Model {
  now = START;
  readonly clicks: { id: string; by: Affiliate; visitor: string; at: number }[] = [];
  readonly orders = new Map<string, ModelOrder>();
  readonly events = new Map<string, ModelEvent[]>();
  readonly coins = { ann: new Coins(), bob: new Coins() };

  eventsOf(id: string): ModelEvent[] {
    const known = this.events.get(id) ?? [];
    this.events.set(id, known);
    return known;
  }

  outcome(id: string): Outcome {
    const { visitor: by, placedAt, lines, coupon } = this.orders.get(id)!;
    const events = this.eventsOf(id);
    const has = (kind: string) => events.some((event) => event.kind === kind);
    const good = this.clicks.filter((click) => click.visitor === by && click.at <= placedAt && placedAt <= click.at + 15 * DAY);
    const last = good.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))[0];
    const affiliate = coupon ?? last?.by ?? null;
    const left = lines.map(({ cents, units }, line) => {
      let rest = units;
      for (const event of events) if (event.kind === 'REFUNDED' && event.line === line) rest -= event.units ?? units;
      return cents * Math.max(0, rest);
    });
    const points = (values: number[]) => values.reduce((sum, value) => sum + Math.floor((value * 5) / 100), 0);
    const asPlaced = points(lines.map(({ cents, units }) => cents * units));
    const closed = events.filter((event) => event.kind.startsWith('CLOSED')).sort((a, b) => a.at - b.at)[0]?.kind;
    const disputed = closed === 'CLOSED BUYER' || (has('DISPUTE_OPENED') && closed !== 'CLOSED SELLER');
    const refunded = has('REFUNDED') && left.every((value) => value === 0);
    const shipped = events.filter(({ kind }) => kind === 'SHIPPED').map(({ at }) => at);
    const usableFrom = shipped.length === 0 ? null : Math.min(...shipped) + 45 * DAY;
    const nothing = { affiliate, amount: 0, usableFrom: null, expiresAt: null };
    if (affiliate === null || has('REJECTED')) return { ...nothing, status: 'rejected' };
    if (has('CANCELLED') || disputed || refunded) return { ...nothing, status: asPlaced > 0 ? 'reversed' : 'rejected' };
    // Shanghai is eight hours ahead all year.
    const endOfNextYear = (at: number) => Date.UTC(new Date(at + 8 * 3_600_000).getUTCFullYear() + 2, 0, 1) - 8 * 3_600_000;
    return {
      affiliate,
      status: 'earning',
      amount: points(left),
      usableFrom,
      expiresAt: usableFrom === null ? null : endOfNextYear(usableFrom),
    };
  }

  /** After every fact all orders are decided anew. */
  decide(): void {
    for (const id of this.orders.keys()) {
      const { affiliate, amount, usableFrom, expiresAt } = this.outcome(id);
      for (const name of AFFILIATES) this.coins[name].decide(id, name === affiliate ? amount : 0, usableFrom, expiresAt);
    }
    this.settle(this.now);
  }

  settle(at: number): void {
    for (const name of AFFILIATES) {
      this.coins[name].settle(at);
      this.coins[name].expire(at);
    }
  }

  pass(to: number): void {
    for (;;) {
      const due = AFFILIATES.flatMap((name) => this.coins[name].instants()).filter((at) => at > this.now && at <= to);
      if (due.length === 0) break;
      this.now = Math.min(...due);
      this.settle(this.now);
    }
    this.now = to;
  }
}

let api: TestApi;
let client: pg.Client;
beforeAll(async () => {
  api = await startTestApi();
  client = await connect(api.database.url);
});
afterAll(async () => {
  await client.end();
  await api.close();
});

const program = 'banggood';

/** Tells the step to the API and, where it was taken, to the model. */
async function take(step: Step, index: number, sandbox: TestSandbox, model: Model): Promise<void> {
  const at = (days: number) => model.now - days * DAY;
  const tell = async (mutation: string, input: object, ask = sandbox.integrator) =>
    (await act(ask, mutation, { program, ...input })).userErrors.map(({ code }) => code).join();
  switch (step.do) {
    case 'click': {
      const click = { id: `k${index}`, by: step.by, visitor: step.visitor, at: at(step.ago) };
      expect(await tell('recordClick', { id: click.id, affiliate: step.by, visitor: step.visitor, occurredAt: text(click.at) })).toBe('');
      model.clicks.push(click);
      break;
    }
    case 'order': {
      const id = `o${model.orders.size + 1}`;
      const lines = step.lines.map(([cents, units]) => ({ cents, units }));
      const input = {
        id,
        visitor: step.visitor,
        occurredAt: text(at(step.ago)),
        affiliateCoupon: step.coupon,
        lines: lines.map(({ cents, units }, line) => ({
          sku: `s${line}`,
          category: 'toys-and-hobbies',
          price: (cents / 100).toFixed(2),
          quantity: units,
        })),
      };
      expect(await tell('recordOrder', input)).toBe('');
      model.orders.set(id, { visitor: step.visitor, placedAt: at(step.ago), lines, coupon: step.coupon });
      break;
    }
    case 'event':
      expect(await tell('recordOrderEvent', { order: `o${step.order}`, kind: step.kind, occurredAt: text(at(step.ago)) })).toBe('');
      model.eventsOf(`o${step.order}`).push({ kind: step.kind, at: at(step.ago) });
      break;
    case 'close': {
      const input = { order: `o${step.order}`, kind: 'DISPUTE_CLOSED', inFavorOf: step.inFavorOf, occurredAt: text(at(step.ago)) };
      const events = model.eventsOf(`o${step.order}`);
      const otherSide = events.some(({ kind }) => kind.startsWith('CLOSED') && kind !== `CLOSED ${step.inFavorOf}`);
      expect(await tell('recordOrderEvent', input)).toBe(otherSide ? 'CONFLICT' : '');
      if (!otherSide) events.push({ kind: `CLOSED ${step.inFavorOf}`, at: at(step.ago) });
      break;
    }
    case 'refund':
      await refund(step, index, model, tell);
      break;
    case 'undo': {
      const events = model.eventsOf(`o${step.order}`);
      const known = model.orders.has(`o${step.order}`) && events.some(({ kind }) => kind === step.kind);
      expect(await tell('undoOrderEvent', { order: `o${step.order}`, kind: step.kind, reason: 'a mistake' }, sandbox.staff)).toBe(
        known ? '' : 'NOT_FOUND',
      );
      if (known)
        model.events.set(
          `o${step.order}`,
          events.filter(({ kind }) => kind !== step.kind),
        );
      break;
    }
    case 'adjust': {
      const expiresAt = step.amount < 0 || step.days === null ? null : model.now + step.days * DAY;
      const input = {
        id: `a${index}`,
        affiliate: step.who,
        kind: 'ADJUSTMENT',
        amount: String(step.amount),
        reason: 'agreed',
        expiresAt: expiresAt && text(expiresAt),
      };
      expect(await tell('postAdjustment', input, sandbox.staff)).toBe('');
      if (step.amount > 0) model.coins[step.who].decide(`a${index}`, step.amount, model.now, expiresAt);
      else model.coins[step.who].debt -= step.amount;
      break;
    }
    case 'pass':
      model.pass(model.now + step.days * DAY);
      await sandbox.at(text(model.now));
      break;
  }
}

async function refund(
  { order, line, units }: Extract<Step, { do: 'refund' }>,
  index: number,
  model: Model,
  tell: (mutation: string, input: object) => Promise<string>,
): Promise<void> {
  const id = `o${order}`;
  const there = model.orders.get(id)?.lines[line];
  // What is told before its order can't be checked, so it is not told here.
  if (!model.orders.has(id)) return;
  const input = {
    order: id,
    kind: 'REFUNDED',
    id: `r${index}`,
    lines: [{ sku: `s${line}`, quantity: units }],
    occurredAt: text(model.now),
  };
  const already = model
    .eventsOf(id)
    .reduce((sum, event) => sum + (event.kind === 'REFUNDED' && event.line === line ? (event.units ?? there?.units ?? 0) : 0), 0);
  const tooMuch = there === undefined || (units !== null && already + units > there.units);
  expect(await tell('recordOrderEvent', input)).toBe(tooMuch ? 'INVALID' : '');
  if (!tooMuch) model.eventsOf(id).push({ kind: 'REFUNDED', at: model.now, line, units });
}

async function compare(sandbox: TestSandbox, model: Model): Promise<void> {
  const orders = await client.query<{ id: string; affiliate: string | null; status: string; amount: string }>(
    `select o.external_id as id, a.external_id as affiliate, d.status, d.amount::text from order_record o join program p on p.id = o.program_id
     join decision d on d.order_id = o.id and d.revision = o.revision left join affiliate a on a.id = d.affiliate_id where p.organization_id = $1`,
    [sandbox.id],
  );
  const found = Object.fromEntries(orders.rows.map((row) => [row.id, `${row.affiliate} ${row.status} ${row.amount}`]));
  const expected = [...model.orders.keys()].map((id) => {
    const { affiliate, status, amount } = model.outcome(id);
    return [id, `${affiliate} ${status} ${amount}`];
  });
  expect(found).toEqual(Object.fromEntries(expected));

  const balances = await client.query<{ affiliate: Affiliate; account: string; amount: string }>(
    'select a.external_id as affiliate, b.account, b.amount::text from ledger_balance b join affiliate a on a.id = b.affiliate_id where a.organization_id = $1',
    [sandbox.id],
  );
  for (const name of AFFILIATES) {
    const coins = model.coins[name];
    const balance = (account: string) =>
      BigInt(balances.rows.find((row) => row.affiliate === name && row.account === account)?.amount ?? 0);
    const books = { held: balance('held'), owed: balance('owed'), lapsed: balance('breakage'), debt: -balance('debt') };
    expect({ name, ...books }).toEqual({
      name,
      held: coins.count('held'),
      owed: coins.count('purse'),
      lapsed: coins.count('lapsed'),
      debt: BigInt(coins.debt),
    });
  }
}

describe('random histories of two affiliates', () => {
  it('leave the books as an independent model has them, after every step', { timeout: 60_000 }, async () => {
    const told: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 45 }), async (history) => {
        const sandbox = await createTestSandbox(api, { programs: [program], startsAt: text(START - 60 * DAY) });
        for (const affiliate of AFFILIATES)
          await act(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'DE', class: 'bronze' });
        await sandbox.at(text(START));
        const model = new Model();
        for (const [index, item] of history.entries()) {
          await take(item, index, sandbox, model);
          if (item.do !== 'pass') model.decide();
          await compare(sandbox, model);
          told[item.do] = (told[item.do] ?? 0) + 1;
        }
      }),
      { numRuns: 30, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true },
    );
    expect(await provedWrong(client)).toEqual([]);
    expect(Object.keys(told).sort()).toEqual(['adjust', 'click', 'close', 'event', 'order', 'pass', 'refund', 'undo']);
  });
});

/** Facts of which none has an order of its own: every one says when it happened, and none is refused wherever it is told. */
const anyInstant = fc.integer({ min: 0, max: 20 }).map((day) => text(Date.UTC(2026, 1, 1) + day * DAY));
const anyVisitor = fc.constantFrom('v1', 'v2', 'v3');
const names = ['o1', 'o2', 'o3', 'o4'] as const;
const anyName = fc.tuple(fc.constantFrom(...names), fc.constantFrom('', 'x', 'y')).map(([name, alias]) => alias + name);

const toldClick = fc.record({
  affiliate: who,
  visitor: anyVisitor,
  country: fc.constantFrom('DE', 'RU', 'FR'),
  page: fc.constantFrom('home', 'category', 'product'),
  product: fc.constantFrom('a', 'b', 'z'),
  channel: fc.constantFrom('social', 'google-ads'),
  occurredAt: anyInstant,
});
const toldRegistration = fc.record({
  visitor: fc.option(anyVisitor, { nil: undefined }),
  click: fc.option(fc.constantFrom('k0', 'k1'), { nil: undefined }),
  occurredAt: anyInstant,
});
const toldOrder = fc.record({
  customer: fc.option(fc.constantFrom('c1', 'c2'), { nil: undefined }),
  visitor: fc.option(anyVisitor, { nil: undefined }),
  click: fc.constantFrom('k0', 'k1', 'k2', 'k9'),
  country: fc.constantFrom('DE', 'RU', 'BR'),
  affiliateCoupon: fc.option(fc.constantFrom('ann', 'nobody'), { nil: undefined, freq: 8 }),
  spam: fc.option(fc.constantFrom('N', 'Y'), { nil: undefined }),
  shipping: fc.constantFrom('0.00', '4.99'),
  prices: fc.tuple(fc.integer({ min: 100, max: 60_000 }), fc.integer({ min: 100, max: 5_000 })),
  occurredAt: anyInstant,
});
const toldEvent = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('paid', 'shipped', 'completed', 'confirmed'), order: anyName, occurredAt: anyInstant }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('cancelled', 'rejected', 'dispute-opened'), order: anyName, occurredAt: anyInstant }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('spam-marked'), spam: fc.constantFrom('N', 'Y'), order: anyName, occurredAt: anyInstant }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('dispute-closed'), inFavorOf: fc.constant('seller'), order: anyName, occurredAt: anyInstant }),
  },
);
const toldRefund = fc.record({ order: anyName, sku: fc.constantFrom('a', 'b'), byUnits: fc.boolean(), occurredAt: anyInstant });

/** Everything that is told, in one order of telling. */
const facts: fc.Arbitrary<Fact[]> = fc
  .record({
    clicks: fc.array(toldClick, { minLength: 2, maxLength: 7 }),
    registrations: fc.array(toldRegistration, { maxLength: 2 }),
    orders: fc.array(toldOrder, { minLength: 1, maxLength: 4 }),
    events: fc.array(toldEvent, { maxLength: 12 }),
    // Each at most a unit or half a dollar of three units: never more than is left.
    refunds: fc.array(toldRefund, { maxLength: 3 }),
  })
  .map((told) => {
    const all = [
      ...told.clicks.map((click, i) => ({ kind: 'click', input: { id: `k${i}`, ...click } })),
      ...told.registrations.map((registration, i) => ({ kind: 'registration', input: { customer: `c${i + 1}`, ...registration } })),
      ...told.orders.map(({ prices, ...order }, i) => ({
        kind: 'order',
        input: {
          id: names[i],
          aliases: [`x${names[i]}`, `y${names[i]}`],
          ...order,
          lines: prices.map((cents, line) => ({
            sku: 'ab'[line],
            category: 'toys-and-hobbies',
            rate: '6.5',
            price: (cents / 100).toFixed(2),
            quantity: 3,
          })),
        },
      })),
      ...told.events.map((event) => ({ kind: 'event', input: event })),
      ...told.refunds.map(({ sku, byUnits, ...refund }, i) => ({
        kind: 'event',
        input: { kind: 'refunded', id: `r${i}`, ...refund, lines: [byUnits && i > 0 ? { sku, quantity: 1 } : { sku, amount: '0.50' }] },
      })),
    ];
    return all as unknown as Fact[];
  });

describe('the same facts', () => {
  it.each(['banggood', 'aliexpress', 'alibaba'])(
    'told in another order, twice and in other batches end the same (%s)',
    { timeout: 60_000 },
    async (key) => {
      const tellings = facts.chain((list) =>
        fc.record({
          list: fc.constant(list),
          other: fc.subarray(list).chain((again) => fc.shuffledSubarray([...list, ...again], { minLength: list.length + again.length })),
          sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 40, maxLength: 40 }),
        }),
      );
      const outcomes = new Set<string>();
      await fc.assert(
        fc.asyncProperty(tellings, async ({ list, other, sizes }) => {
          const one = await tellAll(
            key,
            list,
            sizes.map(() => 1),
          );
          const two = await tellAll(key, other, sizes);
          expect(two).toEqual(one);
          for (const order of Object.values(one.orders)) outcomes.add(order.split(' ', 2).join(' '));
        }),
        { numRuns: 32, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: true },
      );
      expect(await provedWrong(client)).toEqual([]);
      expect(outcomes.size).toBeGreaterThan(2);
    },
  );
});

/** Tells facts batch by batch to an empty sandbox, all on one day long after. */
async function tellAll(key: string, list: readonly Fact[], sizes: readonly number[]) {
  const sandbox = await createTestSandbox(api, { programs: [key], startsAt: '2026-01-01T00:00:00Z' });
  for (const affiliate of AFFILIATES) await act(sandbox.staff, 'enrollAffiliate', { program: key, affiliate, country: 'DE' });
  const { rows } = await client.query<{ id: string }>('select id from program where organization_id = $1', [sandbox.id]);
  const em = api.app.orm.em.fork({ clear: true }) as Parameters<typeof recordFacts>[0];
  const terms = await api.app.services.intake.termsOf(em, rows[0]!.id, sandbox.id);
  const now = Date.UTC(2026, 5, 1);
  const rest = [...list];
  for (let batch = 0; rest.length > 0; batch++) {
    const told = rest.splice(0, sizes[batch] ?? 1).map((fact) => ({ fact: structuredClone(fact), now, by: 'test' }));
    for (const result of await recordFacts(em, terms, told)) expect(result).toMatchObject({ ok: true });
  }
  return standingOf(client, sandbox);
}
