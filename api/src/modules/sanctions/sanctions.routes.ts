import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { holdsEverywhere } from '../../access/index.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';

export const IMPORT_ROUTE = '/sanctions/:list/:format';

/** Lists come as files, as their publishers give them out. */
export function serveSanctions(server: FastifyInstance, { gate, contextOf }: PlainRoutes): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_, payload, done) => done(null, payload));
    scope.addHook('onRequest', gate);
    scope.post(IMPORT_ROUTE, { config: { takesFile: true } }, async (request, reply) => {
      const context = permitted(contextOf(request), ['sanction.manage'], reply);
      if (context === null) return reply;
      if (!holdsEverywhere(context.viewer.grants, ['sanction.manage'])) return refuse(reply, 403, 'FORBIDDEN', 'You may not do that.');
      if (!(request.body instanceof Readable)) return refuse(reply, 400, 'MALFORMED', 'There is no file.');
      const { list, format } = request.params as { list: string; format: string };
      const { value, errors } = await context.services.sanctions.import(context, list, format, request.body);
      if (errors) return reply.code(422).send({ userErrors: errors });
      const { entries, unknownCountries, unplaced, hash, importedAt } = value;
      return reply.send({ list: value.list, entries, unknownCountries, unplaced, hash: hash.toString('hex'), importedAt });
    });
  });
}
