import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import { hasLetters } from '../../platform/letters/index.ts';
import type { Link } from '../link/index.ts';
import type { Drawing } from './draw.ts';
import { Drawer } from './drawer.ts';
import type { Poster } from './poster.layout.ts';
import { qrSvg } from './qr.ts';

/** What is drawn changes with this, also where what is said does not. */
const DRAWING = 1;
/** Above it a code has more than a hundred modules at a side. */
const LONGEST_QR_BYTES = 800;
const [SMALLEST, USUAL, LARGEST] = [64, 512, 2_048];

const TYPES = {
  'qr.svg': 'image/svg+xml; charset=utf-8',
  'qr.png': 'image/png',
  'poster.pdf': 'application/pdf',
  'poster.png': 'image/png',
} as const;
type File = keyof typeof TYPES;

/** Pictures and posters of links: by the same rights as the query `link`. */
export function servePosters(server: FastifyInstance, { gate, contextOf }: PlainRoutes): void {
  const drawer = new Drawer();
  server.get('/links/:program/:link/:file', { onRequest: gate }, async (request, reply) => {
    const context = permitted(contextOf(request), ['affiliate.read', 'own.read'], reply);
    return context === null ? reply : send(context, request, reply, drawer);
  });
}

async function send(context: Context, request: FastifyRequest, reply: FastifyReply, drawer: Drawer): Promise<FastifyReply> {
  const { program, link: id, file } = request.params as { program: string; link: string; file: string };
  const asked = textsOf(request.query as Record<string, unknown>);
  if (!Object.hasOwn(TYPES, file)) return refuse(reply, 404, 'MALFORMED', `There is ${Object.keys(TYPES).join(', ')}.`);
  const link = await context.services.links.find(context, program, id);
  if (link === null) return refuse(reply, 404, 'BAD_USER_INPUT', 'There is no such link, or it is not yours.');
  const variant = await context.services.links.variant(context, link, {
    to: asked['to'],
    subId: asked['sub'],
    channel: asked['channel'],
    use: 'qr',
  });
  if (variant.url === null) return refuse(reply, 400, 'BAD_USER_INPUT', variant.reason ?? '');
  if (Buffer.byteLength(variant.url) > LONGEST_QR_BYTES)
    return refuse(reply, 400, 'BAD_USER_INPUT', `The address has more than ${LONGEST_QR_BYTES} letters: no phone reads a QR code of it.`);
  const found = file.startsWith('qr.')
    ? readQr(file as File, variant.url, asked['size'])
    : await readPoster(context, link, variant.url, asked['language'], file as File);
  if ('refusal' in found) return refuse(reply, 400, 'BAD_USER_INPUT', found.refusal);
  const tag = `"${createHash('sha256')
    .update(JSON.stringify([DRAWING, file, found]))
    .digest('base64url')
    .slice(0, 32)}"`;
  // For whoever may see it only; asked for again it costs no drawing.
  const headers = { etag: tag, 'cache-control': 'private, no-cache', vary: 'authorization, cookie' };
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(tag)) return reply.headers(headers).code(304).send();
  const body = 'svgOf' in found ? qrSvg(found.svgOf) : await drawer.draw(found, context.rateKey.key);
  const name = `${file.split('.')[0]}-${program}-${link.vanity ?? link.code}.${file.split('.')[1]}`;
  reply.headers(headers).header('content-disposition', `${file.startsWith('qr.') ? 'inline' : 'attachment'}; filename="${name}"`);
  return reply.type(TYPES[file as File]).send(body);
}

/** A drawing, or the address whose code is told as shapes. */
type Found = Drawing | { readonly svgOf: string } | { readonly refusal: string };

function readQr(file: File, url: string, size: string | undefined): Found {
  const pixels = size === undefined ? USUAL : Number(size);
  if (!Number.isInteger(pixels) || pixels < SMALLEST || pixels > LARGEST)
    return { refusal: `size is a number of pixels from ${SMALLEST} to ${LARGEST}.` };
  return file === 'qr.svg' ? { svgOf: url } : { file: 'qr.png', url, pixels };
}

async function readPoster(context: Context, link: Link, url: string, language: string | undefined, file: File): Promise<Found> {
  const { services } = context;
  const { programName, code, texts } = await services.links.promotionOf(context, link);
  const text = language === undefined ? texts[0] : texts.find((each) => each.language === language);
  if (language !== undefined && text === undefined)
    return { refusal: `There are posters in: ${texts.map((each) => each.language).join(', ') || 'no language by name'}.` };
  const poster: Poster = {
    program: programName,
    headline: text?.headline ?? programName,
    text: text?.poster ?? '',
    code,
    url,
    shortUrl: services.links.trackingUrl(context, link).replace(/^https?:\/\//, ''),
    language: text?.language ?? 'en',
  };
  if (![poster.program, poster.headline, poster.text, poster.code].every(hasLetters))
    return {
      refusal:
        'There is no poster with letters of this writing: Latin, Greek, Cyrillic, Armenian, Georgian, Thai, Lao and Chinese can be drawn.',
    };
  return file === 'poster.pdf' ? { file, poster, madeAt: link.createdAt.getTime() } : { file: 'poster.png', poster };
}

/** Of a parameter that comes more than once, the first. */
function textsOf(query: Record<string, unknown>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]));
}
