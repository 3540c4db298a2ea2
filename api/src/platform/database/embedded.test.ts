import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { processState } from '../processes.ts';
import { createDatabase, withConnection } from './admin.ts';
import { canRun, copyBinaries, findBinaries } from './embedded/binaries.ts';
import { longestLog, sharedBuffers } from './embedded/server.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';

const isRoot = process.getuid?.() === 0;

let root: string;
let dataDir: string;
const logged: string[] = [];
const log = (line: string) => logged.push(line);
const running = new Set<EmbeddedPostgres>();

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log });
  running.add(server);
  return server;
}

async function stop(server: EmbeddedPostgres): Promise<void> {
  running.delete(server);
  await server.stop();
}

async function query(url: string, sql: string): Promise<unknown[]> {
  return withConnection(url, async (client) => (await client.query({ text: sql, rowMode: 'array' })).rows.flat());
}

/** A server that was killed is back after a moment. */
async function queryPatiently(url: string, sql: string): Promise<unknown[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await query(url, sql);
    } catch (error) {
      if (attempt === 200) throw error;
      await sleep(25);
    }
  }
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tributary-embedded-'));
  chmodSync(root, 0o755);
  dataDir = join(root, 'data');
});

afterEach(async () => {
  for (const server of [...running]) await stop(server);
  logged.length = 0;
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('an embedded PostgreSQL', () => {
  it('starts from nothing, keeps its data and leaves no process or lock behind', async () => {
    const first = await start();
    expect(await query(first.url, "select current_setting('fsync'), current_setting('listen_addresses')")).toEqual(['on', '127.0.0.1']);
    expect(
      await query(first.url, "select datlocprovider::text, pg_encoding_to_char(encoding) from pg_database where datname = 'postgres'"),
    ).toEqual(['b', 'UTF8']);
    await query(first.url, 'create table kept (n int)');
    await query(first.url, 'insert into kept values (1)');
    const pid = first.pid();
    await stop(first);
    expect(processState(pid)).toBe('gone');
    expect(readdirSync(dataDir)).toEqual(['pg']);
    expect(existsSync(join(dataDir, 'pg', 'postmaster.pid'))).toBe(false);
    expect(statSync(join(dataDir, 'pg')).mode & 0o777).toBe(0o700);

    const second = await start();
    expect(await query(second.url, 'select n from kept')).toEqual([1]);
  });

  it('makes a database once, and copies of a template', async () => {
    const { url } = await start();
    const origin = await createDatabase(url, 'origin');
    await query(origin, 'create table if not exists copied (n int)');
    expect(await createDatabase(url, 'origin')).toBe(origin);
    const copy = await createDatabase(url, "a copy's", 'origin');
    expect(await query(copy, 'select count(*)::int from copied')).toEqual([0]);
  });

  it('comes back by itself at the same address after kill -9, with all that was committed', async () => {
    const server = await start();
    await query(server.url, 'create table survives (n int)');
    await query(server.url, 'insert into survives select generate_series(1, 1000)');
    const killed = server.pid();
    process.kill(killed, 'SIGKILL');
    expect(await queryPatiently(server.url, 'select count(*)::int from survives')).toEqual([1000]);
    expect(server.pid()).not.toBe(killed);
    expect(logged.join('\n')).toContain('SIGKILL');
  });

  it('stops what a killed Node process left running, and has lost nothing', async () => {
    const script = fileURLToPath(new URL('../../testing/start-embedded.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output] = (await once(child.stdout, 'data')) as [Buffer];
    const orphan = JSON.parse(output.toString()) as { url: string; pid: number };
    await query(orphan.url, 'create table orphaned as select 7 as n');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processState(orphan.pid)).toBe('alive');

    const server = await start();
    expect(processState(orphan.pid)).not.toBe('alive');
    expect(logged.join('\n')).toContain(`process ${orphan.pid}`);
    expect(await query(server.url, 'select n from orphaned')).toEqual([7]);
  });

  it('does not touch the server of a run that still lives', async () => {
    const server = await start();
    await expect(start()).rejects.toThrow(/already runs/);
    expect(await query(server.url, 'select 1')).toEqual([1]);
  });

  it('starts beside a pid file whose number another program has by now', async () => {
    await stop(await start());
    writeFileSync(join(dataDir, 'pg', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'pg')}\n1\n1\n\n127.0.0.1\n1 1\nready\n`);
    const server = await start();
    expect(await query(server.url, 'select 1')).toEqual([1]);
  });

  it('names the data of another version instead of starting on it', async () => {
    const old = join(root, 'old');
    mkdirSync(join(old, 'pg'), { recursive: true });
    writeFileSync(join(old, 'pg', 'PG_VERSION'), '13\n');
    await expect(startEmbeddedPostgres({ dataDir: old, log })).rejects.toThrow(/PostgreSQL 13.*TRIBUTARY_DATA/);
  });

  it.runIf(isRoot)('runs for root in a folder that only root may enter, and says where its data is', async () => {
    const locked = join(root, 'locked');
    mkdirSync(locked, { mode: 0o700 });
    const stateDir = join(root, 'state');
    const options = { dataDir: join(locked, 'data'), stateDir, log };
    const server = await startEmbeddedPostgres(options);
    await query(server.url, 'create table moved as select 1 as n');
    expect(server.clusterDir.startsWith(stateDir)).toBe(true);
    expect(logged.join('\n')).toContain(stateDir);
    await server.stop();

    const again = await startEmbeddedPostgres(options);
    expect(await query(again.url, 'select n from moved')).toEqual([1]);
    await again.stop();
  });

  it.runIf(isRoot)("copies the binaries where PostgreSQL's account can run them", () => {
    const copy = copyBinaries(findBinaries(), join(root, 'copied'));
    expect(canRun(copy, { uid: 65534, gid: 65534 })).toBe(true);
    expect(readdirSync(join(root, 'copied'))).toEqual([`postgresql-${copy.version}`]);
    expect(copyBinaries(findBinaries(), join(root, 'copied'))).toEqual(copy);
  });
});

describe('the memory for pages, and the longest log,', () => {
  it.each([
    [0.25, '128MB', '2048MB'],
    [4, '1024MB', '2048MB'],
    [24, '6144MB', '6144MB'],
    [64, '8192MB', '8192MB'],
  ])('on a machine of %f GB are %s and %s', (gigabytes, buffers, log) => {
    expect([sharedBuffers(gigabytes * 2 ** 30), longestLog(gigabytes * 2 ** 30)]).toEqual([buffers, log]);
  });
});
