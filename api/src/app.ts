import 'reflect-metadata';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BACK_OFFICE, type BackOfficeBuild } from './backOffice/index.ts';
import { bootstrap } from './bootstrap.ts';
import type { Config } from './config.ts';
import { type ContextOptions, createContext, type RequestContext } from './context.ts';
import { callerOf, countAddress, createGate, viewerOf } from './gate.ts';
import { startJobs } from './jobs.ts';
import { serveAuditExport } from './modules/audit/index.ts';
import { serveContracts } from './modules/contract/index.ts';
import { serveFeeds } from './modules/feed/index.ts';
import { type ImportRunner, serveImports } from './modules/import/index.ts';
import { serveStatements } from './modules/ledger/index.ts';
import { type LiveService, serveListExports, serveLive } from './modules/office/index.ts';
import { readPayoutSettings, servePayouts } from './modules/payout/index.ts';
import { servePostbacks } from './modules/postback/index.ts';
import { servePosters } from './modules/poster/index.ts';
import { serveNewsletter } from './modules/promotion/index.ts';
import { Redirects, serveRedirects } from './modules/redirect/index.ts';
import { serveReports } from './modules/report/index.ts';
import { serveSanctions } from './modules/sanctions/index.ts';
import { SignIn, serveSignIn } from './modules/staff/index.ts';
import { serveTag, TagSightings } from './modules/tag/index.ts';
import { Caller, WebhookSender } from './modules/webhook/index.ts';
import type { PlainRoutes } from './plainRoutes.ts';
import { migrate } from './platform/database/migrate.ts';
import { createOrm, type EntityManager, type Orm } from './platform/database/orm.ts';
import { keepPartitionsAhead } from './platform/database/partitions.ts';
import { applicationUrl } from './platform/database/pool.ts';
import { row } from './platform/database/sql.ts';
import { allowOrigins } from './platform/edge/cors.ts';
import { Deadline } from './platform/edge/deadline.ts';
import { languageOf } from './platform/edge/language.ts';
import { onlyListed } from './platform/edge/listed.ts';
import { Rates } from './platform/edge/rates.ts';
import { serveExplorer } from './platform/graphql/explorer.ts';
import { createApolloServer } from './platform/graphql/server.ts';
import { closeHttpServer, createHttpServer } from './platform/http.ts';
import { openKeys } from './platform/keys.ts';
import { createMailer } from './platform/mail/mailer.ts';
import { Outbox } from './platform/mail/outbox.ts';
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
  /** What builds the back office; left out: it is served as it is found. */
  readonly backOffice?: BackOfficeBuild | undefined;
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
  backOffice,
  say = (line) => process.stdout.write(`${line}\n`),
}: AppOptions): Promise<App> {
  const keys = openKeys({ given: config.keys, dataDir: config.dataDir, production: config.production });
  await migrate(database.adminUrl);
  const http = createHttpServer(config);
  let closing = false;
  const orm = await createOrm({
    url: applicationUrl(config.databaseUrl ?? database.adminUrl),
    entities,
    statementSeconds: 2 * Math.max(config.limits.querySeconds, config.limits.mutationSeconds),
    // While it closes, a database that closes, too, may be faster than the connections to it.
    onError: (error) => closing || http.log.warn(`A connection to the database broke: ${error.message}`),
  });
  const mailer = createMailer({ ...config.mail, dataDir: config.dataDir });
  const outbox = new Outbox(orm, mailer, (error) => http.log.error(error, 'A mail could not be sent'));
  const signIn = new SignIn({ orm, config, keys, outbox, log: (level, message) => http.log[level](message) });
  let stopPartitions = () => {};
  let jobs: { stop(): Promise<void> } | undefined;
  let redirects: Redirects | undefined;
  let webhooks: WebhookSender | undefined;
  let sightings: TagSightings | undefined;
  let live: LiveService | undefined;
  let imports: ImportRunner | undefined;
  const shut = async () => {
    stopPartitions();
    await closeHttpServer(http);
    await jobs?.stop();
    await imports?.stop();
    await redirects?.stop();
    await sightings?.stop();
    await webhooks?.stop();
    await live?.stop();
    await outbox.close();
    closing = true;
    await orm.close();
  };
  try {
    stopPartitions = await keepPartitionsAhead(orm, (error) => http.log.error(error, 'Partitions could not be made ahead'));
    const services = createServices({ orm, signIn, keys, payout: readPayoutSettings(config.payout), production: config.production });
    live = services.live;
    live.start(applicationUrl(config.databaseUrl ?? database.adminUrl));
    redirects = new Redirects({
      intake: services.intake,
      organizations: services.organizations,
      keys,
      fork: () => orm.em.fork({ clear: true }) as EntityManager,
      countries: config,
      dataDir: config.dataDir,
      isSecure: () => signIn.publicUrl().startsWith('https:'),
      onTrouble: (error) => http.log.error(error, 'A click could not be recorded as usual'),
      onStanding: (standing) => http.log.warn(standing, 'Clicks wait on the disk, or were lost'),
    });
    const first = await bootstrap(orm, services, config.dataDir);
    if (first) say(`A token for staff, shown once and kept in ${first.file}: ${first.staff}`);
    sightings = new TagSightings(
      () => orm.em.fork({ clear: true }) as EntityManager,
      (error) => http.log.error(error, 'Where the tag was seen could not be written down'),
    );
    await serveApi(http, orm, services, config, redirects);
    serveStatic(http, { ...BACK_OFFICE, meanwhile: () => backOffice?.meanwhile() });
    serveTag(http, { redirects, sightings, publicUrl: () => signIn.publicUrl() });
    webhooks = new WebhookSender(
      () => orm.em.fork({ clear: true }) as EntityManager,
      keys.of('webhooks'),
      new Caller(config.webhookNetworks),
    );
    imports = services.importRunner;
    if (wanted) {
      redirects.start();
      imports.start((error) => http.log.error(error, 'A file could not be taken in as usual'));
      webhooks.start((error) => http.log.error(error, 'Webhooks could not be sent'));
    }
    if (wanted) jobs = startJobs(orm, services, (error) => http.log.error(error, 'Due work could not be done'));
    return { orm, services, http, listen: () => listen({ http, config, orm, services, say }), close: shut };
  } catch (error) {
    await shut();
    throw error;
  }
}

async function serveApi(http: FastifyInstance, orm: Orm, services: Services, config: Config, redirects: Redirects): Promise<void> {
  const rates = new Rates(config.limits);
  http.addHook('onRequest', countAddress(rates));
  await allowOrigins(http, config.corsOrigins);
  const parts = { orm, services, config, rates };
  await serveGraphql(http, parts);
  const plain = plainRoutes(parts);
  servePayouts(http, plain);
  serveSanctions(http, plain);
  serveImports(http, plain, new Caller(config.webhookNetworks));
  serveFeeds(http, plain);
  serveReports(http, plain);
  serveStatements(http, plain);
  serveContracts(http, plain);
  servePosters(http, plain);
  serveAuditExport(http, { onRequest: plain.gate, contextOf: plain.contextOf });
  serveListExports(http, plain, apiSchema());
  serveLive(http, plain, { live: services.live, identify: (request) => viewerOf(services, request) });
  http.get('/health', async (_, reply) => {
    // Not by the ORM, which believes for ever what it found out when the database was away.
    const ok = await row(orm.em.fork(), 'select 1').then(
      () => true,
      () => false,
    );
    return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable' });
  });
  serveRedirects(http, redirects);
  servePostbacks(http, services.postbacks, () => orm.em.fork({ clear: true }) as EntityManager);
  serveNewsletter(http, services.news, () => orm.em.fork({ clear: true }) as EntityManager);
  serveSignIn(http, services.signIn);
  if (config.explorer) serveExplorer(http, ENDPOINT);
}

interface ApiParts {
  readonly orm: Orm;
  readonly services: Services;
  readonly config: Config;
  readonly rates: Rates;
}

async function serveGraphql(http: FastifyInstance, { orm, services, config, rates }: ApiParts): Promise<void> {
  const { introspection, limits } = config;
  const apollo = createApolloServer({ schema: apiSchema(), log: http.log, introspection, limits, rates });
  await apollo.start();
  http.addHook('onClose', () => apollo.stop());
  const deadlines = new WeakMap<FastifyRequest, Deadline>();
  const answer = fastifyApolloHandler<RequestContext>(apollo, {
    context: async (request) => contextFor(request, { orm, services, deadline: deadlines.get(request)! }),
  });
  http.route({
    method: 'POST',
    url: ENDPOINT,
    onRequest: createGate(services, rates),
    preHandler: onlyListed(config.allowedQueries),
    handler(request, reply) {
      const deadline = new Deadline(orm.em);
      deadlines.set(request, deadline);
      deadline.set(limits.querySeconds);
      return deadline.race(Promise.resolve(answer.call(http, request, reply)));
    },
  });
}

/** Routes beside GraphQL: the same gate stands before them. */
function plainRoutes({ orm, services, rates }: ApiParts): PlainRoutes {
  return {
    gate: createGate(services, rates),
    contextOf: (request) => contextFor(request, { orm, services, deadline: new Deadline(orm.em) }),
  };
}

/** For a request that passed the gate. */
function contextFor(request: FastifyRequest, parts: Pick<ContextOptions, 'orm' | 'services' | 'deadline'>): RequestContext {
  const userAgent = request.headers['user-agent'];
  const language = languageOf(request.headers['accept-language']);
  return createContext({ ...parts, ...callerOf(request), requestId: request.id, address: request.ip, userAgent, language });
}

interface Listening extends Pick<App, 'http' | 'orm' | 'services'> {
  readonly config: Config;
  readonly say: (line: string) => void;
}

async function listen({ http, config, orm, services, say }: Listening): Promise<{ url: string }> {
  const { host, port, firstAdmin, mail, production } = config;
  const url = await http.listen({ host, port });
  services.signIn.listensAt(url);
  if (!mail.smtpUrl) say(`Mails are ${services.signIn.outbox.description}`);
  const invitation = firstAdmin && (await services.staff.inviteFirst(orm.em.fork() as EntityManager, firstAdmin));
  // Whoever reads the log of an installation in earnest is not always whom it is for.
  if (invitation)
    say(
      production || mail.smtpUrl
        ? `${firstAdmin.email} is invited as the first admin by mail`
        : `${firstAdmin.email} is invited as the first admin: ${invitation}`,
    );
  return { url };
}
