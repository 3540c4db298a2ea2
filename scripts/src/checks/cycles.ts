import { posix } from 'node:path';
import type { Finding, Source } from './source.ts';

/** Files that need each other when the program runs, across the borders of modules. Imports of types alone do not count. */
export function checkCycles(sources: readonly Source[]): Finding[] {
  const known = new Set(sources.map(({ path }) => path));
  const edges = new Map(sources.map((source) => [source.path, targetsOf(source).filter((path) => known.has(path))]));
  return circles(edges)
    .filter((circle) => new Set(circle.map(moduleOf)).size > 1)
    .map((circle) => ({ path: circle[0]!, line: 1, message: `files of different modules import each other: ${circle.join(' -> ')}` }));
}

/** A folder of shared, of the API's platform, or of the API's modules; whatever stands outside of them is one more. */
function moduleOf(path: string): string {
  return /^(api\/src\/(?:modules|platform)\/[^/]+|[a-z]+\/src\/[^/]+)\//.exec(path)?.[1] ?? path.split('/', 1)[0]!;
}

function targetsOf(source: Source): string[] {
  return source.imports
    .filter(({ typeOnly }) => !typeOnly)
    .flatMap(({ specifier }) => {
      if (specifier.startsWith('.')) return [posix.join(posix.dirname(source.path), specifier)];
      const shared = /^@tributary\/shared(?:\/(.+))?$/.exec(specifier);
      return shared ? [shared[1] ? `shared/src/${shared[1]}/index.ts` : 'shared/src/index.ts'] : [];
    });
}

/** Tarjan's strongly connected components of more than one file, each in an order that follows the imports where it can. */
function circles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];

  function visit(path: string): void {
    order.set(path, order.size);
    lowest.set(path, order.get(path)!);
    stack.push(path);
    for (const next of edges.get(path) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(path, Math.min(lowest.get(path)!, lowest.get(next)!));
    }
    if (lowest.get(path) !== order.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1) found.push(circle);
  }

  for (const path of edges.keys()) if (!order.has(path)) visit(path);
  return found;
}
