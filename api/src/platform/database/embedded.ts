import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCluster } from './embedded/cluster.ts';
import { removeStarter, stopOrphan, writeStarter } from './embedded/orphan.ts';
import { findPlace } from './embedded/place.ts';
import { freePort, type Server, type Settings, spawnServer } from './embedded/server.ts';
import { stopProcess } from './embedded/stop.ts';

export interface EmbeddedOptions {
  /** The folder for everything this server keeps; PostgreSQL's own is `pg` in it. */
  readonly dataDir: string;
  /** For root, where PostgreSQL's account can't reach `dataDir`. */
  readonly stateDir?: string;
  /** Added to PostgreSQL's configuration. */
  readonly settings?: Settings;
  /** What a person should know. */
  log(line: string): void;
  /** What PostgreSQL itself writes. */
  logServer?(line: string): void;
  /** PostgreSQL ended again and again and was given up. */
  onLost?(error: Error): void;
}

export interface EmbeddedPostgres {
  /** The superuser's, to the database `postgres`; it stays the same for as long as this process runs. */
  readonly url: string;
  readonly clusterDir: string;
  /** PostgreSQL's process at this moment. */
  pid(): number;
  stop(): Promise<void>;
  /** Ends it at once; it recovers at the next start. */
  kill(): void;
}

/** More ends than this within a minute are no accident. */
const MAX_RESTARTS = 5;

/** A real PostgreSQL of our own, from the binaries of a package. It is started again, on the same port, should it be killed. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const place = findPlace(options);
  const { clusterDir } = place;
  await stopOrphan(clusterDir, options.log);
  await ensureCluster(place, { sync: options.settings?.['fsync'] !== 'off' });

  const port = await freePort();
  const spawnOptions = { place, port, settings: options.settings, log: options.logServer ?? (() => {}) };
  writeStarter(clusterDir);
  let server = await spawnServer(spawnOptions);
  let stopping = false;
  let restarting: Promise<void> | undefined;
  const restarts: number[] = [];

  function watch(watched: Server): void {
    watched.process.once('exit', (code, signal) => {
      if (!stopping) restarting = restart(signal ?? `status ${code}`);
    });
  }

  async function restart(reason: string): Promise<void> {
    const now = performance.now();
    restarts.push(now);
    try {
      if (restarts.filter((at) => now - at < 60_000).length > MAX_RESTARTS) throw new Error(`PostgreSQL keeps ending (${reason})`);
      options.log(`PostgreSQL ended (${reason}): starting it again`);
      await sleep(20);
      server = await spawnServer(spawnOptions);
      watch(server);
    } catch (error) {
      options.onLost?.(error as Error);
    }
  }

  watch(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    clusterDir,
    pid: () => server.pid,
    async stop() {
      if (stopping) return;
      stopping = true;
      await restarting;
      const ended = server.process.exitCode === null && server.process.signalCode === null ? once(server.process, 'exit') : undefined;
      await stopProcess(server.pid);
      await ended;
      removeStarter(clusterDir);
    },
    kill() {
      stopping = true;
      server.process.kill('SIGQUIT');
    },
  };
}
