import { codeShape } from '@tributary/shared/tracking';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { MIGRATIONS, readMigration } from '../../platform/database/migrate.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { createEmptyDatabase, type TestDatabase } from '../../testing/database.ts';

const OURS = '059-codes-of-sandboxes';
let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

it('codes that were chosen in a sandbox before get its mark, and all others stay', async () => {
  const [live, sandbox] = [newId(), newId()];
  const mark = sandbox.slice(-8);
  await withConnection(database.url, async (client) => {
    for (const name of MIGRATIONS.slice(0, MIGRATIONS.indexOf(OURS))) await client.query(readMigration(name));
    await client.query(`insert into organization (id, name, kind) values ('${live}', 'l', 'live')`);
    await client.query(
      `insert into organization (id, name, kind, parent_id, clock) values ('${sandbox}', 's', 'sandbox', '${live}', now())`,
    );
    for (const [organization, first, vanity] of [
      [live, 'abcdefghjk', 'my-mugs'],
      [sandbox, 'mnpqrstuvw', 'try-mugs'],
    ] as const) {
      const [program, affiliate, link] = [newId(), newId(), newId()];
      await client.query(
        `insert into program (id, organization_id, key, name, unit) values ('${program}', '${organization}', 'p', 'P', 'USD')`,
      );
      await client.query(`insert into affiliate (id, organization_id, external_id) values ('${affiliate}', '${organization}', 'ann')`);
      const columns = 'affiliate_id, program_id, id, external_id, url, created_at, code, vanity';
      await client.query(
        `insert into link (${columns}) values ('${affiliate}', '${program}', '${link}', 'l', 'https://x.example', now(), '${first}', '${vanity}')`,
      );
      for (const code of [first, vanity]) {
        const shape = codeShape(code);
        const claimed = 'slice, code, program_id, affiliate_id, link_id, made_at, made_by';
        await client.query(
          `insert into link_code (${claimed}) values (${sliceOf(code)}, '${code}', '${program}', '${affiliate}', '${link}', now(), 'x')`,
        );
        await client.query(`insert into code_shape (slice, shape, code) values (${sliceOf(shape)}, '${shape}', '${code}')`);
      }
    }
    await client.query(readMigration(OURS));
    const named = async (text: string) => (await client.query<{ slice: number; name: string }>(text)).rows;
    const names = ['abcdefghjk', 'mnpqrstuvw', 'my-mugs', `try-mugs.${mark}`];
    const shapes = [codeShape('abcdefghjk'), codeShape('mnpqrstuvw'), codeShape('my-mugs'), `${codeShape('try-mugs')}.${mark}`];
    const inOrder = (all: readonly string[]) => [...all].sort().map((name) => ({ slice: sliceOf(name), name }));
    expect(await named('select slice, code as name from link_code order by code collate "C"')).toEqual(inOrder(names));
    expect(await named('select slice, shape as name from code_shape order by shape collate "C"')).toEqual(inOrder(shapes));
    expect(await named('select 0 as slice, vanity as name from link order by vanity collate "C"')).toMatchObject([
      { name: 'my-mugs' },
      { name: `try-mugs.${mark}` },
    ]);
    await expect(client.query('delete from link_code')).rejects.toThrow();
  });
});
