import { setTimeout as sleep } from 'node:timers/promises';
import { processState } from '../../processes.ts';

/** PostgreSQL cuts its clients off and writes everything out on SIGINT; only a server that does not answer is stopped harder. */
export async function stopProcess(pid: number): Promise<void> {
  const steps = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_000],
  ] as const;
  for (const [signal, patience] of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < patience; waited += 10) {
      if (processState(pid) !== 'alive') return;
      await sleep(10);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) could not be stopped`);
}
