import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeProcess, processState } from '../../processes.ts';
import { stopProcess } from './stop.ts';

/** Beside the data: the number of the Node process that started PostgreSQL. */
const starterFile = (clusterDir: string) => join(dirname(clusterDir), 'pg.starter');

export function writeStarter(clusterDir: string): void {
  writeFileSync(starterFile(clusterDir), `${process.pid}\n`);
}

export function removeStarter(clusterDir: string): void {
  rmSync(starterFile(clusterDir), { force: true });
}

/**
 * A Node process that was killed leaves its PostgreSQL running. It is found by its pid file, and stopped in an orderly way once it is
 * certain that it serves this very folder and that the process which started it has gone.
 */
export async function stopOrphan(clusterDir: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const pid = readNumber(pidFile);
  // A file whose process is gone stays: PostgreSQL reads from it whether any process of that server still holds its memory.
  if (pid === undefined || processState(pid) === 'gone') return;
  const found = describeProcess(pid);
  if (!found?.command.includes('postgres') || !found.command.includes(clusterDir)) {
    // Another program has this number by now; PostgreSQL would take it for a server and refuse to start.
    rmSync(pidFile, { force: true });
    return;
  }
  if (found.parent === readNumber(starterFile(clusterDir))) {
    throw new Error(
      `Tributary already runs on ${clusterDir} (process ${found.parent}). Stop it first, or set TRIBUTARY_DATA and PORT to run a second one.`,
    );
  }
  log(`stopping the PostgreSQL that an earlier run left behind (process ${pid})`);
  await stopProcess(pid);
}

/** The number in a file's first line. */
function readNumber(file: string): number | undefined {
  const number = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
  return number > 0 ? number : undefined;
}
