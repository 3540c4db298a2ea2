import { type AuthProvider, HttpError } from 'react-admin';
import type { Ask } from '../api/client.ts';
import { forgetDrafts } from '../ui/useDraft.ts';
import { type Held, heldBy, mayBy } from './may.ts';
import { mayOpen } from './needs.ts';
import { place } from './place.ts';
import { signIn } from './signIn.ts';
import { readViewer, type Viewer } from './viewer.ts';

const READING: ReadonlySet<string> = new Set(['list', 'show']);

/** Who is signed in says the server, by a cookie that only it can read. It decides again about every request. */
export function createAuthProvider(ask: Ask): AuthProvider {
  let isKnown = false;
  let held: Held = new Map();
  let learning: Promise<Viewer> | undefined;
  /** What was learned and nobody has shown yet. */
  let news: Viewer | undefined;
  // Many ask at once when a page begins: that is one request.
  const learn = () => {
    learning ??= readViewer(ask)
      .then((viewer) => {
        held = heldBy(viewer);
        isKnown = true;
        news = viewer;
        return viewer;
      })
      .finally(() => {
        learning = undefined;
      });
    return learning;
  };
  return {
    /** The page has signed in by then; this looks whether it holds. */
    async login() {
      await learn();
    },
    async logout() {
      // Where the session has ended by itself there is nothing to sign out of, and one comes back to where one was.
      if (!isKnown) return;
      await signIn.out().catch(() => {});
      isKnown = false;
      place.forget();
      forgetDrafts();
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
      const { name, organization, places, now, programs } = news ?? (await learn());
      // Whoever asks again wants to know what has changed.
      news = undefined;
      return { id: name, fullName: name, organization, places, now, programs };
    },
    async canAccess({ action, resource }) {
      if (!READING.has(action)) return false;
      if (!isKnown) await learn();
      return mayOpen(mayBy(held), resource);
    },
    async getPermissions() {
      if (!isKnown) await learn();
      return held;
    },
  };
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof HttpError && error.status === status;
}
