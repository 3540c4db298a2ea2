import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { act, affiliateToken, HOSTILE, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'banggood';
const rule = 'BG-15';
const hers = { program, affiliate: 'ann', rule };
const WORK = 'case { status dueAt overdueAt assignee history { kind text by } request { externalId state thread { kind side text } } }';

let api: TestApi;
let sandbox: TestSandbox;
let staff: Ask;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  sandbox = await createTestSandbox(api, { programs: [program], startsAt: '2026-03-01T00:00:00Z' });
  staff = sandbox.staff;
  for (const affiliate of ['ann', 'bob']) await must(staff, 'enrollAffiliate', { program, affiliate, country: 'DE' });
  await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1', channel: 'Bing Ads' });
});

const work = (mutation: string, more: object = {}) => must(staff, mutation, { ...hers, ...more }, WORK);
const cases = async (args: string, what = 'rule status overdueAt enrollment { affiliate { externalId } }') =>
  (await staff<{ cases: { nodes: Record<string, unknown>[] } }>(`{ cases(${args}) { nodes { ${what} } } }`)).cases.nodes;

describe('a case', () => {
  it('is handed over, noted, asked about and answered, and closed with a word to the affiliate', async () => {
    const ann = api.as(await affiliateToken(sandbox, 'ann'));
    await work('assignCase');
    await work('noteCase', { text: ' Seen in two countries ' });
    const asked = await work('askAboutCase', { text: 'Whose ad is that?' });
    const found = asked['case'] as { request: { externalId: string } };
    const request = found.request.externalId;
    expect(asked).toMatchObject({
      case: {
        status: 'OPEN',
        assignee: 'staff of test',
        history: [
          { kind: 'ASSIGNED', text: 'staff of test' },
          { kind: 'NOTE', text: 'Seen in two countries' },
          { kind: 'ASKED', text: null },
        ],
        request: { state: 'WAITING', thread: [{ kind: 'OPENED', side: 'STAFF', text: 'Whose ad is that?' }, { kind: 'ASSIGNED' }] },
      },
    });
    // The affiliate reads the question, and nothing of what staff say among themselves.
    const own = `{ requests { nodes { externalId kind state subject thread { text } } } enrollment(program: "${program}", affiliate: "ann") { cases { rule request { state } } } }`;
    expect(await ann(own)).toEqual({
      requests: {
        nodes: [{ externalId: request, kind: 'CASE', state: 'WAITING', subject: rule, thread: [{ text: 'Whose ad is that?' }] }],
      },
      enrollment: { cases: [{ rule, request: { state: 'WAITING' } }] },
    });
    const token = await affiliateToken(sandbox, 'ann');
    for (const field of ['dueAt', 'overdueAt', 'assignee', 'history { kind }', 'evidence { name }', 'evidenceCount']) {
      const { errors } = await api.send(token, `{ enrollment(program: "${program}", affiliate: "ann") { cases { ${field} } } }`);
      expect(errors, field).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    await must(ann, 'replyToRequest', { program, request, text: 'A partner of mine. It is off now.' });
    expect(await staff(`{ requests(states: [OPEN], assignee: "me") { nodes { externalId } } }`)).toEqual({
      requests: { nodes: [{ externalId: request }] },
    });
    await work('askAboutCase', { text: 'Since when?' });
    // It ends with the case, and in no other way.
    for (const mutation of ['grantRequest', 'answerRequest', 'refuseRequest'])
      expect(
        await refusalOf(staff, mutation, { program, request, ...(mutation === 'refuseRequest' ? { reason: 'x' } : { text: 'x' }) }),
      ).toBe('INVALID');
    expect(await refusalOf(ann, 'withdrawRequest', { program, request })).toBe('INVALID');
    expect(await refusalOf(ann, 'openRequest', { program, id: 'mine', kind: 'CASE', text: 'x' })).toBe('INVALID');
    expect(await work('dismissCase', { reason: 'It was off within a day.' })).toMatchObject({
      case: {
        status: 'DISMISSED',
        request: { state: 'ANSWERED' },
        history: expect.arrayContaining([{ kind: 'DISMISSED', text: 'It was off within a day.', by: 'staff of test' }]),
      },
    });
    expect(await ann(`{ request(program: "${program}", id: "${request}") { state answer } }`)).toEqual({
      request: { state: 'ANSWERED', answer: 'The case is dismissed. It was off within a day.' },
    });
  });

  it('that is not settled in time is marked at its deadline, once, and stands first', async () => {
    await must(staff, 'setCaseDays', { program, days: 3 });
    await must(sandbox.integrator, 'recordClick', { program, id: 'k2', affiliate: 'bob', visitor: 'v2', channel: 'Yahoo Ads' });
    await sandbox.at('2026-03-03T23:59:59Z');
    expect(await cases('overdue: true')).toEqual([]);
    await sandbox.at('2026-03-04T00:00:00Z');
    const mark = { overdueAt: '2026-03-04T00:00:00Z', enrollment: { affiliate: { externalId: 'bob' } } };
    expect(await cases('overdue: true')).toMatchObject([mark]);
    expect(await cases('first: 10')).toMatchObject([mark, { overdueAt: null }]);
    const { cases: page } = await staff<{ cases: { pageInfo: { endCursor: string } } }>('{ cases(first: 1) { pageInfo { endCursor } } }');
    expect(await cases(`first: 1, after: "${page.pageInfo.endCursor}"`)).toMatchObject([
      { enrollment: { affiliate: { externalId: 'ann' } } },
    ]);
    await sandbox.at('2026-03-05T00:00:00Z');
    const [{ history } = { history: [] }] = await cases('overdue: true', 'history { kind by }');
    expect(history).toEqual([{ kind: 'OVERDUE', by: 'engine' }]);
    // Another deadline lies ahead, and takes the mark away; what happened stays.
    const his = { program, affiliate: 'bob', rule };
    expect(await refusalOf(staff, 'setCaseDeadline', { ...his, dueAt: '2026-03-05T00:00:00Z', reason: 'x' })).toBe('INVALID');
    expect(await refusalOf(staff, 'setCaseDeadline', { ...his, dueAt: '2199-03-08T00:00:00Z', reason: 'x' })).toBe('INVALID');
    await must(staff, 'setCaseDeadline', { ...his, dueAt: '2026-03-20T00:00:00Z', reason: 'He is away' });
    expect(await cases('overdue: true')).toEqual([]);
    await sandbox.at('2026-03-08T00:00:00Z');
    expect(await cases('overdue: true')).toMatchObject([{ enrollment: { affiliate: { externalId: 'ann' } } }]);
    await must(staff, 'dismissCase', hers);
    expect(await cases('first: 10')).toMatchObject([{ status: 'OPEN' }, { status: 'DISMISSED', overdueAt: '2026-03-08T00:00:00Z' }]);
    expect(await staff(`{ program(key: "${program}") { caseDays } }`)).toEqual({ program: { caseDays: 3 } });
    for (const days of [0, 366]) expect(await refusalOf(staff, 'setCaseDays', { program, days })).toBe('INVALID');
  });

  it('has its time from when it became known, whenever the click was', async () => {
    const late = { program, id: 'k2', affiliate: 'bob', channel: 'bing-ads', occurredAt: '2026-01-01T00:00:00Z' };
    await must(staff, 'grantPermission', { program, affiliate: 'ann', channel: 'bing-ads' });
    await must(sandbox.integrator, 'recordClick', late);
    const found = await cases('affiliate: "bob"', 'openedAt dueAt');
    expect(found).toEqual([{ openedAt: '2026-01-01T00:00:00Z', dueAt: '2026-03-08T00:00:00Z' }]);
  });

  it('leads to what speaks for it, for whoever may see such a thing', async () => {
    const line = { sku: 'a', category: 'home-and-garden', price: '10.00' };
    await must(sandbox.integrator, 'recordRegistration', { program, customer: 'c1', visitor: 'v1' });
    await must(sandbox.integrator, 'recordOrder', { program, id: 'o1', visitor: 'v1', customer: 'c1', country: 'DE', lines: [line] });
    for (const evidence of [
      { order: 'o1' },
      { order: 'o1' },
      { customer: 'c1' },
      { click: 'k1' },
      { text: 'A screenshot' },
      { text: 'A screenshot' },
    ])
      await must(staff, 'addCaseEvidence', { ...hers, ...evidence });
    const LINKS = 'kind name addedBy click { externalId } order { externalId } customer { externalId }';
    const [found] = await cases('first: 1', `id evidenceCount evidence { ${LINKS} }`);
    expect(found).toMatchObject({
      evidenceCount: 4,
      evidence: [
        { kind: 'CLICK', name: 'k1', addedBy: null, click: { externalId: 'k1' }, order: null },
        { kind: 'ORDER', name: 'o1', addedBy: 'staff of test', order: { externalId: 'o1' } },
        { kind: 'CUSTOMER', name: 'c1', customer: { externalId: 'c1' } },
        { kind: 'WORDS', name: 'A screenshot' },
      ],
    });
    const all = (affiliate: string) =>
      staff<{ caseEvidence: { totalCount: number } | null }>(
        `{ caseEvidence(program: "${program}", affiliate: "${affiliate}", case: "${found!['id']}", first: 2) { totalCount nodes { name } } }`,
      );
    expect(await all('ann')).toEqual({ caseEvidence: { totalCount: 4, nodes: [{ name: 'k1' }, { name: 'o1' }] } });
    expect((await all('bob')).caseEvidence).toBeNull();
    for (const [evidence, code] of [
      [{}, 'INVALID'],
      [{ click: 'k1', text: 'x' }, 'INVALID'],
      [{ text: ' ' }, 'INVALID'],
      [{ click: 'k9' }, 'NOT_FOUND'],
      ...HOSTILE.map((order) => [{ order }, 'NOT_FOUND'] as const),
    ] as const)
      expect(await refusalOf(staff, 'addCaseEvidence', { ...hers, ...evidence }), JSON.stringify(evidence)).toBe(code);
  });

  it('is worked on while it is open, by those who settle cases, and by nobody else', async () => {
    const reader = api.as(String((await must(staff, 'createToken', { kind: 'STAFF', name: 'r', role: 'READER' }, 'secret'))['secret']));
    for (const [mutation, more] of [
      ['assignCase', {}],
      ['unassignCase', {}],
      ['noteCase', { text: 'x' }],
      ['askAboutCase', { text: 'x' }],
      ['addCaseEvidence', { text: 'x' }],
      ['setCaseDeadline', { dueAt: '2026-03-30T00:00:00Z', reason: 'x' }],
    ] as const) {
      await expect(act(reader, mutation, { ...hers, ...more }), mutation).rejects.toThrow('FORBIDDEN');
      expect(await refusalOf(staff, mutation, { ...hers, affiliate: 'bob', ...more }), mutation).toBe('NOT_FOUND');
    }
    expect(await refusalOf(staff, 'assignCase', { ...hers, member: 'nobody' })).toBe('NOT_FOUND');
    await work('assignCase');
    expect(await cases('assignee: "me"')).toHaveLength(1);
    expect(await work('unassignCase')).toMatchObject({ case: { assignee: null } });
    expect(await cases('unassigned: true')).toHaveLength(1);
    await work('confirmCase');
    expect(await refusalOf(staff, 'noteCase', { ...hers, text: 'late' })).toBe('NOT_FOUND');
    // Nor does the database take what would follow.
    const sql = (text: string) => withConnection(api.database.url, (client) => client.query(text));
    await expect(sql('update compliance_case set due_at = now()')).rejects.toThrow('a case is closed once');
    await expect(sql("update case_evidence set kind = 'words', ref_id = null")).rejects.toThrow('append-only');
    await expect(sql('delete from case_entry')).rejects.toThrow('append-only');
  });
});
