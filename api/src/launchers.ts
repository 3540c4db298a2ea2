import { readFileSync } from 'node:fs';

/** npx, pnpm, their shells, a script of ours: processes that are there only to run this one. */
const LAUNCHER = /^(\S*\/)?(npm|npx|pnpm|node)\b|^(\S*\/)?sh -c /;

interface Link {
  readonly pid: number;
  readonly parent: number;
}

/**
 * Calls `onGone` once a process that launched this one has ended. A signal to npx alone is not passed on, and would otherwise leave
 * the server running unseen. Started by anything else (a shell, a service manager) the server lives for itself.
 */
export function watchLaunchers(onGone: (pid: number) => void, interval = 500): NodeJS.Timeout {
  const links = launchersOf(process.pid);
  const timer = setInterval(() => {
    const broken = links.find(({ pid, parent }) => parentOf(pid) !== parent);
    if (!broken) return;
    clearInterval(timer);
    onGone(broken.parent);
  }, interval);
  return timer.unref();
}

/** The links from this process up to the outermost launcher. */
export function launchersOf(pid: number): Link[] {
  const parent = parentOf(pid);
  if (!parent || parent <= 1 || !LAUNCHER.test(commandOf(parent))) return [];
  return [{ pid, parent }, ...launchersOf(parent)];
}

function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // Only Linux tells: elsewhere the parent is the only one that is watched.
    return process.platform === 'linux' || pid !== process.ppid ? '' : 'node';
  }
}
