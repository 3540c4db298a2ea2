import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify, LogController } from 'fastify';
import type { LogLevel } from '../config.ts';
import { type ErrorCode, FAULT_MESSAGE } from './graphql/errors.ts';
import { MAX_BODY_BYTES } from './graphql/limits.ts';

const PATIENCE_MS = 3_000;

/** An HTTP server that answers what it can't read with a code in the shape of GraphQL's errors. */
export function createHttpServer(logLevel: LogLevel): FastifyInstance {
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    logger: { level: logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((_, reply) =>
    reply.code(404).send(errorBody('MALFORMED', 'There is nothing here; send GraphQL by POST to /graphql')),
  );
  return server;
}

/** Requests that run may end; a caller that never finishes sending is cut off after a while. */
export async function closeHttpServer(server: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => server.server.closeAllConnections(), PATIENCE_MS);
  await server.close();
  clearTimeout(timer);
}

class MalformedBody extends Error {
  readonly statusCode = 400;
}

function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new MalformedBody('The body is not UTF-8');
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedBody('The body is not JSON');
  }
  const path = SUSPICIOUS.test(text) ? findUnstorable(value) : undefined;
  if (path) throw new MalformedBody(`${path} has a character that is none: U+0000 or half of a surrogate pair`);
  return value;
}

/** Escapes by which JSON can say characters that no text of a database can have. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;

/** Where a text stands that PostgreSQL would refuse or change. Goes without recursion: the value may be nested without end. */
function findUnstorable(value: unknown): string | undefined {
  const open: { path: string; value: unknown }[] = [{ path: 'The body', value }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value: found } = next;
    if (typeof found === 'string' && (found.includes('\0') || !found.isWellFormed())) return path;
    if (typeof found !== 'object' || found === null) continue;
    for (const [key, inner] of Object.entries(found)) {
      if (key.includes('\0') || !key.isWellFormed()) return path;
      open.push({ path: path === 'The body' ? key : `${path}.${key}`.slice(-200), value: inner });
    }
  }
  return undefined;
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(errorBody(status === 413 ? 'TOO_COMPLEX' : 'MALFORMED', error.message));
  request.log.error({ reqId: request.id, err: error }, 'A request failed');
  return reply.code(500).send(errorBody('INTERNAL', FAULT_MESSAGE, { requestId: request.id }));
}

function errorBody(code: ErrorCode, message: string, more: Record<string, unknown> = {}): object {
  return { errors: [{ message, extensions: { code, ...more } }] };
}
