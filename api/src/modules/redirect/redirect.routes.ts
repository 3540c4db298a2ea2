import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../plainRoutes.ts';
import { FAULT_MESSAGE } from '../../platform/graphql/errors.ts';
import type { Redirects } from './redirects.ts';

/** Links that visitors follow. Everybody may; nobody is asked who it is. */
export function serveRedirects(server: FastifyInstance, redirects: Redirects): void {
  server.get('/r/:code', async (request, reply) => {
    try {
      return await follow(redirects, request, reply);
    } catch (error) {
      request.log.error({ reqId: request.id, err: error }, 'A visitor could not be sent on');
      return refuse(reply.header('retry-after', '5'), 503, 'INTERNAL', FAULT_MESSAGE);
    }
  });
}

async function follow(redirects: Redirects, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const answer = await redirects.answer((request.params as { code: string }).code.toLowerCase(), request);
  if (answer.kind === 'unknown') return refuse(reply, 404, 'MALFORMED', 'There is no such link.');
  if (answer.kind === 'refused')
    return reply.code(400).send({ errors: [{ message: answer.reason, extensions: { code: answer.rule, rule: answer.rule } }] });
  if (answer.cookie !== undefined) reply.header('set-cookie', answer.cookie);
  // Merchants may see from which site a visitor came, as they would without us, and no search engine keeps the address of a link.
  return reply
    .code(302)
    .headers({ location: answer.to, 'referrer-policy': 'strict-origin-when-cross-origin', 'x-robots-tag': 'noindex, nofollow' })
    .send();
}
