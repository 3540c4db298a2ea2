import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HIGH_RATES, TOKENS_FILE } from '@tributary/api';
import { REPOSITORY } from '../../run.ts';
import { type SelfTime, selfTimes } from '../decide/profile.ts';
import { ended, TSX } from './child.ts';
import { Client } from './client.ts';
import { profileAt } from './inspector.ts';

export interface ServerOptions {
  readonly connections?: number;
  /** Writes a profile of the process's CPU, to be read once it has stopped. */
  readonly profile?: boolean;
  /** Lets its CPU be sampled while it runs. */
  readonly inspect?: boolean;
  /** Further settings of the server. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The API, as `npx pnpm start` runs it. */
export interface ApiServer {
  /** With the token of staff. */
  readonly client: Client;
  readonly url: string;
  readonly token: string;
  /** The superuser's. */
  readonly databaseUrl: string;
  readonly pid: number;
  /** Samples its CPU while the work runs; needs `inspect`. */
  sample(work: () => Promise<unknown>): Promise<Profiler.Profile>;
  stop(): Promise<void>;
  /** The functions with the most time of their own, after `stop`. */
  profile(): SelfTime[];
}

export async function startServer(databaseUrl: string, dataDir: string, options: ServerOptions = {}): Promise<ApiServer> {
  mkdirSync(dataDir, { recursive: true });
  const profiling = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${dataDir}`, '--cpu-prof-interval=200'] : [];
  const inspecting = options.inspect ? ['--inspect=127.0.0.1:0'] : [];
  const child = spawn(process.execPath, [...profiling, ...inspecting, ...TSX.execArgv, join(REPOSITORY, 'api/src/main.ts')], {
    env: {
      ...process.env,
      ...TSX.env,
      ...HIGH_RATES,
      DATABASE_URL: databaseUrl,
      HOST: '127.0.0.1',
      PORT: '0',
      TRIBUTARY_DATA: dataDir,
      TRIBUTARY_DEMO: 'off',
      BUILD_BACK_OFFICE: 'off',
      LOG_LEVEL: 'error',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { url, inspector } = await addressesOf(child);
  const { staff } = JSON.parse(readFileSync(join(dataDir, TOKENS_FILE), 'utf8')) as { staff: string };
  const client = new Client(url, staff, options.connections ?? 64);
  return {
    client,
    url,
    token: staff,
    databaseUrl,
    pid: child.pid!,
    sample(work) {
      if (!inspector) throw new Error('The server was started without its inspector.');
      return profileAt(inspector, work);
    },
    async stop() {
      await client.close();
      await ended(child, () => child.kill('SIGTERM'));
    },
    profile: () => readProfile(dataDir),
  };
}

/** From what it prints. */
async function addressesOf(child: ChildProcess): Promise<{ url: string; inspector: string | undefined }> {
  const heard: string[] = [];
  let inspector: string | undefined;
  const lines = createInterface({ input: child.stdout! });
  child.stderr!.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    heard.push(text);
    inspector ??= /^Debugger listening on (ws:\S+)/m.exec(text)?.[1];
    // Node says where its inspector is, and who came.
    if (!/^(?:Debugger|For help, see)/.test(text)) process.stderr.write(chunk);
  });
  const found = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      heard.push(line);
      // What goes wrong later must be seen.
      if (line.startsWith('{')) process.stderr.write(`${line}\n`);
      const address = /answers at (http:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  const address = await Promise.race([found, once(child, 'exit').then(() => undefined)]);
  if (!address) throw new Error(`The API did not start:\n${heard.join('\n')}`);
  return { url: address, inspector };
}

function readProfile(folder: string): SelfTime[] {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (!file) throw new Error('The server left no profile.');
  return selfTimes(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profiler.Profile);
}
