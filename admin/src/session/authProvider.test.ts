// @vitest-environment jsdom
import { HttpError } from 'react-admin';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Ask } from '../api/client.ts';
import { createAuthProvider } from './authProvider.ts';
import { codeOf, signIn } from './signIn.ts';

/** An API that knows one viewer, or refuses; counts how often it is asked. */
function provider(refusal?: Error) {
  const state = { asked: 0, refusal };
  const ask = (async () => {
    state.asked += 1;
    if (state.refusal) throw state.refusal;
    return {
      viewer: {
        name: 'Kim',
        kind: 'STAFF',
        permissions: [{ permission: 'ORDER_READ', programs: null }],
        organization: { id: '1', name: 'live', isSandbox: false },
      },
      now: '2026-03-01T00:00:00Z',
      programs: { nodes: [{ key: 'shop', name: 'Shop' }] },
    };
  }) as unknown as Ask;
  return { auth: createAuthProvider(ask), state };
}

/** What the server answers below /auth, and what it was sent. */
function answering(status: number, body: object) {
  const sent: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    sent.push({ path, body: init?.body && JSON.parse(String(init.body)) });
    return new Response(JSON.stringify(body), { status });
  });
  return sent;
}

afterEach(() => vi.unstubAllGlobals());

describe('a session', () => {
  it('is asked for once, and again when the API no longer knows it', async () => {
    const { auth, state } = provider();
    await auth.checkAuth({});
    await auth.checkAuth({});
    expect(state.asked).toBe(1);
    await auth.checkError(new HttpError('no', 403));
    await expect(auth.checkError(new HttpError('no', 401))).rejects.toBeInstanceOf(HttpError);
    state.refusal = new HttpError('no', 401);
    await expect(auth.checkAuth({})).rejects.toMatchObject({ status: 401 });
  });

  it('is asked for by one request however many parts of a page want to know', async () => {
    const { auth, state } = provider();
    const all = [auth.checkAuth({}), auth.getPermissions?.({}), auth.canAccess?.({ resource: 'orders', action: 'list' })];
    await Promise.all(all);
    await expect(auth.getIdentity?.()).resolves.toMatchObject({ programs: [{ key: 'shop' }] });
    expect(state.asked).toBe(1);
    await auth.getIdentity?.();
    expect(state.asked).toBe(2);
  });

  it('leaves nothing in the storage of the browser, and ends at the server', async () => {
    const sent = answering(200, { ok: true });
    const { auth } = provider();
    await auth.login({});
    await expect(auth.getIdentity?.()).resolves.toMatchObject({ fullName: 'Kim' });
    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
    await auth.logout({});
    await auth.logout({});
    expect(sent).toEqual([{ path: '/auth/sign-out', body: {} }]);
  });

  it('offers reading only', async () => {
    const can = (action: string) => provider().auth.canAccess?.({ resource: 'orders', action });
    expect([await can('list'), await can('show'), await can('edit'), await can('delete')]).toEqual([true, true, false, false]);
  });

  it('offers what the one who is signed in may see', async () => {
    const { auth, state } = provider();
    const can = (resource: string) => auth.canAccess?.({ resource, action: 'list' });
    expect([await can('orders'), await can('ledger'), await can('affiliates')]).toEqual([true, false, false]);
    expect(state.asked).toBe(1);
  });
});

describe('signing in', () => {
  it('says whether a code is needed, and sends it without spaces', async () => {
    const sent = answering(200, { ok: true, secondFactor: true });
    expect(await signIn.withPassword('a@example.com', 'secret')).toBe(true);
    await signIn.withCode('second-factor', '123 456');
    expect(sent).toEqual([
      { path: '/auth/sign-in', body: { email: 'a@example.com', password: 'secret' } },
      { path: '/auth/second-factor', body: { code: '123456' } },
    ]);
  });

  it('that is turned away says why, and for how long', async () => {
    answering(429, { errors: [{ message: 'Too many tries; wait a while', extensions: { code: 'RATE_LIMITED', retryAfter: 840 } }] });
    const error = await signIn.withPassword('a@example.com', 'x').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ status: 429, message: 'Too many tries; wait a while: about 14 minutes' });
    expect(codeOf(error)).toBe('RATE_LIMITED');
  });

  it('while the server is away says so', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('failed')));
    await expect(signIn.company()).rejects.toMatchObject({ status: 503, message: expect.stringContaining('cannot be reached') });
  });
});
