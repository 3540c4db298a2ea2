import { type AuthProvider, HttpError } from 'react-admin';
import type { Ask } from '../api/client.ts';
import { sessionToken } from './token.ts';
import { readViewer } from './viewer.ts';

const READING: ReadonlySet<string> = new Set(['list', 'show']);

/** Signs in with a token for staff. The server decides again about every request. */
export function createAuthProvider(ask: Ask): AuthProvider {
  return {
    async login({ token }: { token: string }) {
      sessionToken.keep(token.trim());
      try {
        const { kind } = await readViewer(ask);
        if (kind !== 'STAFF') throw new HttpError('This token is not for staff', 403);
      } catch (error) {
        sessionToken.forget();
        throw isStatus(error, 401) ? new HttpError('This token opens nothing: it is wrong, has ended or was revoked', 401) : error;
      }
    },
    async logout() {
      sessionToken.forget();
    },
    async checkAuth() {
      if (!sessionToken.read()) throw new HttpError('Sign in first', 401);
    },
    async checkError(error: unknown) {
      if (!isStatus(error, 401)) return;
      sessionToken.forget();
      throw error;
    },
    async getIdentity() {
      const { name, organization, now } = await readViewer(ask);
      return { id: name, fullName: name, organization, now };
    },
    async canAccess({ action }) {
      return READING.has(action);
    },
  };
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof HttpError && error.status === status;
}
