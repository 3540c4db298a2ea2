import { type AuthProvider, HttpError } from 'react-admin';
import type { Ask } from '../api/client.ts';
import { place } from './place.ts';
import { signIn } from './signIn.ts';
import { readViewer, type Viewer } from './viewer.ts';

const READING: ReadonlySet<string> = new Set(['list', 'show']);

/** What the pages of a resource ask for as a whole. */
const NEEDS: Readonly<Record<string, Viewer['permissions'][number]['permission']>> = {
  programs: 'PROGRAM_READ',
  affiliates: 'ENROLLMENT_READ',
  orders: 'ORDER_READ',
  commissions: 'COMMISSION_READ',
  ledger: 'LEDGER_READ',
};

/** Who is signed in says the server, by a cookie that only it can read. It decides again about every request. */
export function createAuthProvider(ask: Ask): AuthProvider {
  let isKnown = false;
  let permissions: ReadonlySet<string> = new Set();
  const learn = async () => {
    const viewer = await readViewer(ask);
    permissions = new Set(viewer.permissions.map(({ permission }) => permission));
    isKnown = true;
  };
  return {
    /** The page has signed in by then; this looks whether it holds. */
    login: learn,
    async logout() {
      // Also where the session has ended by itself there is nothing to sign out of.
      if (isKnown) await signIn.out().catch(() => {});
      isKnown = false;
      place.forget();
    },
    async checkAuth() {
      if (!isKnown) await learn();
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
    async canAccess({ action, resource }) {
      if (!READING.has(action)) return false;
      if (!isKnown) await learn();
      const needed = NEEDS[resource];
      return needed === undefined || permissions.has(needed);
    },
  };
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof HttpError && error.status === status;
}
