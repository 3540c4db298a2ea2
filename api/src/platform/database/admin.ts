import pg from 'pg';

/** Runs a few statements on a connection of their own. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'tributary-admin' });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server and account, another database. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Makes a database, as a copy of `template` where one is given, and returns its URL. One that is there already is left as it is. */
export async function createDatabase(url: string, name: string, template?: string): Promise<string> {
  await withConnection(url, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    await client.query(`create database ${quote(name)}${template ? ` template ${quote(template)}` : ''}`);
  });
  return databaseUrl(url, name);
}

/** Cuts off whoever is connected. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  await withConnection(url, (client) => client.query(`drop database if exists ${quote(name)} with (force)`));
}
