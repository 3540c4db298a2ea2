import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type Binaries, canRun, copyBinaries, findBinaries } from './binaries.ts';
import { canEnter, chooseOwner, type Owner } from './owner.ts';

/** Where PostgreSQL's data and binaries are, and who runs it. */
export interface Place {
  readonly clusterDir: string;
  readonly binaries: Binaries;
  readonly owner: Owner | undefined;
}

export interface PlaceOptions {
  readonly dataDir: string;
  /** Used by root when PostgreSQL's account can't reach the project: /var/lib/tributary unless told otherwise. */
  readonly stateDir?: string;
  log(line: string): void;
}

/**
 * PostgreSQL's own account can do nothing below a folder that only root may enter (a home folder of mode 0700).
 * There the binaries are copied, and the data put, below a system state folder; the log says where.
 */
export function findPlace({ dataDir, stateDir = '/var/lib/tributary', log }: PlaceOptions): Place {
  mkdirSync(dataDir, { recursive: true });
  const dir = realpathSync(dataDir);
  const binaries = findBinaries();
  const clusterDir = join(dir, 'pg');
  const owner = chooseOwner(clusterDir);
  if (!owner) return { clusterDir, binaries, owner };

  chmodSync(dir, 0o755);
  if (canEnter(owner, dir) && canEnter(owner, binaries.root) && canRun(binaries, owner)) return { clusterDir, binaries, owner };

  mkdirSync(stateDir, { recursive: true, mode: 0o755 });
  if (!canEnter(owner, stateDir)) {
    throw new Error(
      `PostgreSQL can't run as root, and its account (uid ${owner.uid}) may not enter ${stateDir}: open that folder to it, or set DATABASE_URL.`,
    );
  }
  const reachable = canEnter(owner, binaries.root) && canRun(binaries, owner) ? binaries : copyBinaries(binaries, stateDir);
  if (canEnter(owner, dir)) {
    log(`PostgreSQL's account may not enter ${binaries.root}: the binaries are copied to ${reachable.root}`);
    return { clusterDir, binaries: reachable, owner };
  }
  const home = join(stateDir, createHash('sha256').update(dir).digest('hex').slice(0, 16));
  mkdirSync(home, { recursive: true, mode: 0o755 });
  log(`Only root may enter ${dir}, and PostgreSQL can't run as root: its data is in ${home}, its binaries are in ${reachable.root}`);
  const moved = join(home, 'pg');
  return { clusterDir: moved, binaries: reachable, owner: chooseOwner(moved) };
}
