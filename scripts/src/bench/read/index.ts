import { deepStrictEqual } from 'node:assert';
import { applicationUrl } from '@tributary/api';
import { forkReady } from '../host/child.ts';
import { Client, callers } from '../host/client.ts';
import { withHost } from '../host/host.ts';
import { STATEMENTS, showCosts } from '../intake/costs.ts';
import { startSetting } from '../intake/setting.ts';
import { bulkRequests, send } from '../intake/tell.ts';
import { rateOfAll, type Sample } from '../pairs.ts';
import { summarise } from '../stats.ts';
import { figure } from '../table.ts';
import type { Bench } from '../types.ts';
import { shareOfChecks } from './checks.ts';
import { cpuSeconds } from './cpu.ts';

/** Twelve fields of a commission, its order and its affiliate. */
const PAGE = `query ($program: String!) {
  commissions(program: $program, first: 20) {
    nodes { id status amount { value unit } availableAt decidedAt revision because order { externalId placedAt } affiliate { externalId country } }
  }
}`;
const CALLERS = 4;

/** CPU time of the server for so many requests. */
async function ask(client: Client, pid: number, body: string, count: number): Promise<Sample> {
  const before = cpuSeconds(pid);
  await callers(
    CALLERS,
    Array.from({ length: count }, () => body),
    async (one) => void (await client.post(one)),
  );
  return { work: count, seconds: cpuSeconds(pid) - before };
}

export const bench: Bench['run'] = (settings) =>
  withHost(
    async (host) => {
      const setting = await startSetting(host, 'read', settings, { inspect: true });
      const { server, admin } = setting;
      const told = await setting.prepare(2_000);
      for (const one of told) for (const { body } of bulkRequests(one, 500)) await send(server.client, body);
      await admin.query('vacuum analyze');
      const program = setting.shapes[0]!.program;
      const plain = await forkReady<string>(new URL('plain.ts', import.meta.url), [applicationUrl(server.databaseUrl), program]);
      const plainClient = new Client(plain.ready, server.token, CALLERS);
      host.later(async () => {
        await plainClient.close();
        await plain.stop();
      });
      const body = Client.body(PAGE, { program });
      deepStrictEqual(await server.client.post(body), await plainClient.post(body), 'Both answer the same page.');

      const count = settings.quick ? 300 : 1_000;
      const ours = () => ask(server.client, server.pid, body, count);
      const other = () => ask(plainClient, plain.pid, body, count);
      await ours();
      await ours();
      await other();
      await showCosts.reset(admin, settings);
      const samples: [Sample, Sample][] = [];
      for (let pair = 0; pair < settings.pairs; pair++) samples.push([await ours(), await other()]);
      await showCosts.statements(admin, settings, settings.pairs * count);
      const shares: number[] = [];
      for (let round = 0; round < settings.pairs; round++) shares.push(shareOfChecks(await server.sample(ours)));
      if (settings.profile) await showCosts.profile(server, settings);
      const each = (side: 0 | 1) => `${figure(1e6 / rateOfAll(samples.map((pair) => pair[side])))} us`;
      return [
        {
          name: 'read: 20 commissions, CPU a request',
          ours: each(0),
          against: `node:http and pg: ${each(1)}`,
          ratio: summarise(samples.map(([a, b]) => a.seconds / b.seconds)),
          goal: { atMost: 5 },
        },
        {
          name: 'read: checks, of the CPU of a request',
          ours: `${figure(100 * summarise(shares).median)} %`,
          against: 'the whole profile',
          ratio: summarise(shares),
          goal: { atMost: 0.1 },
        },
      ];
    },
    { settings: settings.profile ? STATEMENTS : {} },
  );
