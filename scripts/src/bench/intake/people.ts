import { readFileSync } from 'node:fs';
import { sliceOf } from '@tributary/api';
import pg from 'pg';
import { parse } from 'yaml';
import { idAt } from '../ids.ts';
import { Random } from '../random.ts';

/** What the orders of a program look like. */
export interface ProgramShape {
  readonly program: string;
  readonly attribution: 'clicks' | 'ties';
  readonly classes: readonly string[];
  readonly countries: readonly string[];
  readonly channels: readonly string[];
  readonly categories: readonly string[];
  readonly kinds: readonly string[];
}

export function readShapes(): ProgramShape[] {
  return parse(readFileSync(new URL('programs.yaml', import.meta.url), 'utf8')) as ProgramShape[];
}

export const AFFILIATES = 2_000;
const LONG_AGO = '2021-01-01T00:00:00Z';

export const affiliateName = (index: number) => `partner-${String(index).padStart(5, '0')}`;

/**
 * Affiliates, active in every program, straight into the tables: joining is not what is measured. Older than
 * everything that is told.
 */
export async function addAffiliates(databaseUrl: string, shapes: readonly ProgramShape[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const random = new Random(11);
    const names = Array.from({ length: AFFILIATES }, (_, index) => affiliateName(index));
    const born = Date.now() - 40 * 86_400_000;
    const ids = names.map((_, index) => idAt(born + index));
    await client.query(
      `with org as (select id from organization where kind = 'live'), person as (
         insert into affiliate (id, organization_id, external_id, country)
         select u.id, org.id, u.name, u.country from org, unnest($1::uuid[], $2::text[], $3::text[]) as u (id, name, country)
       )
       insert into fact_key (slice, scope_id, kind, external_id, fact_id, content_hash)
       select u.slice, org.id, 'affiliate', u.name, u.id, '' from org, unnest($1::uuid[], $2::text[], $4::smallint[]) as u (id, name, slice)`,
      [ids, names, names.map(() => random.pick(shapes[0]!.countries)), names.map(sliceOf)],
    );
    for (const shape of shapes) await enroll(client, shape, ids, random, born);
    // Of a table without rows PostgreSQL would believe for a while that it stays so.
    await client.query('analyze affiliate, fact_key, enrollment, enrollment_event');
  } finally {
    await client.end();
  }
}

async function enroll(client: pg.Client, shape: ProgramShape, ids: readonly string[], random: Random, born: number): Promise<void> {
  const classes = ids.map(() => (shape.classes.length === 0 ? null : random.pick(shape.classes)));
  const values = [shape.program, ids, classes, ids.map((_, index) => idAt(born + 5_000 + index)), LONG_AGO];
  await client.query(
    `with p as (select p.id from program p join organization o on o.id = p.organization_id where o.kind = 'live' and p.key = $1), person as (
       insert into enrollment (affiliate_id, program_id, id, status, class, created_at)
       select u.affiliate_id, p.id, u.id, 'active', u.class, $5 from p, unnest($2::uuid[], $3::text[], $4::uuid[]) as u (affiliate_id, class, id)
     )
     insert into enrollment_event (affiliate_id, program_id, id, kind, value, holds_from, done_by)
     select u.affiliate_id, p.id, u.id, 'status', 'active', $5::timestamptz, 'bench' from p, unnest($2::uuid[], $3::text[], $4::uuid[]) as u (affiliate_id, class, id)`,
    values,
  );
  await client.query(
    `insert into enrollment_event (affiliate_id, program_id, id, kind, value, holds_from, done_by)
     select u.affiliate_id, p.id, u.id, 'class', u.class, $5::timestamptz, 'bench'
     from program p, unnest($2::uuid[], $3::text[], $4::uuid[]) as u (affiliate_id, class, id) where p.key = $1 and u.class is not null`,
    [shape.program, ids, classes, ids.map((_, index) => idAt(born + 9_000 + index)), LONG_AGO],
  );
}
