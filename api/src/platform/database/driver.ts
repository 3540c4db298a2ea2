import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';

/** How MikroORM and Kysely reach PostgreSQL: over connections of ours, which `rows` and `inTransaction` use directly. */
export function createDialect(
  connect: () => Promise<pg.PoolClient>,
  release: (client: pg.PoolClient) => void,
  end: () => Promise<void>,
): Dialect {
  return {
    createDriver: () => new PgDriver(connect, release, end),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

class PgConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.client.query(sql, parameters as unknown[]);
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    return { rows: (rows ?? []) as R[], ...(changes ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
  }

  // biome-ignore lint/correctness/useYield: streams are not used
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streams are not used: read page by page');
  }
}

class PgDriver implements Driver {
  private readonly connect: () => Promise<pg.PoolClient>;
  private readonly release: (client: pg.PoolClient) => void;
  private readonly end: () => Promise<void>;

  constructor(connect: () => Promise<pg.PoolClient>, release: (client: pg.PoolClient) => void, end: () => Promise<void>) {
    this.connect = connect;
    this.release = release;
    this.end = end;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PgConnection> {
    return new PgConnection(await this.connect());
  }

  async beginTransaction({ client }: PgConnection): Promise<void> {
    await client.query('begin');
  }

  async commitTransaction({ client }: PgConnection): Promise<void> {
    await client.query('commit');
  }

  async rollbackTransaction({ client }: PgConnection): Promise<void> {
    await client.query('rollback');
  }

  async releaseConnection({ client }: PgConnection): Promise<void> {
    this.release(client);
  }

  async destroy(): Promise<void> {
    await this.end();
  }
}
