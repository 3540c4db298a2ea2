import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { databaseUrl, quote, withConnection } from './admin.ts';
import { migrate } from './migrate.ts';
import { applicationUrl } from './pool.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const whoIs = (url: string) =>
  withConnection(url, async (client) => {
    const { rows } = await client.query("select current_user as name, current_setting('statement_timeout') as timeout");
    return rows[0];
  });

describe('the application', () => {
  it('logs in as its own role where no password is asked for', async () => {
    expect(await whoIs(applicationUrl(database.url))).toEqual({ name: 'tributary_app', timeout: '0' });
    expect(applicationUrl('postgres://tributary_app:x@h/d')).toBe('postgres://tributary_app:x@h/d');
  });

  it('takes its role on where the account that is given has a password, and keeps the options of the URL', async () => {
    const given = new URL(database.url);
    given.password ||= 'of-no-matter';
    given.searchParams.set('options', '-c statement_timeout=7s');
    expect(await whoIs(applicationUrl(given.href))).toEqual({ name: 'tributary_app', timeout: '7s' });
  });
});

it('an account that is no superuser can migrate and then become the application', async () => {
  const empty = await createEmptyDatabase();
  const owner = `owner_${Date.now()}`;
  const name = new URL(empty.url).pathname.slice(1);
  try {
    await withConnection(empty.url, async (client) => {
      await client.query(`create role ${owner} login createrole password 'of-no-matter'`);
      // Roles are the server's: this one is there already, so the owner is allowed to take it on as a new one would be.
      await client.query('do $$ begin create role tributary_app login; exception when duplicate_object then null; end $$');
      await client.query(`grant tributary_app to ${owner} with admin option`);
      await client.query(`alter database ${quote(name)} owner to ${owner}`);
    });
    const url = new URL(databaseUrl(empty.url, name));
    url.username = owner;
    url.password = 'of-no-matter';
    await migrate(url.href);
    expect(await whoIs(applicationUrl(url.href))).toMatchObject({ name: 'tributary_app' });
  } finally {
    await empty.drop();
    await withConnection(database.url, (client) => client.query(`drop role ${owner}`));
  }
});
