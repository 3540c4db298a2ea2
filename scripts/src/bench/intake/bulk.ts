import type pg from 'pg';
import { callers } from '../host/client.ts';
import { withHost } from '../host/host.ts';
import { interleave, rateOfAll, timed } from '../pairs.ts';
import { captureOrders } from '../rows/capture.ts';
import { copyWritten } from '../rows/copy.ts';
import { bulkStatements, freshTables, replay, type Statement } from '../rows/replay.ts';
import { figure } from '../table.ts';
import type { Bench, Measure } from '../types.ts';
import { STATEMENTS, showCosts } from './costs.ts';
import { type Setting, startSetting } from './setting.ts';
import { grown, loggedBytes, storedBytes, sumUp } from './storage.ts';
import { bulkRequests, mixed, send } from './tell.ts';
import type { Told } from './told.ts';

const ORDERS_A_CALL = 500;
/** The server has two transactions of each program in flight. */
const CALLERS = 4;

/** What the server wrote, ready to be inserted again under other ids, one list of statements per transaction. */
async function readyRows({ admin, tables }: Setting, told: readonly Told[], since: number): Promise<Statement[][]> {
  const written = await captureOrders(
    admin,
    tables,
    told.flatMap(({ orders }) => orders.map(({ id }) => id)),
  );
  const copies = copyWritten(written, since);
  const fresh = freshTables(tables, written, copies);
  return copies.map((copy) => bulkStatements(tables, copy, fresh));
}

async function replayAll(pool: pg.Pool, transactions: readonly Statement[][]): Promise<void> {
  await callers(CALLERS, transactions, async (transaction) => {
    const client = await pool.connect();
    try {
      await replay(client, transaction, false);
    } finally {
      client.release();
    }
  });
}

export const bench: Bench['run'] = (settings) =>
  withHost(
    async (host) => {
      const setting = await startSetting(host, 'bulk', settings);
      const { server, admin, shapes } = setting;
      const calls = settings.quick ? 2 : 4;
      const pool = setting.pool(CALLERS);
      let ready: Statement[][] = [];
      let logged = 0;
      let transactions = 0;
      const stored: Map<string, number>[] = [];

      const take = async () => {
        const told = await setting.prepare(calls * ORDERS_A_CALL);
        const requests = mixed(told.map((one) => bulkRequests(one, ORDERS_A_CALL)));
        const since = Date.now();
        const start = await loggedBytes(admin);
        const seconds = await timed(() => callers(CALLERS, requests, ({ body }) => send(server.client, body)));
        logged += (await loggedBytes(admin)) - start;
        ready = await readyRows(setting, told, since);
        transactions += ready.length;
        return { work: requests.reduce((sum, { orders }) => sum + orders, 0), seconds };
      };
      // The same rows again, and no others: they tell what an order takes on the disk.
      const insert = async () => {
        const before = await storedBytes(admin);
        const seconds = await timed(() => replayAll(pool, ready));
        stored.push(grown(before, await storedBytes(admin)));
        return { work: calls * ORDERS_A_CALL * shapes.length, seconds };
      };

      // Warm: plans, code, and pages of the size that pairs have.
      await take();
      await insert();
      await admin.query('vacuum analyze');
      await showCosts.reset(admin, settings);
      [logged, transactions] = [0, 0];
      const result = await interleave(settings.pairs, take, insert);
      const orders = result.ours.reduce((sum, { work }) => sum + work, 0);
      await showCosts.statements(admin, settings, orders);
      const bytes = sumUp(stored, orders);
      settings.say(`  ${transactions} transactions for ${orders} orders; bytes stored for each: ${bytes.text}`);
      if (settings.profile) await showCosts.profile(server, settings);
      const measure: Measure = {
        name: 'intake: 500 a call',
        ours: `${figure(rateOfAll(result.ours))} orders/s; ${figure(bytes.all)} bytes stored each, ${figure(logged / orders)} logged`,
        against: `ready rows, one insert a table: ${figure(rateOfAll(result.other))} orders/s`,
        ratio: result.ratio,
        goal: { atLeast: 0.3 },
      };
      return [measure];
    },
    { settings: settings.profile ? STATEMENTS : {} },
  );
