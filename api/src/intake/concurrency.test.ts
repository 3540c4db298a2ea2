import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../app.ts';
import { HIGH_RATES, readConfig } from '../config.ts';
import { type Acted, act, must } from '../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../testing/api.ts';
import { connect, provedWrong, standingOf } from '../testing/books.ts';

/** Two processes of the API on one database; here they share a Node process, which changes nothing for PostgreSQL. */
let api: TestApi;
let other: App;
let otherUrl: string;
let otherDir: string;
let client: pg.Client;

beforeAll(async () => {
  api = await startTestApi();
  otherDir = mkdtempSync(join(tmpdir(), 'tributary-other-'));
  const config = readConfig({ ...HIGH_RATES, PORT: '0', LOG_LEVEL: 'silent', TRIBUTARY_DEMO: 'off', TRIBUTARY_DATA: otherDir });
  other = await createApp({ config, database: { adminUrl: api.database.url }, say: () => {} });
  otherUrl = (await other.listen()).url;
  client = await connect(api.database.url);
});
afterAll(async () => {
  await client.end();
  await other.close();
  await api.close();
  rmSync(otherDir, { recursive: true, force: true });
});

/** The same token at the other process. */
function askOther(token: string): Ask {
  return async <T>(query: string, variables?: Record<string, unknown>) => {
    const response = await fetch(`${otherUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string; extensions: { code: string } }[] };
    if (errors) throw new Error(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'));
    return data;
  };
}

async function sandboxOf(program: string, affiliates: string[] = ['ann', 'bob']): Promise<TestSandbox> {
  const sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-01-01T00:00:00Z' });
  for (const affiliate of affiliates) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'DE' });
  await sandbox.at('2026-03-01T00:00:00Z');
  return sandbox;
}

const line = { sku: 'a', category: 'toys-and-hobbies', price: '20.00', rate: '5' };
const count = async (text: string, ...values: unknown[]) => Number((await client.query<{ count: string }>(text, values)).rows[0]!.count);
const deadlocks = () => count('select deadlocks as count from pg_stat_database where datname = current_database()');

describe('one order, fifty times at once', () => {
  it.each(['banggood', 'aliexpress'])('has one effect and one answer (%s)', async (program) => {
    const sandbox = await sandboxOf(program);
    const [here, there] = [sandbox.integrator, askOther(sandbox.integratorToken)];
    await must(here, 'recordClick', {
      program,
      id: 'k',
      affiliate: 'ann',
      visitor: 'v',
      country: 'DE',
      page: 'home',
      occurredAt: '2026-02-27T00:00:00Z',
    });
    const input = { program, id: 'o', aliases: ['p'], visitor: 'v', country: 'DE', lines: [line], occurredAt: '2026-02-28T00:00:00Z' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => must(i % 2 ? here : there, 'recordOrder', input, 'id repeated')),
    );
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ repeated }) => repeated === false)).toHaveLength(1);

    const [id] = answers.map((answer) => answer['id']);
    expect(await count('select count(*) from order_record where id = $1', id)).toBe(1);
    expect(await count('select count(*) from decision where order_id = $1', id)).toBe(1);
    expect(await count('select count(*) from ledger_entry where cause_id = $1', id)).toBe(1);
    expect((await standingOf(client, sandbox)).balances).toEqual({ ann: { expense: '-100', held: '100' } });
  });

  it('and forty-nine others with its id have none, whichever came first', async () => {
    const sandbox = await sandboxOf('banggood');
    const [here, there] = [sandbox.integrator, askOther(sandbox.integratorToken)];
    const prices = Array.from({ length: 50 }, (_, i) => `${i + 1}.00`);
    const answers = await Promise.all(
      prices.map((price, i) =>
        act(i % 2 ? here : there, 'recordOrder', { program: 'banggood', id: 'o', lines: [{ ...line, price }] }, 'id'),
      ),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)))).toEqual(new Set(['CONFLICT']));
  });
});

describe('fifty writers on one affiliate', () => {
  it('lose nothing, and the books are proved', async () => {
    const program = 'banggood';
    const sandbox = await sandboxOf(program, ['ann']);
    const [here, there] = [sandbox.integrator, askOther(sandbox.integratorToken)];
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const ask = i % 2 ? here : there;
        const order = `o${i}`;
        await must(ask, 'recordClick', { program, id: `k${i}`, affiliate: 'ann', visitor: `v${i}`, occurredAt: '2026-01-02T00:00:00Z' });
        await must(ask, 'recordOrder', { program, id: order, visitor: `v${i}`, lines: [line], occurredAt: '2026-01-03T00:00:00Z' });
        // Shipped so long ago that the points can be used; every fifth is cancelled, every seventh loses a half.
        await must(i % 3 ? ask : here, 'recordOrderEvent', { program, order, kind: 'SHIPPED', occurredAt: '2026-01-04T00:00:00Z' });
        if (i % 5 === 0) await must(i % 3 ? there : here, 'recordOrderEvent', { program, order, kind: 'CANCELLED' });
        else if (i % 7 === 0)
          await must(ask, 'recordOrderEvent', { program, order, kind: 'REFUNDED', id: `r${i}`, lines: [{ sku: 'a', amount: '10.00' }] });
      }),
    );
    const cancelled = Math.ceil(50 / 5);
    const halved = Array.from({ length: 50 }, (_, i) => i).filter((i) => i % 7 === 0 && i % 5 !== 0).length;
    const owed = (50 - cancelled) * 100 - halved * 50;
    expect((await standingOf(client, sandbox)).balances).toEqual({ ann: { expense: String(-owed), owed: String(owed) } });
    expect(await provedWrong(client)).toEqual([]);
  });
});

type Fact = [mutation: string, input: Record<string, unknown>];

/** Facts about one order of two visitors' clicks, a customer and several numbers, that touch each other in every way. */
function cell(program: string, i: number): Fact[] {
  const named = program === 'alibaba';
  const at = (day: number) => `2026-02-${String(day).padStart(2, '0')}T00:00:00Z`;
  const click = (id: string, affiliate: string, day: number): Fact => [
    'recordClick',
    { id: `${id}${i}`, affiliate, country: 'DE', page: 'home', occurredAt: at(day), ...(named ? {} : { visitor: `v${i}` }) },
  ];
  const order = named ? { click: `k${i}`, spam: 'N' } : { customer: `c${i}` };
  return [
    click('k', 'ann', 10),
    click('l', 'bob', 11),
    [
      'recordOrder',
      { id: `o${i}`, aliases: [`p${i}`, `q${i}`], country: 'DE', lines: [{ ...line, quantity: 2 }], occurredAt: at(12), ...order },
    ],
    ['recordRegistration', { customer: `c${i}`, occurredAt: at(9), ...(named ? { click: `k${i}` } : { visitor: `v${i}` }) }],
    ['recordOrderEvent', { order: `p${i}`, kind: 'PAID', occurredAt: at(13) }],
    ['recordOrderEvent', { order: `o${i}`, kind: 'SHIPPED', occurredAt: at(14) }],
    ['recordOrderEvent', { order: `q${i}`, kind: 'CONFIRMED', occurredAt: at(15) }],
    ['recordOrderEvent', { order: `q${i}`, kind: 'COMPLETED', occurredAt: at(16) }],
    ['recordOrderEvent', { order: `p${i}`, kind: 'REFUNDED', id: `r${i}`, lines: [{ sku: 'a', quantity: 1 }], occurredAt: at(17) }],
    ...(i % 4 === 0 ? ([['recordOrderEvent', { order: `o${i}`, kind: 'CANCELLED', occurredAt: at(18) }]] as Fact[]) : []),
  ];
}

describe('two processes that are told the same facts, crosswise and at once', () => {
  it.each(['banggood', 'alibaba', 'aliexpress'])('decide every order with all of them (%s)', { timeout: 30_000 }, async (program) => {
    const before = await deadlocks();
    const [crossed, calm] = [await sandboxOf(program), await sandboxOf(program)];
    const asks = [crossed.integrator, askOther(crossed.integratorToken)];
    const CELLS = 16;
    const tell = (ask: Ask, [mutation, input]: Fact): Promise<Acted> => must(ask, mutation, { program, ...input }, 'id');
    for (let i = 0; i < CELLS; i++) {
      // Every fact goes to both, in an order of each one's own, so that all pairs cross somewhere.
      const turned = (n: number) => cell(program, i).map((_, index, facts) => facts[(index * 7 + n * 3 + i) % facts.length]!);
      await Promise.all(asks.flatMap((ask, n) => turned(n + 1).map((fact) => tell(ask, fact))));
    }
    for (let i = 0; i < CELLS; i++) for (const fact of cell(program, i)) await tell(calm.integrator, fact);
    expect(await standingOf(client, crossed)).toEqual(await standingOf(client, calm));
    expect(await provedWrong(client)).toEqual([]);
    expect((await deadlocks()) - before).toBe(0);
  });

  it('keep the customers of a partner apart and in their places', { timeout: 30_000 }, async () => {
    const program = 'bigseller';
    const sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-01-01T00:00:00Z' });
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'SG' });
    await sandbox.at('2026-03-01T00:00:00Z');
    const asks = [sandbox.integrator, askOther(sandbox.integratorToken)];
    const tell = (ask: Ask, [mutation, input]: Fact): Promise<Acted> => must(ask, mutation, { program, ...input }, 'id');
    await Promise.all(
      Array.from({ length: 24 }, (_, i): Fact[] => [
        ['recordRegistration', { customer: `c${i}`, referralCode: 'ann', occurredAt: '2026-02-01T00:00:00Z' }],
        [
          'recordOrder',
          { id: `o${i}`, customer: `c${i}`, lines: [{ sku: 'v', kind: 'vip-plan', price: '100.00' }], occurredAt: '2026-02-02T00:00:00Z' },
        ],
        ['recordOrderEvent', { order: `o${i}`, kind: 'PAID', occurredAt: '2026-02-02T00:00:00Z' }],
      ]).flatMap((facts, i) => facts.flatMap((fact) => [tell(asks[i % 2]!, fact), tell(asks[(i + 1) % 2]!, fact)])),
    );
    const { rows } = await client.query<{ place: number; amount: string }>(
      `select c.place, m.amount::text from customer_place c join order_record o on o.customer_id = c.customer_id join commission m on m.order_id = o.id
       join program p on p.id = c.program_id where p.organization_id = $1 order by c.place`,
      [sandbox.id],
    );
    const expected = Array.from({ length: 24 }, (_, i) => ({ place: i + 1, amount: i < 9 ? '1000' : i < 19 ? '1500' : '2000' }));
    expect(rows).toEqual(expected);
    expect(await provedWrong(client)).toEqual([]);
  });
});
