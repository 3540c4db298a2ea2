import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'banggood';
let api: TestApi;
let sandbox: TestSandbox;

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program, 'bigseller'], startsAt: '2026-03-01T12:00:00Z' });
  const { staff, integrator } = sandbox;
  await must(staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE', class: 'silver' });
  await must(staff, 'applyToProgram', { program: 'bigseller', affiliate: 'ben', country: 'MY' });
  await must(staff, 'postAdjustment', { program, id: 'b1', affiliate: 'ann', kind: 'BONUS', amount: '5000', reason: 'a good month' });
  for (const id of ['w1', 'w2', 'w3']) await must(staff, 'requestWithdrawal', { program, id, affiliate: 'ann', amount: '1000' });
  await must(staff, 'holdWithdrawal', { program, withdrawal: 'w3', reason: 'a second look' });
  await must(staff, 'rejectWithdrawal', { program, withdrawal: 'w2', reason: 'asked twice' });
  await must(integrator, 'recordClick', { program, id: 'same', affiliate: 'ann', visitor: 'v1', country: 'DE', page: 'home' });
  const line = { sku: 'drone', category: 'toys-and-hobbies', price: '89.90' };
  await must(integrator, 'recordOrder', { program, id: 'same', aliases: ['number-1'], visitor: 'v1', country: 'DE', lines: [line] });
  await must(integrator, 'recordOrder', { program, id: 'o2', visitor: 'v1', country: 'DE', lines: [line] });
  await must(integrator, 'recordOrderEvent', { program, order: 'o2', kind: 'CANCELLED' });
  await must(integrator, 'recordOrderEvent', { program, order: 'awaited', kind: 'PAID' });
  await must(staff, 'openRequest', { program, affiliate: 'ann', id: 'q1', kind: 'OTHER', text: 'May I?' });
  await must(staff, 'openRequest', { program, affiliate: 'ann', id: 'q2', kind: 'OTHER', text: 'May I not?' });
  await must(staff, 'answerRequest', { program, request: 'q2', text: 'You may.' });
}, 60_000);

afterAll(() => api.close());

const lookUp = async (id: string, ask = sandbox.staff) => {
  const found = await ask<{ lookUp: { kind: string; id: string; program: { key: string } | null }[] }>(
    'query ($id: String!) { lookUp(id: $id) { kind id program { key } } }',
    { id },
  );
  return found.lookUp.map((one) => `${one.kind} ${one.id} in ${one.program?.key ?? 'all'}`);
};

describe('a search field', () => {
  it('finds whatever has the id, and nothing that is only awaited', async () => {
    expect(await lookUp(' same ')).toEqual(['CLICK same in banggood', 'ORDER same in banggood']);
    expect(await lookUp('number-1')).toEqual(['ORDER number-1 in banggood']);
    expect(await lookUp('ann')).toEqual(['AFFILIATE ann in all']);
    expect(await lookUp('w1')).toEqual(['WITHDRAWAL w1 in banggood']);
    expect(await lookUp('q1')).toEqual(['REQUEST q1 in banggood']);
    for (const nothing of ['awaited', '', 'sam', 'x'.repeat(300)]) expect(await lookUp(nothing), nothing).toEqual([]);
  });

  it('finds nothing of another organization', async () => {
    const other = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
    expect(await lookUp('same', other.staff)).toEqual([]);
    expect(await lookUp('ann', other.staff)).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('says what waits for a decision: not what is decided, on hold, or taken by a cut-off first', async () => {
    const { dashboard } = await sandbox.staff<{ dashboard: { waiting: object[]; cutOffs: object[] } }>(
      '{ dashboard { waiting { kind program { key } count oldest } cutOffs { program { key } at timeZone batch } } }',
    );
    expect(dashboard.waiting).toEqual([
      { kind: 'APPLICATION', program: { key: 'bigseller' }, count: 1, oldest: '2026-03-01T12:00:00Z' },
      { kind: 'REQUEST', program: { key: program }, count: 1, oldest: '2026-03-01T12:00:00Z' },
      { kind: 'WITHDRAWAL', program: { key: program }, count: 1, oldest: '2026-03-01T12:00:00Z' },
    ]);
    // The list that its tile opens has just these.
    const listed = async (waiting: boolean) => {
      const { withdrawals } = await sandbox.staff<{ withdrawals: { nodes: { externalId: string }[] } }>(
        `{ withdrawals(waiting: ${waiting}) { nodes { externalId } } }`,
      );
      return withdrawals.nodes.map(({ externalId }) => externalId);
    };
    expect([await listed(true), await listed(false)]).toEqual([['w1'], ['w3', 'w2']]);
    expect(dashboard.cutOffs).toMatchObject([{ program: { key: 'bigseller' }, batch: '2026-03' }]);
  });

  it('sums what orders earn by day, class and status', async () => {
    const { dashboard } = await sandbox.staff<{ dashboard: { days: object[] } }>(
      '{ dashboard(days: 3) { days { day program { key } class status orders amount { value unit } } } }',
    );
    expect(dashboard.days).toMatchObject([
      { day: '2026-03-01', program: { key: program }, class: 'silver', status: 'pending', orders: 1, amount: { unit: 'points' } },
      {
        day: '2026-03-01',
        program: { key: program },
        class: 'silver',
        status: expect.stringMatching(/^re/),
        orders: 1,
        amount: { value: '0' },
      },
    ]);
  });
});

describe('a view of a list', () => {
  const save = (more: object = {}, ask = sandbox.staff) =>
    must(ask, 'saveView', { list: 'withdrawals', name: 'Large ones', search: 'filter=%7B%7D', ...more }, 'view { id }');
  const names = async (ask = sandbox.staff) =>
    (
      await ask<{ savedViews: { name: string; isOwn: boolean; search: string }[] }>(
        '{ savedViews(list: "withdrawals") { name isOwn search } }',
      )
    ).savedViews.map(({ name, isOwn, search }) => `${name}${isOwn ? '' : ' of others'}: ${search}`);

  it('is its owner’s until it is shared, is replaced under its name, and is removed by who may', async () => {
    const token = await must(sandbox.staff, 'createToken', { kind: 'STAFF', role: 'TERMS_EDITOR', name: 'Tess' }, 'secret');
    const tess = api.as(String(token['secret']));
    const own = await save();
    await save({ search: 'page=2' });
    expect([await names(), await names(tess)]).toEqual([['Large ones: page=2'], []]);
    await save({ isShared: true });
    expect(await names(tess)).toEqual(['Large ones of others: filter=%7B%7D']);
    const { id } = own['view'] as { id: string };
    expect(await refusalOf(tess, 'removeView', { id })).toBe('NOT_FOUND');
    const other = await createTestSandbox(api, { programs: [program] });
    expect([await names(other.staff), await refusalOf(other.staff, 'removeView', { id })]).toEqual([[], 'NOT_FOUND']);
    expect(await refusalOf(tess, 'saveView', { list: 'no list', name: 'x', search: '' })).toBe('INVALID');
    expect(await refusalOf(tess, 'saveView', { list: 'orders', name: ' ', search: '' })).toBe('INVALID');
    const theirs = await save({ name: 'Tess’', isShared: true }, tess);
    await must(sandbox.staff, 'removeView', { id: (theirs['view'] as { id: string }).id });
    await must(sandbox.staff, 'removeView', { id });
    expect(await names(tess)).toEqual([]);
    await expect(sandbox.integrator('{ savedViews(list: "orders") { id } }')).rejects.toThrow('FORBIDDEN');
  });
});
