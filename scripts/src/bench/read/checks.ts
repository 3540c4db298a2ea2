import type { Profiler } from 'node:inspector';

/** Where it is decided who asks, whether they may, how often and how much: by what a file's address contains. */
const CHECKS: readonly RegExp[] = [
  /\/api\/src\/gate\.ts/,
  /\/api\/src\/access\//,
  /\/api\/src\/platform\/edge\//,
  /\/api\/src\/platform\/graphql\/(?:access|limits|measure|strangers)\.ts/,
  /\/api\/src\/modules\/(?:identity|grant|staff)\//,
  /\/rate-limiter-flexible\//,
  /\/preventCsrf\.js/,
];
/** Frames that say on whose behalf something runs: ours, and those of the checks of others. */
const TELLING = /\/api\/src\/|\/shared\/src\/|\/rate-limiter-flexible\/|\/preventCsrf\.js/;

export const isCheck = (url: string): boolean => CHECKS.some((check) => check.test(url));

/**
 * The part of the CPU time that is spent on checks. A sample counts for the innermost frame of ours: what a library does for a
 * check is the check's, what a resolver does behind one is not.
 */
export function shareOfChecks({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): number {
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = new Map<number, boolean>();

  function countsFor(id: number): boolean {
    const found = known.get(id);
    if (found !== undefined) return found;
    const { url } = byId.get(id)!.callFrame;
    const parent = parents.get(id);
    const result = TELLING.test(url) ? isCheck(url) : parent !== undefined && countsFor(parent);
    known.set(id, result);
    return result;
  }

  let all = 0;
  let checks = 0;
  for (const [index, id] of samples.entries()) {
    if (byId.get(id)!.callFrame.functionName === '(idle)') continue;
    const time = timeDeltas[index] ?? 0;
    all += time;
    if (countsFor(id)) checks += time;
  }
  if (all === 0) throw new Error('The profile has no samples.');
  return checks / all;
}
