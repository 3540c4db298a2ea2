import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { readsOf } from '../../testing/statements.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
});
afterAll(() => api.close());

const program = 'banggood';

/** A sandbox with two affiliates, on the first of March. */
async function playground(): Promise<TestSandbox> {
  const sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['alice', 'bob']) {
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate });
    await must(sandbox.integrator, 'recordClick', { program, id: `k-${affiliate}`, affiliate, visitor: affiliate });
  }
  return sandbox;
}

function tell(sandbox: TestSandbox, mutation: string, input: object): Promise<unknown> {
  return must(sandbox.integrator, mutation, { program, ...input });
}

/** An order of a visitor who clicked alice's or bob's link; a bronze affiliate earns 4 points of each dollar. */
function order(sandbox: TestSandbox, id: string, visitor: string, dollars: number): Promise<unknown> {
  return tell(sandbox, 'recordOrder', { id, visitor, lines: [{ sku: 'a', price: `${dollars}.00` }] });
}

type Balances = Record<'pending' | 'available' | 'reserved' | 'paid' | 'expired' | 'debt', string>;
async function balances(sandbox: TestSandbox, affiliate: string, more = ''): Promise<Balances> {
  const fields = ['pending', 'available', 'reserved', 'paid', 'expired', 'debt'];
  const query = `query ($affiliate: String!) { balances(program: "banggood", affiliate: $affiliate${more}) { ${fields.map((field) => `${field} { value }`).join(' ')} } }`;
  const found = (await sandbox.staff<{ balances: Record<string, { value: string }> }>(query, { affiliate })).balances;
  return Object.fromEntries(fields.map((field) => [field, found[field]!.value])) as Balances;
}

const NONE = { pending: '0', available: '0', reserved: '0', paid: '0', expired: '0', debt: '0' };

describe('balances', () => {
  it('follow what is earned, unlocked, expired and taken back, and are told of any instant in the past', async () => {
    const sandbox = await playground();
    const [start, shipped, unlocked, ended] = [
      '2026-03-01T00:00:00Z',
      '2026-03-11T00:00:00Z',
      '2026-04-25T00:00:00Z',
      '2027-12-31T16:00:00Z',
    ];
    expect(await balances(sandbox, 'alice')).toEqual(NONE);
    await order(sandbox, 'o1', 'alice', 100);
    expect(await balances(sandbox, 'alice')).toEqual({ ...NONE, pending: '400' });
    await sandbox.at(shipped);
    await tell(sandbox, 'recordOrderEvent', { order: 'o1', kind: 'SHIPPED' });
    expect(await balances(sandbox, 'alice')).toEqual({ ...NONE, pending: '400' });
    await sandbox.at(unlocked);
    expect(await balances(sandbox, 'alice')).toEqual({ ...NONE, available: '400' });
    await sandbox.at(ended);
    expect(await balances(sandbox, 'alice')).toEqual({ ...NONE, expired: '400' });
    await sandbox.at('2028-01-02T00:00:00Z');
    await tell(sandbox, 'recordOrderEvent', { order: 'o1', kind: 'CANCELLED' });
    expect(await balances(sandbox, 'alice')).toEqual(NONE);

    const at = (instant: string) => balances(sandbox, 'alice', `, asOf: "${instant}"`);
    expect(await at('2026-02-28T23:59:59.999Z')).toEqual(NONE);
    expect(await at(start)).toEqual({ ...NONE, pending: '400' });
    expect(await at('2026-04-24T23:59:59.999Z')).toEqual({ ...NONE, pending: '400' });
    expect(await at(unlocked)).toEqual({ ...NONE, available: '400' });
    expect(await at('2027-12-31T15:59:59.999Z')).toEqual({ ...NONE, available: '400' });
    expect(await at(ended)).toEqual({ ...NONE, expired: '400' });
    expect(await at('2028-01-02T00:00:00Z')).toEqual(NONE);
  });

  it('that will expire are told to staff beforehand, by the months of the program’s calendar and affiliate by affiliate', async () => {
    const sandbox = await playground();
    await order(sandbox, 'o1', 'alice', 100);
    await order(sandbox, 'o2', 'bob', 50);
    await sandbox.at('2026-03-11T00:00:00Z');
    for (const id of ['o1', 'o2']) await tell(sandbox, 'recordOrderEvent', { order: id, kind: 'SHIPPED' });
    const months = (count: number, ask = sandbox.staff) =>
      ask<{ expiryMonths: object[] }>(
        `{ expiryMonths(program: "${program}", months: ${count}) { month amount { value unit } lots first } }`,
      );
    // The last instant of the year in Shanghai is 16:00 in UTC.
    expect(await months(23)).toEqual({
      expiryMonths: [{ month: '2028-01', amount: { value: '600', unit: 'points' }, lots: 2, first: '2027-12-31T16:00:00Z' }],
    });
    expect(await months(22)).toEqual({ expiryMonths: [] });
    await expect(months(37)).rejects.toThrow('1 to 36');
    const list = (more = '') =>
      sandbox.staff(`{ expiries(program: "${program}"${more}) { totalCount nodes { at amount { value } affiliate { externalId } } } }`);
    const [alice, bob] = (
      [
        ['alice', '400'],
        ['bob', '200'],
      ] as const
    ).map(([externalId, value]) => ({ at: '2027-12-31T16:00:00Z', amount: { value }, affiliate: { externalId } }));
    expect(await list()).toEqual({ expiries: { totalCount: 2, nodes: [alice, bob] } });
    expect(await list(', affiliate: "bob"')).toEqual({ expiries: { totalCount: 1, nodes: [bob] } });
    expect(await list(', to: "2027-12-31T16:00:00Z"')).toMatchObject({ expiries: { totalCount: 0 } });
    await expect(months(12, api.as(await affiliateToken(sandbox, 'alice')))).rejects.toThrow();
  });

  it('say what unlocks and what expires when, to whom it is about', async () => {
    const sandbox = await playground();
    for (const [id, dollars] of [
      ['o1', 100],
      ['o2', 50],
      ['o3', 25],
    ] as const)
      await order(sandbox, id, 'alice', dollars);
    await sandbox.at('2026-03-11T00:00:00Z');
    for (const id of ['o1', 'o2']) await tell(sandbox, 'recordOrderEvent', { order: id, kind: 'SHIPPED' });
    await tell(sandbox, 'recordOrderEvent', { order: 'o3', kind: 'SHIPPED', occurredAt: '2026-03-10T00:00:00Z' });
    const asked = async (ask = sandbox.staff, args = '', affiliate = ', affiliate: "alice"') => {
      const { balanceSchedule: found } = await ask<{
        balanceSchedule: {
          nodes: { at: string; kind: string; amount: { value: string; unit: string }; lots: number }[];
          pageInfo: { endCursor: string };
        } | null;
      }>(
        `{ balanceSchedule(program: "banggood"${affiliate}${args}) { nodes { at kind amount { value unit } lots } pageInfo { endCursor } totalCount } }`,
      );
      return (
        found && {
          end: found.pageInfo.endCursor,
          lines: found.nodes.map(({ at, kind, amount, lots }) => `${at} ${kind} ${amount.value} of ${lots}`),
        }
      );
    };
    const all = ['2026-04-24T00:00:00Z UNLOCKS 100 of 1', '2026-04-25T00:00:00Z UNLOCKS 600 of 2', '2027-12-31T16:00:00Z EXPIRES 700 of 3'];
    const first = await asked(sandbox.staff, ', first: 1');
    expect(first?.lines).toEqual(all.slice(0, 1));
    expect((await asked(sandbox.staff, `, after: "${first?.end}"`))?.lines).toEqual(all.slice(1));
    const alices = api.as(await affiliateToken(sandbox, 'alice'));
    const bobs = api.as(await affiliateToken(sandbox, 'bob'));
    expect((await asked(alices, '', ''))?.lines).toEqual(all);
    expect((await asked(bobs, '', ''))?.lines).toEqual([]);
    expect(await asked(bobs)).toBeNull();
    // What has happened is no longer to come.
    await sandbox.at('2026-04-25T00:00:00Z');
    expect((await asked())?.lines).toEqual(all.slice(2));
    // What is spent does not end.
    await tell(sandbox, 'redeemPoints', { id: 'r1', affiliate: 'alice', kind: 'coupon', points: '650' });
    expect((await asked())?.lines).toEqual(['2027-12-31T16:00:00Z EXPIRES 50 of 1']);
  });

  it('are told as they were known at an instant of the wall clock', async () => {
    const sandbox = await playground();
    await sandbox.at('2026-03-10T00:00:00Z');
    await order(sandbox, 'o1', 'alice', 100);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    // Known late, it happened before.
    await tell(sandbox, 'recordOrderEvent', {
      order: 'o1',
      kind: 'REFUNDED',
      id: 'r1',
      lines: [{ sku: 'a', amount: '50.00' }],
      occurredAt: '2026-03-10T00:00:00Z',
    });
    const asOf = 'asOf: "2026-03-10T00:00:00Z"';
    expect((await balances(sandbox, 'alice', `, ${asOf}`)).pending).toBe('200');
    expect((await balances(sandbox, 'alice', `, ${asOf}, knownAt: "${before}"`)).pending).toBe('400');
  });

  it('keep what activity earns apart', async () => {
    const sandbox = await playground();
    await tell(sandbox, 'recordActivity', { id: 'a1', affiliate: 'alice', kind: 'photo' });
    const balance = 'unit isReward pending { value unit } available { value unit }';
    const query = `{ balances(program: "banggood", affiliate: "alice") { available { value unit } generalPoints { value unit } program { key } affiliate { externalId } asOf units { ${balance} } } }`;
    expect(await sandbox.staff(query)).toEqual({
      balances: {
        available: { value: '0', unit: 'points' },
        generalPoints: { value: '20', unit: 'general-points' },
        program: { key: program },
        affiliate: { externalId: 'alice' },
        asOf: '2026-03-01T00:00:00Z',
        units: [
          { unit: 'points', isReward: true, pending: { value: '0', unit: 'points' }, available: { value: '0', unit: 'points' } },
          {
            unit: 'general-points',
            isReward: false,
            pending: { value: '0', unit: 'general-points' },
            available: { value: '20', unit: 'general-points' },
          },
        ],
      },
    });
  });

  it('go below zero by a deduction, and what is earned later settles it first', async () => {
    const sandbox = await playground();
    const adjust = (id: string, amount: string, more = {}) =>
      must(sandbox.staff, 'postAdjustment', { program, affiliate: 'alice', id, kind: 'ADJUSTMENT', amount, reason: 'a mistake', ...more });
    await adjust('a1', '-30');
    expect(await balances(sandbox, 'alice')).toEqual({ ...NONE, available: '-30', debt: '30' });
    await order(sandbox, 'o1', 'alice', 100);
    expect(await balances(sandbox, 'alice')).toEqual({ ...NONE, pending: '400', available: '-30', debt: '30' });
    await adjust('a2', '50', { usableFrom: '2026-03-05T00:00:00Z' });
    expect(await balances(sandbox, 'alice')).toEqual({ ...NONE, pending: '450', available: '-30', debt: '30' });
    await sandbox.at('2026-03-05T00:00:00Z');
    expect(await balances(sandbox, 'alice')).toEqual({ ...NONE, pending: '400', available: '20' });
  });

  it('are seen by their own affiliate only', async () => {
    const sandbox = await playground();
    await order(sandbox, 'o1', 'alice', 100);
    const alice = api.as(await affiliateToken(sandbox, 'alice'));
    const pending = 'pending { value }';
    expect(
      await alice(
        `{ a: balances(program: "banggood") { ${pending} } b: balances(program: "banggood", affiliate: "alice") { ${pending} } c: balances(program: "banggood", affiliate: "bob") { ${pending} } }`,
      ),
    ).toEqual({
      a: { pending: { value: '400' } },
      b: { pending: { value: '400' } },
      c: null,
    });
    expect(
      await alice(
        '{ statement(program: "banggood", affiliate: "bob", from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z") { from } }',
      ),
    ).toEqual({ statement: null });
    expect(
      await sandbox.staff(
        `{ a: balances(program: "banggood", affiliate: "zed") { ${pending} } b: balances(program: "zed", affiliate: "alice") { ${pending} } c: balances(program: "banggood") { ${pending} } }`,
      ),
    ).toEqual({ a: null, b: null, c: null });
    expect((await api.send(await affiliateToken(sandbox, 'alice'), '{ proof { balanced } }')).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    );
  });

  it('of many affiliates are one statement', async () => {
    const sandbox = await playground();
    await order(sandbox, 'o1', 'bob', 100);
    const query = '{ affiliates { nodes { externalId enrollments { balances { pending { value } units { unit } } } } } }';
    const found = await sandbox.staff<{
      affiliates: { nodes: { externalId: string; enrollments: { balances: { pending: { value: string } } }[] }[] };
    }>(query);
    const pending = Object.fromEntries(
      found.affiliates.nodes.map(({ externalId, enrollments }) => [externalId, enrollments[0]!.balances.pending.value]),
    );
    expect(pending).toEqual({ alice: '0', bob: '400' });
    // Programs of the organization, affiliates, enrollments, their programs, their affiliates, balances.
    expect(await readsOf(() => sandbox.staff(query))).toHaveLength(6);
  });
});

describe('entries', () => {
  let sandbox: TestSandbox;
  beforeAll(async () => {
    sandbox = await playground();
    await order(sandbox, 'o1', 'alice', 100);
    await order(sandbox, 'o2', 'bob', 10);
    await tell(sandbox, 'recordOrderEvent', { order: 'o1', kind: 'SHIPPED' });
    await must(sandbox.staff, 'postAdjustment', { program, affiliate: 'alice', id: 'a1', kind: 'BONUS', amount: '7', reason: 'well done' });
    await tell(sandbox, 'recordActivity', { id: 'act1', affiliate: 'alice', kind: 'photo' });
    await sandbox.at('2026-03-02T00:00:00Z');
    await tell(sandbox, 'recordOrderEvent', { order: 'o1', kind: 'CANCELLED' });
  });

  it('tell what moved, why and by whom', async () => {
    const query = `{ ledgerEntries(affiliate: "alice", descending: false) { totalCount nodes { kind unit program { key } affiliate { externalId } happenedAt recordedAt change { value unit }
      postings { debit credit amount { value unit } lot } order { externalId } reason by } } }`;
    const { ledgerEntries } = await sandbox.staff<{
      ledgerEntries: { totalCount: number; nodes: { recordedAt: string; postings: { lot: string | null }[] }[] };
    }>(query);
    expect(ledgerEntries.totalCount).toBe(5);
    const [earned, confirmed, bonus, activity, reversed] = ledgerEntries.nodes;
    const posting = (debit: string, credit: string, value: string, unit = 'points', lot: unknown = expect.any(String)) => ({
      debit,
      credit,
      amount: { value, unit },
      lot,
    });
    const base = {
      unit: 'points',
      program: { key: program },
      affiliate: { externalId: 'alice' },
      happenedAt: '2026-03-01T00:00:00Z',
      recordedAt: expect.any(String),
      order: null,
      reason: null,
      by: null,
    };
    const ofOrder = { ...base, order: { externalId: 'o1' } };
    expect(earned).toEqual({
      ...ofOrder,
      kind: 'commission-earned',
      change: { value: '400', unit: 'points' },
      postings: [posting('EXPENSE', 'HELD', '400', 'points', null)],
    });
    expect(confirmed).toEqual({
      ...ofOrder,
      kind: 'commission-confirmed',
      change: { value: '0', unit: 'points' },
      postings: [posting('HELD', 'OWED', '400')],
    });
    expect(bonus).toEqual({
      ...base,
      kind: 'bonus',
      change: { value: '7', unit: 'points' },
      postings: [posting('EXPENSE', 'OWED', '7')],
      reason: 'well done',
      by: expect.any(String),
    });
    expect(activity).toEqual({
      ...base,
      kind: 'activity-earned',
      unit: 'general-points',
      change: { value: '20', unit: 'general-points' },
      postings: [posting('EXPENSE', 'OWED', '20', 'general-points')],
    });
    expect(reversed).toEqual({
      ...ofOrder,
      kind: 'commission-reversed',
      happenedAt: '2026-03-02T00:00:00Z',
      change: { value: '-400', unit: 'points' },
      postings: [posting('OWED', 'EXPENSE', '400')],
    });
    expect(reversed!.postings[0]!.lot).toBe(confirmed!.postings[0]!.lot);
    expect(Math.abs(Date.parse(earned!.recordedAt) - Date.now())).toBeLessThan(60_000);
  });

  it('are narrowed by affiliate, unit, kind and instant', async () => {
    const kindsOf = async (filter: string, ask = sandbox.staff) => {
      const { ledgerEntries } = await ask<{ ledgerEntries: { nodes: { kind: string }[] } }>(
        `{ ledgerEntries(first: 50${filter}) { nodes { kind } } }`,
      );
      return ledgerEntries.nodes.map(({ kind }) => kind);
    };
    expect(await kindsOf('')).toHaveLength(6);
    expect(await kindsOf(', program: "banggood", affiliate: "bob"')).toEqual(['commission-earned']);
    expect(await kindsOf(', unit: "general-points"')).toEqual(['activity-earned']);
    expect(await kindsOf(', kinds: ["bonus", "commission-reversed"]')).toEqual(['commission-reversed', 'bonus']);
    expect(await kindsOf(', from: "2026-03-02T00:00:00Z"')).toEqual(['commission-reversed']);
    expect(await kindsOf(', to: "2026-03-02T00:00:00Z"')).toHaveLength(5);
    const bob = api.as(await affiliateToken(sandbox, 'bob'));
    expect(await kindsOf('', bob)).toEqual(['commission-earned']);
    expect(await kindsOf(', affiliate: "alice"', bob)).toEqual([]);
  });

  it('take as many statements for a page as for one', async () => {
    const query =
      '{ ledgerEntries(program: "banggood") { nodes { kind program { key } affiliate { externalId } change { value } postings { amount { value } } order { externalId } reason by } } }';
    await sandbox.staff(query);
    // The page, programs, affiliates, postings, orders, adjustments.
    expect(await readsOf(() => sandbox.staff(query))).toHaveLength(6);
  });
});

describe('a statement', () => {
  const AMOUNTS = 'pending { value } available { value } reserved { value } paid { value } expired { value } debt { value }';
  const FIELDS = `units { unit isReward opening { value } closing { value } movements { kind count amount { value } } openingBalance { ${AMOUNTS} } closingBalance { ${AMOUNTS} } }`;

  it('goes from the opening by movements to the closing', async () => {
    const sandbox = await playground();
    await order(sandbox, 'o1', 'alice', 100);
    await sandbox.at('2026-03-10T00:00:00Z');
    await order(sandbox, 'o2', 'alice', 10);
    await tell(sandbox, 'recordOrderEvent', { order: 'o1', kind: 'SHIPPED' });
    await tell(sandbox, 'recordOrderEvent', { order: 'o2', kind: 'REFUNDED', id: 'r1', lines: [{ sku: 'a', amount: '5.00' }] });
    await sandbox.at('2026-05-01T00:00:00Z');
    const query = `{ statement(program: "banggood", affiliate: "alice", from: "2026-03-02T00:00:00Z", to: "2026-05-01T00:00:00Z") { from to program { key } affiliate { externalId } ${FIELDS} } }`;
    const { statement } = await sandbox.staff<{ statement: { units: { movements: object[] }[] } }>(query);
    expect(statement).toMatchObject({
      from: '2026-03-02T00:00:00Z',
      to: '2026-05-01T00:00:00Z',
      program: { key: program },
      affiliate: { externalId: 'alice' },
    });
    expect(statement.units[0]).toMatchObject({
      unit: 'points',
      isReward: true,
      opening: { value: '400' },
      openingBalance: { pending: { value: '400' }, available: { value: '0' } },
      movements: [
        { kind: 'commission-confirmed', count: 1, amount: { value: '0' } },
        { kind: 'commission-earned', count: 1, amount: { value: '40' } },
        { kind: 'commission-reversed', count: 1, amount: { value: '-20' } },
      ],
      closing: { value: '420' },
      closingBalance: { pending: { value: '20' }, available: { value: '400' } },
    });
    expect(statement.units[1]).toMatchObject({
      unit: 'general-points',
      isReward: false,
      opening: { value: '0' },
      movements: [],
      closing: { value: '0' },
    });
  });

  it('of a period without an instant is refused', async () => {
    const sandbox = await playground();
    const query =
      '{ statement(program: "banggood", affiliate: "alice", from: "2026-03-02T00:00:00Z", to: "2026-03-02T00:00:00Z") { from } }';
    expect((await api.send(sandbox.staffToken, query)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
