import { afterAll, beforeAll, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { MIGRATIONS, readMigration } from '../../platform/database/migrate.ts';
import { bucketOf, newId } from '../../platform/ids.ts';
import { createEmptyDatabase, type TestDatabase } from '../../testing/database.ts';

const OURS = '023-cases';
let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

it('what spoke for cases before leads to clicks and customers, what is open has a week, and what is closed stays as it was', async () => {
  const [organization, program, affiliate, open, closed, customer] = Array.from({ length: 6 }, () => newId()) as [string, ...string[]];
  const click = newId(7);
  const found = await withConnection(database.url, async (client) => {
    for (const name of MIGRATIONS.slice(0, MIGRATIONS.indexOf(OURS))) await client.query(readMigration(name));
    await client.query(`insert into organization (id, name, kind) values ('${organization}', 'o', 'live')`);
    await client.query(
      `insert into program (id, organization_id, key, name, unit) values ('${program}', '${organization}', 'p', 'P', 'USD')`,
    );
    await client.query(`insert into affiliate (id, organization_id, external_id) values ('${affiliate}', '${organization}', 'ann')`);
    await client.query(
      `insert into click (bucket, id, program_id, external_id, affiliate_id, clicked_at, told_at, content, active, permitted, redirected, attributable)
       values (${bucketOf(click)}, '${click}', '${program}', 'k1', '${affiliate}', now(), now(), '{}', true, false, true, false)`,
    );
    await client.query(`insert into customer (id, program_id, external_id) values ('${customer}', '${program}', 'c1')`);
    const evidence = JSON.stringify([click, customer, 'A page that pretends', newId(), click]);
    await client.query(
      `insert into compliance_case (affiliate_id, program_id, id, rule, status, opened_at, evidence) values ('${affiliate}', '${program}', '${open}', 'XY-1', 'open', '2020-01-01', $1)`,
      [evidence],
    );
    await client.query(
      `insert into compliance_case (affiliate_id, program_id, id, rule, status, opened_at, closed_at, closed_by)
       values ('${affiliate}', '${program}', '${closed}', 'XY-1', 'dismissed', '2020-01-01', '2020-01-02', 'eve')`,
    );
    await client.query(readMigration(OURS));
    const evidenceNow = await client.query<{ kind: string; ref_id: string | null; text: string | null }>(
      'select kind, ref_id, text from case_evidence order by kind, text',
    );
    const cases = await client.query('select rule, status, due_at > now() as ahead, overdue_at from compliance_case order by status');
    return { evidence: evidenceNow.rows, cases: cases.rows };
  });
  expect(found.evidence).toEqual([
    { kind: 'click', ref_id: click, text: null },
    { kind: 'customer', ref_id: customer, text: null },
    { kind: 'words', ref_id: null, text: expect.stringMatching(/^0[0-9a-f-]{35}$/) },
    { kind: 'words', ref_id: null, text: 'A page that pretends' },
  ]);
  expect(found.cases).toEqual([
    { rule: 'XY-1', status: 'dismissed', ahead: false, overdue_at: null },
    { rule: 'XY-1', status: 'open', ahead: true, overdue_at: null },
  ]);
});
