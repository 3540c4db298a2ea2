import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { newId } from '../../platform/ids.ts';
import { type Acted, act, must, refusalOf } from '../../testing/acts.ts';
import { type Ask, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

let api: TestApi;
let sandbox: TestSandbox;
const program = 'banggood';
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [program, 'aliexpress'] });
  await must(sandbox.staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
});
afterAll(() => api.close());

const SELECT = 'approval { id status kind subject requestedBy decidedBy reason }';
const idOf = (acted: Acted) => (acted['approval'] as { id: string }).id;

async function tokenOf(by: Ask, role: string, programs?: string[]): Promise<{ ask: Ask; id: string }> {
  const { secret, token } = await must(by, 'createToken', { kind: 'STAFF', name: role, role, programs }, 'secret token { id }');
  return { ask: api.as(String(secret)), id: (token as { id: string }).id };
}

async function documentOf(ask: Ask): Promise<string> {
  const found = await ask<{ program: { terms: { document: string } } }>(`{ program(key: "${program}") { terms { document } } }`);
  return found.program.terms.document;
}

const adjust = (ask: Ask, id: string, amount: string) =>
  act(ask, 'postAdjustment', { program, id, affiliate: 'ann', kind: 'ADJUSTMENT', amount, reason: 'a test' }, `id ${SELECT}`);
const available = async () =>
  (
    await sandbox.staff<{ balances: { available: { value: string } } }>(
      `{ balances(program: "${program}", affiliate: "ann") { available { value } } }`,
    )
  ).balances.available.value;

describe('terms of a live organization', () => {
  it('are published when a second person has approved, and not before', async () => {
    const document = await documentOf(api.staff);
    const holdsFrom = '2090-01-01T00:00:00Z';
    const input = { program, document, holdsFrom };
    const versions = async () =>
      (await api.staff<{ program: { termsVersions: object[] } }>(`{ program(key: "${program}") { termsVersions { publishedBy } } }`))
        .program.termsVersions;
    const asked = await must(api.staff, 'publishTerms', input, `termsVersion { id } ${SELECT}`);
    expect(asked).toMatchObject({
      termsVersion: null,
      approval: { status: 'REQUESTED', kind: 'publishTerms', requestedBy: 'first staff' },
    });
    expect(await must(api.staff, 'publishTerms', input, `termsVersion { id } ${SELECT}`)).toEqual(asked);
    expect(await act(api.staff, 'giveApproval', { approval: idOf(asked) })).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
    expect(await versions()).toHaveLength(1);

    const finance = await tokenOf(api.staff, 'FINANCE');
    const elsewhere = await tokenOf(api.staff, 'TERMS_EDITOR', ['aliexpress']);
    for (const { ask } of [finance, elsewhere]) expect(await refusalOf(ask, 'giveApproval', { approval: idOf(asked) })).toBe('NOT_FOUND');
    expect(await elsewhere.ask('{ approvals { totalCount } }')).toEqual({ approvals: { totalCount: 0 } });

    const editor = await tokenOf(api.staff, 'TERMS_EDITOR', [program]);
    const { approvals } = await editor.ask<{ approvals: { nodes: { id: string; input: string; program: { key: string } }[] } }>(
      '{ approvals(status: REQUESTED) { nodes { id input program { key } } } }',
    );
    expect(approvals.nodes).toMatchObject([{ id: idOf(asked), program: { key: program } }]);
    expect(JSON.parse(approvals.nodes[0]!.input)).toMatchObject({ document });
    const answers = await Promise.all([1, 2].map(() => act(editor.ask, 'giveApproval', { approval: idOf(asked), reason: 'read' }, SELECT)));
    expect(answers.map(({ userErrors }) => userErrors.map(({ code }) => code).join()).sort()).toEqual(['', 'CONFLICT']);
    expect(answers.find(({ userErrors }) => userErrors.length === 0)).toMatchObject({
      approval: { status: 'APPROVED', decidedBy: 'TERMS_EDITOR', reason: 'read' },
    });
    expect(await versions()).toHaveLength(2);
    expect(await refusalOf(editor.ask, 'refuseApproval', { approval: idOf(asked) })).toBe('CONFLICT');
  });

  it('that could not be published are turned away at once', async () => {
    const answer = await act(api.staff, 'publishTerms', { program, document: '{}', holdsFrom: '2090-01-01T00:00:00Z' }, SELECT);
    expect(answer).toMatchObject({ approval: null, userErrors: expect.arrayContaining([expect.objectContaining({ code: 'INVALID' })]) });
  });

  it('need a second person also to be let go from that', async () => {
    const asked = await must(api.staff, 'setSecondPerson', { kind: 'TERMS', on: false }, `secondPersonRule { on } ${SELECT}`);
    expect(asked).toMatchObject({ secondPersonRule: null, approval: { status: 'REQUESTED', kind: 'setSecondPerson' } });
    const second = await tokenOf(api.staff, 'ADMIN');
    await must(second.ask, 'refuseApproval', { approval: idOf(asked), reason: 'no' });
    const rules = await api.staff(`{ secondPersonRules(program: "${program}") { kind on } }`);
    expect(rules).toMatchObject({
      secondPersonRules: expect.arrayContaining([
        { kind: 'TERMS', on: true },
        { kind: 'WITHDRAWAL', on: false },
      ]),
    });
  });
});

describe('in a sandbox', () => {
  it('nothing needs a second person until it is switched on', async () => {
    expect(await adjust(sandbox.staff, 'a1', '500')).toMatchObject({ id: expect.any(String), approval: null });
    expect(await available()).toBe('500');
  });

  it('an amount above the limit does, one below does not, and the unit decides', async () => {
    const input = { kind: 'ADJUSTMENT', program, on: true, limits: [{ unit: 'points', amount: '1000' }] };
    const { secondPersonRule } = await must(sandbox.staff, 'setSecondPerson', input, 'secondPersonRule { on limits { unit amount } }');
    expect(secondPersonRule).toEqual({ on: true, limits: [{ unit: 'points', amount: '1000' }] });
    expect(await adjust(sandbox.staff, 'a2', '1000')).toMatchObject({ approval: null, userErrors: [] });
    const asked = await adjust(sandbox.staff, 'a3', '1001');
    expect(asked).toMatchObject({ id: null, approval: { subject: 'adjustment a3', status: 'REQUESTED' } });
    expect((await adjust(sandbox.staff, 'a3', '2001')).userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect((await adjust(sandbox.staff, 'a4', '-1001'))['approval']).toMatchObject({ status: 'REQUESTED' });
    expect(await available()).toBe('1500');
    const finance = await tokenOf(sandbox.staff, 'FINANCE');
    expect(await act(finance.ask, 'giveApproval', { approval: idOf(asked) }, SELECT)).toMatchObject({ approval: { status: 'APPROVED' } });
    expect(await available()).toBe('2501');
    expect(await adjust(sandbox.staff, 'a3', '1001')).toMatchObject({ id: expect.any(String), approval: null });
    expect(await available()).toBe('2501');
  });

  it('whoever asked takes it back, and nobody else does', async () => {
    const asked = await adjust(sandbox.staff, 'a5', '5000');
    const finance = await tokenOf(sandbox.staff, 'FINANCE');
    expect(await refusalOf(finance.ask, 'withdrawApproval', { approval: idOf(asked) })).toBe('INVALID');
    expect(await act(sandbox.staff, 'withdrawApproval', { approval: idOf(asked) }, SELECT)).toMatchObject({
      approval: { status: 'WITHDRAWN' },
    });
    expect(await refusalOf(finance.ask, 'giveApproval', { approval: idOf(asked) })).toBe('CONFLICT');
  });

  it('what can be done no longer when it is approved lapses, and nothing is half done', async () => {
    await must(sandbox.staff, 'setSecondPerson', { kind: 'TERMS', on: true });
    const input = { program, document: await documentOf(sandbox.staff), holdsFrom: '2026-02-01T00:00:00Z' };
    const asked = await must(sandbox.staff, 'publishTerms', input, SELECT);
    await sandbox.at('2026-03-01T00:00:00Z');
    const editor = await tokenOf(sandbox.staff, 'TERMS_EDITOR');
    expect(await refusalOf(editor.ask, 'giveApproval', { approval: idOf(asked) })).toBe('INVALID');
    const { approvals } = await editor.ask<{ approvals: { nodes: object[] } }>('{ approvals { nodes { status reason } } }');
    expect(approvals.nodes).toEqual([{ status: 'LAPSED', reason: expect.stringContaining('past') }]);
  });

  it('one person with two tokens is one person', async () => {
    const [one, other] = [await tokenOf(sandbox.staff, 'FINANCE'), await tokenOf(sandbox.staff, 'FINANCE')];
    const member = newId();
    await withConnection(api.database.url, async (client) => {
      await client.query('update api_token set member_id = $1 where id = any($2::uuid[])', [member, [one.id, other.id]]);
      await client.query(
        "insert into staff_grant (id, organization_id, member_id, role, granted_by) values ($1, $2, $3, 'finance', 'test')",
        [newId(), sandbox.id, member],
      );
    });
    const asked = await adjust(one.ask, 'a6', '5000');
    expect(await refusalOf(other.ask, 'giveApproval', { approval: idOf(asked) })).toBe('INVALID');
    await withConnection(api.database.url, async (client) => {
      const yes =
        "update approval set status = 'approved', decided_at = now(), decided_by = 'x', decided_actor = requested_actor where id = $1";
      await expect(client.query(yes, [idOf(asked)])).rejects.toThrow(/check constraint/);
      await expect(client.query("update approval set input = '{}' where id = $1", [idOf(asked)])).rejects.toThrow(/decided once/);
    });
  });
});
