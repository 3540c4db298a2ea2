import { describeProcess } from './platform/processes.ts';

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
export function watchLaunchers(onGone: (pid: number) => void, interval = 500): void {
  const links = launchersOf(process.pid, process.ppid);
  // Elsewhere than on Linux looking beyond the own parent means to start a program each time.
  const watched = process.platform === 'linux' ? links : links.slice(0, 1);
  const timer = setInterval(() => {
    const broken = watched.find(({ pid, parent }) => parentOf(pid) !== parent);
    if (!broken) return;
    clearInterval(timer);
    onGone(broken.parent);
  }, interval).unref();
}

/** The links from this process up to the outermost launcher. */
function launchersOf(pid: number, parent: number): Link[] {
  const launcher = parent > 1 ? describeProcess(parent) : undefined;
  if (!launcher || !LAUNCHER.test(launcher.command)) return [];
  return [{ pid, parent }, ...launchersOf(parent, launcher.parent)];
}

function parentOf(pid: number): number | undefined {
  return pid === process.pid ? process.ppid : describeProcess(pid)?.parent;
}
