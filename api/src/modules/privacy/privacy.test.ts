import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { newId } from '../../platform/ids.ts';
import { act, affiliateToken, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'aliexpress';
const PHONE = '+49 170 555 0199';
const REASON = 'a letter of 1 March';

let api: TestApi;
let sandbox: TestSandbox;
let token: string;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  const { staff, integrator } = sandbox;
  await must(staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE', name: 'Ann Archer', email: 'ann@archer.example' });
  await must(staff, 'invitePerson', { affiliate: 'ann', email: 'Amy@archer.example', name: 'Amy Archer', role: 'OWNER' });
  await must(staff, 'setPayoutMethod', { program, affiliate: 'ann', kind: 'paypal', account: 'money@archer.example' });
  token = await affiliateToken(sandbox, 'ann');
  await must(integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1', country: 'DE', page: 'home' });
  await must(integrator, 'recordRegistration', { program, customer: 'c1', visitor: 'v1', phone: PHONE });
  await must(integrator, 'recordOrder', {
    program,
    id: 'o1',
    customer: 'c1',
    visitor: 'v1',
    country: 'DE',
    lines: [{ sku: 'a', price: '20.00', category: 'home-and-garden' }],
  });
});
afterAll(() => api.close());

const register = (more: object = {}) =>
  act(sandbox.integrator, 'recordRegistration', { program, customer: 'c1', visitor: 'v1', phone: PHONE, ...more }, 'repeated');
const shown = async (of: object) => {
  const { document } = await must(sandbox.staff, 'exportPersonalData', { ...of, reason: REASON }, 'document');
  return JSON.parse(String(document)) as Record<string, Record<string, unknown>[]>;
};

/** Tables in which a text stands, anywhere in the database. */
async function tablesWith(text: string): Promise<string[]> {
  return withConnection(api.database.url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const { rowCount } = await client.query(`select 1 from ${name} t where strpos(lower(t::text), lower($1)) > 0 limit 1`, [text]);
      if (rowCount) found.push(name);
    }
    return found;
  });
}

/** A table of orders, of which the first row is turned away. */
async function turnedAway(...rows: string[]): Promise<void> {
  const answer = await fetch(`${api.url}/imports/${program}/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.integratorToken}`, 'content-type': 'text/csv' },
    body: ['order_id,amount,note', ...rows].join('\n'),
  });
  const { import: file } = (await answer.json()) as { import: { id: string } };
  await must(sandbox.integrator, 'startImport', { import: file.id });
  const refused = () => sandbox.integrator<{ import: { refused: number } }>(`{ import(id: "${file.id}") { refused } }`);
  await expect.poll(async () => (await refused()).import.refused, { timeout: 10_000 }).toBeGreaterThan(0);
}

const earned =
  '{ order(program: "aliexpress", id: "o1") { commission { amount { value } } customer { externalId } } enrollment(program: "aliexpress", affiliate: "ann") { balances { available { value } pending { value } } } }';

describe('personal data', () => {
  it('lies in few places, whatever was told', async () => {
    expect(await tablesWith(PHONE)).toEqual(['customer_profile']);
    expect(await tablesWith('Amy Archer')).toEqual(['affiliate_person']);
    expect(await tablesWith('ann@archer.example')).toEqual(['affiliate_profile']);
    expect(await tablesWith('money@archer.example')).toEqual(['payout_method']);
  });

  it('is not taken as an id', async () => {
    const { integrator } = sandbox;
    for (const [mutation, input, path] of [
      ['recordRegistration', { customer: 'joe@shop.example' }, 'customer'],
      ['recordClick', { id: 'k9', affiliate: 'ann', visitor: 'joe@shop.example' }, 'visitor'],
      ['recordOrder', { id: 'o9', customer: 'joe@shop.example', country: 'DE', lines: [{ sku: 'a', price: '1.00' }] }, 'customer'],
      ['applyToProgram', { affiliate: 'joe@shop.example', country: 'DE' }, 'affiliate'],
    ] as const) {
      expect((await act(integrator, mutation, { program, ...input })).userErrors).toMatchObject([{ code: 'INVALID', path: [path] }]);
    }
  });

  it('is shown whole on request, to staff only, and that it was shown is kept', async () => {
    const customer = await shown({ program, customer: 'c1' });
    expect(customer).toMatchObject({ profile: [{ phone: PHONE }], orders: [{ id: 'o1' }], clicks: [{ id: 'k1' }] });
    const affiliate = await shown({ affiliate: 'ann' });
    expect(affiliate).toMatchObject({
      profile: [{ name: 'Ann Archer', email: 'ann@archer.example' }],
      people: [{ name: 'Amy Archer', email: 'amy@archer.example', role: 'owner' }],
      payoutMethods: [{ method: { account: 'money@archer.example' } }],
      counts: [{ clicks: 1, commissions: 1 }],
    });
    expect(JSON.stringify([customer, affiliate])).not.toMatch(/secret|hash/);
    expect((await shown({ affiliate: 'ann' }))['privacy']).toMatchObject([{ kind: 'export', reason: REASON }, { kind: 'export' }]);
    for (const secret of [token, sandbox.integratorToken]) {
      const query = 'mutation ($input: ExportPersonalDataInput!) { exportPersonalData(input: $input) { document } }';
      const { errors } = await api.send(secret, query, { input: { affiliate: 'ann', reason: REASON } });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  it('asks whose and why', async () => {
    for (const [input, code] of [
      [{ affiliate: 'ann', reason: ' ' }, 'INVALID'],
      [{ reason: REASON }, 'INVALID'],
      [{ affiliate: 'ann', customer: 'c1', program, reason: REASON }, 'INVALID'],
      [{ customer: 'c1', reason: REASON }, 'INVALID'],
      [{ affiliate: 'nobody', reason: REASON }, 'NOT_FOUND'],
      [{ program, customer: 'nobody', reason: REASON }, 'NOT_FOUND'],
      [{ program: 'none', customer: 'c1', reason: REASON }, 'NOT_FOUND'],
    ] as const) {
      expect([
        await refusalOf(sandbox.staff, 'exportPersonalData', input),
        await refusalOf(sandbox.staff, 'erasePersonalData', input),
      ]).toEqual([code, code]);
    }
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await refusalOf(other.staff, 'erasePersonalData', { affiliate: 'ann', reason: REASON })).toBe('NOT_FOUND');
  });
});

describe('a registration told again', () => {
  it('is a repeat with the same phone, however it is written, and a contradiction with another or none', async () => {
    expect(await register()).toEqual({ repeated: true, userErrors: [] });
    expect(await register({ phone: '+49-170-5550199' })).toEqual({ repeated: true, userErrors: [] });
    for (const phone of ['+49 170 555 0100', null]) expect((await register({ phone })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  });

  it('is a repeat after erasure, and brings nothing back', async () => {
    const before = await sandbox.staff(earned);
    await must(sandbox.staff, 'erasePersonalData', { program, customer: 'c1', reason: REASON });
    expect(await tablesWith(PHONE)).toEqual([]);
    expect(await register()).toEqual({ repeated: true, userErrors: [] });
    expect(await tablesWith(PHONE)).toEqual([]);
    expect((await register({ visitor: 'v2' })).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(await sandbox.staff(earned)).toEqual(before);
    expect(await shown({ program, customer: 'c1' })).toMatchObject({ profile: [], customer: [{ id: 'c1' }] });
  });
});

describe('an affiliate', () => {
  it('is erased when nothing is left to do, with people, tokens and accounts; the books stay', async () => {
    const erase = () => act(sandbox.staff, 'erasePersonalData', { affiliate: 'ann', reason: REASON }, 'erasedAt');
    expect((await erase()).userErrors).toMatchObject([
      { code: 'CONFLICT', message: 'The affiliate is active in aliexpress: end that first.' },
    ]);
    await turnedAway('o7,much,a friend of Amy Archer', 'o8,1.00,nobody');
    expect(await tablesWith('Amy Archer')).toEqual(['affiliate_person', 'import_refusal']);
    const ann = api.as(token);
    for (const channel of ['archer 1', 'archer 2'])
      await must(ann, 'openRequest', { program, id: `q-${channel.at(-1)}`, kind: 'CHANNEL', channel, text: 'please' });
    const hook = await must(
      ann,
      'createWebhook',
      { program, url: 'https://hook.archer.example/', events: ['commission.created'] },
      'webhook { id }',
    );
    await withConnection(api.database.url, async (client) => {
      const from = "from enrollment e join affiliate a on a.id = e.affiliate_id where a.external_id = 'ann'";
      await client.query(`insert into tag_sighting select affiliate_id, program_id, 'archer.example', now(), now() ${from}`);
      await client.query(
        "insert into webhook_attempt (endpoint_id, delivery_id, number, failure, milliseconds) values ($1, $1, 1, 'getaddrinfo ENOTFOUND hook.archer.example', 1)",
        [(hook['webhook'] as { id: string }).id],
      );
    });
    const before = await sandbox.staff(earned);
    await must(sandbox.staff, 'terminateEnrollment', { program, affiliate: 'ann', reason: 'she leaves' });
    const { erasedAt } = await erase();
    expect(Date.now() - Date.parse(String(erasedAt))).toBeLessThan(60_000);
    expect((await api.send(token, '{ viewer { name } }')).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await tablesWith('archer')).toEqual([]);
    // Why staff did something stands in the log of what they did, for ever: no reason names anybody.
    expect(await tablesWith('she leaves')).toEqual(['audit_entry']);
    expect(await sandbox.staff(earned)).toEqual(before);
    expect((await erase())['erasedAt']).toBe(erasedAt);
  });

  it('who was erased does not come back under the same id', async () => {
    const input = { program, affiliate: 'ann', country: 'DE', name: 'Ann Archer', email: 'ann@archer.example' };
    // The very same act is a repeat; it writes nothing.
    expect(await refusalOf(sandbox.staff, 'enrollAffiliate', input)).toBe('');
    expect(await refusalOf(sandbox.integrator, 'applyToProgram', input)).toBe('CONFLICT');
    expect(await refusalOf(sandbox.staff, 'invitePerson', { affiliate: 'ann', email: 'x@archer.example', name: 'X', role: 'OWNER' })).toBe(
      'NOT_FOUND',
    );
    expect(await tablesWith('archer')).toEqual([]);
  });
});

describe('append-only rows', () => {
  it('can be emptied of what tells who somebody is, and of nothing else', async () => {
    await withConnection(api.database.url, async (client) => {
      const columns = 'affiliate_id, program_id, kind, currency, set_at, set_by';
      await client.query(`insert into payout_method (id, account, ${columns}) select $1, 'hers', ${columns} from payout_method`, [newId()]);
      await client.query('set role tributary_app');
      const change = (set: string) =>
        client.query(`update payout_method set ${set} where account is not null`).then(
          () => 'done',
          ({ code }) => code as string,
        );
      expect(await change(`account = 'mine'`)).toBe('42501');
      await client.query('reset role');
      for (const set of ['account = account', `kind = 'other'`, `account = null, kind = 'other'`]) expect(await change(set)).toBe('42501');
      await client.query('set role tributary_app');
      expect(await change('account = null')).toBe('done');
      await client.query('reset role');
      expect(
        await client.query('delete from payout_method').then(
          () => 'done',
          ({ code }) => code as string,
        ),
      ).toBe('42501');
      expect(
        await client.query(`update enrollment_event set value = 'active' where kind = 'status'`).then(
          () => 'done',
          ({ code }) => code as string,
        ),
      ).toBe('42501');
      expect(
        await client.query(`update enrollment_event set reason = null where kind <> 'status'`).then(
          () => 'done',
          ({ code }) => code as string,
        ),
      ).toBe('42501');
    });
  });
});
