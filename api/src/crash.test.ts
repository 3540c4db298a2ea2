import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPlace } from './platform/database/embedded/place.ts';
import { processState } from './platform/processes.ts';
import { act, must } from './testing/acts.ts';
import type { Ask } from './testing/api.ts';
import { provedWrong } from './testing/books.ts';
import { until, withDatabaseOf } from './testing/crash.ts';
import { type StartedServer, startServer } from './testing/start-server.ts';

const program = 'banggood';
const PER_CALL = 40;
const CALLERS = 4;

let dataDir: string;
let server: StartedServer;

/** Asks the server that runs now; one that is gone is an error like another. */
const askAs =
  (token: string): Ask =>
  async <T>(query: string, variables?: Record<string, unknown>) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(10_000),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string; extensions: { code: string } }[] };
    if (errors) throw new Error(`${errors[0]!.extensions.code}: ${errors[0]!.message}`);
    return data;
  };

const staffToken = () => (JSON.parse(readFileSync(join(dataDir, 'tokens.json'), 'utf8')) as { staff: string }).staff;
const order = (id: string) => ({
  id,
  visitor: `v${id.charCodeAt(id.length - 1) % 8}`,
  lines: [{ sku: 'a', category: 'toys-and-hobbies', price: '20.00', quantity: 1 }],
});

interface Told {
  readonly acknowledged: Set<string>;
  readonly unanswered: Set<string>;
}

/** Callers who tell orders and that they were shipped, in bulk and as fast as they are answered, until told to stop. */
function tellInBulk(name: string, ask: Ask): { told: Told; stop(): Promise<void> } {
  const told: Told = { acknowledged: new Set(), unanswered: new Set() };
  let stopped = false;
  const bulk = async (mutation: string, field: string, items: object[], ids: string[]) => {
    try {
      const answer = await act(ask, mutation, { program, [field]: items }, 'results { index userErrors { code } }');
      const results = answer['results'] as { userErrors: unknown[] }[];
      for (const [index, id] of ids.entries()) if (results[index]?.userErrors.length === 0) told.acknowledged.add(id);
    } catch {
      for (const id of ids) told.unanswered.add(id);
      await sleep(20);
    }
  };
  const callers = Array.from({ length: CALLERS }, async (_, caller) => {
    for (let call = 0; !stopped; call++) {
      const ids = Array.from({ length: PER_CALL }, (_, i) => `${name}-${caller}-${call}-${i}`);
      await bulk('recordOrders', 'orders', ids.map(order), ids);
      const shipped = ids.slice(0, 5);
      const events = shipped.map((id) => ({ order: id, kind: 'SHIPPED', id: `s-${id}` }));
      await bulk(
        'recordOrderEvents',
        'events',
        events,
        shipped.map((id) => `s-${id}`),
      );
    }
  });
  return {
    told,
    async stop() {
      stopped = true;
      await Promise.all(callers);
    },
  };
}

/** What was acknowledged is there once, what was not answered at most once, and the books are right. */
async function expectAllKept({ acknowledged, unanswered }: Told, name: string): Promise<void> {
  await withDatabaseOf(dataDir, async (client) => {
    const { rows } = await client.query<{ id: string; times: string }>(
      `select external_id as id, count(*) as times from order_record where external_id like $1 group by 1
       union all select external_id, count(*) from (
         select external_id from order_event union all select external_id from waiting_event) event where external_id like $2 group by 1`,
      [`${name}-%`, `s-${name}-%`],
    );
    // They earn, so that the books had work to do.
    expect((await client.query("select 1 from ledger_balance where account = 'held' and amount > 0")).rowCount).toBe(1);
    const there = new Map(rows.map(({ id, times }) => [id, Number(times)]));
    expect([...acknowledged].filter((id) => there.get(id) !== 1)).toEqual([]);
    expect([...there].filter(([id, times]) => times !== 1 || !(acknowledged.has(id) || unanswered.has(id)))).toEqual([]);
    expect(await provedWrong(client)).toEqual([]);
  });
}

/** Who was not answered asks again; whoever was is told that it is known. */
async function tellAgain({ acknowledged, unanswered }: Told, ask: Ask): Promise<void> {
  const orders = (ids: Iterable<string>) => [...ids].filter((id) => !id.startsWith('s-'));
  const again = orders(new Set([...unanswered, ...[...acknowledged].slice(0, 100)]));
  for (let start = 0; start < again.length; start += 500) {
    const ids = again.slice(start, start + 500);
    const answer = await must(ask, 'recordOrders', { program, orders: ids.map(order) }, 'results { index repeated userErrors { code } }');
    const results = answer['results'] as { repeated: boolean; userErrors: unknown[] }[];
    for (const [index, { repeated, userErrors }] of results.entries()) {
      expect(userErrors).toEqual([]);
      if (acknowledged.has(ids[index]!)) expect(repeated).toBe(true);
    }
  }
  await withDatabaseOf(dataDir, async (client) => {
    const { rows } = await client.query<{ id: string }>('select external_id as id from order_record where external_id = any($1)', [again]);
    expect(rows).toHaveLength(again.length);
    expect(await provedWrong(client)).toEqual([]);
  });
}

const postmaster = () =>
  Number.parseInt(readFileSync(join(findPlace({ dataDir, log: () => {} }).clusterDir, 'postmaster.pid'), 'utf8'), 10);

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-crash-'));
  server = await startServer(dataDir);
  const staff = askAs(staffToken());
  await must(staff, 'enrollAffiliate', { program, affiliate: 'ann', country: 'DE' });
  for (let visitor = 0; visitor < 8; visitor++)
    await must(staff, 'recordClick', { program, id: `k${visitor}`, affiliate: 'ann', visitor: `v${visitor}` }, 'id');
}, 60_000);

afterAll(async () => {
  if (server?.child.exitCode === null && server.child.signalCode === null) {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

describe('in the middle of bulk intake', () => {
  it('the server is killed: what it acknowledged is there, and it starts again where it was', { timeout: 40_000 }, async () => {
    const ask = askAs(staffToken());
    const { told, stop } = tellInBulk('a', ask);
    await until('many orders were acknowledged', () => told.acknowledged.size > 12 * PER_CALL);
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    await stop();
    expect(told.unanswered.size).toBeGreaterThan(0);

    const before = told.acknowledged.size;
    server = await startServer(dataDir);
    expect(server.output()).toContain('left behind');
    expect(told.acknowledged.size).toBe(before);
    await expectAllKept(told, 'a');
    await tellAgain(told, ask);
  });

  it('PostgreSQL is killed: it is back by itself, and whoever was not answered asks again', { timeout: 40_000 }, async () => {
    const ask = askAs(staffToken());
    const { told, stop } = tellInBulk('b', ask);
    await until('many orders were acknowledged', () => told.acknowledged.size > 12 * PER_CALL);
    const killed = postmaster();
    process.kill(killed, 'SIGKILL');
    await until('a caller had no answer', () => told.unanswered.size > 0);
    const before = told.acknowledged.size;
    await until('orders are acknowledged again', () => told.acknowledged.size > before + 4 * PER_CALL);
    await stop();
    expect(postmaster()).not.toBe(killed);
    expect(server.output()).toContain('starting it again');

    await expectAllKept(told, 'b');
    await tellAgain(told, ask);
    expect(await ask('{ viewer { name } }')).toEqual({ viewer: { name: 'first staff' } });
  });

  it('and it stops in order afterwards, leaving no process behind', { timeout: 30_000 }, async () => {
    const pid = postmaster();
    server.child.kill('SIGTERM');
    const [status] = (await once(server.child, 'exit')) as [number | null];
    expect([status, processState(pid)]).toEqual([0, 'gone']);
  });
});
