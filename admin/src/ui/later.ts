import { type ComponentType, lazy } from 'react';

/** A page that is fetched when somebody comes to it: whoever signs in waits for none of them. */
export function later(read: () => Promise<ComponentType>) {
  return lazy(async () => ({ default: await read() }));
}
