import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '@tributary/api/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replay } from './index.ts';

let api: TestApi;
let sandbox: TestSandbox;

async function tell(ask: Ask, mutation: string, input: object): Promise<void> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message } } }`;
  const answer = await ask<Record<string, { userErrors: object[] }>>(query, { input });
  expect(answer[mutation]!.userErrors).toEqual([]);
}

/** A story with something of each kind: late facts, a tie, a place, a lock, an expiry, corrections, a proven breach. */
async function tellStory({ staff, integrator, at }: TestSandbox): Promise<void> {
  const points = (input: object) => ({ program: 'banggood', ...input });
  const plans = (input: object) => ({ program: 'bigseller', ...input });
  const order = (id: string, visitor: string, price: string, more: object = {}) =>
    tell(
      integrator,
      'recordOrder',
      points({ id, visitor, country: 'DE', lines: [{ sku: 'mug', category: 'home-and-garden', price, quantity: 2 }], ...more }),
    );

  await tell(staff, 'enrollAffiliate', points({ affiliate: 'ann', country: 'MY', class: 'bronze' }));
  await tell(staff, 'enrollAffiliate', points({ affiliate: 'bob', country: 'DE', class: 'gold' }));
  await tell(staff, 'enrollAffiliate', plans({ affiliate: 'ann', country: 'MY' }));
  await tell(integrator, 'recordClick', points({ id: 'k1', affiliate: 'ann', visitor: 'v1', country: 'DE', page: 'home' }));
  await tell(integrator, 'recordOrderEvent', points({ order: 'o1', kind: 'SHIPPED' }));
  await at('2026-01-02T00:00:00Z');
  await order('o1', 'v1', '20.00', { customer: 'c1' });
  await tell(
    integrator,
    'recordRegistration',
    points({ customer: 'c1', visitor: 'v1', phone: '0170', occurredAt: '2026-01-01T12:00:00Z' }),
  );
  await order('o2', 'v1', '15.00');
  await tell(integrator, 'recordRegistration', plans({ customer: 's1', referralCode: 'ann', phone: '0191' }));
  await tell(integrator, 'recordOrder', plans({ id: 'p1', customer: 's1', lines: [{ sku: 'pro', kind: 'vip-plan', price: '45.50' }] }));
  await tell(integrator, 'recordOrderEvent', plans({ order: 'p1', kind: 'PAID' }));
  await tell(integrator, 'recordActivity', points({ id: 'a1', affiliate: 'ann', kind: 'photo' }));
  await tell(
    staff,
    'postAdjustment',
    points({ id: 'j1', affiliate: 'ann', kind: 'BONUS', amount: '100', reason: 'welcome', expiresAt: '2026-01-20T00:00:00Z' }),
  );
  await tell(staff, 'postAdjustment', points({ id: 'j2', affiliate: 'bob', kind: 'ADJUSTMENT', amount: '-30', reason: 'paid twice' }));
  await payOut(staff, points);
  await at('2026-03-01T00:00:00Z');
  // Known late: it takes the second order over.
  await tell(
    integrator,
    'recordClick',
    points({ id: 'k2', affiliate: 'bob', visitor: 'v1', country: 'DE', page: 'home', occurredAt: '2026-01-02T00:00:00Z' }),
  );
  await tell(integrator, 'recordOrderEvent', points({ order: 'o1', kind: 'REFUNDED', id: 'r1', lines: [{ sku: 'mug', quantity: 1 }] }));
  await tell(integrator, 'recordOrderEvent', points({ order: 'o2', kind: 'CANCELLED' }));
  await tell(staff, 'undoOrderEvent', points({ order: 'o2', kind: 'CANCELLED', reason: 'it was another order' }));
  await tell(
    integrator,
    'recordClick',
    points({ id: 'k3', affiliate: 'ann', visitor: 'v3', country: 'DE', page: 'home', channel: 'google-ads' }),
  );
  await order('o3', 'v3', '9.00');
  await tell(staff, 'attributeOrder', points({ order: 'o3', affiliate: 'bob', reason: 'a letter of the customer' }));
  await tell(staff, 'confirmCase', points({ affiliate: 'ann', rule: 'BG-15' }));
  // A pause in which a code ties nobody, and a closing that another decision takes back before it holds.
  await tell(staff, 'pauseProgram', plans({ reason: 'a pause' }));
  await tell(integrator, 'recordRegistration', plans({ customer: 's2', referralCode: 'ann' }));
  await tell(staff, 'closeProgram', plans({ reason: 'an end', from: '2026-05-01T00:00:00Z' }));
  await tell(staff, 'reopenProgram', plans({ reason: 'no end', from: '2026-04-01T00:00:00Z' }));
  await at('2026-06-01T00:00:00Z');
  await tell(integrator, 'recordOrderEvent', plans({ order: 'p1', kind: 'REFUNDED', id: 'r2' }));
}

/** Two are paid by a batch; one of the payments comes back. */
async function payOut(staff: TestSandbox['staff'], points: (input: object) => object): Promise<void> {
  for (const affiliate of ['dora', 'eli']) {
    await tell(staff, 'enrollAffiliate', points({ affiliate, country: 'DE' }));
    await tell(staff, 'postAdjustment', points({ id: `bonus-${affiliate}`, affiliate, kind: 'BONUS', amount: '2000', reason: 'a prize' }));
    await tell(staff, 'setPayoutMethod', points({ affiliate, kind: 'western-union', holder: affiliate }));
    await tell(staff, 'requestWithdrawal', points({ affiliate, id: `w-${affiliate}`, amount: '1500' }));
    await tell(staff, 'approveWithdrawal', points({ withdrawal: `w-${affiliate}` }));
  }
  const batch = points({ batch: 'february' });
  await tell(staff, 'collectPayoutBatch', batch);
  await tell(staff, 'freezePayoutBatch', batch);
  const query = 'query ($batch: String!) { payoutBatch(program: "banggood", batch: $batch) { hash lines { nodes { id } } } }';
  const { payoutBatch } = await staff<{ payoutBatch: { hash: string; lines: { nodes: { id: string }[] } } }>(query, { batch: 'february' });
  await tell(staff, 'approvePayoutBatch', { ...batch, hash: payoutBatch.hash });
  await tell(staff, 'sendPayoutBatch', batch);
  const [first, second] = payoutBatch.lines.nodes.map(({ id }) => id);
  const mark = (line: string | undefined, outcome: string) =>
    tell(staff, 'markPayoutLines', { ...batch, lines: [line], outcome, reason: 'as told' });
  await mark(first, 'PAID');
  await mark(second, 'PAID');
  await mark(second, 'RETURNED');
}

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: ['banggood', 'bigseller'] });
  await tellStory(sandbox);
}, 180_000);

afterAll(() => api.close());

describe('telling all facts again to an empty database', { timeout: 180_000 }, () => {
  it('gives the same commissions, balances, lots, customers and places', async () => {
    const { facts, acts, refused, differences } = await replay(api.database.url);
    expect({ facts, refused }).toEqual({ facts: 18, refused: [] });
    expect(acts).toBeGreaterThan(5);
    expect(differences.filter(({ differing }) => differing > 0)).toEqual([]);
    expect(Object.fromEntries(differences.map(({ what, compared }) => [what, compared]))).toMatchObject({ commissions: 4, customers: 3 });
  });

  it('gives the same when people were erased since', async () => {
    const { staff } = sandbox;
    const points = { program: 'banggood', reason: 'asked for it' };
    await tell(staff, 'erasePersonalData', { ...points, customer: 'c1' });
    await tell(staff, 'terminateEnrollment', { ...points, affiliate: 'bob' });
    await tell(staff, 'erasePersonalData', { affiliate: 'bob', reason: 'asked for it' });
    const { refused, differences } = await replay(api.database.url);
    expect({ refused, differing: differences.filter(({ differing }) => differing > 0) }).toEqual({ refused: [], differing: [] });
  });

  it('finds what was changed by hand, and leaves no database behind', async () => {
    const client = new pg.Client({ connectionString: api.database.url });
    await client.connect();
    await client.query("set session_replication_role = replica; update ledger_balance set amount = amount + 7 where account = 'expense'");
    await client.query("update customer set tied_affiliate_id = null where external_id = 's1'");
    const { differences } = await replay(api.database.url);
    const { rows } = await client.query("select datname from pg_database where datname like 'tributary_replay_%'");
    await client.end();
    expect(rows).toEqual([]);
    const differing = differences.filter((difference) => difference.differing > 0);
    expect(differing.map(({ what }) => what)).toEqual(['balances', 'customers']);
    expect(differing[1]?.rows[0]).toMatch(/bigseller customer s1: .*; replayed: .* ann .* code/);
  });
});
