import type pg from 'pg';

/** Bytes of every table with its indexes, partitions counted with their parents. */
export async function storedBytes(client: pg.Client): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; bytes: string }>(
    `select coalesce(p.relname, c.relname) as name, sum(pg_total_relation_size(c.oid)) as bytes
     from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1`,
  );
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
}

export function grown(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...after].map(([name, bytes]) => [name, bytes - (before.get(name) ?? 0)]));
}

/** Bytes for each of so many orders: in all, and by table. */
export function sumUp(parts: readonly ReadonlyMap<string, number>[], orders: number): { all: number; text: string } {
  const names = [...new Set(parts.flatMap((part) => [...part.keys()]))];
  const each = names.map((name) => ({ name, bytes: parts.reduce((sum, part) => sum + (part.get(name) ?? 0), 0) / orders }));
  const all = each.reduce((sum, { bytes }) => sum + bytes, 0);
  const seen = each.filter(({ bytes }) => bytes >= 1).sort((a, b) => b.bytes - a.bytes);
  return { all, text: seen.map(({ name, bytes }) => `${name} ${Math.round(bytes)}`).join(', ') };
}

/** How much has been written to the log of the database so far. */
export async function loggedBytes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bytes`);
  return Number(rows[0]!.bytes);
}
