import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { cell } from './lists.export.ts';

const program = 'banggood';
const COUNT = 130;
let api: TestApi;
let sandbox: TestSandbox;

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program, 'bigseller'], startsAt: '2026-03-01T00:00:00Z' });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', name: '=1+1', country: 'DE' });
  const orders = Array.from({ length: COUNT }, (_, index) => ({
    id: `o${index}`,
    country: index % 2 === 0 ? 'DE' : 'FR',
    lines: [{ sku: 'a', category: 'toys-and-hobbies', price: '10.00' }],
  }));
  await must(sandbox.integrator, 'recordOrders', { program, orders });
}, 60_000);
afterAll(() => api.close());

async function fetchCsv(name: string, token: string | undefined, filter?: object | string) {
  const text = typeof filter === 'string' ? filter : JSON.stringify(filter ?? {});
  const response = await fetch(`${api.url}/export/${name}.csv?${new URLSearchParams({ filter: text })}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  return { status: response.status, text: await response.text(), file: response.headers.get('content-disposition') };
}

const tokenOf = async (role: string, programs: string[] | null = null) =>
  String((await must(sandbox.staff, 'createToken', { kind: 'STAFF', role, name: role, programs }, 'secret'))['secret']);

describe('a working list as a table', () => {
  it('has all that fits the filters, page after page, in the order of the list', async () => {
    const { status, text, file } = await fetchCsv('orders', sandbox.staffToken, { program, descending: false });
    expect([status, file]).toEqual([200, 'attachment; filename="orders.csv"']);
    const [head, ...rows] = text.trim().split('\r\n');
    expect(head).toMatch(/^program,externalId,placedAt/);
    expect(rows.map((row) => row.split(',')[1])).toEqual(Array.from({ length: COUNT }, (_, index) => `o${index}`));
    const none = await fetchCsv('orders', sandbox.staffToken, { program: 'bigseller' });
    expect(none.text.trim().split('\r\n')).toHaveLength(1);
  });

  it('is written down in the audit log, with its filter', async () => {
    await fetchCsv('applications', sandbox.staffToken, { program });
    const { auditLog } = await sandbox.staff<{ auditLog: { nodes: { act: string; subject: string; asked: string }[] } }>(
      '{ auditLog(act: "exportList", first: 1) { nodes { act subject asked } } }',
    );
    expect(auditLog.nodes[0]).toMatchObject({ act: 'exportList', subject: expect.stringContaining('applications') });
    expect(auditLog.nodes[0]!.asked).toContain(program);
  });

  it('shows to each what the list shows: other programs are left out, names are empty, and nothing is a formula', async () => {
    const all = await fetchCsv('applications', sandbox.staffToken);
    expect(all.text).toContain(`${program},ann,'=1+1,ACTIVE`);
    const other = await fetchCsv('applications', await tokenOf('ADMIN', ['bigseller']));
    expect(other.text.trim().split('\r\n')).toHaveLength(1);
    const orders = await fetchCsv('orders', await tokenOf('TERMS_EDITOR'), { program });
    expect([orders.status, orders.text.includes('=1+1')]).toEqual([200, false]);
    expect([cell('-5.00'), cell('-5+2'), cell('@x'), cell(null), cell(['a', 'b'])]).toEqual(['-5.00', "'-5+2", "'@x", '', 'a b']);
  });

  it('is not for others, nor for filters that are none', async () => {
    expect((await fetchCsv('withdrawals', await tokenOf('TERMS_EDITOR'))).status).toBe(403);
    expect((await fetchCsv('orders', sandbox.integratorToken)).status).toBe(403);
    expect((await fetchCsv('orders', undefined)).status).toBe(401);
    for (const wrong of ['nothing', '[1]', '{"status": "no such"}', '{"from": "yesterday"}'])
      expect([wrong, (await fetchCsv('orders', sandbox.staffToken, wrong)).status]).toEqual([wrong, 400]);
  });
});

describe('a record of a list', () => {
  it('is found by its id whatever page it is on, and for nobody who does not see the list', async () => {
    const url = 'https://shop.example/hook';
    const made = await must(sandbox.staff, 'createWebhook', { program, url, events: ['commission.created'] }, 'webhook { id }');
    const { id } = made['webhook'] as { id: string };
    const ask = (send: typeof sandbox.staff, wanted: string) =>
      send<{ webhooks: { totalCount: number; nodes: { id: string }[] } }>(
        'query ($id: String) { webhooks(id: $id) { totalCount nodes { id } } }',
        {
          id: wanted,
        },
      );
    expect((await ask(sandbox.staff, id)).webhooks).toEqual({ totalCount: 1, nodes: [{ id }] });
    for (const other of ['', 'none', '01890000-0000-7000-8000-000000000000'])
      expect((await ask(sandbox.staff, other)).webhooks.nodes).toEqual([]);
    // Whoever may not see the list is not told whether there is such a one.
    await expect(ask(api.as(await tokenOf('READER')), id)).rejects.toThrow('FORBIDDEN');
    for (const list of ['approvals', 'cases', 'classRequests', 'sanctionsMatches']) {
      const found = await sandbox.staff<Record<string, { nodes: unknown[] }>>(`{ ${list}(id: "${id}") { nodes { id } } }`);
      expect([list, found[list]?.nodes]).toEqual([list, []]);
    }
    const { staffMembers } = await api.staff<{ staffMembers: { nodes: object[] } }>('{ staffMembers(id: "none") { nodes { id } } }');
    expect(staffMembers.nodes).toEqual([]);
  });
});
