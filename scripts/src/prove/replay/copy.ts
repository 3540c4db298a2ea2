import type pg from 'pg';

/** What stands before any fact: who runs programs, under which terms, and the people in them. */
const GIVEN = ['organization', 'program', 'terms_version', 'affiliate', 'affiliate_profile', 'enrollment', 'link', 'adjustment'];
/** Callers' ids that lead to what is copied. */
const GIVEN_NAMES = ['affiliate', 'link', 'product', 'adjustment'];
const AT_ONCE = 5_000;

/** Copies what is given, ids included, so that both databases speak of the same affiliates. `from` has a transaction open. */
export async function copyGiven(from: pg.ClientBase, to: pg.ClientBase): Promise<void> {
  for (const table of GIVEN) await copyRows(from, to, table);
  await copyRows(from, to, 'fact_key', 'kind = any($1)', [GIVEN_NAMES]);
}

async function copyRows(from: pg.ClientBase, to: pg.ClientBase, table: string, where = 'true', values: unknown[] = []): Promise<void> {
  await from.query(`declare copied no scroll cursor for select row_to_json(t)::text as row from ${table} t where ${where}`, values);
  for (;;) {
    const { rows } = await from.query<{ row: string }>(`fetch ${AT_ONCE} from copied`);
    if (rows.length === 0) break;
    await insertRows(
      to,
      table,
      rows.map(({ row }) => row),
    );
  }
  await from.query('close copied');
}

/** Rows as the texts of JSON objects: parsed in between, they would not be what they were to the letter. */
export async function insertRows(to: pg.ClientBase, table: string, rows: readonly string[]): Promise<void> {
  await to.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [`[${rows.join(',')}]`]);
}
