import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';

export interface SelfTime {
  readonly where: string;
  readonly share: number;
}

/** Samples the CPU while the work runs: the functions with the most time of their own. */
export async function profileOf(work: () => void | Promise<void>, most = 25): Promise<SelfTime[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 100 });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return selfTimes(profile).slice(0, most);
}

export function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): SelfTime[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '?';
    const delta = timeDeltas[index] ?? 0;
    if (name === '(idle)') continue;
    times.set(name, (times.get(name) ?? 0) + delta);
    total += delta;
  }
  return [...times].sort((a, b) => b[1] - a[1]).map(([where, time]) => ({ where, share: time / total }));
}

function nameOf({ functionName, url, lineNumber }: Profiler.ProfileNode['callFrame']): string {
  const file = url.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '');
  return file ? `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}` : functionName || '(anonymous)';
}

export function profileText(times: readonly SelfTime[]): string {
  return times.map(({ where, share }) => `${(share * 100).toFixed(1).padStart(6)} %  ${where}`).join('\n');
}
