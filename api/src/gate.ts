import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Viewer } from './context.ts';
import { networkOf, type RateKey, type Rates, type Standing } from './platform/edge/rates.ts';
import { apiError, internalError, rateLimited } from './platform/graphql/errors.ts';
import { MAX_STRANGERS_BODY_BYTES } from './platform/graphql/limits.ts';
import type { Services } from './services.ts';

/** Who sends a request, as the gate found it. */
export interface Caller {
  readonly viewer: Viewer | null;
  readonly rateKey: RateKey;
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** Known for every request that passed the gate. */
export function callerOf(request: FastifyRequest): Caller {
  return callers.get(request)!;
}

/**
 * What stands before the API: says who asks and counts it, before any of the body is read. Whoever guesses tokens is soon not
 * looked at any more; tokens from the same address that were valid a while ago still are.
 */
export function createGate(services: Services, rates: Rates) {
  const { authenticator } = services;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { authorization } = request.headers;
    const network = networkOf(request.ip);
    const closed = await rates.tooManyWrong(network);
    if (closed && authorization !== undefined && !authenticator.knows(authorization)) refuse(reply, closed);
    const viewer = await viewerOf(services, request).catch((error: Error) => {
      if (error instanceof GraphQLError) throw error;
      request.log.error({ reqId: request.id, err: error }, 'It could not be told who asks');
      throw internalError(request.id);
    });
    if (!viewer && authorization !== undefined) await rates.noteWrongToken(network);
    const rateKey = viewer ? keyOf(viewer) : ({ kind: 'stranger', key: network } as const);
    tell(reply, await rates.count(rateKey.kind, rateKey.key));
    if (!viewer) checkLength(request);
    callers.set(request, { viewer, rateKey });
  };
}

/** A token where one is sent, else the session of a browser. */
export async function viewerOf({ authenticator, signIn }: Services, { headers, ip }: FastifyRequest): Promise<Viewer | null> {
  if (headers.authorization !== undefined) return authenticator.viewerOf(headers.authorization, ip);
  const member = await signIn.sessions.signedIn(headers);
  return member && { kind: 'staff', ...member, affiliateId: null, personId: null, tokenId: null };
}

/** Everybody, for whatever: before it is known who asks. */
export function countAddress(rates: Rates) {
  return async ({ ip }: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const standing = await rates.count('address', networkOf(ip));
    if (!standing.allowed) refuse(reply, standing);
  };
}

function keyOf({ kind, tokenId, sessionId }: Viewer): RateKey {
  return { kind: kind === 'integrator' ? 'integrator' : 'token', key: tokenId ?? sessionId ?? '' };
}

function tell(reply: FastifyReply, standing: Standing): void {
  if (!standing.allowed) refuse(reply, standing);
  reply.header('ratelimit', `limit=${standing.limit}, remaining=${standing.remaining}, reset=${standing.seconds}`);
}

function refuse(reply: FastifyReply, { limit, seconds }: Standing): never {
  reply.header('ratelimit', `limit=${limit}, remaining=0, reset=${seconds}`);
  throw rateLimited(seconds);
}

function checkLength({ headers }: FastifyRequest): void {
  const length = headers['content-length'];
  const isKnown = length !== undefined || headers['transfer-encoding'] === undefined;
  if (isKnown && Number(length ?? 0) <= MAX_STRANGERS_BODY_BYTES) return;
  throw apiError('TOO_COMPLEX', `Without a valid token a body has at most ${MAX_STRANGERS_BODY_BYTES} bytes, and a content-length`, 413);
}
