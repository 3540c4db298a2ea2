import type pg from 'pg';
import { withConnection } from '../platform/database/admin.ts';
import { MIGRATIONS, readMigration } from '../platform/database/migrate.ts';
import { registry } from '../platform/database/registry.ts';

/** How many parts every sharded table falls into: more than any one act has keys. */
export const PARTS = 16;

/**
 * Migrates an empty database as a cluster would lay it out: every sharded table falls into parts by a hash of its key, in place
 * of `distribute()`. PostgreSQL itself then refuses what a cluster could not do: a unique key without the shard's, for one.
 */
export async function migrateSpread(adminUrl: string): Promise<void> {
  await withConnection(adminUrl, async (client) => {
    for (const name of MIGRATIONS) await client.query(spread(readMigration(name)));
    await client.query(
      'create table mikro_orm_migrations (id serial primary key, name varchar(255), executed_at timestamptz default current_timestamp)',
    );
    await client.query('insert into mikro_orm_migrations (name) select unnest($1::text[])', [MIGRATIONS]);
  });
}

function spread(sql: string): string {
  return (
    sql
      .replace(/create table (\w+) \((.*?)\n\)([^;]*);/gs, (whole: string, table: string, columns: string) => {
        const placement = registry[table];
        return placement?.kind === 'sharded' ? byHash(table, columns, placement.key) : whole;
      })
      // Parts by time are the other way to cut these tables; there is one way at a time here.
      .replace(/create table (\w+)_default partition of \1 default;/g, '')
      .replace(/array\[(?:'\w+_default'(?:, )?)+\]/g, 'array[]::text[]')
      // Of a table in parts each part would have to be so.
      .replace(/alter table \w+ set unlogged;/g, '')
      .replace(
        /select ensure_partitions\([^;]*;/g,
        "create or replace function ensure_partitions(until timestamptz) returns int language sql as 'select 0';",
      )
  );
}

function byHash(table: string, columns: string, key: string): string {
  const parts = Array.from(
    { length: PARTS },
    (_, part) => `create table ${table}_part${part} partition of ${table} for values with (modulus ${PARTS}, remainder ${part});`,
  );
  return [`create table ${table} (${columns}\n) partition by hash (${key});`, ...parts].join('\n');
}

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Actual Loops'?: number;
  readonly Plans?: readonly Plan[];
}

/**
 * The tables of which a statement goes to every part, as PostgreSQL runs it once more. The transaction of `client` is to be
 * rolled back.
 */
export async function scattered(client: pg.ClientBase, text: string, values: readonly unknown[]): Promise<string[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, costs off, timing off, format json) ${text}`, [
    ...values,
  ]);
  const parts = new Map<string, Set<string>>();
  const open: Plan[] = [rows[0]!['QUERY PLAN'][0].Plan];
  for (let plan = open.pop(); plan; plan = open.pop()) {
    open.push(...(plan.Plans ?? []));
    const [, table, part] = /^(\w+)_part(\d+)$/.exec(plan['Relation Name'] ?? '') ?? [];
    if (table && part && plan['Actual Loops']) parts.set(table, (parts.get(table) ?? new Set()).add(part));
  }
  return [...parts].filter(([, seen]) => seen.size === PARTS).map(([table]) => table);
}
