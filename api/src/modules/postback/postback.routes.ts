import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../plainRoutes.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import type { Heard, PostbackService } from './postback.service.ts';

const MOST_BYTES = 64 * 1024;
const LONGEST_NAME = 40;
const LONGEST_VALUE = 2000;
/** A picture of one transparent pixel. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Postbacks and pixels of shops. Who sends one is told by its signature. */
export function servePostbacks(server: FastifyInstance, postbacks: PostbackService, fork: () => EntityManager): void {
  server.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: MOST_BYTES }, (_, body, done) =>
      done(null, new URLSearchParams(body as string)),
    );
    const hear = async (parameters: ReadonlyMap<string, string> | null): Promise<Heard | null> =>
      parameters === null ? null : postbacks.hear(fork(), parameters);
    scope.get('/postback', async (request, reply) => answer(reply, await hear(ofQuery(request))));
    scope.post('/postback', { bodyLimit: MOST_BYTES }, async (request, reply) => answer(reply, await hear(ofBody(request.body))));
    // A page shows nothing broken, whatever became of the order.
    scope.get('/pixel', async (request, reply) => {
      const heard = await hear(ofQuery(request));
      const became = heard === null || heard.unsigned ? 'refused' : heard.userErrors.length > 0 ? 'turned-away' : 'recorded';
      return reply.headers({ 'x-tributary-order': became, 'cross-origin-resource-policy': 'cross-origin' }).type('image/gif').send(PIXEL);
    });
  });
}

function answer(reply: FastifyReply, heard: Heard | null): FastifyReply {
  if (heard === null) return refuse(reply, 400, 'MALFORMED', 'A parameter stands there twice, is no text, or is too long.');
  if (heard.unsigned) return refuse(reply, 403, 'FORBIDDEN', 'It is not signed with a key that counts.');
  const facts = heard.facts.map(({ id, repeated }) => ({ id, repeated }));
  return reply.code(heard.userErrors.length > 0 ? 422 : 200).send({ facts, userErrors: heard.userErrors });
}

function ofQuery({ raw }: FastifyRequest): ReadonlyMap<string, string> | null {
  return parametersOf([...new URL(raw.url ?? '', 'http://localhost').searchParams]);
}

/** A form, or an object of texts. */
function ofBody(body: unknown): ReadonlyMap<string, string> | null {
  if (body instanceof URLSearchParams) return parametersOf([...body]);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? parametersOf(Object.entries(body)) : null;
}

/** Null: what was sent could be read in more than one way. */
function parametersOf(pairs: readonly (readonly [string, unknown])[]): ReadonlyMap<string, string> | null {
  const parameters = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (typeof value !== 'string' || name.length > LONGEST_NAME || value.length > LONGEST_VALUE || parameters.has(name)) return null;
    if (!value.isWellFormed() || !name.isWellFormed() || /[\p{Cc}\ufffd]/u.test(name + value)) return null;
    parameters.set(name, value);
  }
  return parameters;
}
