import { readdirSync, readFileSync } from 'node:fs';

/** Seconds that a process has been on a core, all its threads together. */
export function cpuSeconds(pid: number): number {
  const folder = `/proc/${pid}/task`;
  return readdirSync(folder).reduce((sum, thread) => sum + threadSeconds(`${folder}/${thread}/schedstat`), 0);
}

function threadSeconds(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e9;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}
