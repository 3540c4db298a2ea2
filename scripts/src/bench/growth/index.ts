import { setTimeout as sleep } from 'node:timers/promises';
import { callers } from '../host/client.ts';
import { type Host, withHost } from '../host/host.ts';
import { type Setting, startSetting } from '../intake/setting.ts';
import { bulkRequests, mixed, send } from '../intake/tell.ts';
import { interleave, rateOfAll, type Sample, timed } from '../pairs.ts';
import { figure } from '../table.ts';
import type { Bench, Settings } from '../types.ts';
import { emptyTables, multiply } from './fill.ts';

const FEW = 10_000;
const ORDERS_A_CALL = 500;
const CALLERS = 4;
/** Filling ends with a checkpoint, after which PostgreSQL writes each page whole that it touches first: a server in its stride has done so. */
const WARM_TURNS = 12;
/** The small database grows while it is measured: after so many pairs it is again what it was. */
const PAIRS_A_COPY = 6;
/** Turns of a second differ by a tenth: the bound of so many more pairs lies two hundredths below the median. */
const PAIRS_FOR_BOUND = 16;

/** A database with so many orders: the first through the API, the rest as copies of them. */
async function grow(host: Host, name: string, orders: number, settings: Settings): Promise<Setting> {
  // A server whose database is put back under it would complain meanwhile.
  const setting = await startSetting(host, name, settings, { environment: { LOG_LEVEL: 'fatal' } });
  const empty = await emptyTables(setting.admin);
  const since = Date.now();
  const told = await setting.prepare(Math.min(FEW, orders) / setting.shapes.length);
  await callers(CALLERS, mixed(told.map((one) => bulkRequests(one, ORDERS_A_CALL))), ({ body }) => send(setting.server.client, body));
  const seconds = await timed(() => multiply(setting.server.databaseUrl, empty, since, Math.max(1, Math.round(orders / FEW))));
  const { rows } = await setting.admin.query<{ orders: string; bytes: string }>(
    'select (select count(*) from order_record) as orders, pg_database_size(current_database()) as bytes',
  );
  const size = `${figure(Number(rows[0]!.orders))} orders, ${figure(Number(rows[0]!.bytes) / 1e6)} MB`;
  settings.say(`  ${name}: ${size}, filled in ${seconds.toFixed(0)} s`);
  return setting;
}

/** Its server stays, warm as it is. */
async function putBack(host: Host, name: string, setting: Setting): Promise<void> {
  await host.drop(name);
  await host.copy(`${name}_kept`, name, 'wal_log');
  setting.rewind(FEW / setting.shapes.length);
  await answers(setting);
}

/** A server whose connections were cut finds its database again by itself. */
async function answers({ server }: Setting): Promise<void> {
  const isThere = () =>
    server.client.ask('{ programs(first: 1) { nodes { key } } }').then(
      () => true,
      () => false,
    );
  while (!(await isThere())) await sleep(100);
}

/** Reports add up what was told some seconds later, or when somebody asks: what one side has left would weigh on the other. */
async function addedUp(settings: readonly Setting[]): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  for (const { server, shapes } of settings)
    for (const { program } of shapes)
      await server.client.ask(
        'query ($program: String!, $day: String!) { report(program: $program, by: DAY, from: $day, to: $day, first: 1) { nodes { orders } } }',
        { program, day },
      );
}

async function take(setting: Setting, calls: number, all: readonly Setting[]): Promise<Sample> {
  const told = await setting.prepare(calls * ORDERS_A_CALL);
  const requests = mixed(told.map((one) => bulkRequests(one, ORDERS_A_CALL)));
  await addedUp(all);
  const seconds = await timed(() => callers(CALLERS, requests, ({ body }) => send(setting.server.client, body)));
  return { work: requests.reduce((sum, { orders }) => sum + orders, 0), seconds };
}

export const bench: Bench['run'] = (settings) =>
  withHost(
    async (host) => {
      const few = await grow(host, 'few', FEW, settings);
      await few.admin.end();
      await host.copy('few', 'few_kept');
      await answers(few);
      const rows = settings.quick ? Math.min(settings.rows, 5 * FEW) : settings.rows;
      const many = await grow(host, 'many', rows, settings);
      // Of fewer the last one, with nobody beside it, would weigh too much.
      const calls = settings.quick ? 1 : 4;
      const both = [many, few];
      const warm = async (turns: number) => {
        for (let turn = 0; turn < turns; turn++) for (const setting of both) await take(setting, calls, both);
      };
      await warm(WARM_TURNS);
      const pairs = settings.quick ? settings.pairs : settings.pairs * PAIRS_FOR_BOUND;
      const result = await interleave(
        pairs,
        async (pair) => {
          if (pair % PAIRS_A_COPY === 0) {
            await putBack(host, 'few', few);
            await warm(1);
          }
          return take(many, calls, both);
        },
        () => take(few, calls, both),
      );
      return [
        {
          name: `growth: intake with ${figure(rows)} orders`,
          ours: `${figure(rateOfAll(result.ours))} orders/s`,
          against: `with ${figure(FEW)}: ${figure(rateOfAll(result.other))} orders/s`,
          ratio: result.ratio,
          goal: { atLeast: 0.9, by: 'lower bound' },
        },
      ];
    },
    { large: settings.say },
  );
