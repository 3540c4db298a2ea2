import { randomBytes } from 'node:crypto';
import { createDatabase, databaseUrl, dropDatabase, quote, withConnection } from '../platform/database/admin.ts';
import { migrate } from '../platform/database/migrate.ts';

export interface TestDatabase {
  /** For the account that migrated it. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A fresh, migrated database of its own, copied from a template that the first caller of the run migrates. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { inject } = await import('vitest');
  return createDatabaseFromTemplate(inject('postgresUrl'), inject('databasePrefix'), migrate);
}

/** The same without a migration. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const { inject } = await import('vitest');
  const serverUrl = inject('postgresUrl');
  return asTestDatabase(serverUrl, newName(inject('databasePrefix')), undefined);
}

export async function createDatabaseFromTemplate(
  serverUrl: string,
  prefix: string,
  prepare: (url: string) => Promise<void>,
): Promise<TestDatabase> {
  const template = `${prefix}_template`;
  // Held on a connection of its own, so that of all workers one makes the template and the others wait for it.
  await withConnection(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount) return;
    const draft = `${template}_draft`;
    await dropDatabase(serverUrl, draft);
    await prepare(await createDatabase(serverUrl, draft));
    await client.query(`alter database ${quote(draft)} rename to ${quote(template)}`);
  });
  return asTestDatabase(serverUrl, newName(prefix), template);
}

const newName = (prefix: string) => `${prefix}_${randomBytes(6).toString('hex')}`;

async function asTestDatabase(serverUrl: string, name: string, template: string | undefined): Promise<TestDatabase> {
  await createDatabase(serverUrl, name, template);
  return { url: databaseUrl(serverUrl, name), drop: () => dropDatabase(serverUrl, name) };
}
