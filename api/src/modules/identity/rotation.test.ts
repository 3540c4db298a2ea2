import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { newId } from '../../platform/ids.ts';
import { act, affiliateToken, must, refusalOf } from '../../testing/acts.ts';
import { createTestSandbox, startTestApi, type TestApi, type TestSandbox } from '../../testing/api.ts';

const VIEWER = '{ viewer { name } }';
const DAY = 86_400;

let api: TestApi;
let sandbox: TestSandbox;
beforeAll(async () => {
  api = await startTestApi();
  sandbox = await createTestSandbox(api, { programs: ['aliexpress'] });
  for (const affiliate of ['alice', 'bob']) await must(sandbox.staff, 'enrollAffiliate', { program: 'aliexpress', affiliate });
});
afterAll(() => api.close());

interface Shown {
  id: string;
  prefix: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  lastUsedFrom: string | null;
}
interface Issued {
  token: Shown;
  replaced: Shown;
  secret: string;
}
const FIELDS = 'id prefix expiresAt lastUsedAt lastUsedFrom';
const create = async (input: object = {}) =>
  (await must(
    sandbox.staff,
    'createToken',
    { kind: 'INTEGRATOR', name: 'shop', ...input },
    `token { ${FIELDS} } secret`,
  )) as unknown as Issued;
const rotate = async (secret: string, input: object) =>
  (await must(api.as(secret), 'rotateToken', input, `token { ${FIELDS} } replaced { ${FIELDS} } secret`)) as unknown as Issued;
const codeOf = async (secret: string, url = api.url) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ query: VIEWER }),
  });
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return errors?.[0]?.extensions.code ?? 'ok';
};

describe('a secret', () => {
  it('carries a checksum, so that a scanner tells it from what looks like one, and what it begins with tells tokens apart', async () => {
    const { token, secret } = await create();
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const value = [...secret.slice(-6)].reduce((sum, digit) => sum * 62 + digits.indexOf(digit), 0);
    expect(value).toBe(crc32(secret.slice(0, -6)));
    expect(token.prefix).toBe(secret.slice(0, 'trb_integrator_'.length + 6));
    const forged = `${secret.slice(0, 20)}${secret[20] === 'x' ? 'y' : 'x'}${secret.slice(21)}`;
    expect(await codeOf(forged)).toBe('UNAUTHENTICATED');
  });

  it('tells when and from where it was last used', async () => {
    const { token, secret } = await create();
    await api.as(secret)(VIEWER);
    const { tokens } = await sandbox.staff<{ tokens: { nodes: Shown[] } }>(`{ tokens(first: 1) { nodes { ${FIELDS} } } }`);
    expect(tokens.nodes[0]).toMatchObject({ id: token.id, lastUsedFrom: '127.0.0.1' });
    expect(Date.now() - Date.parse(tokens.nodes[0]!.lastUsedAt!)).toBeLessThan(60_000);
  });
});

describe('a rotated token', () => {
  it('works beside the new one for the overlap, and then dies', async () => {
    const { token, secret } = await create();
    const next = await rotate(secret, { overlapSeconds: 1 });
    expect(next.replaced.id).toBe(token.id);
    expect([await codeOf(secret), await codeOf(next.secret)]).toEqual(['ok', 'ok']);
    await sleep(Date.parse(next.replaced.expiresAt!) - Date.now() + 20);
    expect([await codeOf(secret), await codeOf(next.secret)]).toEqual(['UNAUTHENTICATED', 'ok']);
  });

  it('dies at once where no overlap was chosen', async () => {
    const { secret } = await create();
    await api.as(secret)(VIEWER);
    const next = await rotate(secret, { overlapSeconds: 0 });
    expect([await codeOf(secret), await codeOf(next.secret)]).toEqual(['UNAUTHENTICATED', 'ok']);
  });

  it('is replaced once, and again only where what took over from it was revoked', async () => {
    const { secret } = await create();
    const next = await rotate(secret, { overlapSeconds: DAY });
    expect(await refusalOf(api.as(secret), 'rotateToken', { overlapSeconds: DAY })).toBe('CONFLICT');
    await must(sandbox.staff, 'revokeToken', { id: next.token.id });
    const third = await rotate(secret, { overlapSeconds: DAY });
    expect([await codeOf(next.secret), await codeOf(third.secret)]).toEqual(['UNAUTHENTICATED', 'ok']);
  });

  it('cannot prolong itself; staff give it as long as it was made for, or a day of their own', async () => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const { token, secret } = await create({ expiresAt });
    const own = await rotate(secret, { overlapSeconds: DAY });
    expect(own.token.expiresAt).toBe(token.expiresAt);
    expect(own.replaced.expiresAt).toBe(token.expiresAt);
    const asked = await act(api.as(own.secret), 'rotateToken', { overlapSeconds: 0, expiresAt: '2099-01-01T00:00:00Z' });
    expect(asked.userErrors).toMatchObject([{ code: 'INVALID', path: ['expiresAt'] }]);
    const byStaff = await rotate(sandbox.staffToken, { id: own.token.id, overlapSeconds: 0 });
    expect(Date.parse(byStaff.token.expiresAt!)).toBeGreaterThan(Date.parse(token.expiresAt!) - 1_000);
    const chosen = await rotate(sandbox.staffToken, { id: byStaff.token.id, overlapSeconds: 0, expiresAt: '2099-01-01T00:00:00Z' });
    expect(chosen.token.expiresAt).toBe('2099-01-01T00:00:00Z');
  });

  it('of somebody else is not there, and a dead one or a wrong overlap is turned away', async () => {
    const alice = api.as(await affiliateToken(sandbox, 'alice'));
    const { token, secret } = await create();
    for (const id of [token.id, newId(), 'x', "' or 1=1 --"]) {
      for (const [mutation, input] of [
        ['rotateToken', { id, overlapSeconds: 0 }],
        ['revokeToken', { id }],
      ] as const) {
        expect((await act(alice, mutation, input)).userErrors).toEqual([
          { code: 'NOT_FOUND', message: `There is no token ${id}`, path: ['id'], rule: null },
        ]);
      }
    }
    for (const overlapSeconds of [-1, 31 * DAY]) expect(await refusalOf(api.as(secret), 'rotateToken', { overlapSeconds })).toBe('INVALID');
    await must(sandbox.staff, 'revokeToken', { id: token.id });
    expect(await refusalOf(sandbox.staff, 'rotateToken', { id: token.id, overlapSeconds: 0 })).toBe('CONFLICT');
  });
});

describe('a revocation', () => {
  it('is everybody’s own to make, of the token that asks', async () => {
    const secret = await affiliateToken(sandbox, 'bob');
    await must(api.as(secret), 'revokeToken', {});
    expect(await codeOf(secret)).toBe('UNAUTHENTICATED');
  });

  it('holds at once where it was made, and within seconds in another process on the same database', { timeout: 30_000 }, async () => {
    const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', TRIBUTARY_DEMO: 'off', TRIBUTARY_DATA: api.dataDir });
    const other = await createApp({ config, database: { adminUrl: api.database.url }, say: () => {} });
    try {
      const { url } = await other.listen();
      const { token, secret } = await create();
      expect([await codeOf(secret), await codeOf(secret, url)]).toEqual(['ok', 'ok']);
      await must(sandbox.staff, 'revokeToken', { id: token.id });
      const revokedAt = Date.now();
      expect(await codeOf(secret)).toBe('UNAUTHENTICATED');
      while ((await codeOf(secret, url)) === 'ok' && Date.now() - revokedAt < 10_000) await sleep(100);
      expect(await codeOf(secret, url)).toBe('UNAUTHENTICATED');
      expect(Date.now() - revokedAt).toBeLessThan(6_000);
    } finally {
      await other.close();
    }
  });
});
