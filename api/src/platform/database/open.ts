import type { Config } from '../../config.ts';
import { createDatabase } from './admin.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { checkGivenDatabase, withoutPassword } from './given.ts';

export interface OpenDatabase {
  /** For an account that may create tables and roles. The application itself connects under a role of its own. */
  readonly adminUrl: string;
  /** For people. */
  readonly description: string;
  close(): Promise<void>;
  kill?(): void;
}

export interface OpenDatabaseOptions {
  readonly config: Config;
  log(line: string): void;
  logServer?(line: string): void;
  onLost(error: Error): void;
}

/** The server that DATABASE_URL names, or an embedded one. */
export async function openDatabase({ config, ...events }: OpenDatabaseOptions): Promise<OpenDatabase> {
  const given = config.migrationUrl ?? config.databaseUrl;
  if (given) {
    if (config.databaseUrl) await checkGivenDatabase(config.databaseUrl);
    if (config.migrationUrl) await checkGivenDatabase(config.migrationUrl, 'MIGRATION_URL');
    return { adminUrl: given, description: `given: ${withoutPassword(given)}`, close: async () => {} };
  }
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, ...events });
  try {
    const adminUrl = await createDatabase(server.url, 'tributary');
    return { adminUrl, description: `embedded, data in ${server.clusterDir}`, close: () => server.stop(), kill: () => server.kill() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
