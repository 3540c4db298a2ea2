import pg from 'pg';
import { newId, sliceOf } from '../platform/ids.ts';
import type { TestApi, TestSandbox } from './api.ts';

/** Puts an active affiliate into a program of a sandbox, straight into the tables. */
export async function putAffiliate(
  api: TestApi,
  sandbox: TestSandbox,
  {
    program,
    affiliate,
    country = null as string | null,
    customer = null as string | null,
    affiliateClass = null as string | null,
    since = '2020-01-01T00:00:00Z',
  }: {
    program: string;
    affiliate: string;
    country?: string | null;
    customer?: string | null;
    affiliateClass?: string | null;
    since?: string;
  },
): Promise<string> {
  const client = new pg.Client({ connectionString: api.database.url });
  await client.connect();
  try {
    const programId = (await client.query('select id from program where organization_id = $1 and key = $2', [sandbox.id, program])).rows[0]
      .id as string;
    const id = newId();
    await client.query(
      "insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash) values ($1, $2, 'affiliate', $3, $4, '')",
      [sliceOf(affiliate), sandbox.id, affiliate, id],
    );
    await client.query('insert into affiliate (id, organization_id, external_id, country) values ($1, $2, $3, $4)', [
      id,
      sandbox.id,
      affiliate,
      country,
    ]);
    await client.query(
      "insert into enrollment (affiliate_id, program_id, id, status, class, customer_external_id, created_at) values ($1, $2, $3, 'active', $4, $5, $6)",
      [id, programId, newId(), affiliateClass, customer, since],
    );
    const tell = (kind: string, value: string) =>
      client.query(
        "insert into enrollment_event (affiliate_id, program_id, id, kind, value, holds_from, done_by) values ($1, $2, $3, $4, $5, $6, 'test')",
        [id, programId, newId(), kind, value, since],
      );
    await tell('status', 'active');
    if (affiliateClass) await tell('class', affiliateClass);
    return id;
  } finally {
    await client.end();
  }
}
