import { Visitors } from './visitors.ts';

// A process of its own, forked by the bench: visitors who come at a pace. It collects its garbage before it
// measures: what visitors wait for themselves would be counted as the server's.

export interface Visits {
  readonly url: string;
  readonly paths: readonly string[];
  readonly perSecond: number;
}

/** With garbage goes some of what had been made quick. */
const UNCOUNTED_SECONDS = 0.5;

const known = new Map<string, Visitors>();

function visitorsOf(url: string): Visitors {
  const visitors = known.get(url) ?? new Visitors(url);
  known.set(url, visitors);
  return visitors;
}

async function follow({ url, paths, perSecond }: Visits): Promise<number[]> {
  globalThis.gc?.();
  const visitors = visitorsOf(url);
  const first = Math.floor(perSecond * UNCOUNTED_SECONDS);
  await visitors.followPaced(paths.slice(0, first), perSecond);
  return visitors.followPaced(paths.slice(first), perSecond);
}

process.on('message', (visits: Visits) => {
  follow(visits).then(
    (took) => process.send?.({ took }),
    (error: Error) => process.send?.({ failure: error.message }),
  );
});
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
process.send?.({});
