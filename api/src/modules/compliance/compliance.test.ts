import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function withAnn(program: string): Promise<TestSandbox> {
  const sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  return sandbox;
}

const click = (sandbox: TestSandbox, program: string, id: string, more: object) =>
  must(
    sandbox.integrator,
    'recordClick',
    { program, id, affiliate: 'ann', visitor: `v-${id}`, country: 'DE', page: 'home', ...more },
    'id',
  );
const order = (sandbox: TestSandbox, program: string, id: string, more: object) =>
  must(
    sandbox.integrator,
    'recordOrder',
    { program, id, country: 'DE', lines: [{ sku: 'a', category: 'home-and-garden', price: '10.00', rate: '5' }], ...more },
    'id',
  );
const standing = (sandbox: TestSandbox, program: string) =>
  sandbox.staff(`{ enrollment(program: "${program}", affiliate: "ann") { status cases { rule } }
    balances(program: "${program}", affiliate: "ann") { pending { value } available { value } } proof { balanced } }`);

describe('a case', () => {
  it('confirmed where the terms end the account takes everything back, later orders too', async () => {
    const program = 'banggood';
    const sandbox = await withAnn(program);
    await click(sandbox, program, 'k1', {});
    for (const id of ['o1', 'o2']) await order(sandbox, program, id, { visitor: 'v-k1' });
    await click(sandbox, program, 'k2', { channel: 'Google Ads' });
    expect(await standing(sandbox, program)).toMatchObject({
      enrollment: { status: 'ACTIVE', cases: [{ rule: 'BG-15' }] },
      balances: { pending: { value: '120' } },
    });
    const ann = { program, affiliate: 'ann', rule: 'BG-15' };
    await sandbox.at('2026-03-02T00:00:00Z');
    const confirmed = await act(
      sandbox.staff,
      'confirmCase',
      ann,
      'case { id status closedAt closedBy evidence { name } evidenceCount enrollment { status } }',
    );
    expect(confirmed).toMatchObject({
      case: {
        status: 'CONFIRMED',
        closedAt: '2026-03-02T00:00:00Z',
        closedBy: 'staff of test',
        evidence: [{ name: 'k2' }],
        evidenceCount: 1,
        enrollment: { status: 'TERMINATED' },
      },
      userErrors: [],
    });
    expect(
      await act(
        sandbox.staff,
        'confirmCase',
        ann,
        'case { id status closedAt closedBy evidence { name } evidenceCount enrollment { status } }',
      ),
    ).toEqual(confirmed);
    expect(await refusalOf(sandbox.staff, 'dismissCase', ann)).toBe('NOT_FOUND');
    const nothing = {
      enrollment: { status: 'TERMINATED', cases: [] },
      balances: { pending: { value: '0' }, available: { value: '0' } },
      proof: { balanced: true },
    };
    expect(await standing(sandbox, program)).toEqual(nothing);
    // Placed before the breach was proven, told after.
    await order(sandbox, program, 'o3', { visitor: 'v-k1', occurredAt: '2026-03-01T12:00:00Z' });
    expect(await standing(sandbox, program)).toEqual(nothing);
    expect(await sandbox.staff(`{ order(program: "${program}", id: "o3") { commission { status because } } }`)).toMatchObject({
      order: { commission: { status: 'REVERSED', because: expect.arrayContaining(['BG-15']) } },
    });
  });

  it('confirmed where the terms say no more closes itself only', async () => {
    const program = 'alibaba';
    const sandbox = await withAnn(program);
    await click(sandbox, program, 'k1', { method: 'popup' });
    await must(sandbox.staff, 'confirmCase', { program, affiliate: 'ann', rule: 'AB-07' });
    expect(await standing(sandbox, program)).toMatchObject({ enrollment: { status: 'ACTIVE', cases: [] } });
  });

  it('dismissed leaves account and clicks as they are, and may be opened again', async () => {
    const program = 'banggood';
    const sandbox = await withAnn(program);
    await click(sandbox, program, 'k1', { channel: 'bing-ads' });
    await must(sandbox.staff, 'dismissCase', { program, affiliate: 'ann', rule: 'BG-15' });
    expect(await standing(sandbox, program)).toMatchObject({ enrollment: { status: 'ACTIVE', cases: [] } });
    await click(sandbox, program, 'k2', { channel: 'bing-ads' });
    await click(sandbox, program, 'k3', { channel: 'bing-ads' });
    const { cases } = await sandbox.staff<{ cases: { nodes: object[] } }>('{ cases { nodes { rule status evidence { name } } } }');
    expect(cases.nodes).toHaveLength(2);
    expect(cases.nodes).toEqual(
      expect.arrayContaining([
        { rule: 'BG-15', status: 'OPEN', evidence: [{ name: 'k2' }, { name: 'k3' }] },
        { rule: 'BG-15', status: 'DISMISSED', evidence: [{ name: 'k1' }] },
      ]),
    );
  });

  it('of each rule is opened by a click that breaks two', async () => {
    const program = 'alibaba';
    const sandbox = await withAnn(program);
    await click(sandbox, program, 'k1', { method: 'hijack', channel: 'google-ads', keyword: 'alibaba' });
    expect(await standing(sandbox, program)).toMatchObject({ enrollment: { cases: [{ rule: 'AB-07' }, { rule: 'AB-08' }] } });
    expect(await sandbox.staff('{ cases(rule: "AB-08", status: OPEN) { totalCount } }')).toEqual({ cases: { totalCount: 1 } });
    expect(await sandbox.staff('{ cases(affiliate: "nobody") { totalCount } }')).toEqual({ cases: { totalCount: 0 } });
    expect(await sandbox.staff('{ cases(program: "nowhere") { totalCount } }')).toEqual({ cases: { totalCount: 0 } });
    const other = await createTestSandbox(api, { programs: [program] });
    expect(await other.staff('{ cases { totalCount } }')).toEqual({ cases: { totalCount: 0 } });
  });

  it('is not there without a breach, in other sandboxes, or for others than staff', async () => {
    const program = 'banggood';
    const sandbox = await withAnn(program);
    await click(sandbox, program, 'k1', { channel: 'bing-ads' });
    for (const mutation of ['confirmCase', 'dismissCase']) {
      for (const rule of ['BG-16', '', ...HOSTILE])
        expect(await refusalOf(sandbox.staff, mutation, { program, affiliate: 'ann', rule }), rule).toBe('NOT_FOUND');
      const other = await createTestSandbox(api, { programs: [program] });
      expect(await refusalOf(other.staff, mutation, { program, affiliate: 'ann', rule: 'BG-15' })).toBe('NOT_FOUND');
      const query = `mutation { ${mutation}(input: { program: "${program}", affiliate: "ann", rule: "BG-15" }) { userErrors { code } } }`;
      for (const token of [sandbox.integratorToken, await affiliateToken(sandbox, 'ann')]) {
        expect((await api.send(token, query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      }
    }
    expect(await standing(sandbox, program)).toMatchObject({ enrollment: { status: 'ACTIVE', cases: [{ rule: 'BG-15' }] } });
  });
});

it('what the clicks of an affiliate look like is counted for those who look at cases', async () => {
  const program = 'aliexpress';
  const sandbox = await withAnn(program);
  for (const [id, more] of [
    ['k1', {}],
    ['k2', { visitor: 'v-k1' }],
    ['k3', { fetchDest: 'iframe' }],
    ['k4', { fetchDest: 'image', referrer: 'https://aliexpress.com/item/1' }],
    ['k5', { occurredAt: '2026-02-01T00:00:00Z' }],
  ] as const)
    await click(sandbox, program, id, more);
  await order(sandbox, program, 'o1', { visitor: 'v-k1' });
  const FIGURES = 'clicks automated barred byRule { rule clicks } busiestMinute busiestVisitor orders';
  const figures = (from: string, to: string, affiliate = 'ann') =>
    `{ fraudFigures(program: "${program}", affiliate: "${affiliate}", from: "${from}", to: "${to}") { ${FIGURES} } }`;
  expect(await sandbox.staff(figures('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'))).toEqual({
    fraudFigures: {
      clicks: 4,
      automated: 0,
      barred: 2,
      byRule: [
        { rule: 'AE-22', clicks: 2 },
        { rule: 'AE-23', clicks: 1 },
      ],
      busiestMinute: 4,
      busiestVisitor: 2,
      orders: 1,
    },
  });
  expect(await sandbox.staff(figures('2026-03-01T00:00:01Z', '2026-03-02T00:00:00Z'))).toMatchObject({
    fraudFigures: { clicks: 0, byRule: [], busiestMinute: 0, orders: 0 },
  });
  expect(await sandbox.staff(figures('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', 'nobody'))).toEqual({ fraudFigures: null });
  for (const [from, to] of [
    ['2026-03-02T00:00:00Z', '2026-03-02T00:00:00Z'],
    ['2026-03-01T00:00:00Z', '2026-04-01T00:00:01Z'],
  ] as const)
    expect((await api.send(sandbox.staffToken, figures(from, to))).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  const token = await affiliateToken(sandbox, 'ann');
  expect((await api.send(token, figures('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'))).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);
});

describe('a traffic source', () => {
  const SOURCE = 'trafficSource { id kind name url optIn optOut flags declaredAt }';

  it('is declared by its affiliate and flagged where it looks like the brand', async () => {
    const program = 'banggood';
    const sandbox = await withAnn(program);
    const her = api.as(await affiliateToken(sandbox, 'ann'));
    const plain = { program, kind: 'website', name: 'Home finds', url: 'https://home-finds.example' };
    const declared = await act(her, 'declareTrafficSource', plain, SOURCE);
    expect(declared).toMatchObject({ trafficSource: { kind: 'website', flags: [], declaredAt: '2026-03-01T00:00:00Z' }, userErrors: [] });
    await sandbox.at('2026-03-02T00:00:00Z');
    expect(await act(her, 'declareTrafficSource', plain, SOURCE)).toEqual(declared);
    await must(sandbox.staff, 'declareTrafficSource', { program, affiliate: 'ann', kind: 'social', name: 'Bang good offers' });
    expect(await her(`{ enrollment(program: "${program}", affiliate: "ann") { flags trafficSources { name flags } } }`)).toEqual({
      enrollment: {
        flags: ['BG-16'],
        trafficSources: [
          { name: 'Home finds', flags: [] },
          { name: 'Bang good offers', flags: ['BG-16'] },
        ],
      },
    });
  });

  it('that mails needs consent and a way out, where the terms say so', async () => {
    const list = { affiliate: 'ann', kind: 'email', name: 'Weekly letter' };
    const sandbox = await withAnn('aliexpress');
    for (const consent of [{}, { optIn: true }, { optOut: true }, { optIn: true, optOut: false }]) {
      expect(await refusalOf(sandbox.staff, 'declareTrafficSource', { program: 'aliexpress', ...list, ...consent })).toBe('AE-24');
    }
    await must(sandbox.staff, 'declareTrafficSource', { program: 'aliexpress', ...list, optIn: true, optOut: true });
    const other = await withAnn('banggood');
    await must(other.staff, 'declareTrafficSource', { program: 'banggood', ...list });
  });

  it('has a kind, a name and a web address, and an affiliate who takes part', async () => {
    const program = 'banggood';
    const sandbox = await withAnn(program);
    const declare = (more: object) =>
      refusalOf(sandbox.staff, 'declareTrafficSource', { program, affiliate: 'ann', kind: 'website', name: 'x', ...more });
    for (const more of [
      { kind: 'e-mail' },
      { kind: HOSTILE[0] },
      { name: '' },
      { name: ' ' },
      { name: 'a\u0007' },
      { name: 'n'.repeat(201) },
      { url: 'javascript:alert(1)' },
      { url: 'nowhere' },
    ]) {
      expect(await declare(more), JSON.stringify(more)).toBe('INVALID');
    }
    expect(await declare({ affiliate: 'bob' })).toBe('NOT_FOUND');
    await must(sandbox.staff, 'terminateEnrollment', { program, affiliate: 'ann', reason: 'left' });
    expect(await declare({})).toBe('BG-01');
    expect(await sandbox.staff(`{ enrollment(program: "${program}", affiliate: "ann") { trafficSources { name } } }`)).toEqual({
      enrollment: { trafficSources: [] },
    });
  });
});
