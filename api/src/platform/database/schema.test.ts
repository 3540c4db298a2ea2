import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { newId } from '../ids.ts';
import { withConnection } from './admin.ts';
import { migrate } from './migrate.ts';
import { type Placement, registry } from './registry.ts';

/** MikroORM's own list of migrations. */
const FOREIGN_TABLES = ['mikro_orm_migrations'];

let database: TestDatabase;
const found = {
  tables: [] as { name: string; partitioned: boolean }[],
  indexes: [] as { table_name: string; name: string; is_primary: boolean; columns: string[] }[],
  references: [] as { table_name: string; columns: string[]; target: string; target_columns: string[]; on_delete: string }[],
  partitions: [] as { parent: string; name: string; bound: string }[],
  defaults: [] as { table_name: string; column_name: string; expression: string }[],
  sequences: [] as { name: string }[],
};

/** Partitions are their parents' affair. */
const QUERIES: Record<keyof typeof found, string> = {
  tables: `select relname as name, relkind = 'p' as partitioned from pg_class c
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
  indexes: `select t.relname as table_name, i.relname as name, x.indisprimary as is_primary,
      array(select a.attname::text from unnest(x.indkey::int2[]) with ordinality k (number, place)
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number order by k.place) as columns
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.relnamespace = 'public'::regnamespace and not t.relispartition and x.indisunique`,
  references: `select t.relname as table_name, r.relname as target, c.confdeltype as on_delete,
      array(select attname::text from unnest(c.conkey) with ordinality k (n, p) join pg_attribute on attrelid = c.conrelid and attnum = n order by p) as columns,
      array(select attname::text from unnest(c.confkey) with ordinality k (n, p) join pg_attribute on attrelid = c.confrelid and attnum = n order by p) as target_columns
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class r on r.oid = c.confrelid where c.contype = 'f' and not t.relispartition`,
  partitions: `select p.relname as parent, c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relkind = 'p'`,
  defaults: `select table_name::text, column_name::text, column_default as expression from information_schema.columns
    where table_schema = 'public' and column_default is not null`,
  sequences: `select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
};

beforeAll(async () => {
  database = await createTestDatabase();
  await withConnection(database.url, async (client) => {
    for (const [name, text] of Object.entries(QUERIES)) Object.assign(found, { [name]: (await client.query(text)).rows });
  });
});
afterAll(() => database.drop());

const own = <T extends { table_name: string }>(items: readonly T[]) =>
  items.filter(({ table_name }) => !FOREIGN_TABLES.includes(table_name));
const keyOf = (table: string): string | undefined => {
  const placement: Placement | undefined = registry[table];
  return placement?.kind === 'sharded' ? placement.key : undefined;
};

describe('every table', () => {
  it('is in the registry, and the registry names no other', () => {
    const names = found.tables.map(({ name }) => name).filter((name) => !FOREIGN_TABLES.includes(name));
    expect(names).toEqual(Object.keys(registry).sort());
  });

  it('has a primary key that begins with the key of its shard, or for rows partitioned by id holds it', () => {
    for (const { name } of found.tables.filter(({ name }) => keyOf(name))) {
      const primary = found.indexes.find((index) => index.table_name === name && index.is_primary);
      expect(primary?.columns[0], name).toBe(keyOf(name));
    }
  });

  it('has no unique index without the key of its shard', () => {
    const without = own(found.indexes).filter(({ table_name, columns }) => keyOf(table_name) && !columns.includes(keyOf(table_name)!));
    expect(without).toEqual([]);
  });

  it('takes its ids from the application, not from a sequence', () => {
    expect(found.sequences.filter(({ name }) => !name.startsWith('mikro_orm'))).toEqual([]);
    expect(own(found.defaults).filter(({ expression }) => /nextval|gen_random|uuid/i.test(expression))).toEqual([]);
  });

  it('points only to reference tables or within its own shard, and never changes a key', () => {
    for (const { table_name, columns, target, target_columns, on_delete } of found.references) {
      const where = `${table_name}(${columns}) -> ${target}`;
      if (registry[target]?.kind !== 'reference') {
        expect([columns[0], target_columns[0]], where).toEqual([keyOf(table_name), keyOf(target)]);
      }
      expect(['a', 'r', 'c'], where).toContain(on_delete);
    }
  });
});

describe('the tables that grow with time', () => {
  const bucketed = {
    click: 'day',
    order_record: 'month',
    order_event: 'month',
    decision: 'month',
    ledger_entry: 'month',
    ledger_posting: 'month',
  };

  it('are the partitioned ones', () => {
    expect(found.tables.filter(({ partitioned }) => partitioned).map(({ name }) => name)).toEqual(Object.keys(bucketed).sort());
  });

  it.each(Object.entries(bucketed))('%s has a partition for every %s of the next 35 days, and one for the rest', (table, step) => {
    const names = found.partitions.filter(({ parent }) => parent === table).map(({ name }) => name);
    expect(names).toContain(`${table}_default`);
    for (let day = 0; day <= 35; day++) {
      const digits = new Date(Date.now() + day * 86_400_000).toISOString().replaceAll('-', '');
      expect(names).toContain(`${table}_${digits.slice(0, step === 'day' ? 8 : 6)}`);
    }
  });
});

it('what is recorded now lies in the partition of now', async () => {
  const placed = await withConnection(database.url, (client) =>
    client.query<{ partition: string }>(
      `insert into order_record (id, program_id, external_id, placed_at, told_at, content, revision)
       values ($1, $2, 'o1', '2031-01-01', '1999-01-01', '{}', 0) returning tableoid::regclass::text as partition`,
      [newId(), newId()],
    ),
  );
  expect(placed.rows[0]!.partition).toBe(`order_record_${new Date().toISOString().replace('-', '').slice(0, 6)}`);
});

describe('the migrations', () => {
  it('run once, however often and by however many they are started', async () => {
    const files = readdirSync(new URL('./migrations', import.meta.url)).map((name) => name.replace(/\.sql$/, ''));
    const empty = await createEmptyDatabase();
    try {
      await Promise.all([migrate(empty.url), migrate(empty.url), migrate(empty.url)]);
      await migrate(empty.url);
      const names = await withConnection(empty.url, (client) => client.query('select name from mikro_orm_migrations order by 1'));
      expect(names.rows.map(({ name }) => name)).toEqual(files);
    } finally {
      await empty.drop();
    }
  });
});
