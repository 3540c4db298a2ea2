import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tributary/api';
import { makeFolder } from './folder.ts';

// A process of its own, forked by the bench: keeps a PostgreSQL in a temporary folder, and removes both when the bench is gone.

export interface Kept {
  /** The superuser's. */
  readonly url: string;
  readonly folder: string;
}

const folder = makeFolder('tributary-bench-');
let server: EmbeddedPostgres | undefined;
let stopping: Promise<void> | undefined;

function stop(status = 0): Promise<void> {
  stopping ??= (async () => {
    await starting.catch(() => {});
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
    process.exit(status);
  })();
  return stopping;
}

/** Durable, with the settings of every start: what is measured must survive the machine. */
async function start(settings: Record<string, string>): Promise<void> {
  server = await startEmbeddedPostgres({ dataDir: join(folder, 'database'), settings, log: () => {} });
  const kept: Kept = { url: server.url, folder };
  if (process.connected) process.send?.(kept);
}

// The terminal sends Ctrl-C to both; the bench says when to stop, or is gone.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => void stop());
process.on('SIGHUP', () => void stop());
process.on('disconnect', () => void stop());

const starting = start(JSON.parse(process.argv[2] ?? '{}') as Record<string, string>);
starting.catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  void stop(1);
});
if (!process.connected) void stop();
