import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const program = 'banggood';

interface Entry {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  readonly reversedBy: { readonly reason: string; readonly by: string; readonly change: { readonly value: string } } | null;
}

describe('an adjustment or bonus is taken back', () => {
  let api: TestApi;
  let sandbox: TestSandbox;

  beforeAll(async () => {
    api = await startTestApi({}, { jobs: false });
    sandbox = await createTestSandbox(api, { programs: [program, 'aliexpress'], startsAt: '2026-03-01T00:00:00Z' });
    for (const affiliate of ['ann', 'ben']) await must(sandbox.staff, 'enrollAffiliate', { program, affiliate });
  });
  afterAll(() => api.close());

  const give = (id: string, amount: string, more: object = {}) => ({
    program,
    id,
    affiliate: 'ann',
    kind: 'ADJUSTMENT',
    amount,
    reason: id,
    ...more,
  });

  async function entries(): Promise<Map<string, Entry>> {
    const { ledgerEntries } = await sandbox.staff<{ ledgerEntries: { nodes: Entry[] } }>(
      `{ ledgerEntries(first: 50, program: "${program}", affiliate: "ann") { nodes { id reason by reversedBy { reason by change { value } } } } }`,
    );
    return new Map(ledgerEntries.nodes.map((entry) => [entry.reason, entry]));
  }

  it('once, by an entry of its own that says who, and why', async () => {
    await must(sandbox.staff, 'postAdjustment', give('too much', '500', { kind: 'BONUS' }));
    const reverses = (await entries()).get('too much')!.id;
    const back = give('back', '-500', { reverses });
    await must(sandbox.staff, 'postAdjustment', back);
    const { reversedBy, by } = (await entries()).get('too much')!;
    expect(reversedBy).toEqual({ reason: 'back', by, change: { value: '-500' } });
    expect((await entries()).get('back')?.reversedBy).toBeNull();

    // Sent again it is the same; another try says that it was done, when and by whom.
    await must(sandbox.staff, 'postAdjustment', back);
    const { userErrors } = await act(sandbox.staff, 'postAdjustment', give('once more', '-500', { reverses }));
    expect(userErrors).toMatchObject([
      { code: 'CONFLICT', message: `This entry was reversed already: on 2026-03-01T00:00:00.000Z by ${by}.`, path: ['reverses'] },
    ]);
    expect((await entries()).has('once more')).toBe(false);
  });

  it('also what was taken, and only with the same sum of the same affiliate in the same program', async () => {
    await must(sandbox.staff, 'postAdjustment', give('a deduction', '-40'));
    const reverses = (await entries()).get('a deduction')!.id;
    const refusal = (more: object) => refusalOf(sandbox.staff, 'postAdjustment', give('wrong', '40', { reverses, ...more }));
    expect(await refusal({ amount: '41' })).toMatch(/INVALID/);
    expect(await refusal({ affiliate: 'ben' })).toMatch(/NOT_FOUND/);
    expect(await refusal({ program: 'aliexpress' })).toMatch(/NOT_FOUND/);
    expect(await refusal({ reverses: 'nothing' })).toMatch(/NOT_FOUND/);
    await must(sandbox.staff, 'postAdjustment', give('given back', '40', { reverses }));
    expect((await entries()).get('a deduction')?.reversedBy?.reason).toBe('given back');
  });

  it('by one of two who try at once', async () => {
    await must(sandbox.staff, 'postAdjustment', give('twice', '70'));
    const reverses = (await entries()).get('twice')!.id;
    const tries = await Promise.all(['one', 'two'].map((id) => act(sandbox.staff, 'postAdjustment', give(id, '-70', { reverses }))));
    expect(tries.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
  });
});
