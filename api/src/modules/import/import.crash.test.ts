import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseUrl, withConnection } from '../../platform/database/admin.ts';
import { findRunning } from '../../platform/database/embedded/running.ts';
import { provedWrong } from '../../testing/books.ts';
import { type StartedServer, startServer } from '../../testing/start-server.ts';

const ROWS = 3_000;
let dataDir: string;
let server: StartedServer;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-import-'));
  server = await startServer(dataDir);
}, 60_000);
afterAll(async () => {
  if (server?.child.exitCode === null && server.child.signalCode === null) {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

async function send<T>(path: string, body: string): Promise<T> {
  const { staff } = JSON.parse(readFileSync(join(dataDir, 'tokens.json'), 'utf8')) as { staff: string };
  const headers = { authorization: `Bearer ${staff}`, 'content-type': path === 'graphql' ? 'application/json' : 'text/csv' };
  return (await fetch(`${server.url}/${path}`, { method: 'POST', headers, body })).json() as Promise<T>;
}

async function until(id: string, isReached: (seen: { status: string; rowsRead: number }) => boolean): Promise<Record<string, unknown>> {
  const query = `{ import(id: "${id}") { status rowsRead accepted refused refusals { totalCount } } }`;
  for (let waited = 0; waited < 60_000; waited += 50) {
    const { data } = await send<{ data: { import: { status: string; rowsRead: number } } }>('graphql', JSON.stringify({ query }));
    if (isReached(data.import)) return data.import;
    await sleep(50);
  }
  throw new Error('Waited in vain');
}

it('the server is killed in the middle of a file: it goes on where it was, and each row is there once', { timeout: 120_000 }, async () => {
  const rows = Array.from({ length: ROWS }, (_, i) => (i % 100 === 0 ? `r${i},nothing` : `r${i},1.00`));
  const uploaded = await send<{ import: { id: string } }>('imports/banggood/orders', `order_id,amount\n${rows.join('\n')}\n`);
  const { id } = uploaded.import;
  await send('graphql', JSON.stringify({ query: `mutation { startImport(input: { import: "${id}" }) { userErrors { message } } }` }));
  const before = await until(id, ({ rowsRead }) => rowsRead > 0);
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
  expect(before['status']).toBe('RUNNING');

  server = await startServer(dataDir);
  const refused = ROWS / 100;
  const after = await until(id, ({ status }) => status !== 'RUNNING');
  expect(after).toEqual({ status: 'DONE', rowsRead: ROWS, accepted: ROWS - refused, refused, refusals: { totalCount: refused } });
  await withConnection(databaseUrl(findRunning({ dataDir, log: () => {} })!, 'tributary'), async (client) => {
    const { rows: there } = await client.query(
      "select count(*)::int, count(distinct external_id)::int as ids from order_record where external_id like 'r%'",
    );
    expect(there).toEqual([{ count: ROWS - refused, ids: ROWS - refused }]);
    expect(await provedWrong(client)).toEqual([]);
  });
});
