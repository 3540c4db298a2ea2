import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { type Acted, act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const program = 'banggood';
const why = { program, reason: 'a test' };

const open = (): Promise<TestSandbox> => createTestSandbox(api, { programs: [program, 'alibaba'], startsAt: '2026-03-01T00:00:00Z' });
const statusOf = async ({ staff }: TestSandbox, key = program) =>
  (await staff<{ program: { status: string } }>(`{ program(key: "${key}") { status } }`)).program.status;

describe('a program', () => {
  it('is open until somebody decides otherwise, pauses and goes on, each with who and why', async () => {
    const sandbox = await open();
    expect(await statusOf(sandbox)).toBe('OPEN');
    await must(sandbox.staff, 'reopenProgram', why);
    await must(sandbox.staff, 'pauseProgram', why);
    expect(await statusOf(sandbox)).toBe('PAUSED');
    expect(await statusOf(sandbox, 'alibaba')).toBe('OPEN');
    // The same again writes nothing.
    await must(sandbox.staff, 'pauseProgram', { ...why, reason: 'once more' });
    await sandbox.at('2026-03-02T00:00:00Z');
    await must(sandbox.staff, 'reopenProgram', { ...why, reason: 'all is well' });
    expect(
      await sandbox.staff(`{ program(key: "${program}") { status turns { status holdsFrom reason decidedAt decidedBy requestsUntil } } }`),
    ).toEqual({
      program: {
        status: 'OPEN',
        turns: [
          {
            status: 'PAUSED',
            holdsFrom: '2026-03-01T00:00:00Z',
            reason: 'a test',
            decidedAt: '2026-03-01T00:00:00Z',
            decidedBy: 'staff of test',
            requestsUntil: null,
          },
          {
            status: 'OPEN',
            holdsFrom: '2026-03-02T00:00:00Z',
            reason: 'all is well',
            decidedAt: '2026-03-02T00:00:00Z',
            decidedBy: 'staff of test',
            requestsUntil: null,
          },
        ],
      },
    });
  });

  it('closes when it was planned, unless that is taken back before', async () => {
    const sandbox = await open();
    await must(sandbox.staff, 'closeProgram', { ...why, from: '2026-03-10T00:00:00Z' });
    expect(await refusalOf(sandbox.staff, 'pauseProgram', { ...why, from: '2026-03-11T00:00:00Z' })).toBe('INVALID');
    await sandbox.at('2026-03-09T23:59:59Z');
    expect(await statusOf(sandbox)).toBe('OPEN');
    await must(sandbox.staff, 'reopenProgram', why);
    await sandbox.at('2026-03-10T00:00:00Z');
    expect(await statusOf(sandbox)).toBe('OPEN');
    await must(sandbox.staff, 'closeProgram', { ...why, from: '2026-03-12T00:00:00Z' });
    await sandbox.at('2026-03-12T00:00:00Z');
    expect(await statusOf(sandbox)).toBe('CLOSED');
    for (const mutation of ['pauseProgram', 'reopenProgram']) expect(await refusalOf(sandbox.staff, mutation, why)).toBe('INVALID');
    await must(sandbox.staff, 'closeProgram', why);
    expect(await refusalOf(sandbox.staff, 'closeProgram', { ...why, requestsUntil: '2027-01-01T00:00:00Z' })).toBe('INVALID');
    // Nor does the database take what would follow.
    const late = `insert into program_switch (program_id, id, name, value, holds_from, set_by, reason, set_at)
      select program_id, 'ffffffff-ffff-7fff-bfff-ffffffffffff', name, 'open', '2026-04-01', 'x', 'x', '2026-04-01' from program_switch where name = 'status' and value = 'closed' limit 1`;
    await withConnection(api.database.url, (client) => expect(client.query(late)).rejects.toThrow('stays so'));
  });

  it('is not decided about for the past, without a reason, or by others', async () => {
    const sandbox = await open();
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
    const decide = (more: object, mutation = 'pauseProgram') => refusalOf(sandbox.staff, mutation, { ...why, ...more });
    expect(await decide({ from: '2026-02-28T23:59:59Z' })).toBe('INVALID');
    for (const reason of ['', '  ', 'a\u0007', 'n'.repeat(1001)]) expect(await decide({ reason }), reason).toBe('INVALID');
    for (const key of ['nowhere', ...HOSTILE]) expect(await decide({ program: key }), key).toBe('NOT_FOUND');
    expect(await decide({ from: '2026-04-02T00:00:00Z', requestsUntil: '2026-04-01T00:00:00Z' }, 'closeProgram')).toBe('INVALID');
    const { secret } = await must(sandbox.staff, 'createToken', { kind: 'STAFF', name: 'r', role: 'REVIEWER' }, 'secret');
    for (const token of [sandbox.integratorToken, await affiliateToken(sandbox, 'ann'), String(secret)]) {
      const query = `mutation { closeProgram(input: { program: "${program}", reason: "x" }) { userErrors { code } } }`;
      expect((await api.send(token, query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect(await statusOf(sandbox)).toBe('OPEN');
  });

  it('of a live organization is closed by two', async () => {
    const key = 'alibaba';
    const waits = 'program { status } approval { id status kind }';
    const asked = await must(api.staff, 'closeProgram', { program: key, reason: 'over', from: '2090-01-01T00:00:00Z' }, waits);
    expect(asked).toMatchObject({ program: null, approval: { status: 'REQUESTED', kind: 'closeProgram' } });
    const approval = (asked['approval'] as { id: string }).id;
    expect(await refusalOf(api.staff, 'giveApproval', { approval })).toBe('INVALID');
    const { secret } = await must(api.staff, 'createToken', { kind: 'STAFF', name: 'second', role: 'ADMIN' }, 'secret');
    await must(api.as(String(secret)), 'giveApproval', { approval });
    const { program: closed } = await api.staff<{ program: Acted }>(
      `{ program(key: "${key}") { status turns { status holdsFrom decidedBy } } }`,
    );
    expect(closed).toEqual({ status: 'OPEN', turns: [{ status: 'CLOSED', holdsFrom: '2090-01-01T00:00:00Z', decidedBy: 'second' }] });
  });
});

describe('an order', () => {
  it('told before the closing of its very instant is decided again, and says why it earns nothing', async () => {
    const sandbox = await open();
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
    await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1', page: 'home' });
    await sandbox.at('2026-03-02T00:00:00Z');
    const lines = [{ sku: 'a', category: 'home-and-garden', price: '10.00' }];
    await must(sandbox.integrator, 'recordOrder', { program, id: 'o1', visitor: 'v1', country: 'DE', lines });
    await must(sandbox.staff, 'closeProgram', why);
    const select = 'commission { status amount { value } because explanation { steps { kind conclusion sentence } } }';
    expect(await sandbox.staff(`{ order(program: "${program}", id: "o1") { ${select} } }`)).toMatchObject({
      order: {
        commission: {
          status: 'REJECTED',
          amount: { value: '0' },
          because: expect.arrayContaining(['ALL-08']),
          explanation: {
            steps: expect.arrayContaining([
              {
                kind: 'program',
                conclusion: 'closed',
                sentence: 'The order is rejected: the program was closed when it was placed (ALL-08)',
              },
            ]),
          },
        },
      },
    });
  });
});

describe('what an affiliate has in a closed program', () => {
  it('is asked for until the last instant, and by staff after it', async () => {
    const sandbox = await open();
    await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
    await must(sandbox.staff, 'postAdjustment', { program, affiliate: 'ann', id: 'b', kind: 'BONUS', amount: '3000', reason: 'a prize' });
    const her = api.as(await affiliateToken(sandbox, 'ann'));
    await must(sandbox.staff, 'closeProgram', { ...why, requestsUntil: '2026-03-05T00:00:00Z' });
    await sandbox.at('2026-03-05T00:00:00Z');
    await must(her, 'requestWithdrawal', { program, id: 'w1', amount: '1000' });
    await sandbox.at('2026-03-05T00:00:01Z');
    expect(await act(her, 'requestWithdrawal', { program, id: 'w2' })).toMatchObject({
      userErrors: [{ code: 'NOT_OPEN', message: expect.stringContaining('2026-03-05T00:00:00Z') }],
    });
    // A repeat answers what the first call did.
    await must(her, 'requestWithdrawal', { program, id: 'w1', amount: '1000' });
    await must(sandbox.staff, 'requestWithdrawal', { program, affiliate: 'ann', id: 'w2' });
    expect(await her(`{ balances(program: "${program}") { available { value } reserved { value } } }`)).toEqual({
      balances: { available: { value: '0' }, reserved: { value: '3000' } },
    });
  });
});
