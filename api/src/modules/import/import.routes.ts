import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { type Outcome, userError } from '../../platform/graphql/user-error.ts';
import type { Import } from './import.entity.ts';
import { refusalsCsv } from './refusals.csv.ts';

const NEEDS = ['fact.tell'] as const;
const LONGEST_NAME = 200;
const FILE = { config: { takesFile: true } };

/** Fetches what others name; no address inside. */
interface Sources {
  download(url: string): Promise<IncomingMessage>;
}

const ADDRESS = /^https?:\/\/[^\s"'<>\\@]{1,1990}$/i;

/** Files come in as they are, and whoever is cut off goes on where it was: by `offset`. Why rows were turned away goes out as a file. */
export function serveImports(server: FastifyInstance, { gate, contextOf }: PlainRoutes, sources: Sources): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_, payload, done) => done(null, payload));
    scope.addHook('onRequest', gate);
    const withFile = async (
      request: FastifyRequest,
      reply: FastifyReply,
      work: (context: Context, file: AsyncIterable<Buffer>) => Promise<Outcome<Import>>,
    ): Promise<FastifyReply> => {
      const context = permitted(contextOf(request), NEEDS, reply);
      if (context === null) return reply;
      // Nothing at all is the beginning of a file, too: whoever has its id goes on whatever happens.
      const file = request.body instanceof Readable ? request.body : Readable.from([]);
      const { value, errors } = await work(context, file);
      if (errors) return reply.code(422).send({ userErrors: errors });
      return reply.send({ import: { id: value.id, status: value.status, bytes: value.bytes } });
    };
    scope.post('/imports/:program/:kind', FILE, async (request, reply) => {
      const { program, kind } = request.params as { program: string; kind: string };
      const { name = '' } = request.query as { name?: unknown };
      if (typeof name !== 'string' || name.length > LONGEST_NAME)
        return refuse(reply, 400, 'BAD_USER_INPUT', 'name is given once, and is short.');
      return withFile(request, reply, (context, file) => context.services.imports.upload(context, { program, kind, name }, file));
    });
    scope.post('/imports/:program/:kind/from', async (request, reply) => {
      const context = permitted(contextOf(request), NEEDS, reply);
      if (context === null) return reply;
      const { program, kind } = request.params as { program: string; kind: string };
      const { url, name = '' } = request.query as { url?: unknown; name?: unknown };
      if (typeof url !== 'string' || !ADDRESS.test(url) || !URL.canParse(url) || typeof name !== 'string' || name.length > LONGEST_NAME)
        return refuse(reply, 400, 'BAD_USER_INPUT', 'url is an http or https address; name is given once, and is short.');
      const answer = await sources.download(url).catch((error: Error) => error);
      if (answer instanceof Error || answer.statusCode !== 200) {
        if (!(answer instanceof Error)) answer.destroy();
        const why = answer instanceof Error ? 'did not answer' : `answered ${answer.statusCode}`;
        return reply.code(422).send({ userErrors: [userError('INVALID', `The address ${why}.`, ['url'])] });
      }
      const { value, errors } = await context.services.imports.fetch(context, { program, kind, name, source: url }, unzipped(answer, url));
      answer.destroy();
      if (errors) return reply.code(422).send({ userErrors: errors });
      return reply.send({ import: { id: value.id, status: value.status, bytes: value.bytes } });
    });
    scope.post('/imports/:id', FILE, async (request, reply) => {
      const { id } = request.params as { id: string };
      const { offset } = request.query as { offset?: unknown };
      if (typeof offset !== 'string' || !/^\d{1,10}$/.test(offset))
        return refuse(reply, 400, 'BAD_USER_INPUT', 'offset says where the rest belongs, in bytes.');
      return withFile(request, reply, (context, file) => context.services.imports.append(context, id, Number(offset), file));
    });
    scope.get('/imports/:id/refusals.csv', async (request, reply) => {
      const context = permitted(contextOf(request), NEEDS, reply);
      if (context === null) return reply;
      const found = await context.services.imports.find(context, (request.params as { id: string }).id);
      if (found === undefined) return refuse(reply, 404, 'BAD_USER_INPUT', 'There is no such import.');
      reply.header('content-disposition', `attachment; filename="refusals-${found.id}.csv"`).type('text/csv; charset=utf-8');
      const fork = () => context.em as EntityManager;
      return reply.send(Readable.from(refusalsCsv(fork, found), { objectMode: false }));
    });
  });
}

/** Shops zip their feeds, or their servers do. */
function unzipped(answer: IncomingMessage, url: string): AsyncIterable<Buffer> {
  const isZipped = answer.headers['content-encoding'] === 'gzip' || new URL(url).pathname.endsWith('.gz');
  return isZipped ? answer.compose(createGunzip()) : answer;
}
