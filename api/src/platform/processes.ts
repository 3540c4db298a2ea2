import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A `dead` process has ended, but nobody has asked for its status yet: it still has its number. */
export type ProcessState = 'alive' | 'dead' | 'gone';

export function processState(pid: number): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return 'gone';
  }
  return readStat(pid)?.[0] === 'Z' ? 'dead' : 'alive';
}

/** State, parent and so on: what follows the command's name, which may itself hold blanks and brackets. */
function readStat(pid: number): string[] | undefined {
  const stat = readOf(pid, 'stat');
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Undefined where there is no such file, or no such process any more. */
function readOf(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

export function describeProcess(pid: number): { parent: number; command: string } | undefined {
  const stat = readStat(pid);
  if (stat) return { parent: Number(stat[1]), command: readOf(pid, 'cmdline')?.replaceAll('\0', ' ') ?? '' };
  if (existsSync('/proc/self/stat')) return undefined;
  const { status, stdout } = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' });
  const match = status === 0 ? /^\s*(\d+)\s+(.*)$/.exec(stdout.trimEnd()) : null;
  return match ? { parent: Number(match[1]), command: match[2]! } : undefined;
}
