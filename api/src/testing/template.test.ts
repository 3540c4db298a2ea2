import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { withConnection } from '../platform/database/admin.ts';
import { dropTestDatabases } from './server.ts';
import { createFromTemplate } from './template.ts';

describe('databases for tests', () => {
  it('are copies of a template that is prepared once, even when many ask at the same time', async () => {
    const serverUrl = inject('postgresUrl');
    const prefix = `${inject('databasePrefix')}_${randomBytes(3).toString('hex')}`;
    let prepared = 0;
    const prepare = async (url: string) => {
      prepared += 1;
      await withConnection(url, (client) => client.query('create table ready as select 1 as n'));
    };
    const databases = await Promise.all(Array.from({ length: 4 }, () => createFromTemplate(serverUrl, prefix, prepare)));
    expect(prepared).toBe(1);
    expect(new Set(databases.map(({ url }) => url)).size).toBe(4);
    for (const { url, drop } of databases) {
      const { rows } = await withConnection(url, (client) => client.query('select n from ready'));
      expect(rows).toEqual([{ n: 1 }]);
      await drop();
    }

    await dropTestDatabases(serverUrl, prefix);
    const left = await withConnection(serverUrl, (client) =>
      client.query('select 1 from pg_database where starts_with(datname, $1)', [prefix]),
    );
    expect(left.rowCount).toBe(0);
  });
});
