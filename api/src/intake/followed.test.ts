import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { must } from '../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../testing/api.ts';
import { connect } from '../testing/books.ts';
import { statementsOf } from '../testing/statements.ts';
import { recordFacts } from './index.ts';
import type { Followed, Told } from './types.ts';

const PROGRAM = 'banggood';
const SHOP = 'https://www.banggood.com';
const NOW = Date.UTC(2026, 2, 1);

let api: TestApi;
let sandbox: TestSandbox;
let client: pg.Client;
let program: { id: string; organizationId: string };
let through: Followed;
let number = 0;

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  client = await connect(api.database.url);
  sandbox = await createTestSandbox(api, { programs: [PROGRAM], startsAt: new Date(NOW).toISOString() });
  await must(sandbox.staff, 'enrollAffiliate', { program: PROGRAM, affiliate: 'ann', country: 'DE' });
  await must(sandbox.staff, 'createLink', { program: PROGRAM, affiliate: 'ann', id: 'l1', url: SHOP });
  const found = await client.query<{ id: string; organizationId: string; affiliateId: string }>(
    `select p.id, p.organization_id as "organizationId", l.affiliate_id as "affiliateId" from program p join link l on l.program_id = p.id
     where p.organization_id = $1`,
    [sandbox.id],
  );
  const [{ affiliateId, ...rest }] = found.rows as [(typeof found.rows)[number]];
  program = rest;
  through = { affiliateId, url: SHOP };
});
afterAll(async () => {
  await client.end();
  await api.close();
});
beforeEach(() => {
  number++;
});

/** As a redirect tells it. */
const followed = (id: string, more: object = {}, isFirst = true): Told => ({
  fact: { kind: 'click', input: { id, affiliate: 'ann', link: 'l1', visitor: `r.${id}`, occurredAt: NOW, ...more }, isFirst, through },
  now: NOW,
  by: 'redirect',
});
/** The same click as anybody else would tell it. */
const told = (id: string): Told => {
  const { fact, ...rest } = followed(id);
  return fact.kind === 'click' ? { ...rest, fact: { kind: fact.kind, input: fact.input } } : { ...rest, fact };
};
const tell = (...clicks: Told[]) => Promise.all(clicks.map(async (click) => (await api.app.services.intake.tell(program, [click]))[0]!));
/** Somebody waits for what `client` has locked. */
async function isWaiting(): Promise<void> {
  const text = 'select 1 from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))';
  while ((await client.query(text)).rowCount === 0);
}
const clicksOf = async (id: string) =>
  (
    await client.query('select content, rules, attributable, destination from click where program_id = $1 and external_id = $2', [
      program.id,
      id,
    ])
  ).rows;

describe('a click of somebody who follows a link', () => {
  it('is the same fact as if an integrator told it', async () => {
    const [ours, theirs] = [`a${number}`, `b${number}`];
    expect(await tell(followed(ours), told(theirs))).toMatchObject([
      { ok: true, destination: SHOP },
      { ok: true, destination: SHOP },
    ]);
    const named = (rows: unknown) => JSON.parse(JSON.stringify(rows).replaceAll(theirs, ours)) as unknown;
    expect(await clicksOf(ours)).toEqual(named(await clicksOf(theirs)));
    expect(await tell(told(ours))).toMatchObject([{ ok: true, repeated: true }]);
  });

  it('told again, at once or later, is there once', async () => {
    const id = `a${number}`;
    const click = followed(id);
    const answers = [...(await tell(click, click)), ...(await tell(click))];
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(answers.filter((answer) => answer.ok && !answer.repeated)).toHaveLength(1);
    expect(await clicksOf(id)).toHaveLength(1);
  });

  it('with the id of another one is refused, and those that come with it are not', async () => {
    const [known, other] = [`a${number}`, `b${number}`];
    await tell(followed(known));
    expect(await tell(followed(known, { subId: 'blog' }), followed(other))).toMatchObject([
      { ok: false, refusal: { code: 'CONFLICT' } },
      { ok: true, repeated: false },
    ]);
    expect(await clicksOf(known)).toHaveLength(1);
  });

  it('that an order named before it came fills its place', async () => {
    const id = `a${number}`;
    await must(sandbox.integrator, 'recordOrder', {
      program: PROGRAM,
      id,
      click: id,
      country: 'DE',
      lines: [{ sku: 'a', category: 'toys-and-hobbies', price: '20.00' }],
    });
    expect(await tell(followed(id, {}, false))).toMatchObject([{ ok: true, repeated: false }]);
    const { order } = await sandbox.staff<{ order: unknown }>(`{ order(program: "${PROGRAM}", id: "${id}") { affiliate { externalId } } }`);
    expect(order).toEqual({ affiliate: { externalId: 'ann' } });
  });

  it.each(['click', 'visitor'])(
    'and is written only after it was answered and an order named its %s, counts once it is told again',
    async (name) => {
      const id = `a${number}`;
      // Another process, which waits for nothing of this one.
      const em = () => api.app.orm.em.fork({ clear: true }) as Parameters<typeof recordFacts>[0];
      const terms = await api.app.services.intake.termsOf(em(), program.id, program.organizationId);
      const lines = [{ sku: 'a', category: 'toys-and-hobbies', price: '20.00', quantity: 1 }];
      const order = { id, [name]: name === 'click' ? id : `r.${id}`, country: 'DE', lines };
      await client.query('begin');
      await client.query('select from enrollment for update');
      const written = tell(followed(id));
      await isWaiting();
      expect(await recordFacts(em(), terms, [{ fact: { kind: 'order', input: order }, now: NOW, by: 'shop' }])).toMatchObject([
        { ok: true },
      ]);
      await client.query('commit');
      expect(await written).toMatchObject([{ ok: true, repeated: false }]);

      const { fact, ...rest } = told(id);
      expect(await tell({ ...rest, fact: { ...fact, isLate: true } as Told['fact'] })).toMatchObject([{ ok: true, repeated: true }]);
      const found = await sandbox.staff<{ order: unknown }>(`{ order(program: "${PROGRAM}", id: "${id}") { affiliate { externalId } } }`);
      expect(found.order).toEqual({ affiliate: { externalId: 'ann' } });
    },
  );

  it('of an affiliate who is not in the program is refused', async () => {
    const stranger = followed(`a${number}`, { affiliate: 'zoe' });
    expect(await tell(stranger)).toMatchObject([{ ok: false, refusal: { code: 'NOT_FOUND' } }]);
  });

  it('asks in one packet for what it is judged by, and is written and committed in another', async () => {
    await tell(followed(`w${number}`));
    const statements = await statementsOf(() => tell(...Array.from({ length: 20 }, (_, index) => followed(`a${number}-${index}`))));
    const batches = statements.filter((text) => text === 'commit').length;
    expect(batches).toBeLessThanOrEqual(2);
    const written = (text: string) => [...text.matchAll(/insert into (\w+)/g)].map(([, table]) => table);
    expect(statements.filter((text) => written(text).length > 0).map(written)).toEqual(
      Array.from({ length: batches }, () => ['fact_key', 'click', 'visitor_click', 'report_queue']),
    );
    expect(statements.filter((text) => /lock_name|join fact_key|revisit_queue/.test(text))).toEqual([]);
  });
});
