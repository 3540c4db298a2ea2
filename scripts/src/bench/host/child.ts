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

export interface Forked<T> {
  readonly ready: T;
  readonly pid: number;
  /** Sends it a message, and waits for the one that it answers with. One at a time. */
  ask<A>(message: object): Promise<A>;
  stop(): Promise<void>;
}

/** A process of ours that tells in one message when it is ready. It ends when we do. `switches` are for its Node. */
export async function forkReady<T>(file: URL, args: readonly string[] = [], switches: readonly string[] = []): Promise<Forked<T>> {
  const path = fileURLToPath(file);
  const child = fork(path, args, { execArgv: [...switches, ...TSX.execArgv], env: { ...process.env, ...TSX.env } });
  const hear = async <A>(otherwise: string): Promise<A> => {
    const heard = new AbortController();
    const { signal } = heard;
    const [message, hasEnded] = [once(child, 'message', { signal }), once(child, 'exit', { signal })];
    const told = await Promise.race([message.then(([content]) => ({ content: content as A })), hasEnded.then(() => undefined)]);
    for (const other of [message, hasEnded]) other.catch(() => {});
    heard.abort();
    if (told === undefined) throw new Error(otherwise);
    return told.content;
  };
  const ready = await hear<T>(`${path} did not start.`);
  return {
    ready,
    pid: child.pid!,
    ask(message) {
      child.send(message);
      return hear(`${path} ended.`);
    },
    stop: () => ended(child, () => child.connected && child.disconnect()),
  };
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
