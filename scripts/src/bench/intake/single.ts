import type pg from 'pg';
import { callers } from '../host/client.ts';
import { withHost } from '../host/host.ts';
import { interleave, rateOfAll, timed } from '../pairs.ts';
import { captureOrders } from '../rows/capture.ts';
import { copyWritten } from '../rows/copy.ts';
import { freshTables, replay, type Statement, singleStatements } from '../rows/replay.ts';
import { splitByOrder } from '../rows/split.ts';
import { figure } from '../table.ts';
import type { Bench, Measure } from '../types.ts';
import { STATEMENTS, showCosts } from './costs.ts';
import { type Setting, startSetting } from './setting.ts';
import { mixed, send, singleRequests } from './tell.ts';
import type { Told } from './told.ts';

const CLIENTS = 16;

async function readyRows({ admin, tables }: Setting, told: readonly Told[], since: number): Promise<Statement[][]> {
  const written = await captureOrders(
    admin,
    tables,
    told.flatMap(({ orders }) => orders.map(({ id }) => id)),
  );
  const copies = copyWritten(written, since);
  const fresh = freshTables(tables, written, copies);
  return splitByOrder(copies).map((copy) => singleStatements(tables, copy, fresh));
}

/** Each client its own connection, one order a transaction. */
async function replayAll(pool: pg.Pool, transactions: readonly Statement[][]): Promise<void> {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => pool.connect()));
  try {
    await callers(CLIENTS, transactions, (transaction, caller) => replay(clients[caller]!, transaction, true));
  } finally {
    for (const client of clients) client.release();
  }
}

export const bench: Bench['run'] = (settings) =>
  withHost(
    async (host) => {
      const setting = await startSetting(host, 'single', settings);
      const { server, shapes, admin } = setting;
      const each = settings.quick ? 300 : 1_000;
      const pool = setting.pool(CLIENTS);
      let ready: Statement[][] = [];

      const take = async () => {
        const told = await setting.prepare(each);
        const requests = mixed(told.map(singleRequests));
        const since = Date.now();
        const seconds = await timed(() => callers(CLIENTS, requests, ({ body }) => send(server.client, body)));
        ready = await readyRows(setting, told, since);
        return { work: requests.length, seconds };
      };
      const insert = async () => {
        if (ready.length !== each * shapes.length)
          throw new Error(`${ready.length} orders were found where ${each * shapes.length} were told.`);
        return { work: ready.length, seconds: await timed(() => replayAll(pool, ready)) };
      };

      await take();
      await insert();
      await admin.query('vacuum analyze');
      await showCosts.reset(admin, settings);
      const result = await interleave(settings.pairs, take, insert);
      await showCosts.statements(admin, settings, settings.pairs * each * shapes.length);
      if (settings.profile) await showCosts.profile(server, settings);
      const measure: Measure = {
        name: 'intake: one a call, 16 clients',
        ours: `${figure(rateOfAll(result.ours))} orders/s`,
        against: `the same rows by raw pg, 16 connections: ${figure(rateOfAll(result.other))} orders/s`,
        ratio: result.ratio,
        goal: { atLeast: 0.4 },
      };
      return [measure];
    },
    { settings: settings.profile ? STATEMENTS : {} },
  );
