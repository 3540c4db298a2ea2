import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processState } from '../../processes.ts';
import { findPlace, type PlaceOptions } from './place.ts';

/** The URL of the PostgreSQL that serves this folder at the moment; undefined: none does. */
export function findRunning(options: PlaceOptions): string | undefined {
  if (!existsSync(options.dataDir)) return undefined;
  const pidFile = join(findPlace(options).clusterDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  // PostgreSQL's own format: its process, its folder, when it started, its port.
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n');
  return port && processState(Number(pid)) === 'alive' ? `postgres://postgres@127.0.0.1:${port}/postgres` : undefined;
}
