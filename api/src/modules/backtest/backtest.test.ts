import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'banggood';
let api: TestApi;
let sandbox: TestSandbox;
let document: string;

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  for (const [affiliate, rank] of [
    ['ann', 'bronze'],
    ['gil', 'gold'],
  ])
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'DE', class: rank });
  for (const affiliate of ['ann', 'gil'])
    await must(sandbox.integrator, 'recordClick', {
      program,
      id: `k-${affiliate}`,
      affiliate,
      visitor: affiliate,
      country: 'DE',
      page: 'home',
    });
  const order = (id: string, visitor: string, price: string) => ({
    id,
    visitor,
    country: 'DE',
    lines: [{ sku: 'drone', category: 'toys-and-hobbies', price }],
  });
  const orders = [order('o1', 'ann', '100.00'), order('o2', 'gil', '100.00'), order('o3', 'nobody', '100.00')];
  for (const one of orders) await must(sandbox.integrator, 'recordOrder', { program, ...one });
  await sandbox.at('2026-04-01T00:00:00Z');
  await must(sandbox.integrator, 'recordOrder', { program, ...order('o4', 'ann', '10.00') });
  const found = await sandbox.staff<{ program: { terms: { document: string } } }>(`{ program(key: "${program}") { terms { document } } }`);
  document = found.program.terms.document;
}, 60_000);
afterAll(() => api.close());

interface Tested {
  problems: object[];
  classes: { class: string | null; orders: number; changed: number; before: { value: string }; after: { value: string } }[];
  endCursor: string | null;
  total: number;
}

const test = async (text: string, from = '2026-03-01T00:00:00Z', to = '2026-05-01T00:00:00Z', ask = sandbox.staff) => {
  const query = `query ($document: String!, $from: Instant!, $to: Instant!) {
    backTestTerms(program: "${program}", document: $document, holdsFrom: "2026-06-01T00:00:00Z", from: $from, to: $to) {
      problems { path } total endCursor classes { class orders changed before { value unit } after { value unit } } } }`;
  return (await ask<{ backTestTerms: Tested }>(query, { document: text, from, to })).backTestTerms;
};
const lines = ({ classes }: Tested) =>
  classes.map((one) => `${one.class}: ${one.changed} of ${one.orders}, ${one.before.value} would be ${one.after.value}`);

/** All percents of the gold class doubled. */
function doubled(text: string): string {
  const walk = (value: unknown, isGold: boolean): unknown => {
    if (typeof value === 'string' && isGold && /^\d+(\.\d+)?$/.test(value)) return String(2 * Number(value));
    if (Array.isArray(value)) return value.map((inner) => walk(inner, isGold));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, isGold || name === 'gold')]));
  };
  const terms = JSON.parse(text) as { rates: unknown };
  return JSON.stringify({ ...terms, rates: walk(terms.rates, false) });
}

describe('terms that are tried on real orders', () => {
  it('say what each class would have earned, and change nothing', async () => {
    const same = await test(document);
    expect(same).toMatchObject({ problems: [], total: 4, endCursor: null });
    const amounts = same.classes.map(({ before, after }) => before.value === after.value);
    expect(amounts.every(Boolean)).toBe(true);
    const rows = () => withConnection(api.database.url, async (client) => (await client.query('select count(*) from decision')).rows);
    const before = await rows();
    const raised = await test(doubled(document));
    const gold = raised.classes.find((one) => one.class === 'gold')!;
    expect(Number(gold.after.value)).toBe(2 * Number(gold.before.value));
    expect(lines(raised).filter((line) => !line.startsWith('gold'))).toEqual(lines(same).filter((line) => !line.startsWith('gold')));
    expect(gold).toMatchObject({ orders: 1, changed: 1 });
    expect(await rows()).toEqual(before);
  });

  it('are tried on the orders of the period only, first instant in and last instant out', async () => {
    expect(await test(document, '2026-04-01T00:00:00Z', '2026-04-01T00:00:00.001Z')).toMatchObject({ total: 1 });
    expect(await test(document, '2026-03-02T00:00:00Z', '2026-04-01T00:00:00Z')).toMatchObject({ total: 0, classes: [] });
    await expect(test(document, '2026-04-01T00:00:00Z', '2026-04-01T00:00:00Z')).rejects.toThrow('from is before to');
  });

  it('that could not be published decide nothing, and neither do others than their editors', async () => {
    const bad = await test('{"program": {}}');
    expect(bad.problems.length).toBeGreaterThan(0);
    expect(bad.classes).toEqual([]);
    await expect(test(document, undefined, undefined, sandbox.integrator)).rejects.toThrow('FORBIDDEN');
  });
});
