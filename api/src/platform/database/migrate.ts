import { readFileSync } from 'node:fs';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { withConnection } from './admin.ts';

/** In order, for ever: a migration that has run somewhere is never changed, only followed by another. */
export const MIGRATIONS = [
  '001-facts',
  '002-ledger',
  '003-fences',
  '004-staff',
  '005-access',
  '006-tokens',
  '008-payout',
  '009-sources',
  '010-sharing',
  '012-audit',
  '013-approval',
  '014-requests',
  '015-documents',
  '016-programs',
  '017-sanctions',
  '018-coupons',
  '019-money',
  '020-office',
  '021-redirects',
  '022-webhooks',
  '023-cases',
  '026-classes',
  '027-unlocks',
  '028-days',
  '029-link-tools',
  '030-tag',
  '032-imports',
  '033-reports',
  '034-feeds',
  '035-promotion',
  '037-secrets',
  '038-views',
  '040-screening',
  '043-withdrawals',
  '044-webhook-lanes',
  '045-closing',
  '046-comparisons',
  '047-contradictions',
  '048-misfits',
  '050-feeds-of-all',
  '051-tied-clicks',
  '052-erasure',
  '053-codes-of-links',
  '054-erasure-of-words',
  '056-tag-room',
  '057-reversals',
  '058-pages-of-products',
  '059-codes-of-sandboxes',
  '062-names-of-locks',
];

export const readMigration = (name: string): string => readFileSync(new URL(`./migrations/${name}.sql`, import.meta.url), 'utf8');

const migrationsList = MIGRATIONS.map((name) => ({
  name,
  class: class extends Migration {
    override up(): void {
      this.addSql(readMigration(name));
    }
  },
}));

/** Whoever migrates may be the one whose connections become the application's. Superusers may anyway; others perhaps were allowed to before. */
const MAY_BECOME_APPLICATION = `do $$ begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant tributary_app to %I', current_user);
  end if;
exception when insufficient_privilege then null;
end $$`;

/** Brings the database of `adminUrl` up to date. The account may create tables and roles. */
export async function migrate(adminUrl: string): Promise<void> {
  await withConnection(adminUrl, async (client) => {
    // Of several that start at once, one migrates and the others wait.
    await client.query("select pg_advisory_lock(hashtext('tributary.migrate'))");
    const table = await client.query<{ found: boolean }>("select to_regclass('mikro_orm_migrations') is not null as found");
    const done = table.rows[0]!.found
      ? (await client.query<{ name: string }>('select name from mikro_orm_migrations')).rows.map(({ name }) => name)
      : [];
    if (MIGRATIONS.every((name) => done.includes(name))) return;
    await runMigrations(adminUrl);
    await client.query(MAY_BECOME_APPLICATION);
  });
}

async function runMigrations(adminUrl: string): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl: adminUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList, snapshot: false, disableForeignKeys: false },
    pool: { min: 0, max: 2 },
    logger: () => {},
  });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close();
  }
}
