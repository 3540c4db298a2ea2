import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quote, withConnection } from '../platform/database/admin.ts';
import { startEmbeddedPostgres } from '../platform/database/embedded.ts';
import { checkGivenDatabase } from '../platform/database/given.ts';

/** One server for the whole run, however many test projects ask for it. */
interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

const SHARED = Symbol.for('tributary.testing.server');
const shared = globalThis as { [SHARED]?: { server: Promise<TestServer>; users: number } };

export async function acquireTestServer(): Promise<TestServer> {
  shared[SHARED] ??= { server: startTestServer(), users: 0 };
  const entry = shared[SHARED];
  entry.users += 1;
  const { url } = await entry.server;
  return {
    url,
    async stop() {
      entry.users -= 1;
      if (entry.users > 0) return;
      delete shared[SHARED];
      await (await entry.server).stop();
    },
  };
}

async function startTestServer(): Promise<TestServer> {
  const given = process.env['DATABASE_URL'];
  if (given) {
    await checkGivenDatabase(given);
    return { url: given, stop: async () => {} };
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-test-'));
  try {
    // The data is thrown away, so nothing is lost with a machine that loses its power.
    const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', full_page_writes: 'off' }, log: () => {} });
    return {
      url: server.url,
      async stop() {
        await server.stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** For the end of a run: whatever no test dropped. */
export async function dropTestDatabases(serverUrl: string, prefix: string): Promise<void> {
  await withConnection(serverUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>('select datname as name from pg_database where starts_with(datname, $1)', [
      prefix,
    ]);
    for (const { name } of rows) await client.query(`drop database ${quote(name)} with (force)`);
  });
}
