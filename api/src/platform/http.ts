import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { type FastifyError, type FastifyInstance, fastify, LogController } from 'fastify';
import type { LogLevel } from '../config.ts';
import { MAX_BODY_BYTES } from './graphql/limits.ts';

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
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((_, reply) => reply.code(404).send(errorBody('MALFORMED', 'There is nothing here; GraphQL is at /graphql')));
  return server;
}

class MalformedBody extends Error {
  readonly statusCode = 400;
}

function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw new MalformedBody('The body is not UTF-8');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new MalformedBody('The body is not JSON');
  }
}

function answerError(
  error: FastifyError,
  request: { id: string; log: { error(data: object, message: string): void } },
  reply: Reply,
): unknown {
  const status = error.statusCode ?? 500;
  reply.header('x-request-id', request.id);
  if (status < 500) {
    const code = status === 413 ? 'TOO_COMPLEX' : 'MALFORMED';
    return reply.code(status).send(errorBody(code, error.message));
  }
  request.log.error({ reqId: request.id, err: error }, 'A request failed');
  const message = 'Something went wrong on our side; the log tells more under the id of the request';
  return reply.code(500).send(errorBody('INTERNAL', message, { requestId: request.id }));
}

interface Reply {
  header(name: string, value: string): Reply;
  code(status: number): Reply;
  send(body: unknown): unknown;
}

function errorBody(code: string, message: string, more: Record<string, unknown> = {}): object {
  return { errors: [{ message, extensions: { code, ...more } }] };
}
