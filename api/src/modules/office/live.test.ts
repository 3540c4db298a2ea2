import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { affiliateToken, must } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const [ONE, OTHER] = ['banggood', 'bigseller'] as const;
let api: TestApi;
let sandbox: TestSandbox;

beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: [ONE, OTHER], startsAt: '2026-03-01T00:00:00Z' });
});
afterAll(() => api.close());

/** Somebody who listens: every event that came, and how to go. */
async function listen(token: string, url = api.url) {
  const stop = new AbortController();
  const response = await fetch(`${url}/live`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  const heard: string[] = [];
  let text = '';
  void (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const event = /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, end));
        if (event) heard.push(`${event[1]} ${(JSON.parse(event[2]!) as { program: string | null }).program}`);
        text = text.slice(end + 2);
      }
    }
  })().catch(() => {});
  return { status: response.status, heard, go: () => stop.abort() };
}

const enroll = (program: string, affiliate: string) => must(sandbox.staff, 'enrollAffiliate', { program, affiliate, country: 'MY' });
const tokenIn = async (program: string) =>
  String(
    (await must(sandbox.staff, 'createToken', { kind: 'STAFF', role: 'READER', name: program, programs: [program] }, 'secret'))['secret'],
  );

describe('an open page', () => {
  it('hears from whichever process that something changed, of what it may see and of nothing else', async () => {
    const second = await api.again({});
    const other = await createTestSandbox(api, { programs: [ONE] });
    const all = await listen(sandbox.staffToken, second.url);
    const few = await listen(await tokenIn(OTHER));
    const stranger = await listen(other.staffToken);
    await enroll(ONE, 'ann');
    await must(sandbox.integrator, 'recordClick', { program: ONE, id: 'k1', affiliate: 'ann', visitor: 'v1' });
    const heardOfOne = () => [...new Set(all.heard)].filter((line) => line.endsWith(ONE)).sort();
    await expect.poll(heardOfOne, { timeout: 10_000 }).toEqual([`facts ${ONE}`, `work ${ONE}`]);
    await enroll(OTHER, 'ann');
    await expect.poll(() => few.heard, { timeout: 10_000 }).toContain(`work ${OTHER}`);
    expect(few.heard.filter((line) => line.includes(ONE))).toEqual([]);
    expect(stranger.heard.filter((line) => line !== 'work null')).toEqual([]);
    for (const { go } of [all, few, stranger]) go();
    await second.close();
  });

  it('hears nothing more once its token is revoked', async () => {
    const made = await must(
      sandbox.staff,
      'createToken',
      { kind: 'STAFF', role: 'READER', name: 'going', programs: [ONE] },
      'token { id } secret',
    );
    const going = await listen(String(made['secret']));
    await enroll(ONE, 'bea');
    await expect.poll(() => going.heard, { timeout: 10_000 }).toContain(`work ${ONE}`);
    const before = going.heard.length;
    await must(sandbox.staff, 'revokeToken', { id: (made['token'] as { id: string }).id });
    const staying = await listen(sandbox.staffToken);
    await enroll(ONE, 'cleo');
    await expect.poll(() => staying.heard, { timeout: 10_000 }).toContain(`work ${ONE}`);
    expect(going.heard.slice(before)).toEqual([]);
    for (const { go } of [going, staying]) go();
  });

  it('is for staff and systems: affiliates and strangers are turned away', async () => {
    expect((await listen(await affiliateToken(sandbox, 'ann'))).status).toBe(403);
    expect((await listen('nothing')).status).toBe(401);
  });
});
