import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HIGH_RATES } from '../../config.ts';
import { findPlace } from '../../platform/database/embedded/place.ts';
import { until, withDatabaseOf } from '../../testing/crash.ts';
import { type StartedServer, startServer } from '../../testing/start-server.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const CALLERS = 16;

let dataDir: string;
let server: StartedServer;
let code: string;
/** A link of a sandbox, whose clock stands still. */
let sandboxCode: string;
const SANDBOX_CLOCK = '2026-03-01T00:00:00Z';

async function ask(query: string, input: object, token?: string): Promise<Record<string, Record<string, unknown>>> {
  const staff = token ?? (JSON.parse(readFileSync(join(dataDir, 'tokens.json'), 'utf8')) as { staff: string }).staff;
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${staff}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  return ((await response.json()) as { data: Record<string, Record<string, unknown>> }).data;
}

interface Followed {
  /** Ids of clicks whose visitors were sent on. */
  readonly sent: string[];
  /** Visitors who came to the server and were not sent on. */
  readonly turnedAway: number[];
  stop(): Promise<void>;
}

/** Visitors, one after the other in each of many lines; every third has been here before. */
function followers(): Followed {
  const sent: string[] = [];
  const turnedAway: number[] = [];
  let stopped = false;
  const lines = Array.from({ length: CALLERS }, async () => {
    let cookie: string | undefined;
    for (let visit = 0; !stopped; visit++) {
      try {
        const headers = { 'user-agent': BROWSER, ...(visit % 3 === 0 && cookie ? { cookie } : {}) };
        const answer = await fetch(`${server.url}/r/${code}`, { redirect: 'manual', headers, signal: AbortSignal.timeout(10_000) });
        const location = answer.headers.get('location');
        const id = location && new URL(location).searchParams.get('click_id');
        if (answer.status === 302 && id) sent.push(id);
        else turnedAway.push(answer.status);
        cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      } catch {
        await sleep(20);
      }
    }
  });
  return {
    sent,
    turnedAway,
    async stop() {
      stopped = true;
      await Promise.all(lines);
    },
  };
}

const spooled = () => {
  const folder = join(dataDir, 'clicks');
  return existsSync(folder) ? readdirSync(folder).length : 0;
};

/** Every click with which a visitor was sent on is there, and no click is there twice. */
async function expectAllOnce(ids: readonly string[]): Promise<void> {
  await withDatabaseOf(dataDir, async (client) => {
    const { rows } = await client.query<{ id: string; times: string }>('select external_id as id, count(*) as times from click group by 1');
    const there = new Map(rows.map(({ id, times }) => [id, Number(times)]));
    expect(ids.filter((id) => there.get(id) !== 1)).toEqual([]);
    expect([...there.values()].every((times) => times === 1)).toBe(true);
    const lost = await client.query(
      'select 1 from click c where visitor is not null and not exists (select from visitor_click v where v.click_id = c.id)',
    );
    expect(lost.rowCount).toBe(0);
  });
}

const PROGRAM = 'banggood';

async function publishLink(token?: string): Promise<string> {
  const enrolled = { program: PROGRAM, affiliate: 'ann', country: 'DE' };
  await ask('mutation ($input: EnrollAffiliateInput!) { enrollAffiliate(input: $input) { userErrors { code } } }', enrolled, token);
  const { createLink } = await ask(
    'mutation ($input: CreateLinkInput!) { createLink(input: $input) { link { code } userErrors { code } } }',
    { program: PROGRAM, affiliate: 'ann', id: 'l1', url: 'https://www.banggood.com/item' },
    token,
  );
  return (createLink!['link'] as { code: string }).code;
}

/** The id of the click of somebody who is sent on. */
async function followSandbox(): Promise<string> {
  const answer = await fetch(`${server.url}/r/${sandboxCode}`, { redirect: 'manual', headers: { 'user-agent': BROWSER } });
  return new URL(answer.headers.get('location')!).searchParams.get('click_id')!;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-clicks-'));
  server = await startServer(dataDir, HIGH_RATES);
  code = await publishLink();
  const { createSandbox } = await ask('mutation ($input: CreateSandboxInput!) { createSandbox(input: $input) { staffToken } }', {
    name: 'a try',
    startsAt: SANDBOX_CLOCK,
    programs: [PROGRAM],
  });
  sandboxCode = await publishLink(createSandbox!['staffToken'] as string);
}, 60_000);

afterAll(async () => {
  if (server?.child.exitCode === null && server.child.signalCode === null) {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

describe('while visitors follow links', () => {
  it('the server is killed: every click whose visitor was sent on is there, once', { timeout: 60_000 }, async () => {
    const { sent, turnedAway, stop } = followers();
    await until('many visitors were sent on', () => sent.length > 600);
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    await stop();
    expect(turnedAway).toEqual([]);
    server = await startServer(dataDir, HIGH_RATES);
    await expectAllOnce(sent);
  });

  it('PostgreSQL is killed: visitors are sent on all the same, and their clicks are there when it is back', {
    timeout: 60_000,
  }, async () => {
    const { sent, turnedAway, stop } = followers();
    await until('many visitors were sent on', () => sent.length > 300);
    await followSandbox();
    const postmaster = () =>
      Number.parseInt(readFileSync(join(findPlace({ dataDir, log: () => {} }).clusterDir, 'postmaster.pid'), 'utf8'), 10);
    const killed = postmaster();
    process.kill(killed, 'SIGKILL');
    await until('clicks lie on the disk', () => spooled() > 0);
    const tried = await followSandbox();
    const before = sent.length;
    await until('visitors are sent on', () => sent.length > before + 200);
    await stop();
    expect(turnedAway).toEqual([]);
    await until('all clicks are facts', () => spooled() === 0);
    expect(postmaster()).not.toBe(killed);
    await withDatabaseOf(dataDir, async (client) => {
      const found = await client.query<{ at: Date }>('select clicked_at as at from click where external_id = $1', [tried]);
      expect(found.rows).toEqual([{ at: new Date(SANDBOX_CLOCK) }]);
    });
    await expectAllOnce([...sent, tried]);
    expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ status: 'ok' });
  });

  it('both are killed, PostgreSQL first: what lay on the disk becomes facts at the next start', { timeout: 60_000 }, async () => {
    const { sent, stop } = followers();
    await until('many visitors were sent on', () => sent.length > 200);
    process.kill(
      Number.parseInt(readFileSync(join(findPlace({ dataDir, log: () => {} }).clusterDir, 'postmaster.pid'), 'utf8'), 10),
      'SIGKILL',
    );
    await until('clicks lie on the disk', () => spooled() > 0);
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    await stop();
    expect(spooled()).toBeGreaterThan(0);
    server = await startServer(dataDir, HIGH_RATES);
    await until('all clicks are facts', () => spooled() === 0);
    await expectAllOnce(sent);
  });
});
