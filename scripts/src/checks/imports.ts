import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Finding, Import, PackageName, Source } from './source.ts';

/** What each package may import of the others, by name. */
const ALLOWED: Record<PackageName, RegExp> = {
  shared: /^@tributary\/shared(\/[a-z-]+)?$/,
  api: /^@tributary\/shared(\/[a-z-]+)?$/,
  scripts: /^@tributary\/(shared(\/[a-z-]+)?|api(\/testing)?)$/,
  admin: /^@tributary\/shared(\/[a-z-]+)?$/,
  tag: /^@tributary\/api\/testing$/,
};

export function checkImports(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((imported) => {
      const message = problem(source, imported);
      return message ? [{ path: source.path, line: imported.line, message }] : [];
    }),
  );
}

function problem(source: Source, { specifier }: Import): string | undefined {
  if (specifier.startsWith('.')) return relativeProblem(source, specifier);
  if (specifier.startsWith('@tributary/') && !ALLOWED[source.packageName].test(specifier)) {
    return `${source.packageName} may not import ${specifier}`;
  }
  if (source.packageName === 'shared' && !source.isTest && isBuiltin(specifier)) {
    return `shared is pure and may not import ${specifier}`;
  }
  return undefined;
}

function relativeProblem(source: Source, specifier: string): string | undefined {
  if (!/\.(ts|tsx|json|css|svg)$/.test(specifier)) return `a relative import ends in .ts: ${specifier}`;
  const target = posix.join(posix.dirname(source.path), specifier);
  if (!target.startsWith(`${source.packageName}/`)) return `a relative import may not leave its package: ${specifier}`;
  const module = apiModule(target);
  if (module && module !== apiModule(source.path) && target !== `${module}/index.ts`) {
    return `a module of the API is imported through its index only: ${specifier}`;
  }
  return undefined;
}

function apiModule(path: string): string | undefined {
  return /^api\/src\/modules\/[^/]+(?=\/)/.exec(path)?.[0];
}
