import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, createDatabase, dropDatabase, HIGH_RATES, readConfig, startEmbeddedPostgres, TOKENS_FILE } from '@tributary/api';

// A process of its own, forked by the player: one API on an empty database, both gone when the player is.

/** Nothing here outlives the run, so nothing is lost with a machine that loses its power. */
const FAST = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '128MB', jit: 'off' };

const undo: (() => Promise<void> | void)[] = [];
let stopping: Promise<void> | undefined;

/** Undoes what was done, the last first, once the start has come to an end. */
function stop(status = 0): Promise<void> {
  stopping ??= (async () => {
    await starting.catch(() => {});
    for (let step = undo.pop(); step; step = undo.pop()) {
      try {
        await step();
      } catch (error) {
        process.stderr.write(`${(error as Error).message}\n`);
      }
    }
    process.exit(status);
  })();
  return stopping;
}

async function openDatabase(folder: string): Promise<string> {
  const given = process.env['DATABASE_URL'];
  if (given) {
    const name = `tributary_scenario_${randomBytes(6).toString('hex')}`;
    undo.push(() => dropDatabase(given, name));
    return createDatabase(given, name);
  }
  const server = await startEmbeddedPostgres({ dataDir: folder, settings: FAST, log: () => {} });
  undo.push(() => server.stop());
  return createDatabase(server.url, 'tributary');
}

async function start(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-scenario-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const adminUrl = await openDatabase(folder);
  const settings = {
    ...HIGH_RATES,
    HOST: '127.0.0.1',
    PORT: '0',
    TRIBUTARY_DATA: folder,
    TRIBUTARY_DEMO: 'off',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
  };
  const app = await createApp({ config: readConfig(settings), database: { adminUrl }, say: () => {} });
  undo.push(() => app.close());
  const { url } = await app.listen();
  const { staff } = JSON.parse(readFileSync(join(folder, TOKENS_FILE), 'utf8')) as { staff: string };
  if (process.connected) process.send?.({ url: new URL('/graphql', url).href, staff, database: adminUrl });
}

// The terminal sends Ctrl-C to both; the player says when to stop, or is gone.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => void stop());
process.on('SIGHUP', () => void stop());
process.on('disconnect', () => void stop());
// It may have gone while this file was still being loaded.
if (!process.connected) process.exit(0);

// Whoever read what we write may be gone.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const starting = start();
starting.catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  void stop(1);
});
