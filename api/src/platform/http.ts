import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  type ConnectionError,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { GraphQLError } from 'graphql';
import type { Config } from '../config.ts';
import { type ErrorCode, FAULT_MESSAGE, formatError } from './graphql/errors.ts';
import { MAX_BODY_BYTES } from './graphql/limits.ts';
import { waitOnly } from './patience.ts';

const PATIENCE_MS = 3_000;

/** A request's headers come in one go; whoever sends them letter by letter is waiting for us to wait. */
const HEADERS_SECONDS = 10;
const CHECKING_MS = 1_000;
/** No file takes longer. */
const LONGEST_REQUEST_MS = 6 * 60 * 60_000;

/** What every answer tells browsers: take it for what it says it is, keep it to yourself, and put it in no page of others. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};
const ONLY_BY_TLS = { 'strict-transport-security': 'max-age=31536000' };

export type HttpOptions = Pick<Config, 'logLevel' | 'production' | 'trustedProxies' | 'limits'>;

/** An HTTP server that answers what it can't read with a code in the shape of GraphQL's errors. */
export function createHttpServer({ logLevel, production, trustedProxies, limits }: HttpOptions): FastifyInstance {
  const headers = { ...HEADERS, ...(production ? ONLY_BY_TLS : {}) };
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // Node looks for connections whose time is over at intervals. How long a body may take depends on what it is: see `waitOnly`.
    requestTimeout: LONGEST_REQUEST_MS,
    http: { headersTimeout: Math.min(HEADERS_SECONDS, limits.sendSeconds) * 1000, connectionsCheckingInterval: CHECKING_MS },
    clientErrorHandler: answerUnreadable,
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
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  waitOnly(server, limits.sendSeconds * 1000, ({ raw }) => answerLate(raw.socket));
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
  if (path) throw new MalformedBody(`${path} has what no text may have: U+0000, half of a surrogate pair, or the name __proto__`);
  return value;
}

/** Escapes by which JSON can say characters that no text of a database can have, and the name by which objects get another nature. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f]|005f)|__proto__/i;

/** Where a text stands that PostgreSQL would refuse or change, or a name that JavaScript would. Goes without recursion: the value may be nested without end. */
function findUnstorable(value: unknown): string | undefined {
  const open: { path: string; value: unknown }[] = [{ path: 'The body', value }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value: found } = next;
    if (typeof found === 'string' && (found.includes('\0') || !found.isWellFormed())) return path;
    if (typeof found !== 'object' || found === null) continue;
    for (const [key, inner] of Object.entries(found)) {
      if (key.includes('\0') || !key.isWellFormed() || key === '__proto__') return path;
      open.push({ path: path === 'The body' ? key : `${path}.${key}`.slice(-200), value: inner });
    }
  }
  return undefined;
}

/** What Node could not read as HTTP. */
function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  sayGoodbye(socket, UNREADABLE[error.code] ?? ['400 Bad Request', 'This is no HTTP']);
}

function answerLate(socket: Socket): void {
  if (socket.writable) sayGoodbye(socket, LATE);
}

function sayGoodbye(socket: Socket, [status, message]: readonly [status: string, message: string]): void {
  const body = JSON.stringify(errorBody('MALFORMED', message));
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

const LATE = ['408 Request Timeout', 'The request did not come in time'] as const;
const UNREADABLE: Readonly<Record<string, readonly [status: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: LATE,
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too long'],
};

function answerError(error: FastifyError | GraphQLError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof GraphQLError) return answerRefusal(error, reply);
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(errorBody(status === 413 ? 'TOO_COMPLEX' : 'MALFORMED', error.message));
  request.log.error({ reqId: request.id, err: error }, 'A request failed');
  return reply.code(500).send(errorBody('INTERNAL', FAULT_MESSAGE, { requestId: request.id }));
}

/** What was refused outside of a GraphQL operation: by the gate, or by the clock. */
function answerRefusal(error: GraphQLError, reply: FastifyReply): FastifyReply {
  const { http } = error.extensions as { http?: { status?: number; headers?: ReadonlyMap<string, string> } };
  return reply
    .code(http?.status ?? 400)
    .headers(Object.fromEntries(http?.headers ?? []))
    .send({ errors: [formatError(error.toJSON())] });
}

function errorBody(code: ErrorCode, message: string, more: Record<string, unknown> = {}): object {
  return { errors: [{ message, extensions: { code, ...more } }] };
}
