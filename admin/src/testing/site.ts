import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { proxyTo } from '../../proxy.ts';
import { madeOnce } from './once.ts';

const ADMIN = fileURLToPath(new URL('../..', import.meta.url));
const SHARED = { root: ADMIN, configFile: join(ADMIN, 'vite.config.ts'), logLevel: 'error' } as const;

export interface Site {
  readonly url: string;
  stop(): Promise<void>;
}

/** As people get it, or with React's own checks, which complain of what they find wrong and take twice the time. */
type Kind = 'production' | 'development';

/**
 * Builds the back office and serves it beside the API. With a folder of the run, whoever comes first builds it there, and all others
 * serve the same files.
 */
export async function startSite(apiUrl: string, runFolder?: string, kind: Kind = 'production'): Promise<Site> {
  const own = runFolder === undefined ? mkdtempSync(join(tmpdir(), 'tributary-site-')) : undefined;
  const folder = join(own ?? runFolder ?? '', kind);
  const outDir = await madeOnce(folder, () => buildInto(folder, kind));
  const server = await preview({
    ...SHARED,
    build: { outDir },
    preview: {
      host: '127.0.0.1',
      port: 0,
      strictPort: false,
      proxy: proxyTo(apiUrl),
    },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The site is not served');
  return {
    url,
    async stop() {
      await server.close();
      if (own) rmSync(own, { recursive: true, force: true });
    },
  };
}

async function buildInto(folder: string, kind: Kind): Promise<void> {
  // It says which React is built in, whatever mode vite is told.
  process.env['NODE_ENV'] = kind;
  await build({ ...SHARED, build: { outDir: folder, emptyOutDir: true, reportCompressedSize: false } });
}
