import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { serveStatic } from './static.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-static-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a folder of built files', () => {
  const folder = join(root, 'dist');
  const server = fastify();
  serveStatic(server, { prefix: '/admin', folder, missing: 'not built' });
  const get = (url: string, headers = {}) => server.inject({ method: 'GET', url, headers });

  it('says that it is not there, and is served once it is', async () => {
    const before = await get('/admin/');
    expect([before.statusCode, before.body]).toEqual([404, 'not built']);

    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<title>Back office</title>');
    writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'alert(1)');
    writeFileSync(join(root, 'secret.txt'), 'secret');

    const page = await get('/admin/');
    expect(page.body).toContain('Back office');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect((await get('/admin')).headers['location']).toBe('/admin/');

    const script = await get('/admin/assets/main-1a2b.js', { 'accept-encoding': 'gzip, br' });
    expect(script.headers['content-encoding']).toBe('gzip');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it.each(['/admin/assets/main-0000.js', '/admin/../secret.txt', '/admin/%2e%2e/secret.txt', '/admin/..%2fsecret.txt', '/admin/assets'])(
    'has nothing else: %s',
    async (url) => {
      const answer = await get(url);
      expect(answer.statusCode).toBe(404);
      expect(answer.body).not.toContain('secret\n');
    },
  );
});
