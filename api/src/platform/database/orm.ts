import { type EntityManager, MikroORM, type Options } from '@mikro-orm/postgresql';
import { createDialect } from './driver.ts';
import { createPool, type PoolOptions } from './pool.ts';
import { usePool } from './sql.ts';

export type { EntityManager };

export interface OrmOptions extends PoolOptions {
  readonly entities?: NonNullable<Options['entities']>;
}

export type Orm = MikroORM;

/** The application's own connection pool, with MikroORM on it. */
export async function createOrm({ entities = [], ...poolOptions }: OrmOptions): Promise<Orm> {
  const pool = createPool(poolOptions);
  const orm = await MikroORM.init({
    clientUrl: poolOptions.url,
    driverOptions: () =>
      createDialect(
        () => pool.connect(),
        (client) => client.release(),
        () => pool.end(),
      ),
    entities,
    discovery: { warnWhenNoEntities: false },
    // With it, a flush of two or more changed entities with versions silently loses updates (MikroORM 7.2.1).
    useBatchUpdates: false,
    logger: () => {},
  });
  usePool(orm.em, pool);
  return orm;
}
