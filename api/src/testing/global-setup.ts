import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { withConnection } from '../platform/database/admin.ts';
import { acquireTestServer, dropTestDatabases } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's URL of the run's PostgreSQL. */
    postgresUrl: string;
    /** What the names of the run's databases begin with. */
    databasePrefix: string;
  }
}

/** The one thing that databases of a server share: of two that are migrated at once, both would make it. */
const APPLICATION = `do $$ begin
  create role tributary_app login;
exception when duplicate_object or unique_violation then null;
end $$`;

/** Starts the run's PostgreSQL and, at the end, leaves nothing of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await acquireTestServer();
  const prefix = `tributary_test_${randomBytes(4).toString('hex')}`;
  await withConnection(server.url, (client) => client.query(APPLICATION));
  project.provide('postgresUrl', server.url);
  project.provide('databasePrefix', prefix);
  return async () => {
    await dropTestDatabases(server.url, prefix);
    await server.stop();
  };
}
