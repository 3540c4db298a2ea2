import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REPOSITORY } from '../../run.ts';

const PATIENCE_MS = 60_000;

/** Node's switches for our sources. From another folder tsx would not find that decorators are meant. */
export const TSX = {
  execArgv: ['--import', import.meta.resolve('tsx')],
  env: { TSX_TSCONFIG_PATH: join(REPOSITORY, 'tsconfig.base.json') },
};

/** A process of ours that tells in one message when it is ready. It ends when we do. */
export async function forkReady<T>(file: URL, ...args: string[]): Promise<{ ready: T; pid: number; stop(): Promise<void> }> {
  const child = fork(fileURLToPath(file), args, { execArgv: TSX.execArgv, env: { ...process.env, ...TSX.env } });
  const ready = await Promise.race([once(child, 'message').then(([message]) => message as T), once(child, 'exit').then(() => undefined)]);
  if (ready === undefined) throw new Error(`${fileURLToPath(file)} did not start.`);
  return { ready, pid: child.pid!, stop: () => ended(child, () => child.connected && child.disconnect()) };
}

/** Asks a process to end, and waits until it has. */
export async function ended(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  ask();
  await gone;
  clearTimeout(timer);
}
