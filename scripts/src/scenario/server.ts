import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REPOSITORY } from '../run.ts';

export interface Server {
  readonly url: string;
  /** Of a staff token of the live organization. */
  readonly staff: string;
  /** For whoever looks at the books without the API. */
  readonly database: string;
  /** The last lines that the server wrote. */
  log(): string;
  stop(): Promise<void>;
}

type Ready = Pick<Server, 'url' | 'staff' | 'database'>;

const ENTRY = fileURLToPath(new URL('serve.ts', import.meta.url));
const LOG_LENGTH = 20_000;
const PATIENCE_MS = 20_000;

/** Starts the API as a process of its own on an empty database. */
export async function startServer(): Promise<Server> {
  const child = fork(ENTRY, {
    execArgv: ['--import', import.meta.resolve('tsx')],
    // The API is written with decorators; from another folder tsx would not find that they are meant.
    env: { ...process.env, TSX_TSCONFIG_PATH: join(REPOSITORY, 'tsconfig.base.json') },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const note = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-LOG_LENGTH);
  };
  child.stdout?.on('data', note);
  child.stderr?.on('data', note);
  const stop = () => stopChild(child);
  const ready = await Promise.race([
    once(child, 'message').then(([message]) => message as Ready),
    once(child, 'exit').then(() => undefined),
  ]);
  if (!ready) throw new Error(`The API did not start:\n${output.trim()}`);
  return { ...ready, log: () => output.trim(), stop };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(timer);
}
