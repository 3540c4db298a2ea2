import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the built files are made of, in the package. */
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'proxy.ts', 'package.json', join('..', 'pnpm-lock.yaml')];
/** Tests, what they share, and types, which leave nothing in what is built. */
const NOT_BUILT = /[\\/](?:generated|journeys|testing)(?:[\\/]|$)|\.test\.tsx?$/;

/** Whether a package's files are built, and none of its sources has changed since. */
export function isUpToDate(sources: string, folder: string): boolean {
  const built = statOf(join(folder, 'index.html'));
  return built !== undefined && newestOf(sources) <= built.mtimeMs;
}

/** When the youngest of them was changed. */
function newestOf(sources: string): number {
  const changed = SOURCES.flatMap((name) => filesOf(join(sources, name))).map((path) => statOf(path)?.mtimeMs ?? 0);
  return changed.reduce((newest, time) => Math.max(newest, time), 0);
}

function filesOf(path: string): readonly string[] {
  const found = statOf(path);
  if (!found?.isDirectory()) return found ? [path] : [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => !NOT_BUILT.test(name.slice(path.length)));
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
