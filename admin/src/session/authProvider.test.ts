// @vitest-environment jsdom
import { HttpError } from 'react-admin';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Ask } from '../api/client.ts';
import { createAuthProvider } from './authProvider.ts';
import { sessionToken } from './token.ts';

/** An API that knows one viewer, or refuses. */
function provider(kind: string, refusal?: Error) {
  const ask = (async () => {
    if (refusal) throw refusal;
    return { viewer: { name: 'Kim', kind, organization: { id: '1', name: 'live', isSandbox: false } }, now: '2026-03-01T00:00:00Z' };
  }) as unknown as Ask;
  return createAuthProvider(ask);
}

describe('signing in', () => {
  beforeEach(() => sessionStorage.clear());

  it('keeps a token for staff, for this tab', async () => {
    await provider('STAFF').login({ token: ' trb_staff_1 ' });
    expect(sessionToken.read()).toBe('trb_staff_1');
    expect(localStorage).toHaveLength(0);
    await expect(provider('STAFF').getIdentity?.()).resolves.toMatchObject({ fullName: 'Kim' });
    await provider('STAFF').logout({});
    await expect(provider('STAFF').checkAuth({})).rejects.toMatchObject({ status: 401 });
  });

  it.each([
    ['that is for somebody else', provider('INTEGRATOR'), 'not for staff'],
    ['that is wrong', provider('STAFF', new HttpError('no', 401)), 'opens nothing'],
    ['while the server is away', provider('STAFF', new HttpError('away', 503)), 'away'],
  ])('keeps no token %s', async (_, auth, message) => {
    await expect(auth.login({ token: 'x' })).rejects.toThrow(message);
    expect(sessionToken.read()).toBeNull();
  });

  it('ends when the API no longer knows the token, and not because something is forbidden', async () => {
    sessionToken.keep('trb_staff_1');
    const auth = provider('STAFF');
    await auth.checkError(new HttpError('no', 403));
    expect(sessionToken.read()).toBe('trb_staff_1');
    await expect(auth.checkError(new HttpError('no', 401))).rejects.toBeInstanceOf(HttpError);
    expect(sessionToken.read()).toBeNull();
  });

  it('offers reading only', async () => {
    const can = (action: string) => provider('STAFF').canAccess?.({ resource: 'orders', action });
    expect([await can('list'), await can('show'), await can('edit'), await can('delete')]).toEqual([true, true, false, false]);
  });
});
