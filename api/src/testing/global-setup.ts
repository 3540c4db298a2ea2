import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { acquireTestServer, dropTestDatabases } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of the run's PostgreSQL. */
    postgresUrl: string;
    /** What the names of the run's databases begin with. */
    databasePrefix: string;
  }
}

/** Starts the run's PostgreSQL and, at the end, leaves nothing of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await acquireTestServer();
  const prefix = `tributary_test_${randomBytes(4).toString('hex')}`;
  project.provide('postgresUrl', server.url);
  project.provide('databasePrefix', prefix);
  return async () => {
    await dropTestDatabases(server.url, prefix);
    await server.stop();
  };
}
