import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, createDatabase, dropDatabase, readConfig, startEmbeddedPostgres, TOKENS_FILE } from '@tributary/api';

// A process of its own, forked by the player: one API on an empty database, both gone when the player is.

/** Nothing here outlives the run, so nothing is lost with a machine that loses its power. */
const FAST = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '128MB', jit: 'off' };

type Undo = () => Promise<void> | void;
const undo: Undo[] = [];
let stopping: Promise<void> | undefined;

function stop(): Promise<void> {
  stopping ??= (async () => {
    await starting.catch(() => {});
    for (const step of undo.reverse()) await Promise.resolve(step()).catch((error: Error) => process.stderr.write(`${error.message}\n`));
    process.exit(0);
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
  process.send?.({ url: new URL('/graphql', url).href, staff, database: adminUrl });
}

// The terminal sends Ctrl-C to both; the player says when to stop, or is gone.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => void stop());
process.on('SIGHUP', () => void stop());
process.on('disconnect', () => void stop());

const starting = start();
starting.catch(async (error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
  for (const step of undo.reverse()) await Promise.resolve(step()).catch(() => {});
  process.exit(1);
});
