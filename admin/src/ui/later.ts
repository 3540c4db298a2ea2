import { type ComponentType, lazy } from 'react';

/** A page that is fetched when somebody comes to it: whoever signs in waits for none of them. `fetch` does it before. */
export function later(read: () => Promise<ComponentType>) {
  const load = async () => ({ default: await read() });
  // Who comes to it in the end is told what went wrong.
  return Object.assign(lazy(load), { fetch: () => void load().catch(() => {}) });
}
