import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { holdsSomewhere, type Needs } from './access/index.ts';
import type { Context, RequestContext } from './context.ts';
import { withAccess } from './platform/graphql/access.ts';
import type { ErrorCode } from './platform/graphql/errors.ts';

/** What routes beside GraphQL are served with: files that go out and come in. */
export interface PlainRoutes {
  /** Says who asks, and counts it; before any of the body is read. */
  readonly gate: onRequestAsyncHookHandler;
  contextOf(request: FastifyRequest): RequestContext;
}

/** The request of somebody who holds one of these permissions somewhere; what is not granted is then not found. Null: it was refused. */
export function permitted(context: RequestContext, needs: Needs, reply: FastifyReply): Context | null {
  if (context.viewer === null) {
    refuse(reply, 401, 'UNAUTHENTICATED', 'A valid token is needed.');
    return null;
  }
  if (!holdsSomewhere(context.viewer.grants, needs)) {
    refuse(reply, 403, 'FORBIDDEN', 'You may not do that.');
    return null;
  }
  return withAccess(context as Context, needs);
}

/** In the shape of GraphQL's errors. */
export function refuse(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  return reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}
