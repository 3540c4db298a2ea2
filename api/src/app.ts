import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bootstrap } from './bootstrap.ts';
import type { Config } from './config.ts';
import { createContext, type RequestContext } from './context.ts';
import { startJobs } from './jobs.ts';
import { serveStatements } from './modules/ledger/index.ts';
import { readPayoutSettings, servePayouts } from './modules/payout/index.ts';
import { migrate } from './platform/database/migrate.ts';
import { createOrm, type Orm } from './platform/database/orm.ts';
import { keepPartitionsAhead } from './platform/database/partitions.ts';
import { applicationUrl } from './platform/database/pool.ts';
import { internalError } from './platform/graphql/errors.ts';
import { serveExplorer } from './platform/graphql/explorer.ts';
import { createApolloServer } from './platform/graphql/server.ts';
import { closeHttpServer, createHttpServer } from './platform/http.ts';
import { serveStatic } from './platform/static.ts';
import { apiSchema } from './schema.ts';
import { createServices, entities, type Services } from './services.ts';

const ENDPOINT = '/graphql';

export interface AppOptions {
  readonly config: Config;
  /** The URL of an account that may create tables and roles. */
  readonly database: { readonly adminUrl: string };
  /** Left out: whatever is due is done by itself. Off for tests that do it when they want. */
  readonly jobs?: boolean;
  /** For people. */
  readonly say?: (line: string) => void;
}

export interface App {
  readonly orm: Orm;
  readonly services: Services;
  readonly http: FastifyInstance;
  /** Starts to answer, and says where. */
  listen(): Promise<{ url: string }>;
  close(): Promise<void>;
}

/** Brings the database up to date and wires everything together. */
export async function createApp({
  config,
  database,
  jobs: wanted = true,
  say = (line) => process.stdout.write(`${line}\n`),
}: AppOptions): Promise<App> {
  await migrate(database.adminUrl);
  const http = createHttpServer(config.logLevel);
  const orm = await createOrm({
    url: applicationUrl(config.databaseUrl ?? database.adminUrl),
    entities,
    onError: (error) => http.log.warn(`A connection to the database broke: ${error.message}`),
  });
  let stopPartitions = () => {};
  let jobs: { stop(): Promise<void> } | undefined;
  const shut = async () => {
    stopPartitions();
    await closeHttpServer(http);
    await jobs?.stop();
    await orm.close();
  };
  try {
    stopPartitions = await keepPartitionsAhead(orm, (error) => http.log.error(error, 'Partitions could not be made ahead'));
    const services = createServices(orm, readPayoutSettings(config.payout));
    const first = await bootstrap(orm, services, config.dataDir);
    if (first) say(`A token for staff, shown once and kept in ${first.file}: ${first.staff}`);
    await serveGraphql(http, orm, services);
    if (wanted) jobs = startJobs(orm, services, (error) => http.log.error(error, 'Due work could not be done'));
    return { orm, services, http, listen: () => listen(http, config), close: shut };
  } catch (error) {
    await shut();
    throw error;
  }
}

async function serveGraphql(http: FastifyInstance, orm: Orm, services: Services): Promise<void> {
  const contextOf = async (request: FastifyRequest): Promise<RequestContext> => {
    const viewer = await services.authenticator.viewerOf(request.headers.authorization).catch((error: Error) => {
      request.log.error(error, 'It could not be told who asks');
      throw internalError(request.id);
    });
    return createContext({ orm, services, viewer, requestId: request.id });
  };
  const apollo = createApolloServer(apiSchema(), http.log);
  await apollo.start();
  http.addHook('onClose', () => apollo.stop());
  http.route({
    method: 'POST',
    url: ENDPOINT,
    handler: fastifyApolloHandler<RequestContext>(apollo, { context: contextOf }),
  });
  servePayouts(http, contextOf);
  serveStatements(http, contextOf);
  http.get('/health', async (_, reply) => {
    const { ok } = await orm.em.getConnection().checkConnection();
    return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'no database' });
  });
  serveExplorer(http, ENDPOINT);
  serveStatic(http, {
    prefix: '/admin',
    folder: fileURLToPath(new URL('../../admin/dist', import.meta.url)),
    missing: 'The back office is not built yet: npx pnpm --filter @tributary/admin build',
  });
}

async function listen(http: FastifyInstance, { host, port }: Config): Promise<{ url: string }> {
  return { url: await http.listen({ host, port }) };
}
