import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestSandbox, startTestApi, type TestApi } from '../../testing/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const ADVANCE = 'mutation ($input: AdvanceClockInput!) { advanceClock(input: $input) { now done userErrors { code message path } } }';

interface Advanced {
  advanceClock: { now: string | null; done: number | null; userErrors: { code: string; path: string[] }[] };
}

describe('a sandbox', () => {
  it('has a clock that staff move forward', async () => {
    const sandbox = await createTestSandbox(api, { startsAt: '2026-01-01T00:00:00Z' });
    expect(await sandbox.staff('{ now }')).toEqual({ now: '2026-01-01T00:00:00Z' });
    const { advanceClock } = await sandbox.staff<Advanced>(ADVANCE, { input: { to: '2031-05-06T07:08:09.123Z' } });
    expect(advanceClock).toEqual({ now: '2031-05-06T07:08:09.123Z', done: 0, userErrors: [] });
    expect(await sandbox.integrator('{ now }')).toEqual({ now: '2031-05-06T07:08:09.123Z' });
  });

  it('has a clock that stands still when it is moved to where it is, and never goes back', async () => {
    const sandbox = await createTestSandbox(api, { startsAt: '2026-01-01T00:00:00Z' });
    const same = await sandbox.staff<Advanced>(ADVANCE, { input: { to: '2026-01-01T00:00:00Z' } });
    expect(same.advanceClock.now).toBe('2026-01-01T00:00:00Z');
    const back = await sandbox.staff<Advanced>(ADVANCE, { input: { to: '2025-12-31T23:59:59.999Z' } });
    expect(back.advanceClock).toMatchObject({ now: null, userErrors: [{ code: 'INVALID', path: ['to'] }] });
    expect(await sandbox.staff('{ now }')).toEqual({ now: '2026-01-01T00:00:00Z' });
  });

  it('has its own copies of programs, whose terms hold from 1970 on', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['bigseller', 'banggood', 'bigseller'] });
    const answer = await sandbox.integrator('{ programs { totalCount nodes { key unit terms { number holdsFrom } } } }');
    const terms = { number: 1, holdsFrom: '1970-01-01T00:00:00Z' };
    expect(answer).toEqual({
      programs: {
        totalCount: 2,
        nodes: [
          { key: 'banggood', unit: expect.any(String), terms },
          { key: 'bigseller', unit: 'USD', terms },
        ],
      },
    });
  });
});

describe('turned away are', () => {
  it("moves of a live organization's clock", async () => {
    const { advanceClock } = await api.staff<Advanced>(ADVANCE, { input: { to: '2100-01-01T00:00:00Z' } });
    expect(advanceClock).toMatchObject({ now: null, userErrors: [{ code: 'INVALID' }] });
  });

  it('unknown programs and sandboxes in sandboxes', async () => {
    await expect(createTestSandbox(api, { programs: ['no-such'] })).rejects.toThrow(/no bundled program "no-such"/);
    const sandbox = await createTestSandbox(api);
    await expect(createTestSandbox({ ...api, staff: sandbox.staff })).rejects.toThrow(/no sandboxes of its own/);
  });

  it('integrators who would make one or move its clock', async () => {
    const { integratorToken } = await createTestSandbox(api);
    for (const query of [`mutation { advanceClock(input: { to: "2027-01-01T00:00:00Z" }) { done } }`, `{ tokens { totalCount } }`]) {
      expect((await api.send(integratorToken, query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });
});
