import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, affiliateToken, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { connect, provedWrong } from '../../testing/books.ts';

const program = 'banggood';
const ORDERS = 30;
/** 20.00 of toys at 5 %. */
const EARNED = 100n;
let api: TestApi;
let other: { url: string; close(): Promise<void> };
let client: pg.Client;

/** Two processes of the API on one database. */
beforeAll(async () => {
  api = await startTestApi();
  other = await api.again({});
  client = await connect(api.database.url);
}, 60_000);
afterAll(async () => {
  expect(await provedWrong(client)).toEqual([]);
  expect((await client.query('select deadlocks from pg_stat_database where datname = current_database()')).rows).toEqual([
    { deadlocks: '0' },
  ]);
  await client.end();
  await other.close();
  await api.close();
});

/** The same token at the other process. */
function there(token: string): Ask {
  return async <T>(query: string, variables?: Record<string, unknown>) => {
    const response = await fetch(`${other.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
    if (errors) throw new Error(errors[0]!.message);
    return data;
  };
}

/** Ann with 3,000 points that can be used, each hundred of an order of its own. */
async function withPoints(): Promise<TestSandbox> {
  const sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-01-01T00:00:00Z' });
  const { staff, integrator } = sandbox;
  await must(staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE', class: 'bronze' });
  await must(integrator, 'recordClick', { program, id: 'k', affiliate: 'ann', visitor: 'v', country: 'DE', page: 'home' });
  const lines = [{ sku: 'a', category: 'toys-and-hobbies', price: '20.00' }];
  for (let index = 0; index < ORDERS; index++) {
    await must(integrator, 'recordOrder', { program, id: `o${index}`, visitor: 'v', country: 'DE', lines });
    await must(integrator, 'recordOrderEvent', { program, order: `o${index}`, kind: 'SHIPPED' });
  }
  await sandbox.at('2026-03-01T00:00:00Z');
  return sandbox;
}

type Balances = Record<'available' | 'reserved' | 'paid' | 'debt', bigint>;
async function balancesOf({ staff }: TestSandbox): Promise<Balances> {
  const { balances } = await staff<{ balances: Record<string, { value: string }> }>(
    `{ balances(program: "${program}", affiliate: "ann") { available { value } reserved { value } paid { value } debt { value } } }`,
  );
  return Object.fromEntries(Object.entries(balances).map(([name, { value }]) => [name, BigInt(value)])) as Balances;
}

interface Spending {
  readonly mutation: string;
  readonly input: object;
  readonly points: bigint;
}

/** More than there is: withdrawals, coupons, and holds of carts. */
function spendings(): Spending[] {
  const spend = (mutation: string, points: number, input: object) => ({ mutation, points: BigInt(points), input: { program, ...input } });
  return Array.from({ length: 40 }, (_, index) => {
    const id = `s${index}`;
    if (index % 2 === 0) return spend('requestWithdrawal', 300, { affiliate: 'ann', id, amount: '300' });
    return spend('redeemPoints', 170, { affiliate: 'ann', id, kind: index % 4 === 1 ? 'coupon' : 'checkout', points: '170' });
  });
}

/** All at once, half of them at either process; answers how many points were let go. */
async function spendAll(sandbox: TestSandbox, besides: readonly (() => Promise<unknown>)[]): Promise<bigint> {
  const [staff, integrator] = [there(sandbox.staffToken), there(sandbox.integratorToken)];
  // Ann's own requests share transactions, those of staff do not.
  const token = await affiliateToken(sandbox, 'ann');
  const asking = [sandbox.staff, staff, api.as(token), there(token)];
  let spent = 0n;
  const all = spendings().map(({ mutation, input, points }, index) => async () => {
    const isHere = index % 4 < 2;
    const ask = mutation === 'requestWithdrawal' ? asking[(index / 2) % 4]! : isHere ? sandbox.integrator : integrator;
    const { userErrors } = await act(ask, mutation, input);
    if (userErrors.length === 0) spent += points;
    else expect(['ALL-05', 'BG-14']).toContain(userErrors[0]!.code);
  });
  const mixed = besides.flatMap((beside, index) => [all[2 * index]!, beside, all[2 * index + 1]!]).concat(all.slice(2 * besides.length));
  await Promise.all(mixed.map((one) => one()));
  return spent;
}

describe('fifty who spend from one balance at once', { timeout: 60_000 }, () => {
  it('get no more than there is, and never less than what nobody else has taken', async () => {
    const sandbox = await withPoints();
    const again = () => act(sandbox.integrator, 'redeemPoints', spendings()[1]!.input);
    const spent = await spendAll(
      sandbox,
      Array.from({ length: 10 }, () => again),
    );
    const { available, reserved, paid, debt } = await balancesOf(sandbox);
    expect(available).toBe(BigInt(ORDERS) * EARNED - spent);
    expect(available >= 0n).toBe(true);
    expect(reserved + paid).toBe(spent);
    expect(debt).toBe(0n);
    // Coupons need only a hundred points in the balance: what is left is less than anybody asked for, or than a withdrawal needs.
    expect(available < 1_000n && spent > 0n).toBe(true);
  });

  it('with orders that are cancelled meanwhile: only what was spent already becomes debt', async () => {
    const sandbox = await withPoints();
    const cancel = (index: number) => () =>
      must(sandbox.integrator, 'recordOrderEvent', { program, order: `o${index}`, kind: 'CANCELLED' });
    const spent = await spendAll(
      sandbox,
      Array.from({ length: 10 }, (_, index) => cancel(3 * index)),
    );
    const { available, reserved, paid, debt } = await balancesOf(sandbox);
    const left = BigInt(ORDERS - 10) * EARNED;
    expect(spent <= BigInt(ORDERS) * EARNED).toBe(true);
    expect(available).toBe(left - spent);
    expect(reserved + paid).toBe(spent);
    // Nobody is in debt who still has something.
    expect(debt).toBe(available < 0n ? -available : 0n);
    // What is given back settles it first.
    const { withdrawals } = await sandbox.staff<{ withdrawals: { nodes: { externalId: string }[] } }>(
      `{ withdrawals(program: "${program}", first: 100) { nodes { externalId } } }`,
    );
    await Promise.all(
      withdrawals.nodes.map(({ externalId: withdrawal }, index) =>
        must(index % 2 ? sandbox.staff : there(sandbox.staffToken), 'rejectWithdrawal', { program, withdrawal, reason: 'asked too much' }),
      ),
    );
    await sandbox.at('2026-03-01T01:00:00Z');
    const after = await balancesOf(sandbox);
    expect(after.available).toBe(left - after.paid);
    expect([after.reserved, after.debt]).toEqual([0n, after.available < 0n ? -after.available : 0n]);
  });
});

describe('many who ask at once', { timeout: 60_000 }, () => {
  it('are answered each for themselves: one id is one withdrawal, and whoever takes the id of another is told so', async () => {
    const sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-01-01T00:00:00Z' });
    const names = ['ann', 'ben', 'cem', 'dora'];
    const tokens = new Map<string, string>();
    for (const affiliate of names) {
      await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'DE' });
      const bonus = { program, affiliate, id: `b-${affiliate}`, kind: 'BONUS', amount: affiliate === 'dora' ? '999' : '2000', reason: 'x' };
      await must(sandbox.staff, 'postAdjustment', bonus);
      tokens.set(affiliate, await affiliateToken(sandbox, affiliate));
    }
    const ask = async (affiliate: string, id: string, amount?: string) => {
      const { userErrors } = await act(api.as(tokens.get(affiliate)!), 'requestWithdrawal', { program, id, amount });
      return `${affiliate} ${id} ${userErrors[0]?.code ?? 'done'}`;
    };
    const atOnce = await Promise.all([...names.map((name) => ask(name, `w-${name}`, '500')), ask('ann', 'w-ann', '500')]);
    expect(atOnce).toEqual(['ann w-ann done', 'ben w-ben done', 'cem w-cem done', 'dora w-dora BG-14', 'ann w-ann done']);
    const after = await Promise.all([
      ask('ann', 'w-ann', '400'),
      ask('ben', 'w-ann', '500'),
      ask('cem', 'w-cem-2', '0'),
      ask('cem', 'w-cem-3', '1600'),
    ]);
    expect(after).toEqual(['ann w-ann CONFLICT', 'ben w-ann CONFLICT', 'cem w-cem-2 INVALID', 'cem w-cem-3 ALL-05']);
    const { withdrawals } = await sandbox.staff<{ withdrawals: { nodes: { externalId: string }[] } }>(
      `{ withdrawals(program: "${program}", first: 100) { nodes { externalId } } }`,
    );
    expect(withdrawals.nodes.map(({ externalId }) => externalId).sort()).toEqual(['w-ann', 'w-ben', 'w-cem']);
  });
});
