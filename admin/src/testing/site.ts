import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const ADMIN = fileURLToPath(new URL('../..', import.meta.url));

export interface Site {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Builds the back office and serves it beside the API. In a test it is React's development build (NODE_ENV is `test`), which complains
 * of what it finds wrong.
 */
export async function startSite(apiUrl: string): Promise<Site> {
  const outDir = mkdtempSync(join(tmpdir(), 'tributary-site-'));
  const shared = { root: ADMIN, configFile: join(ADMIN, 'vite.config.ts'), logLevel: 'error' } as const;
  await build({ ...shared, build: { outDir, emptyOutDir: true, reportCompressedSize: false } });
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, strictPort: false, proxy: { '/graphql': apiUrl, '/auth': apiUrl, '/payouts': apiUrl } },
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The site is not served');
  return {
    url,
    async stop() {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
