import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

export interface StaticFolder {
  /** Where its files are served: `/admin`. */
  readonly prefix: string;
  readonly folder: string;
  /** What to say while the folder is not there. */
  readonly missing: string;
  /** A page to show instead for now, which has {@link ASK_AGAIN} as its script; undefined: there is no need to. */
  readonly meanwhile?: (() => string | undefined) | undefined;
}

interface StaticFile {
  readonly type: string;
  readonly content: Buffer;
  readonly zipped: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};
const INDEX = 'index.html';
const AGAIN_SECONDS = 2;
/**
 * By it a page that stands in for another asks again. The header `refresh` would not do: with a place behind `#` in its address the
 * browser takes that for a move within the page.
 */
export const ASK_AGAIN = `setTimeout(() => location.reload(), ${AGAIN_SECONDS * 1_000});`;

/** The page loads nothing of other hosts, asks only this one, and stands in nobody's frame. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const ASK_AGAIN_HASH = `sha256-${createHash('sha256').update(ASK_AGAIN).digest('base64')}`;

/** Serves a folder of built files. They are read once, at the first request; a name that is not among them is 404. */
export function serveStatic(server: FastifyInstance, { prefix, folder, missing, meanwhile }: StaticFolder): void {
  let files: ReadonlyMap<string, StaticFile> | undefined;
  server.get(prefix, (_, reply) => reply.redirect(`${prefix}/`, 308));
  server.get<{ Params: { '*': string } }>(`${prefix}/*`, async (request, reply) => {
    const instead = meanwhile?.();
    if (instead !== undefined) {
      return reply
        .code(503)
        .headers({
          'content-type': TYPES['.html'],
          'content-security-policy': `${POLICY}; script-src '${ASK_AGAIN_HASH}'`,
          'cache-control': 'no-store',
          'retry-after': String(AGAIN_SECONDS),
        })
        .send(instead);
    }
    if (!files && existsSync(join(folder, INDEX))) files = readFiles(folder);
    const name = request.params['*'] || INDEX;
    const file = files?.get(name);
    if (!file) {
      return reply
        .code(404)
        .type('text/plain; charset=utf-8')
        .send(files ? 'There is no such file' : missing);
    }
    const zips = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return reply
      .headers({
        'content-type': file.type,
        vary: 'accept-encoding',
        'content-security-policy': POLICY,
        // Built files have their content in their names.
        'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ...(zips ? { 'content-encoding': 'gzip' } : {}),
      })
      .send(zips ? file.zipped : file.content);
  });
}

function readFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/'));
  return new Map(
    names.map((name) => {
      const content = readFileSync(join(folder, name));
      return [name, { type: TYPES[extname(name)] ?? 'application/octet-stream', content, zipped: gzipSync(content) }];
    }),
  );
}
