import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { binary } from './binaries.ts';
import type { Place } from './place.ts';

export type Settings = Readonly<Record<string, string>>;

const MEGABYTE = 2 ** 20;

/** A quarter of the machine's memory, or of what this process may use of it: indexes of many rows are read from it. It is taken as it is needed. */
export function sharedBuffers(bytes = memory()): string {
  return `${megabytesOfPages(bytes)}MB`;
}

/**
 * After a checkpoint each page is logged whole that changes first, and of many pages many change: the log may be as long as all that is
 * kept of them. What a crash leaves to be read again is bounded by it.
 */
export function longestLog(bytes = memory()): string {
  return `${Math.max(2048, megabytesOfPages(bytes))}MB`;
}

/** In bytes: what PostgreSQL keeps pages in on this machine. */
export const memoryOfPages = () => megabytesOfPages(memory()) * MEGABYTE;

const memory = () => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
const megabytesOfPages = (bytes: number) => Math.min(8192, Math.max(128, Math.floor(bytes / MEGABYTE / 4)));

/** For a small machine. Durability stays as PostgreSQL has it: fsync and synchronous_commit are on. */
const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: sharedBuffers(),
  max_wal_size: longestLog(),
  // Files of the log that are kept to be written anew: while a new one is made, every commit waits.
  min_wal_size: '1GB',
  checkpoint_timeout: '15min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
};

export interface Server {
  readonly process: ChildProcess;
  readonly pid: number;
}

export interface SpawnOptions {
  readonly place: Place;
  readonly port: number;
  readonly settings: Settings | undefined;
  log(line: string): void;
}

/** A port of loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Starts the server and waits until it takes connections; after a crash that is when it has recovered. */
export async function spawnServer(options: SpawnOptions): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await trySpawn(options);
    if (!('failure' in outcome)) return outcome;
    // Processes of a server that was killed take a moment to notice.
    if (attempt === 50 || !/pre-existing shared memory|lock file ".*" already exists/.test(outcome.failure)) {
      throw new Error(`PostgreSQL did not start on ${options.place.clusterDir}:\n${outcome.failure}`);
    }
    await sleep(100);
  }
}

function trySpawn({ place, port, settings, log }: SpawnOptions): Promise<Server | { failure: string }> {
  const args = Object.entries({ ...SETTINGS, ...settings, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A group of its own, so that Ctrl-C reaches us first and PostgreSQL stops last.
  const child = spawn(binary(place.binaries, 'postgres'), ['-D', place.clusterDir, ...args], {
    cwd: '/',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    ...place.owner,
  });
  return new Promise((resolve) => {
    const heard: string[] = [];
    const lines = createInterface({ input: child.stderr! });
    lines.on('line', (line) => {
      log(line);
      if (heard.length < 50) heard.push(line);
      if (line.includes('ready to accept connections')) resolve({ process: child, pid: child.pid! });
    });
    child.on('error', (error) => resolve({ failure: error.message }));
    child.on('close', (code, signal) => resolve({ failure: [...heard, `ended with ${signal ?? `status ${code}`}`].join('\n') }));
  });
}
