import { afterAll, beforeAll, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { MIGRATIONS, readMigration } from '../../platform/database/migrate.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { createEmptyDatabase, type TestDatabase } from '../../testing/database.ts';

const OURS = '014-requests';
let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

it('what was asked for before there was an inbox stands in it, and is found by its name', async () => {
  const [organization, program, affiliate, asked, refused, product] = Array.from({ length: 6 }, () => newId()) as [string, ...string[]];
  const found = await withConnection(database.url, async (client) => {
    for (const name of MIGRATIONS.slice(0, MIGRATIONS.indexOf(OURS))) await client.query(readMigration(name));
    await client.query(`insert into organization (id, name, kind) values ('${organization}', 'o', 'live')`);
    await client.query(
      `insert into program (id, organization_id, key, name, unit) values ('${program}', '${organization}', 'p', 'P', 'USD')`,
    );
    await client.query(`insert into affiliate (id, organization_id, external_id) values ('${affiliate}', '${organization}', 'ann')`);
    const classes =
      'insert into class_request (affiliate_id, program_id, id, class, status, requested_at, answered_at, answered_by, reason) values';
    await client.query(`${classes} ('${affiliate}', '${program}', '${refused}', 'gold', 'refused', now(), now(), 'eve', 'too early')`);
    await client.query(`${classes} ('${affiliate}', '${program}', '${asked}', 'gold', 'requested', now(), null, null, null)`);
    await client.query(
      `insert into redemption (affiliate_id, id, program_id, external_id, kind, status, unit, points, redeemed_at, redeemed_by)
       values ('${affiliate}', '${product}', '${program}', 'r', 'product', 'redeemed', 'points', 1, now(), 'shop')`,
    );
    await client.query(readMigration(OURS));
    const text = `select q.external_id, q.kind, q.state, f.slice, (select string_agg(m.kind || coalesce(':' || m.text, ''), ' ' order by m.id)
      from request_message m where m.request_id = q.id) as thread from affiliate_request q join fact_key f on f.kind = 'request' and f.fact_id = q.id order by q.external_id`;
    return (await client.query<{ external_id: string; slice: number }>(text)).rows;
  });
  const row = (external_id: string, kind: string, state: string, thread: string) => ({
    external_id,
    kind,
    state,
    slice: sliceOf(external_id),
    thread,
  });
  const expected = [
    row(`class-${asked}`, 'class', 'open', 'opened'),
    row(`class-${refused}`, 'class', 'refused', 'opened refused:too early'),
    row(`redemption-${product}`, 'product-exchange', 'open', 'opened'),
  ];
  expect(found).toEqual(expected.sort((one, other) => (one.external_id < other.external_id ? -1 : 1)));
});
