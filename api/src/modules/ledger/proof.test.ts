import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { readsOf } from '../../testing/statements.ts';

let api: TestApi;
let sandbox: TestSandbox;
let superuser: pg.Client;
const program = 'banggood';

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  superuser = new pg.Client({ connectionString: api.database.url });
  await superuser.connect();
  // What the fences refuse is what the proof is tried with.
  await superuser.query('set session_replication_role = replica');
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'alice' });
  await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'alice', visitor: 'v1' });
  for (const id of ['o1', 'o2'])
    await must(sandbox.integrator, 'recordOrder', { program, id, visitor: 'v1', lines: [{ sku: 'a', price: '100.00' }] });
  await must(sandbox.integrator, 'recordOrderEvent', { program, order: 'o1', kind: 'SHIPPED' });
});
afterAll(async () => {
  await superuser.end();
  await api.close();
});

async function proof(of = sandbox): Promise<{ balanced: boolean; problems: string[] }> {
  return (await of.staff<{ proof: { balanced: boolean; problems: string[] } }>('{ proof { balanced problems } }')).proof;
}

const GOOD = { balanced: true, problems: [] };

/** Damages the books, looks, and mends them. */
async function problemsOf(damage: string, mend: string): Promise<string[]> {
  await superuser.query(damage);
  const { balanced, problems } = await proof();
  await superuser.query(mend);
  expect(await proof()).toEqual(GOOD);
  expect(balanced).toBe(problems.length === 0);
  return problems;
}

describe('the proof of an organization', () => {
  it('finds nothing wrong with sound books, in one statement', async () => {
    expect(await proof()).toEqual(GOOD);
    expect(await readsOf(() => proof())).toHaveLength(1);
  });

  it('finds a balance that is not what was posted', async () => {
    const set = (by: number) => `update ledger_balance set amount = amount + ${by} where account = 'held' and amount <> 0`;
    expect(await problemsOf(set(1), set(-1))).toEqual([
      'affiliate alice, points, held: the balance is not the sum of its postings: 401 instead of 400',
      'affiliate alice, points: the balances do not sum to zero: 1 instead of 0',
      'affiliate alice, points: the commissions are not what is held: 400 instead of 401',
    ]);
  });

  it('finds a lot that is not what was posted', async () => {
    const set = (by: number) => `update lot set consumed = consumed + ${by}`;
    expect(await problemsOf(set(7), set(-7))).toEqual([
      expect.stringMatching(/^affiliate alice, points, lot [0-9a-f-]{36}: the lot is not the sum of its postings: 393 instead of 400$/),
      'affiliate alice, points: the lots are not what is owed: 393 instead of 400',
    ]);
  });

  it('finds a posting that is gone', async () => {
    await superuser.query("create temporary table kept as select * from ledger_posting where credit = 'owed'");
    const problems = await problemsOf("delete from ledger_posting where credit = 'owed'", 'insert into ledger_posting select * from kept');
    expect(problems).toHaveLength(3);
    expect(problems.join()).toMatch(/held: the balance is not the sum .* owed: the balance is not the sum .* the lot is not the sum/);
  });

  it('finds a commission that is not what was decided, nor what the books hold of it', async () => {
    const set = (by: number) => `update commission set amount = amount + ${by} where held > 0`;
    const order = expect.stringContaining('affiliate alice, points, order ');
    const problems = await problemsOf(set(5), set(-5));
    expect(problems).toEqual([order, order]);
    expect(problems[0]).toMatch(/the commission is not what the books hold of it: 405 instead of 400$/);
    expect(problems[1]).toMatch(/the commission is not what was decided: 405 instead of 400$/);
  });

  it('does not look at the books of others', async () => {
    const other = await createTestSandbox(api, { programs: [program] });
    await superuser.query("update ledger_balance set amount = amount + 1 where account = 'held'");
    expect(await proof(other)).toEqual(GOOD);
    expect((await proof()).balanced).toBe(false);
    await superuser.query("update ledger_balance set amount = amount - 1 where account = 'held'");
  });
});
