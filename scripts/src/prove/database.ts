import { existsSync } from 'node:fs';
import { type Config, databaseUrl, findRunning, openDatabase } from '@tributary/api';

export interface Database {
  readonly url: string;
  readonly description: string;
  close(): Promise<void>;
}

/** The data to look at: where DATABASE_URL points, or the embedded data, be its server running or not. */
export async function openData(config: Config): Promise<Database> {
  const { dataDir } = config;
  const given = config.migrationUrl ?? config.databaseUrl;
  const running = given ? undefined : findRunning({ dataDir, log: () => {} });
  if (running) {
    return { url: databaseUrl(running, 'tributary'), description: `the running server of ${dataDir}`, close: async () => {} };
  }
  if (!given && !existsSync(dataDir)) throw new Error(`There is nothing in ${dataDir} yet: npx pnpm start makes it.`);
  const { adminUrl, description, close } = await openDatabase({ config, log: () => {}, onLost: () => {} });
  return { url: adminUrl, description, close };
}
