import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, must } from '../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../testing/api.ts';
import { connect, provedWrong, type Standing, standingOf } from '../testing/books.ts';

let api: TestApi;
let client: pg.Client;
beforeAll(async () => {
  api = await startTestApi();
  client = await connect(api.database.url);
});
afterAll(async () => {
  expect(await provedWrong(client)).toEqual([]);
  await client.end();
  await api.close();
});

const program = 'banggood';
const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}T00:00:00Z`;
const lines = [{ sku: 'a', category: 'toys-and-hobbies', price: '20.00' }];

interface Told {
  sandbox: TestSandbox;
  tell(mutation: string, input: object): Promise<string>;
  correct(mutation: string, input: object): Promise<string>;
  standing(): Promise<Standing>;
}

/** Ann, bronze, with a click of visitor v; all told on the 20th. */
async function story(): Promise<Told> {
  const sandbox = await createTestSandbox(api, { programs: [program], startsAt: day(1) });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  await must(sandbox.integrator, 'recordClick', { program, id: 'k', affiliate: 'ann', visitor: 'v', occurredAt: day(1) });
  await sandbox.at(day(20));
  const codes = async (answer: ReturnType<typeof act>) =>
    (await answer).userErrors.map(({ code, path }) => `${code} ${path.join('.')}`).join();
  return {
    sandbox,
    tell: (mutation, input) => codes(act(sandbox.integrator, mutation, { program, ...input })),
    correct: (mutation, input) => codes(act(sandbox.staff, mutation, { program, reason: 'a mistake', ...input })),
    standing: () => standingOf(client, sandbox),
  };
}

/** What an order earns: 7 % of a new customer's, 5 % of any other. */
const earned = ({ orders }: Standing) =>
  Object.fromEntries(Object.entries(orders).map(([id, text]) => [id, text.split(' ').slice(0, 3).join(' ')]));

describe("a customer's first order", () => {
  const order = (id: string, at: number, more: object = {}) => ({ id, customer: 'c', visitor: 'v', lines, occurredAt: day(at), ...more });

  async function withTwo(): Promise<Told> {
    const told = await story();
    await told.tell('recordRegistration', { customer: 'c', occurredAt: day(2) });
    await told.tell('recordOrder', order('first', 3));
    await told.tell('recordOrder', order('second', 4));
    expect(earned(await told.standing())).toEqual({ first: 'ann earning 140', second: 'ann earning 100' });
    return told;
  }

  it('is the earliest, also when it becomes known last', async () => {
    const { tell, standing } = await withTwo();
    await tell('recordOrder', order('before', 2));
    expect(earned(await standing())).toEqual({ before: 'ann earning 140', first: 'ann earning 100', second: 'ann earning 100' });
  });

  it('of two at one instant is the one with the smaller id', async () => {
    const { tell, standing } = await withTwo();
    await tell('recordOrder', order('elder', 3));
    expect(earned(await standing())).toEqual({ elder: 'ann earning 140', first: 'ann earning 100', second: 'ann earning 100' });
  });

  it('is another when a correction says that it was later', async () => {
    const { correct, standing } = await withTwo();
    expect(await correct('correctOrder', { order: 'first', ...order('first', 5) })).toBe('');
    expect(earned(await standing())).toEqual({ first: 'ann earning 100', second: 'ann earning 140' });
    expect(await correct('correctOrder', { order: 'first', ...order('first', 3) })).toBe('');
    expect(earned(await standing())).toEqual({ first: 'ann earning 140', second: 'ann earning 100' });
  });

  it("is another when a correction says that it was somebody else's", async () => {
    const { tell, correct, standing } = await withTwo();
    await tell('recordRegistration', { customer: 'd', occurredAt: day(2) });
    await tell('recordOrder', order('other', 4, { customer: 'd' }));
    expect(await correct('correctOrder', { order: 'first', ...order('first', 3, { customer: 'd' }) })).toBe('');
    expect(earned(await standing())).toEqual({ first: 'ann earning 140', second: 'ann earning 140', other: 'ann earning 100' });
  });
});

describe('an order has several numbers', () => {
  const order = { id: 'o', aliases: ['p', 'q'], visitor: 'v', lines, occurredAt: day(2) };
  const paid = (name: string) => ({ order: name, kind: 'PAID', id: 'e', occurredAt: day(3) });

  it('and one event told under each of them is one', async () => {
    const { tell, sandbox } = await story();
    expect(await tell('recordOrderEvent', paid('q'))).toBe('');
    expect(await tell('recordOrder', order)).toBe('');
    for (const name of ['o', 'p', 'q']) expect(await tell('recordOrderEvent', paid(name))).toBe('');
    const { rows } = await client.query('select 1 from order_event e join program p on p.id = e.program_id where p.organization_id = $1', [
      sandbox.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('and an event with another instant under another number is another content', async () => {
    const { tell } = await story();
    await tell('recordOrder', order);
    await tell('recordOrderEvent', paid('o'));
    expect(await tell('recordOrderEvent', { ...paid('p'), occurredAt: day(4) })).toBe('CONFLICT id');
  });

  it('and what waited under a number that a correction adds has found it', async () => {
    const { tell, correct, standing, sandbox } = await story();
    await tell('recordOrder', order);
    await tell('recordOrderEvent', { order: 'r', kind: 'CANCELLED', occurredAt: day(3) });
    expect(earned(await standing())).toEqual({ o: 'ann earning 100' });
    expect(await correct('correctOrder', { order: 'q', ...order, aliases: ['p', 'q', 'r'] })).toBe('');
    expect(earned(await standing())).toEqual({ o: 'ann reversed 0' });
    const { rows } = await client.query(
      'select 1 from waiting_event w join program p on p.id = w.program_id where p.organization_id = $1',
      [sandbox.id],
    );
    expect(rows).toHaveLength(0);
  });

  it('and keeps its own when it is corrected, and nobody takes the number of another', async () => {
    const { tell, correct, standing } = await story();
    await tell('recordOrder', order);
    await tell('recordOrder', { ...order, id: 'x', aliases: ['y'] });
    const before = await standing();
    expect(await correct('correctOrder', { order: 'o', ...order, id: 'z' })).toBe('INVALID id');
    expect(await correct('correctOrder', { order: 'o', ...order, aliases: ['p', 'y'] })).toBe('CONFLICT aliases');
    expect(await tell('recordOrder', { ...order, id: 'n', aliases: ['q'] })).toBe('CONFLICT aliases');
    expect(await tell('recordOrder', { ...order, id: 'p' })).toBe('CONFLICT id');
    expect(await standing()).toEqual(before);
    // What was refused has left its id free.
    expect(await tell('recordOrder', { ...order, id: 'n', aliases: [] })).toBe('');
  });
});

describe('an event that is told before its order', () => {
  const closed = (inFavorOf: string, at: number) => ({ order: 'o', kind: 'DISPUTE_CLOSED', inFavorOf, occurredAt: day(at) });

  it.each(['before', 'after'])('is held to what was told already (%s)', async (when) => {
    const { tell, standing } = await story();
    const order = () => tell('recordOrder', { id: 'o', visitor: 'v', lines, occurredAt: day(2) });
    if (when === 'after') await order();
    expect(await tell('recordOrderEvent', { order: 'o', kind: 'DISPUTE_OPENED', occurredAt: day(3) })).toBe('');
    expect(await tell('recordOrderEvent', closed('SELLER', 5))).toBe('');
    expect(await tell('recordOrderEvent', closed('SELLER', 5))).toBe('');
    expect(await tell('recordOrderEvent', closed('BUYER', 4))).toBe('CONFLICT inFavorOf');
    if (when === 'before') await order();
    expect(earned(await standing())).toEqual({ o: 'ann earning 100' });
  });

  it.each(['before', 'after'])('counts from the earliest instant told (%s)', async (when) => {
    const { tell, standing } = await story();
    const order = () => tell('recordOrder', { id: 'o', visitor: 'v', lines, occurredAt: day(2) });
    if (when === 'after') await order();
    for (const at of [8, 5, 9, 5]) expect(await tell('recordOrderEvent', { order: 'o', kind: 'SHIPPED', occurredAt: day(at) })).toBe('');
    if (when === 'before') await order();
    expect((await standing()).orders['o']).toMatch(/^ann earning 100 \{100\} 2026-02-19 00:00:00\+00/);
  });
});

describe('a registration and the click that it names', () => {
  it.each<[string, number]>([
    ['before it', 1],
    ['after it', 10],
  ])('belong to one visitor, in whatever order they are told (a click %s)', async (_, clickedAt) => {
    const registration = ['recordRegistration', { customer: 'c', click: 'named', occurredAt: day(5) }] as const;
    const click = ['recordClick', { id: 'named', affiliate: 'ann', visitor: 'w', occurredAt: day(clickedAt) }] as const;
    const good = ['recordClick', { id: 'good', affiliate: 'ann', visitor: 'w', occurredAt: day(4) }] as const;
    // It says no visitor: it has that of its customer's registration.
    const order = ['recordOrder', { id: 'o', customer: 'c', lines, occurredAt: day(6) }] as const;
    for (const facts of [
      [registration, click, good, order],
      [order, good, registration, click],
      [good, order, click, registration],
    ]) {
      const { tell, standing } = await story();
      for (const [mutation, input] of facts) expect(await tell(mutation, input)).toBe('');
      expect(earned(await standing())).toEqual({ o: 'ann earning 140' });
    }
  });
});

describe('an amount given or taken by staff', () => {
  const adjustment = (id: string, amount: string) => ({ id, affiliate: 'ann', kind: 'ADJUSTMENT', amount });

  it('may be more than was ever earned, and earnings settle it', async () => {
    const { tell, correct, standing } = await story();
    expect(await correct('postAdjustment', adjustment('a', '-30'))).toBe('');
    expect((await standing()).balances).toEqual({ ann: { debt: '-30', expense: '30' } });
    expect(await correct('postAdjustment', adjustment('b', '20'))).toBe('');
    expect((await standing()).balances).toEqual({ ann: { debt: '-10', expense: '10' } });
    await tell('recordOrder', { id: 'o', visitor: 'v', lines, occurredAt: day(2) });
    // What waits settles nothing.
    expect((await standing()).balances).toEqual({ ann: { debt: '-10', expense: '-90', held: '100' } });
  });

  it('is the same when it is written in another way, and another when it is another', async () => {
    const { correct, standing } = await story();
    expect(await correct('postAdjustment', adjustment('a', '5'))).toBe('');
    expect(await correct('postAdjustment', adjustment('a', '5.0'))).toBe('');
    expect(await correct('postAdjustment', adjustment('a', '6'))).toBe('CONFLICT id');
    expect((await standing()).balances).toEqual({ ann: { expense: '-5', owed: '5' } });
  });
});
