import { createHash } from 'node:crypto';
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
  const policy = policyOf(page);
  server.get('/', (_, reply) => reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page));
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

/** Its own files, its own inline scripts as they are, and this API. */
function policyOf(page: string): string {
  const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
  );
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
