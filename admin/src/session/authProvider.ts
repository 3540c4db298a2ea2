import { type AuthProvider, HttpError } from 'react-admin';
import type { Ask } from '../api/client.ts';
import { place } from './place.ts';
import { signIn } from './signIn.ts';
import { readViewer } from './viewer.ts';

const READING: ReadonlySet<string> = new Set(['list', 'show']);

/** Who is signed in says the server, by a cookie that only it can read. It decides again about every request. */
export function createAuthProvider(ask: Ask): AuthProvider {
  let isKnown = false;
  return {
    /** The page has signed in by then; this looks whether it holds. */
    async login() {
      await readViewer(ask);
      isKnown = true;
    },
    async logout() {
      // Also where the session has ended by itself there is nothing to sign out of.
      if (isKnown) await signIn.out().catch(() => {});
      isKnown = false;
      place.forget();
    },
    async checkAuth() {
      if (isKnown) return;
      await readViewer(ask);
      isKnown = true;
    },
    async checkError(error: unknown) {
      if (!isStatus(error, 401)) return;
      isKnown = false;
      throw error;
    },
    async getIdentity() {
      const { name, organization, places, now } = await readViewer(ask);
      return { id: name, fullName: name, organization, places, now };
    },
    async canAccess({ action }) {
      return READING.has(action);
    },
  };
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof HttpError && error.status === status;
}
