import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveStatic } from '../platform/static.ts';
import { isUpToDate } from './age.ts';
import { BackOfficeBuild } from './build.ts';

const VITE = fileURLToPath(new URL('../../../admin/node_modules/vite', import.meta.url));
const HOUR_MS = 3_600_000;

/** A small package that is built by the real builder. */
describe('the back office is built', () => {
  let sources: string;
  let folder: string;
  let build: BackOfficeBuild;
  let said: string[];

  beforeEach(() => {
    sources = mkdtempSync(join(tmpdir(), 'tributary-build-'));
    folder = join(sources, 'dist');
    for (const name of ['src', 'node_modules']) mkdirSync(join(sources, name));
    symlinkSync(VITE, join(sources, 'node_modules', 'vite'));
    writeFileSync(join(sources, 'index.html'), '<title>Office</title><script type="module" src="./src/main.ts"></script>');
    write('main.ts', 'document.title = "Office one";');
    said = [];
    const note = (line: string) => void said.push(line);
    build = new BackOfficeBuild({ sources, folder, byHand: 'build it', say: note, complain: note });
  });

  afterEach(async () => {
    await build.close();
    rmSync(sources, { recursive: true, force: true });
  });

  const write = (name: string, text: string) => writeFileSync(join(sources, 'src', name), text);
  const scripts = () => readdirSync(join(folder, 'assets')).map((name) => readFileSync(join(folder, 'assets', name), 'utf8'));

  it('where it is missing, and a page says so until it stands', async () => {
    const server = fastify();
    serveStatic(server, { prefix: '/admin', folder, missing: 'missing', meanwhile: () => build.meanwhile() });
    const get = (url: string) => server.inject({ method: 'GET', url });

    expect(build.begin()).toBe(true);
    expect(build.begin()).toBe(false);
    const waiting = await get('/admin/');
    expect([waiting.statusCode, waiting.headers['cache-control']]).toEqual([503, 'no-store']);
    expect(waiting.body).toContain('The back office is being built');
    // It asks again by the one script that its policy lets run.
    const script = /<script>(.*)<\/script>/.exec(waiting.body)![1]!;
    expect(script).toContain('location.reload()');
    const hash = createHash('sha256').update(script).digest('base64');
    expect(waiting.headers['content-security-policy']).toContain(`script-src 'sha256-${hash}'`);

    await build.ended();
    expect((await get('/admin/')).body).toContain('<title>Office</title>');
    expect(said).toEqual([expect.stringMatching(/^The back office is built \(\d+ s\)\.$/)]);
    expect(readdirSync(join(sources, 'node_modules'))).toEqual(['vite']);
    expect(build.begin()).toBe(false);
  });

  it('again where a source has changed since, and not for a test', async () => {
    build.begin();
    await build.ended();
    const later = new Date(Date.now() + HOUR_MS);
    write('main.test.ts', 'a test');
    utimesSync(join(sources, 'src', 'main.test.ts'), later, later);
    expect(isUpToDate(sources, folder)).toBe(true);

    write('main.ts', 'document.title = "Office two";');
    utimesSync(join(sources, 'src', 'main.ts'), later, later);
    expect(build.begin()).toBe(true);
    await build.ended();
    expect(scripts().join()).toContain('Office two');
  });

  it('and where that fails the page and the console say what to do, until somebody has done it', async () => {
    write('main.ts', 'const = nonsense <');
    build.begin();
    await build.ended();
    expect(said.join('\n')).toMatch(/^The back office could not be built:[\s\S]*main\.ts[\s\S]*build it by hand: build it$/);
    expect(build.meanwhile()).toContain('<code>build it</code>');
    expect(existsSync(folder)).toBe(false);

    mkdirSync(folder);
    writeFileSync(join(folder, 'index.html'), '');
    const later = new Date(Date.now() + HOUR_MS);
    utimesSync(join(folder, 'index.html'), later, later);
    expect(build.meanwhile()).toBeUndefined();
  });

  it('and where it cannot even begin, that is said, too', () => {
    rmSync(join(sources, 'node_modules'), { recursive: true });
    writeFileSync(join(sources, 'node_modules'), 'no folder');
    expect(build.begin()).toBe(true);
    expect(said.join()).toContain('could not be built');
    expect(build.meanwhile()).toContain('build it');
    rmSync(join(sources, 'node_modules'));
  });

  it('no longer once the server stops', async () => {
    build.begin();
    await build.close();
    expect(existsSync(folder)).toBe(false);
    expect(said).toEqual([]);
    expect(readdirSync(join(sources, 'node_modules'))).toEqual(['vite']);
  });
});
