import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../run.ts';
import { findFiles } from './read.ts';

/** A collection of scenarios, and how many of it are to be played: one that is lost, or no longer found, is missed. */
export interface Suite {
  readonly title: string;
  readonly folders: readonly string[];
  /** Left out: as many as there are files. */
  readonly count?: number;
  /** Folders that only some machines have. */
  readonly optional?: boolean;
}

/** Plays a suite in front of the reader; true when all passed and none was missed. */
export function playSuite({ title, folders, count: asked, optional }: Suite): boolean {
  if (optional && !folders.every((folder) => existsSync(join(REPOSITORY, folder)))) return true;
  const files = findFiles(folders, [REPOSITORY]);
  const count = asked ?? files.length;
  const args = ['--import', 'tsx', join('scripts', 'src', 'scenario', 'main.ts'), '--prove', ...files];
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  process.stdout.write(stdout);
  const [, passed] = /\n(\d+) passed, \d+ failed\n$/.exec(stdout) ?? [];
  const complete = Number(passed) === count;
  if (status === 0 && !complete) process.stdout.write(`${title}: ${count} scenarios are to be played, and ${passed ?? 'none'} were.\n`);
  return status === 0 && complete;
}
