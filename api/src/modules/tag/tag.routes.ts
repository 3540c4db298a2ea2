import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../plainRoutes.ts';
import type { Redirects } from '../redirect/index.ts';
import { TagScripts } from './script.ts';
import type { TagSightings } from './sightings.ts';

export interface TagParts {
  readonly redirects: Redirects;
  readonly sightings: TagSightings;
  /** Where visitors reach this server. */
  readonly publicUrl: () => string;
}

/** The script that publishers put on their pages: everybody may fetch it, for the code of a link. */
export function serveTag(server: FastifyInstance, { redirects, sightings, publicUrl }: TagParts): void {
  const scripts = new TagScripts();
  server.get('/tag.js', async (request, reply) => {
    const { code: given } = request.query as { code?: unknown };
    const code = String(given ?? '').toLowerCase();
    const found = await redirects.hostsOf(code);
    if (found === undefined) return refuse(reply, 404, 'MALFORMED', 'There is no such link: /tag.js?code=…');
    const { hosts, exceptHosts, now, affiliateId, programId } = found;
    sightings.see({ affiliateId, programId }, request.headers.referer, now);
    return send(await scripts.for({ link: `${publicUrl()}/r/${code}`, hosts, exceptHosts }), request, reply);
  });
}

function send(script: Awaited<ReturnType<TagScripts['for']>>, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const zips = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  reply.headers({
    'content-type': 'text/javascript; charset=utf-8',
    // An hour: hosts of the terms change, and the tag is seen on its pages.
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    vary: 'accept-encoding',
    etag: script.etag,
  });
  if (request.headers['if-none-match']?.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === script.etag))
    return reply.code(304).send();
  if (zips) reply.header('content-encoding', 'gzip');
  return reply.send(zips ? script.zipped : script.text);
}
