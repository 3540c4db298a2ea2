import { forkReady } from '../host/child.ts';
import type { Host } from '../host/host.ts';
import type { Visits } from './paced.ts';

/** Room for all visits of a round; the youngest are looked through in small parts, each within a millisecond or two. */
const MEMORY = ['--expose-gc', '--max-semi-space-size=2', '--initial-old-space-size=2000'];

/** A process with visitors at a pace. What it answers with follows all paths at an address, and tells in milliseconds what one of a hundred waited at least. */
export async function visitorsAtPace(host: Host, paths: readonly string[], perSecond: number): Promise<(url: string) => Promise<number>> {
  const visitors = await forkReady(new URL('paced.ts', import.meta.url), [], MEMORY);
  host.later(visitors.stop);
  return async (url) => {
    const visits: Visits = { url, paths, perSecond };
    const { took, failure } = await visitors.ask<{ took?: number[]; failure?: string }>(visits);
    if (!took) throw new Error(failure);
    return p99(took);
  };
}

function p99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)]!;
}
