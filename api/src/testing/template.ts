import { randomBytes } from 'node:crypto';
import { createDatabase, dropDatabase, quote, withConnection } from '../platform/database/admin.ts';

export interface TestDatabase {
  /** For the account that migrated it. */
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own, copied from a template that the first caller of the run prepares. */
export async function createFromTemplate(
  serverUrl: string,
  prefix: string,
  prepare: (url: string) => Promise<void>,
): Promise<TestDatabase> {
  const template = `${prefix}_template`;
  // Held by a connection, so that of all workers one makes the template and the others wait for it.
  await withConnection(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [template]);
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount) return;
    const draft = `${template}_draft`;
    await dropDatabase(serverUrl, draft);
    await prepare(await createDatabase(serverUrl, draft));
    await client.query(`alter database ${quote(draft)} rename to ${quote(template)}`);
  });
  return createFresh(serverUrl, prefix, template);
}

export async function createFresh(serverUrl: string, prefix: string, template?: string): Promise<TestDatabase> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  const url = await createDatabase(serverUrl, name, template);
  return { url, drop: () => dropDatabase(serverUrl, name) };
}
