import { newId, sliceOf } from '@tributary/api';
import type pg from 'pg';

export interface Payees {
  readonly programId: string;
  readonly organizationId: string;
  readonly unit: string;
  readonly affiliates: readonly string[];
}

const AT_ONCE = 10_000;

/** The caller's id of the payee of that number. */
export const payeeName = (program: string, index: number) => `payee-${program}-${index}`;

/** Affiliates of a program, each with a lot, straight into the tables and the books: earning is not what is measured. */
export async function addPayees(
  client: pg.Client,
  program: string,
  count: number,
  { usableFrom, endsAt }: { usableFrom: Date; endsAt: (index: number) => Date | null },
): Promise<Payees> {
  const { rows } = await client.query<{ id: string; organization_id: string; unit: string }>(
    `select p.id, p.organization_id, p.unit from program p join organization o on o.id = p.organization_id where o.kind = 'live' and p.key = $1`,
    [program],
  );
  const { id: programId, organization_id: organizationId, unit } = rows[0]!;
  const affiliates = Array.from({ length: count }, () => newId());
  for (let start = 0; start < count; start += AT_ONCE) {
    const some = affiliates.slice(start, start + AT_ONCE);
    const names = some.map((_, index) => payeeName(program, start + index));
    const made = { entry: some.map(() => newId()), lot: some.map(() => newId()), cause: some.map(() => newId()) };
    await client.query(
      `with person as (insert into affiliate (id, organization_id, external_id, country) select id, $1, name, 'MY' from unnest($2::uuid[], $3::text[]) as u (id, name)),
       key as (insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)
         select slice, $1, 'affiliate', name, id, '' from unnest($2::uuid[], $3::text[], $5::smallint[]) as u (id, name, slice))
       insert into enrollment (affiliate_id, program_id, id, status, created_at) select id, $4, id, 'active', '2021-01-01Z' from unnest($2::uuid[]) as u (id)`,
      [organizationId, some, names, programId, names.map(sliceOf)],
    );
    const all = <T>(value: T) => some.map(() => value);
    await client.query(
      `select ledger_post($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::int[], $8::timestamptz[],
         $2::uuid[], $9::smallint[], $10::ledger_account[], $11::ledger_account[], $12::bigint[], $13::uuid[], $13::uuid[], $2::uuid[], $14::text[], $6::uuid[], $15::timestamptz[], $16::timestamptz[])`,
      [
        some,
        made.entry,
        all(programId),
        all(unit),
        all('bonus'),
        made.cause,
        all(0),
        all('2021-01-02Z'),
        all(0),
        all('expense'),
        all('owed'),
        all(5_000),
        made.lot,
        all('bonus'),
        all(usableFrom),
        some.map((_, index) => endsAt(start + index)),
      ],
    );
  }
  await client.query('analyze');
  return { programId, organizationId, unit, affiliates };
}

/** A request of each, for a cut-off. */
export async function addRequests(client: pg.Client, { programId, unit, affiliates }: Payees, cutOffAt: Date): Promise<void> {
  for (let start = 0; start < affiliates.length; start += AT_ONCE) {
    const some = affiliates.slice(start, start + AT_ONCE);
    await client.query(
      `insert into withdrawal (affiliate_id, id, program_id, external_id, status, unit, cut_off_at, batch, requested_at, requested_by)
       select affiliate_id, id, $1, 'w-' || id, 'requested', $2, $3, '2026-03', $3::timestamptz - interval '1 day', 'bench' from unnest($4::uuid[], $5::uuid[]) as u (affiliate_id, id)`,
      [programId, unit, cutOffAt, some, some.map(() => newId())],
    );
  }
  await client.query('analyze withdrawal');
}
