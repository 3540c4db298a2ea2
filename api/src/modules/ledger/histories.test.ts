import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const program = 'banggood';
const START = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;
const ACTS = 40;
const NAMES = ['alice', 'bob'];

const AMOUNTS = ['pending', 'available', 'reserved', 'paid', 'expired', 'debt'].map((name) => `${name} { value }`).join(' ');
const BALANCES = `units { unit ${AMOUNTS} }`;
type Units = { unit: string; pending: { value: string }; available: { value: string }; reserved: { value: string } }[];

/** The same numbers for the same seed. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

interface Seen {
  readonly at: number;
  readonly known: string;
  readonly balances: Record<string, { units: Units }>;
}

async function balancesOf(sandbox: TestSandbox, more = ''): Promise<Record<string, { units: Units }>> {
  return sandbox.staff(
    `{ ${NAMES.map((name) => `${name}: balances(program: "banggood", affiliate: "${name}"${more}) { ${BALANCES} }`).join(' ')} }`,
  );
}

const iso = (at: number) => new Date(at).toISOString();

/** A history of chance: orders, what becomes of them, activity, adjustments, and time that passes. */
async function live(sandbox: TestSandbox, seed: number): Promise<Seen[]> {
  const pick = chance(seed);
  const orders: string[] = [];
  const seen: Seen[] = [];
  let now = START;
  const tell = async (mutation: string, input: object) => {
    // What cannot be, such as a refund of what is gone, is turned away, and nothing is posted.
    await must(sandbox.integrator, mutation, { program, ...input }).catch((error: Error) =>
      expect(error.message).toMatch(/INVALID|CONFLICT/),
    );
  };
  const acts: (() => Promise<unknown>)[] = [
    async () => {
      const id = `o${orders.length}`;
      orders.push(id);
      await tell('recordOrder', {
        id,
        visitor: NAMES[pick(2)],
        lines: [{ sku: 'a', price: `${1 + pick(300)}.${10 + pick(90)}`, quantity: 1 + pick(3) }],
        occurredAt: iso(now - pick(3) * HOUR),
      });
    },
    () =>
      tell('recordOrderEvent', { order: orders[pick(orders.length)] ?? 'none', kind: 'SHIPPED', occurredAt: iso(now - pick(50) * HOUR) }),
    () => tell('recordOrderEvent', { order: orders[pick(orders.length)] ?? 'none', kind: ['CANCELLED', 'DISPUTE_OPENED'][pick(2)] }),
    () => tell('recordOrderEvent', { order: orders[pick(orders.length)] ?? 'none', kind: 'DISPUTE_CLOSED', inFavorOf: 'SELLER' }),
    () =>
      tell('recordOrderEvent', {
        order: orders[pick(orders.length)] ?? 'none',
        kind: 'REFUNDED',
        id: `r${pick(1_000_000)}`,
        lines: [{ sku: 'a', amount: `${1 + pick(40)}.00` }],
      }),
    () => tell('recordActivity', { id: `a${pick(1_000_000)}`, affiliate: NAMES[pick(2)], kind: 'photo' }),
    () =>
      must(sandbox.staff, 'postAdjustment', {
        program,
        affiliate: NAMES[pick(2)],
        id: `j${pick(1_000_000)}`,
        kind: 'ADJUSTMENT',
        amount: String(pick(4) === 0 ? -1 - pick(5) : 10 + pick(200)),
        reason: 'chance',
        ...(pick(2) === 0 ? { usableFrom: iso(now + pick(40) * 24 * HOUR) } : {}),
        ...(pick(2) === 0 ? { expiresAt: iso(now + (41 + pick(200)) * 24 * HOUR) } : {}),
      }),
    async () => {
      now += (1 + pick(20 * 24)) * HOUR;
      await sandbox.at(iso(now));
    },
  ];
  for (let act = 0; act < ACTS; act++) {
    await acts[act < 3 ? 6 : act < 8 ? 0 : pick(acts.length)]!();
    if (act % 4 !== 0) continue;
    const balances = await balancesOf(sandbox);
    await new Promise((resolve) => setTimeout(resolve, 3));
    seen.push({ at: now, known: new Date().toISOString(), balances });
    await new Promise((resolve) => setTimeout(resolve, 3));
    expect(await balancesOf(sandbox, `, asOf: "${iso(now)}"`)).toEqual(balances);
    expect(await sandbox.staff('{ proof { balanced problems } }')).toEqual({ proof: { balanced: true, problems: [] } });
  }
  return seen;
}

interface Statement {
  units: {
    opening: { value: string };
    closing: { value: string };
    movements: { amount: { value: string } }[];
    openingBalance: Units[0];
    closingBalance: Units[0];
  }[];
}

describe('of a history of chance', () => {
  it.each([1, 2, 3])('the books tell every instant as it was, and statements that meet (%i)', async (seed) => {
    const sandbox = await createTestSandbox(api, { programs: [program], startsAt: iso(START) });
    for (const name of NAMES) {
      await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: name });
      await must(sandbox.integrator, 'recordClick', { program, id: `k-${name}`, affiliate: name, visitor: name });
    }
    const seen = await live(sandbox, seed);
    for (const { at, known, balances } of seen) {
      expect(await balancesOf(sandbox, `, asOf: "${iso(at)}", knownAt: "${known}"`)).toEqual(balances);
    }
    const instants = [...new Set([START - 1, ...seen.map(({ at }) => at + 1)])];
    let before: Statement['units'] | undefined;
    for (let i = 1; i < instants.length; i++) {
      const query = `{ statement(program: "banggood", affiliate: "alice", from: "${iso(instants[i - 1]!)}", to: "${iso(instants[i]!)}") { units { unit
        opening { value } closing { value } movements { kind amount { value } } openingBalance { ${AMOUNTS} } closingBalance { ${AMOUNTS} } } } }`;
      const { statement } = await sandbox.staff<{ statement: Statement }>(query);
      for (const [u, unit] of statement.units.entries()) {
        const sum = unit.movements.reduce((total, { amount }) => total + BigInt(amount.value), BigInt(unit.opening.value));
        expect(BigInt(unit.closing.value)).toBe(sum);
        const { pending, available, reserved } = unit.closingBalance;
        expect(BigInt(pending.value) + BigInt(available.value) + BigInt(reserved.value)).toBe(sum);
        if (before !== undefined) expect(unit.openingBalance).toEqual(before[u]!.closingBalance);
      }
      before = statement.units;
    }
    expect(seen.at(-1)!.balances['alice']!.units.map(({ unit }) => unit)).toEqual(['points', 'general-points']);
  });
});
