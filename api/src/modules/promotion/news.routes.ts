import type { FastifyInstance } from 'fastify';
import type { EntityManager } from '../../platform/database/orm.ts';
import type { NewsService } from './news.service.ts';

const ROUTE = '/newsletter/leave/:token';
const page = (text: string) => `<!doctype html>\n<html lang="en"><title>Newsletter</title><body>${text}</body></html>\n`;

/**
 * Leaving a newsletter as RFC 8058 has it: mail programs send a POST, which needs nothing but the address. To look at it by GET changes
 * nothing, for programs that read mails follow links: it shows a button.
 */
export function serveNewsletter(server: FastifyInstance, news: NewsService, fork: () => EntityManager): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1_000 }, (_, body, done) => done(null, body));
    scope.get(ROUTE, async (request, reply) => {
      reply
        .header('content-security-policy', "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
        .type('text/html; charset=utf-8');
      if (!news.isToken((request.params as { token: string }).token))
        return reply.code(404).send(page('<p>There is no such newsletter.</p>'));
      return reply.send(
        page(
          '<form method="post"><p>Get no more of these mails?</p><button name="List-Unsubscribe" value="One-Click">Leave</button></form>',
        ),
      );
    });
    scope.post(ROUTE, async (request, reply) => {
      const left = await news.leave(fork(), (request.params as { token: string }).token);
      reply.type('text/html; charset=utf-8');
      return reply
        .code(left ? 200 : 404)
        .send(page(left ? '<p>You get no more of these mails.</p>' : '<p>There is no such newsletter.</p>'));
    });
  });
}
