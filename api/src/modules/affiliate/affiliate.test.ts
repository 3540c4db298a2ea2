import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act as actOf, affiliateToken, type Refusal } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

interface Found {
  id: string;
  status: string;
  class: string | null;
}
type Answer = { enrollment: Found | null; userErrors: Refusal[] };

async function act(ask: Ask, mutation: string, input: object): Promise<Answer> {
  return (await actOf(ask, mutation, input, 'enrollment { id status class }')) as unknown as Answer;
}

const refusal = ({ userErrors }: Answer) => userErrors.map(({ code }) => code).join();

function playground(program: string): Promise<TestSandbox> {
  return createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
}

describe('joining with a contract', () => {
  it('goes step by step, each with its time and who did it', async () => {
    const sandbox = await playground('bigseller');
    const dewi = { program: 'bigseller', affiliate: 'dewi' };
    const applied = await act(sandbox.integrator, 'applyToProgram', {
      ...dewi,
      country: 'ID',
      email: 'dewi@example.org',
      kind: 'community owner',
      channels: ['facebook', 'courses'],
    });
    expect(applied).toMatchObject({ enrollment: { status: 'APPLIED', class: null }, userErrors: [] });
    expect(refusal(await act(sandbox.staff, 'sendContract', dewi))).toBe('BS-01');
    await sandbox.at('2026-03-02T00:00:00Z');
    expect((await act(sandbox.staff, 'approveApplication', dewi)).enrollment?.status).toBe('APPROVED');
    expect(refusal(await act(sandbox.staff, 'signContract', dewi))).toBe('BS-01');
    await sandbox.at('2026-03-03T00:00:00Z');
    expect((await act(sandbox.staff, 'sendContract', dewi)).enrollment?.status).toBe('CONTRACT_SENT');
    const her = api.as(await affiliateToken(sandbox, 'dewi'));
    await sandbox.at('2026-03-04T00:00:00Z');
    expect((await act(her, 'signContract', { program: 'bigseller' })).enrollment?.status).toBe('ACTIVE');
    const { enrollment } = await sandbox.staff<{ enrollment: object }>(
      `{ enrollment(program: "bigseller", affiliate: "dewi") {
        country affiliate { externalId email } program { key } application { kind channels }
        statusHistory { status at doneBy } qualityFactor paidSales { amount currency } payingCustomers documents warnings
      } }`,
    );
    expect(enrollment).toEqual({
      country: 'ID',
      affiliate: { externalId: 'dewi', email: 'dewi@example.org' },
      program: { key: 'bigseller' },
      application: { kind: 'community owner', channels: ['courses', 'facebook'] },
      statusHistory: [
        { status: 'APPLIED', at: '2026-03-01T00:00:00Z', doneBy: 'integrator of test' },
        { status: 'APPROVED', at: '2026-03-02T00:00:00Z', doneBy: 'staff of test' },
        { status: 'CONTRACT_SENT', at: '2026-03-03T00:00:00Z', doneBy: 'staff of test' },
        { status: 'ACTIVE', at: '2026-03-04T00:00:00Z', doneBy: 'dewi' },
      ],
      qualityFactor: '1',
      paidSales: { amount: '0.00', currency: 'USD' },
      payingCustomers: 0,
      documents: [],
      warnings: [],
    });
  });

  it('is refused from elsewhere, also to staff, and needs a country', async () => {
    const sandbox = await playground('bigseller');
    const from = (affiliate: string, country?: string) => ({ program: 'bigseller', affiliate, country });
    expect(refusal(await act(sandbox.integrator, 'applyToProgram', from('hans', 'DE')))).toBe('BS-13');
    expect(refusal(await act(sandbox.staff, 'enrollAffiliate', from('kim', 'KR')))).toBe('BS-13');
    expect(refusal(await act(sandbox.integrator, 'applyToProgram', from('nobody')))).toBe('INVALID');
    expect(await sandbox.staff('{ affiliates { totalCount } }')).toEqual({ affiliates: { totalCount: 0 } });
    // Refused, an id may be used again.
    expect((await act(sandbox.integrator, 'applyToProgram', from('hans', 'TH'))).enrollment?.status).toBe('APPLIED');
  });

  it('ends with a rejection, after which one may apply anew', async () => {
    const sandbox = await playground('bigseller');
    const sari = { program: 'bigseller', affiliate: 'sari' };
    await act(sandbox.integrator, 'applyToProgram', { ...sari, country: 'ID' });
    const rejected = await act(sandbox.staff, 'rejectApplication', { ...sari, reason: 'no channel named' });
    expect(rejected.enrollment?.status).toBe('REJECTED');
    expect(await act(sandbox.staff, 'rejectApplication', { ...sari, reason: 'no channel named' })).toEqual(rejected);
    expect(refusal(await act(sandbox.staff, 'approveApplication', sari))).toBe('BS-01');
    expect((await act(sandbox.integrator, 'applyToProgram', { ...sari, country: 'ID' })).enrollment?.status).toBe('APPLIED');
    expect((await act(sandbox.staff, 'enrollAffiliate', { ...sari, country: 'ID' })).enrollment?.status).toBe('ACTIVE');
  });
});

describe('joining without a contract', () => {
  it('happens at once where the terms accept applications at once', async () => {
    const sandbox = await playground('banggood');
    const wanda = { program: 'banggood', affiliate: 'wanda', country: 'PL' };
    const applied = await act(sandbox.integrator, 'applyToProgram', wanda);
    expect(applied.enrollment).toMatchObject({ status: 'ACTIVE', class: 'bronze' });
    expect(await act(sandbox.integrator, 'applyToProgram', wanda)).toEqual(applied);
    expect(refusal(await act(sandbox.integrator, 'applyToProgram', { ...wanda, customer: 'c1' }))).toBe('CONFLICT');
  });

  it('ends with the approval', async () => {
    const sandbox = await playground('alibaba');
    const vera = { program: 'alibaba', affiliate: 'vera' };
    await act(sandbox.integrator, 'applyToProgram', { ...vera, country: 'BY' });
    const approved = await act(sandbox.staff, 'approveApplication', vera);
    expect(approved.enrollment?.status).toBe('ACTIVE');
    expect(await act(sandbox.staff, 'approveApplication', vera)).toEqual(approved);
    const { enrollment } = await sandbox.staff<{ enrollment: { statusHistory: { status: string }[]; warnings: string[] } }>(
      '{ enrollment(program: "alibaba", affiliate: "vera") { statusHistory { status } warnings } }',
    );
    expect(enrollment.statusHistory.map(({ status }) => status)).toEqual(['APPLIED', 'APPROVED', 'ACTIVE']);
    expect(enrollment.warnings).toEqual(['AB-11']);
  });
});

describe('enrolling by staff', () => {
  it('walks all steps at once, answers a repeat the same, and refuses other content', async () => {
    const sandbox = await playground('banggood');
    const gold = { program: 'banggood', affiliate: 'ann', country: 'DE', class: 'gold', customer: 'c-ann', name: 'Ann' };
    const enrolled = await act(sandbox.staff, 'enrollAffiliate', gold);
    expect(enrolled.enrollment).toMatchObject({ status: 'ACTIVE', class: 'gold' });
    expect(await act(sandbox.staff, 'enrollAffiliate', gold)).toEqual(enrolled);
    for (const other of [{ class: 'silver' }, { country: 'FR' }, { customer: 'c-other' }, { name: 'Anna' }]) {
      expect(refusal(await act(sandbox.staff, 'enrollAffiliate', { ...gold, ...other })), JSON.stringify(other)).toBe('CONFLICT');
    }
    expect(refusal(await act(sandbox.staff, 'enrollAffiliate', { ...gold, affiliate: 'bob', class: 'platinum' }))).toBe('INVALID');
  });

  it('accepts all documents of the terms', async () => {
    const sandbox = await playground('aliexpress');
    await act(sandbox.staff, 'enrollAffiliate', { program: 'aliexpress', affiliate: 'ivo', country: 'HR' });
    await act(sandbox.integrator, 'applyToProgram', { program: 'aliexpress', affiliate: 'jana', country: 'HR' });
    const documents = '{ enrollments(program: "aliexpress") { nodes { affiliate { externalId } documents } } }';
    expect(await sandbox.staff(documents)).toEqual({
      enrollments: {
        nodes: [
          { affiliate: { externalId: 'jana' }, documents: [] },
          { affiliate: { externalId: 'ivo' }, documents: ['cis-cooperation'] },
        ],
      },
    });
    const jana = api.as(await affiliateToken(sandbox, 'jana'));
    const accept = { program: 'aliexpress', document: 'cis-cooperation' };
    expect((await act(jana, 'acceptDocument', accept)).userErrors).toEqual([]);
    expect((await act(jana, 'acceptDocument', accept)).userErrors).toEqual([]);
    expect(refusal(await act(jana, 'acceptDocument', { ...accept, document: 'other' }))).toBe('INVALID');
    expect(await jana('{ enrollment(program: "aliexpress", affiliate: "jana") { documents } }')).toEqual({
      enrollment: { documents: ['cis-cooperation'] },
    });
  });

  it('has one effect when it is asked for many times at once', async () => {
    const sandbox = await playground('banggood');
    const input = { program: 'banggood', affiliate: 'ann', country: 'DE' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => act(sandbox.staff, 'enrollAffiliate', input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await sandbox.staff('{ enrollments { totalCount nodes { statusHistory { status } } } }')).toMatchObject({
      enrollments: { totalCount: 1, nodes: [{ statusHistory: [{ status: 'APPLIED' }, { status: 'APPROVED' }, { status: 'ACTIVE' }] }] },
    });
  });
});
