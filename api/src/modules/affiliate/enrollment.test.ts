import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';
import { readsOf } from '../../testing/statements.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
});
afterAll(() => api.close());

const DAY = 'T00:00:00Z';
const of = (sandbox: TestSandbox, program: string, affiliate: string, select: string) =>
  sandbox
    .staff<{ enrollment: Record<string, unknown> }>(
      `query ($program: String!, $affiliate: String!) { enrollment(program: $program, affiliate: $affiliate) { ${select} } }`,
      { program, affiliate },
    )
    .then(({ enrollment }) => enrollment);

/** A sandbox with one active affiliate, ann. */
async function withAnn(program: string, more: object = {}): Promise<TestSandbox> {
  const sandbox = await createTestSandbox(api, { programs: [program], startsAt: `2026-02-01${DAY}` });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE', ...more });
  return sandbox;
}

async function sell(sandbox: TestSandbox, program: string, id: string, price: string): Promise<void> {
  const lines = [{ sku: 'a', category: 'home-and-garden', price }];
  await must(
    sandbox.integrator,
    'recordClick',
    { program, id: `k-${id}`, affiliate: 'ann', visitor: id, country: 'DE', page: 'home' },
    'id',
  );
  await must(sandbox.integrator, 'recordOrder', { program, id, visitor: id, country: 'DE', lines }, 'id');
  await must(sandbox.integrator, 'recordOrderEvent', { program, order: id, kind: 'PAID' }, 'id');
}

describe('an enrollment', () => {
  it('is suspended, taken up again and ended, each act once', async () => {
    const sandbox = await withAnn('banggood');
    const ann = { program: 'banggood', affiliate: 'ann' };
    const status = 'enrollment { id status }';
    expect(await refusalOf(sandbox.staff, 'reinstateEnrollment', ann)).toBe('BG-01');
    await sandbox.at(`2026-02-02${DAY}`);
    const suspended = await act(sandbox.staff, 'suspendEnrollment', { ...ann, reason: 'review' }, status);
    expect(suspended).toMatchObject({ enrollment: { status: 'SUSPENDED' }, userErrors: [] });
    expect(await act(sandbox.staff, 'suspendEnrollment', { ...ann, reason: 'review' }, status)).toEqual(suspended);
    await sandbox.at(`2026-02-03${DAY}`);
    const back = await act(sandbox.staff, 'reinstateEnrollment', ann, status);
    expect(back).toMatchObject({ enrollment: { status: 'ACTIVE' } });
    expect(await act(sandbox.staff, 'reinstateEnrollment', ann, status)).toEqual(back);
    await sandbox.at(`2026-02-04${DAY}`);
    expect(await act(sandbox.staff, 'terminateEnrollment', { ...ann, reason: 'left' }, status)).toMatchObject({
      enrollment: { status: 'TERMINATED' },
    });
    for (const mutation of ['reinstateEnrollment', 'approveApplication']) {
      expect(await refusalOf(sandbox.staff, mutation, ann), mutation).toBe('BG-01');
    }
    expect(await refusalOf(sandbox.staff, 'suspendEnrollment', { ...ann, reason: 'review' })).toBe('BG-01');
    expect(await of(sandbox, 'banggood', 'ann', 'statusHistory { status at reason }')).toEqual({
      statusHistory: [
        { status: 'APPLIED', at: `2026-02-01${DAY}`, reason: null },
        { status: 'APPROVED', at: `2026-02-01${DAY}`, reason: null },
        { status: 'ACTIVE', at: `2026-02-01${DAY}`, reason: null },
        { status: 'SUSPENDED', at: `2026-02-02${DAY}`, reason: 'review' },
        { status: 'ACTIVE', at: `2026-02-03${DAY}`, reason: null },
        { status: 'TERMINATED', at: `2026-02-04${DAY}`, reason: 'left' },
      ],
    });
  });

  it('has channels permitted whatever their spelling', async () => {
    const sandbox = await withAnn('banggood');
    const ann = { program: 'banggood', affiliate: 'ann' };
    expect(await refusalOf(sandbox.staff, 'revokePermission', { ...ann, channel: 'google-ads' })).toBe('NOT_FOUND');
    await must(sandbox.staff, 'grantPermission', { ...ann, channel: 'Google Ads' });
    await must(sandbox.staff, 'grantPermission', { ...ann, channel: 'google-ads' });
    const permissions = 'permissions { channel granted since decidedBy }';
    expect(await of(sandbox, 'banggood', 'ann', permissions)).toEqual({
      permissions: [{ channel: 'Google Ads', granted: true, since: `2026-02-01${DAY}`, decidedBy: 'staff of test' }],
    });
    await sandbox.at(`2026-02-02${DAY}`);
    await must(sandbox.staff, 'revokePermission', { ...ann, channel: 'GOOGLE_ADS' });
    await must(sandbox.staff, 'revokePermission', { ...ann, channel: 'google-ads' });
    expect(await of(sandbox, 'banggood', 'ann', permissions)).toMatchObject({
      permissions: [{ granted: false, since: `2026-02-02${DAY}` }],
    });
    expect(await refusalOf(sandbox.staff, 'grantPermission', { ...ann, channel: ' !! ' })).toBe('INVALID');
  });

  it('has a quality factor where the terms know one', async () => {
    const sandbox = await withAnn('aliexpress');
    const ann = { program: 'aliexpress', affiliate: 'ann', reason: 'many refunds' };
    for (const factor of ['-0.1', '1.01', '0.123456789']) {
      expect(await refusalOf(sandbox.staff, 'setQualityFactor', { ...ann, factor }), factor).toBe('INVALID');
    }
    expect(await refusalOf(sandbox.staff, 'setQualityFactor', { ...ann, factor: '0.5', reason: ' ' })).toBe('INVALID');
    await must(sandbox.staff, 'setQualityFactor', { ...ann, factor: '0.50' });
    expect(await of(sandbox, 'aliexpress', 'ann', 'qualityFactor')).toEqual({ qualityFactor: '0.5' });
    const other = await withAnn('banggood');
    expect(await refusalOf(other.staff, 'setQualityFactor', { ...ann, program: 'banggood', factor: '0.5' })).toBe('INVALID');
  });

  it('scales an order of the very instant at which the factor is set, told before', async () => {
    const sandbox = await withAnn('aliexpress');
    const line = { sku: 'a', kind: 'affiliate', price: '40.00', rate: '6' };
    const program = 'aliexpress';
    await must(
      sandbox.integrator,
      'recordClick',
      { program, id: 'k1', affiliate: 'ann', visitor: 'v1', country: 'DE', page: 'home' },
      'id',
    );
    await sandbox.at(`2026-02-02${DAY}`);
    await must(sandbox.integrator, 'recordOrder', { program, id: 'o1', visitor: 'v1', country: 'DE', lines: [line] }, 'id');
    await must(sandbox.staff, 'setQualityFactor', { program, affiliate: 'ann', factor: '0.5', reason: 'poor traffic' });
    expect(await sandbox.staff(`{ order(program: "${program}", id: "o1") { commission { amount { value } } } }`)).toEqual({
      order: { commission: { amount: { value: '1.20' } } },
    });
  });

  it('of one whom the program had before holds from its day on, and so do the clicks', async () => {
    const sandbox = await withAnn('banggood');
    const bea = { program: 'banggood', affiliate: 'bea', country: 'DE', class: 'silver' };
    await must(sandbox.staff, 'enrollAffiliate', { ...bea, since: `2026-01-10${DAY}` });
    const statuses = ['APPLIED', 'APPROVED', 'ACTIVE'].map((status) => ({ status, at: `2026-01-10${DAY}` }));
    expect(await of(sandbox, 'banggood', 'bea', 'statusHistory { status at }')).toEqual({ statusHistory: statuses });
    const told = async (affiliate: string) => {
      const who = { program: 'banggood', visitor: `v-${affiliate}`, country: 'DE' };
      await must(
        sandbox.integrator,
        'recordClick',
        { ...who, id: `k-${affiliate}`, affiliate, page: 'home', occurredAt: `2026-01-11${DAY}` },
        'id',
      );
      const lines = [{ sku: 'a', category: 'home-and-garden', price: '10.00' }];
      await must(sandbox.integrator, 'recordOrder', { ...who, id: `o-${affiliate}`, lines, occurredAt: `2026-01-12${DAY}` }, 'id');
      const query = 'query ($id: String!) { order(program: "banggood", id: $id) { commission { status } } }';
      return (await sandbox.staff<{ order: { commission: { status: string } } }>(query, { id: `o-${affiliate}` })).order.commission.status;
    };
    expect([await told('bea'), await told('ann')]).toEqual(['PENDING', 'REJECTED']);

    for (const wrong of [{ since: `2026-01-11${DAY}` }, {}])
      expect(await refusalOf(sandbox.staff, 'enrollAffiliate', { ...bea, ...wrong })).toBe('CONFLICT');
    expect(await refusalOf(sandbox.staff, 'enrollAffiliate', { ...bea, affiliate: 'cy', since: `2026-02-02${DAY}` })).toBe('INVALID');
    const reviewed = await withAnn('bigseller', { country: 'MY' });
    const dan = { program: 'bigseller', affiliate: 'dan', country: 'MY' };
    await must(reviewed.integrator, 'applyToProgram', dan);
    expect(await refusalOf(reviewed.staff, 'enrollAffiliate', { ...dan, since: `2026-01-11${DAY}` })).toBe('INVALID');
  });
});

describe('a class', () => {
  it('is asked for, checked and given by paid sales', async () => {
    const sandbox = await withAnn('banggood');
    const ann = { program: 'banggood', affiliate: 'ann' };
    const her = api.as(await affiliateToken(sandbox, 'ann'));
    await sell(sandbox, 'banggood', 'o1', '7999.99');
    const tooLittle = await act(her, 'requestClass', { program: 'banggood', class: 'silver' });
    expect(tooLittle.userErrors).toMatchObject([{ code: 'BG-07', rule: 'BG-07', path: ['class'] }]);
    expect(tooLittle.userErrors[0]!.message).toContain('0.01 USD');
    // The same as data, for her and for staff: gold begins above 30,000.00.
    const ahead =
      '{ enrollment(program: "banggood", affiliate: "ann") { classesAhead { class needed { value } missing { measure value unit } rule } } }';
    const short = { measure: 'PAID_SALES', unit: 'USD' };
    const missing = [
      { class: 'silver', needed: { value: '8000.00' }, missing: { ...short, value: '0.01' }, rule: 'BG-07' },
      { class: 'gold', needed: { value: '30000.01' }, missing: { ...short, value: '22000.02' }, rule: 'BG-07' },
    ];
    for (const ask of [her, sandbox.staff]) expect(await ask(ahead)).toEqual({ enrollment: { classesAhead: missing } });
    for (const wanted of ['bronze', 'platinum', `silver' or '1'='1`]) {
      expect(await refusalOf(her, 'requestClass', { program: 'banggood', class: wanted }), wanted).toBe('INVALID');
    }
    expect(await refusalOf(sandbox.staff, 'approveClass', ann)).toBe('NOT_FOUND');
    await sell(sandbox, 'banggood', 'o2', '0.01');
    const asked = await act(her, 'requestClass', { program: 'banggood', class: 'silver' }, 'classRequest { id class status }');
    expect(asked).toMatchObject({ classRequest: { class: 'silver', status: 'REQUESTED' }, userErrors: [] });
    expect(await act(her, 'requestClass', { program: 'banggood', class: 'silver' }, 'classRequest { id class status }')).toEqual(asked);
    expect(await refusalOf(her, 'requestClass', { program: 'banggood', class: 'gold' })).toBe('CONFLICT');
    expect(await of(sandbox, 'banggood', 'ann', 'class paidSales { amount currency }')).toEqual({
      class: 'bronze',
      paidSales: { amount: '8000.00', currency: 'USD' },
    });
    const waiting = '{ classRequests(status: REQUESTED) { totalCount nodes { class enrollment { affiliate { externalId } } } } }';
    expect(await sandbox.staff(waiting)).toEqual({
      classRequests: { totalCount: 1, nodes: [{ class: 'silver', enrollment: { affiliate: { externalId: 'ann' } } }] },
    });
    // It stands in the inbox, too, which leads to it.
    const inbox = '{ requests(states: [OPEN]) { nodes { kind subject reference } } }';
    const { id } = asked['classRequest'] as { id: string };
    expect(await sandbox.staff(inbox)).toEqual({ requests: { nodes: [{ kind: 'CLASS', subject: 'silver', reference: id }] } });
    const approved = await act(sandbox.staff, 'approveClass', ann, 'classRequest { id status enrollment { class } }');
    expect(await sandbox.staff(waiting)).toEqual({ classRequests: { totalCount: 0, nodes: [] } });
    expect(approved).toMatchObject({ classRequest: { status: 'APPROVED', enrollment: { class: 'silver' } }, userErrors: [] });
    expect(await her(ahead)).toEqual({
      enrollment: { classesAhead: [{ ...missing[1], missing: { ...short, value: '22000.01' } }] },
    });
    expect(await act(sandbox.staff, 'approveClass', ann, 'classRequest { id status enrollment { class } }')).toEqual(approved);
    expect(await refusalOf(sandbox.staff, 'refuseClass', { ...ann, reason: 'late' })).toBe('NOT_FOUND');
    expect(await refusalOf(her, 'requestClass', { program: 'banggood', class: 'silver' })).toBe('INVALID');
  });

  it('is given once when many approve at once', async () => {
    const sandbox = await withAnn('banggood');
    const ann = { program: 'banggood', affiliate: 'ann' };
    await sell(sandbox, 'banggood', 'o1', '9000.00');
    await must(sandbox.staff, 'requestClass', { ...ann, class: 'silver' });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => act(sandbox.staff, 'approveClass', ann, 'classRequest { id status answeredAt }')),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { enrollment } = await sandbox.staff<{ enrollment: { classRequests: object[] } }>(
      '{ enrollment(program: "banggood", affiliate: "ann") { class classRequests { status } } }',
    );
    expect(enrollment).toEqual({ class: 'silver', classRequests: [{ status: 'APPROVED' }] });
  });

  it('is refused with a reason, and none where there are no classes', async () => {
    const sandbox = await withAnn('banggood');
    const ann = { program: 'banggood', affiliate: 'ann' };
    await sell(sandbox, 'banggood', 'o1', '9000.00');
    await must(sandbox.staff, 'requestClass', { ...ann, class: 'silver' });
    await must(sandbox.staff, 'refuseClass', { ...ann, reason: 'under inquiry' });
    await must(sandbox.staff, 'refuseClass', { ...ann, reason: 'under inquiry' });
    expect(await of(sandbox, 'banggood', 'ann', 'class classRequests { status reason answeredBy }')).toEqual({
      class: 'bronze',
      classRequests: [{ status: 'REFUSED', reason: 'under inquiry', answeredBy: 'staff of test' }],
    });
    const other = await withAnn('alibaba');
    expect(await refusalOf(other.staff, 'requestClass', { program: 'alibaba', affiliate: 'ann', class: 'gold' })).toBe('INVALID');
  });
});

describe('what cannot be', () => {
  const acts: [string, object, kind: 'staff' | 'integrator'][] = [
    ['approveApplication', {}, 'staff'],
    ['rejectApplication', { reason: 'r' }, 'staff'],
    ['sendContract', {}, 'staff'],
    ['signContract', {}, 'staff'],
    ['suspendEnrollment', { reason: 'r' }, 'staff'],
    ['reinstateEnrollment', {}, 'staff'],
    ['terminateEnrollment', { reason: 'r' }, 'staff'],
    ['acceptDocument', { document: 'd' }, 'staff'],
    ['grantPermission', { channel: 'c' }, 'staff'],
    ['revokePermission', { channel: 'c' }, 'staff'],
    ['setQualityFactor', { factor: '0.5', reason: 'r' }, 'staff'],
    ['requestClass', { class: 'silver' }, 'staff'],
    ['approveClass', {}, 'staff'],
    ['refuseClass', {}, 'staff'],
  ];

  it.each(acts)('%s of nobody, in no program, of another sandbox', async (mutation, more) => {
    const [sandbox, other] = await Promise.all([withAnn('banggood'), createTestSandbox(api, { programs: ['banggood'] })]);
    expect(await refusalOf(other.staff, mutation, { program: 'banggood', affiliate: 'ann', ...more })).toBe('NOT_FOUND');
    expect(await refusalOf(sandbox.staff, mutation, { program: 'nowhere', affiliate: 'ann', ...more })).toBe('NOT_FOUND');
    for (const affiliate of HOSTILE) {
      expect(await refusalOf(sandbox.staff, mutation, { program: 'banggood', affiliate, ...more }), affiliate).toBe('NOT_FOUND');
    }
    expect(await of(sandbox, 'banggood', 'ann', 'status class')).toEqual({ status: 'ACTIVE', class: 'bronze' });
  });

  it.each(acts)('%s by an integrator', async (mutation, more) => {
    const sandbox = await withAnn('banggood');
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const { errors } = await api.send(sandbox.integratorToken, query, { input: { program: 'banggood', affiliate: 'ann', ...more } });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('joining under odd names, from nowhere, with texts that are none', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['banggood'] });
    const join = (more: object) => refusalOf(sandbox.staff, 'enrollAffiliate', { program: 'banggood', affiliate: 'bob', ...more });
    for (const affiliate of [...HOSTILE.filter((text) => text !== `\${7*7}{{7*7}}`), '', ' ', '.', 'x'.repeat(129)]) {
      expect(await join({ affiliate }), affiliate).toBe('INVALID');
    }
    for (const more of [
      { country: 'XX' },
      { country: 'de' },
      { email: 'no mail' },
      { customer: '' },
      { name: 'a\u0007' },
      { name: 'n'.repeat(201) },
    ]) {
      expect(await join(more), JSON.stringify(more)).toBe('INVALID');
    }
    expect(await sandbox.staff('{ affiliates { totalCount } }')).toEqual({ affiliates: { totalCount: 0 } });
    const name = HOSTILE[0]!;
    await must(sandbox.staff, 'enrollAffiliate', { program: 'banggood', affiliate: 'bob', name });
    expect(await sandbox.staff('{ affiliate(id: "bob") { name } }')).toEqual({ affiliate: { name } });
  });
});

describe('who sees what', () => {
  it('an affiliate sees itself only', async () => {
    const sandbox = await withAnn('banggood', { email: 'ann@example.org', customer: 'c-ann' });
    await must(sandbox.staff, 'enrollAffiliate', { program: 'banggood', affiliate: 'bob' });
    const token = await affiliateToken(sandbox, 'ann');
    const her = api.as(token);
    const seen = (affiliate: string) =>
      her(
        `{ affiliate(id: "${affiliate}") { externalId email } enrollment(program: "banggood", affiliate: "${affiliate}") { status paidSales { amount } } }`,
      );
    expect(await seen('ann')).toEqual({
      affiliate: { externalId: 'ann', email: 'ann@example.org' },
      enrollment: { status: 'ACTIVE', paidSales: { amount: '0.00' } },
    });
    const nothing = { affiliate: null, enrollment: null };
    expect(await seen('bob')).toEqual(nothing);
    expect(await seen('nobody')).toEqual(nothing);
    expect(await refusalOf(her, 'requestClass', { program: 'banggood', affiliate: 'bob', class: 'silver' })).toBe('NOT_FOUND');
    for (const query of [
      '{ affiliates { totalCount } }',
      '{ enrollments { totalCount } }',
      '{ cases { totalCount } }',
      '{ enrollment(program: "banggood", affiliate: "ann") { customer } }',
    ]) {
      expect((await api.send(token, query)).errors, query).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  it('an integrator looks up where somebody stands, and no more', async () => {
    const sandbox = await withAnn('banggood', { email: 'ann@example.org' });
    expect(
      await sandbox.integrator(
        '{ enrollment(program: "banggood", affiliate: "ann") { status class country statusHistory { status doneBy } } }',
      ),
    ).toMatchObject({
      enrollment: { status: 'ACTIVE', class: 'bronze', country: 'DE' },
    });
    for (const field of [
      'paidSales { amount }',
      'cases { rule }',
      'flags',
      'warnings',
      'permissions { channel }',
      'qualityFactor',
      'customer',
      'affiliate { email }',
    ]) {
      const { errors } = await api.send(sandbox.integratorToken, `{ enrollment(program: "banggood", affiliate: "ann") { ${field} } }`);
      expect(errors, field).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  it('staff list, filter and search', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['banggood', 'bigseller'] });
    for (const [affiliate, more] of [
      ['ann', { class: 'gold' }],
      ['anton', {}],
      ['bob', {}],
    ] as const) {
      await must(sandbox.staff, 'enrollAffiliate', { program: 'banggood', affiliate, ...more });
    }
    await must(sandbox.integrator, 'applyToProgram', { program: 'bigseller', affiliate: 'ann', country: 'ID' });
    const list = async (args: string) => {
      const { affiliates } = await sandbox.staff<{ affiliates: { totalCount: number; nodes: { externalId: string }[] } }>(
        `{ affiliates(${args}) { totalCount nodes { externalId } } }`,
      );
      return [affiliates.totalCount, ...affiliates.nodes.map(({ externalId }) => externalId)];
    };
    expect(await list('first: 20')).toEqual([3, 'bob', 'anton', 'ann']);
    expect(await list('sort: OLDEST')).toEqual([3, 'ann', 'anton', 'bob']);
    expect(await list('sort: EXTERNAL_ID, first: 2')).toEqual([3, 'ann', 'anton']);
    expect(await list('search: "an"')).toEqual([2, 'anton', 'ann']);
    expect(await list(`search: "%' or 1=1 --"`)).toEqual([0]);
    expect(await list('class: "gold"')).toEqual([1, 'ann']);
    expect(await list('program: "bigseller"')).toEqual([1, 'ann']);
    expect(await list('status: APPLIED')).toEqual([1, 'ann']);
    expect(await list('program: "nowhere"')).toEqual([0]);
    expect(await sandbox.staff('{ affiliate(id: "ann") { enrollments { program { key } status country } } }')).toEqual({
      affiliate: {
        enrollments: [
          { program: { key: 'banggood' }, status: 'ACTIVE', country: 'ID' },
          { program: { key: 'bigseller' }, status: 'APPLIED', country: 'ID' },
        ],
      },
    });
  });

  it('in as few statements for many as for one', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['banggood'] });
    const everything = `query ($first: Int!) { affiliates(first: $first) { totalCount nodes { name email enrollments {
      program { key } affiliate { externalId } country statusHistory { status } application { kind } permissions { channel } documents qualityFactor
      paidSales { amount } payingCustomers classRequests { id } warnings cases { rule evidenceCount } flags trafficSources { name } customer
    } } } }`;
    const ask = async (first: number) => (await readsOf(() => sandbox.staff(everything, { first }))).length;
    for (let index = 0; index < 6; index++) await must(sandbox.staff, 'enrollAffiliate', { program: 'banggood', affiliate: `a${index}` });
    await ask(1);
    const one = await ask(1);
    expect(await ask(6)).toBe(one);
    expect(one).toBeLessThan(25);
  });
});
