import type pg from 'pg';
import type { TableShape } from './shape.ts';

/** Every value as PostgreSQL writes it. */
export type Row = Readonly<Record<string, string | null>>;

/** What one transaction wrote and still stands, by table. */
export type Written = ReadonlyMap<string, readonly Row[]>;

/** The rows of the transactions that recorded these orders: each row says itself which transaction wrote it. */
export async function captureOrders(client: pg.Client, tables: readonly TableShape[], orders: readonly string[]): Promise<Written[]> {
  const found = await client.query<{ xid: string }>(
    'select xmin::text as xid from order_record where external_id = any($1::text[]) group by 1 order by min(id::text)',
    [orders],
  );
  const xids = found.rows.map(({ xid }) => xid);
  const written = new Map(xids.map((xid) => [xid, new Map<string, Row[]>()]));
  for (const { name, columns } of tables) {
    const texts = columns.map((column) => `"${column.name}"::text`).join(', ');
    const { rows } = await client.query<Record<string, string | null> & { xid: string }>(
      `select xmin::text as xid, ${texts} from "${name}" where xmin::text = any($1::text[]) order by tableoid, ctid`,
      [xids],
    );
    for (const { xid, ...row } of rows) {
      const of = written.get(xid)!;
      of.set(name, [...(of.get(name) ?? []), row]);
    }
  }
  return [...written.values()];
}
