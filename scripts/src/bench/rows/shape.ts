import type pg from 'pg';

export interface Column {
  readonly name: string;
  readonly type: string;
}

/** A table as inserts need it. */
export interface TableShape {
  readonly name: string;
  /** Without those that the database computes. */
  readonly columns: readonly Column[];
  readonly key: readonly string[];
}

/** All tables of the database, partitions left out, by name. */
export async function readTables(client: pg.Client | pg.Pool): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: Column[]; key: string[] | null }>(
    `select c.relname as name,
       (select json_agg(json_build_object('name', a.attname, 'type', a.atttypid::regtype::text) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       (select json_agg(a.attname) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by c.relname`,
  );
  return rows.filter(({ key }) => key !== null).map((row) => ({ ...row, key: row.key as string[] }));
}
