import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { processState } from '../../processes.ts';
import { binary } from './binaries.ts';
import { makePrivateFolder } from './owner.ts';
import type { Place } from './place.ts';

const INITDB = [
  '--username=postgres',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

/** Makes the data folder where there is none: aside, then renamed, so that a broken start leaves no half of one. */
export async function ensureCluster(place: Place, { sync }: { sync: boolean }): Promise<void> {
  const { clusterDir } = place;
  const versionFile = join(clusterDir, 'PG_VERSION');
  if (existsSync(versionFile)) return checkVersion(place, readFileSync(versionFile, 'utf8').trim());

  removeDrafts(clusterDir);
  const draft = `${clusterDir}.new-${process.pid}`;
  makePrivateFolder(draft, place.owner);
  try {
    await run(binary(place.binaries, 'initdb'), [...INITDB, ...(sync ? [] : ['--no-sync']), '-D', draft], place);
    renameSync(draft, clusterDir);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(versionFile)) throw error;
  }
}

function checkVersion({ clusterDir, binaries }: Place, found: string): void {
  const expected = binaries.version.split('.')[0];
  if (found === expected) return;
  throw new Error(
    `The data in ${clusterDir} was written by PostgreSQL ${found}, and this is PostgreSQL ${expected}. ` +
      'Move it with the older version (pg_dump), or set TRIBUTARY_DATA to another folder to start from empty.',
  );
}

/** What a process that was killed while it made a data folder left behind. */
function removeDrafts(clusterDir: string): void {
  for (const name of readdirSync(dirname(clusterDir))) {
    const pid = name.startsWith(`${basename(clusterDir)}.new-`) ? Number(name.split('-').at(-1)) : undefined;
    if (pid !== undefined && (pid === process.pid || processState(pid) !== 'alive'))
      rmSync(join(dirname(clusterDir), name), { recursive: true, force: true });
  }
}

function run(file: string, args: string[], { owner }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: '/',
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...owner,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (cause) => reject(new Error(`${basename(file)} could not be started: ${cause.message}`, { cause })));
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${basename(file)} failed (status ${code}):\n${output.trim()}`)),
    );
  });
}
