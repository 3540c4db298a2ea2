import type { FastifyInstance } from 'fastify';
import { ruruHTML } from 'ruru/server';
import { getStaticFile } from 'ruru/static';

const STATIC_PATH = '/explorer/';

/** The GraphQL explorer at `/`, from files of our own: it needs no other host. */
export function serveExplorer(server: FastifyInstance, endpoint: string): void {
  const page = ruruHTML({
    endpoint,
    staticPath: STATIC_PATH,
    htmlParts: { titleTag: '<title>Tributary: explorer of the API</title>' },
  });
  server.get('/', (_, reply) => reply.type('text/html; charset=utf-8').send(page));
  server.get(`${STATIC_PATH}*`, async (request, reply) => {
    const file = await getStaticFile({
      staticPath: STATIC_PATH,
      urlPath: request.url,
      acceptEncoding: request.headers['accept-encoding'],
      disallowDevAssets: true,
    });
    if (!file) return reply.code(404).type('text/plain').send('There is no such file');
    if (request.headers['if-none-match'] === file.headers['etag']) return reply.code(304).send();
    return reply.headers(file.headers).send(file.content);
  });
}
