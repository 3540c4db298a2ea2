import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, HOSTILE, must } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { readsOf } from '../../testing/statements.ts';

let api: TestApi;
let sandbox: TestSandbox;
let alice: Ask;
const program = 'aliexpress';

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  for (const affiliate of ['alice', 'bob']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate });
  alice = api.as(await affiliateToken(sandbox, 'alice'));
  await sandbox.at('2026-03-02T10:00:00Z');
  const clicks = [
    {
      id: 'k1',
      affiliate: 'alice',
      visitor: 'v1',
      country: 'FR',
      page: 'product',
      product: 'p1',
      channel: 'blog',
      occurredAt: '2026-03-01T10:00:00Z',
    },
    { id: 'k2', affiliate: 'bob', visitor: 'v1', country: 'FR', fetchDest: 'iframe' },
    { id: 'k3', affiliate: 'alice', visitor: 'v2', url: 'https://aliexpress.com/item/7.html' },
  ];
  for (const click of clicks) await must(sandbox.integrator, 'recordClick', { program, ...click });
});
afterAll(() => api.close());

type Clicks = { clicks: { totalCount: number; nodes: { externalId: string }[] } };
async function idsOf(ask: Ask, filter = ''): Promise<string[]> {
  const { clicks } = await ask<Clicks>(`{ clicks(first: 50${filter}) { totalCount nodes { externalId } } }`);
  expect(clicks.totalCount).toBe(clicks.nodes.length);
  return clicks.nodes.map(({ externalId }) => externalId);
}

describe('a click', () => {
  it('tells what it was and what came of it', async () => {
    const fields =
      'externalId affiliate { externalId } program { key } visitor at toldAt country page product channel active permitted redirect attributable because attributes { name }';
    expect(
      await sandbox.staff(
        `{ k1: click(program: "aliexpress", id: "k1") { ${fields} } k2: click(program: "aliexpress", id: "k2") { attributable redirect because } }`,
      ),
    ).toEqual({
      k1: {
        externalId: 'k1',
        affiliate: { externalId: 'alice' },
        program: { key: program },
        visitor: 'v1',
        at: '2026-03-01T10:00:00Z',
        toldAt: '2026-03-02T10:00:00Z',
        country: 'FR',
        page: 'product',
        product: 'p1',
        channel: 'blog',
        active: true,
        permitted: false,
        redirect: true,
        attributable: true,
        because: [],
        attributes: [],
      },
      k2: { attributable: false, redirect: true, because: ['AE-22'] },
    });
    expect(await sandbox.staff('{ click(program: "aliexpress", id: "k3") { destination } }')).toEqual({
      click: { destination: 'https://aliexpress.com/item/7.html' },
    });
  });

  it('is seen by its own affiliate only', async () => {
    expect(
      await alice(
        '{ k1: click(program: "aliexpress", id: "k1") { externalId } k2: click(program: "aliexpress", id: "k2") { externalId } }',
      ),
    ).toEqual({ k1: { externalId: 'k1' }, k2: null });
    expect(await idsOf(alice)).toEqual(['k3', 'k1']);
    expect(await idsOf(alice, ', affiliate: "bob"')).toEqual([]);
    const token = await affiliateToken(sandbox, 'alice');
    expect((await api.send(token, '{ clicks { nodes { visitor } } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('is not there under names that nobody has', async () => {
    for (const id of HOSTILE) {
      const found = await sandbox.staff(
        'query ($id: String!) { a: click(program: "aliexpress", id: $id) { id } b: click(program: $id, id: "k1") { id } }',
        { id },
      );
      expect(found).toEqual({ a: null, b: null });
    }
  });

  it('is of one organization', async () => {
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await other.staff('{ click(program: "aliexpress", id: "k1") { id } clicks { totalCount } }')).toEqual({
      click: null,
      clicks: { totalCount: 0 },
    });
  });
});

describe('clicks', () => {
  it('are narrowed by program, affiliate, visitor, instant and outcome', async () => {
    expect(await idsOf(sandbox.staff)).toEqual(['k3', 'k2', 'k1']);
    expect(await idsOf(sandbox.staff, ', program: "aliexpress", affiliate: "alice"')).toEqual(['k3', 'k1']);
    expect(await idsOf(sandbox.staff, ', program: "aliexpress", visitor: "v1"')).toEqual(['k2', 'k1']);
    expect(await idsOf(sandbox.staff, ', attributable: false')).toEqual(['k2']);
    expect(await idsOf(sandbox.staff, ', from: "2026-03-01T10:00:00Z", to: "2026-03-02T10:00:00Z"')).toEqual(['k1']);
    expect(await idsOf(sandbox.staff, ', program: "nothing"')).toEqual([]);
    expect(await idsOf(sandbox.staff, ', affiliate: "nobody"')).toEqual([]);
    const answer = await api.send(sandbox.staffToken, '{ clicks(visitor: "v1") { totalCount } }');
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('take as many statements for a page as for one', async () => {
    const query = (first: number) =>
      `{ clicks(program: "aliexpress", first: ${first}) { nodes { externalId program { key } affiliate { externalId country } attributes { name } because } } }`;
    await sandbox.staff(query(1));
    const one = await readsOf(() => sandbox.staff(query(1)));
    const page = await readsOf(() => sandbox.staff(query(3)));
    // The page, the programs, the affiliates.
    expect([one.length, page.length]).toEqual([3, 3]);
  });
});
