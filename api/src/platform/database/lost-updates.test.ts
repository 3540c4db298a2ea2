import { setTimeout as sleep } from 'node:timers/promises';
import { defineEntity, MikroORM, OptimisticLockError, p } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { withConnection } from './admin.ts';
import { createOrm, type Orm } from './orm.ts';

const CounterSchema = defineEntity({
  name: 'Counter',
  tableName: 'counter',
  properties: { id: p.integer().primary(), value: p.integer(), version: p.integer().version() },
});
class Counter extends CounterSchema.class {}
CounterSchema.setClass(Counter);

let database: TestDatabase;
let orm: Orm;
const run = (text: string) => withConnection(database.url, async (client) => (await client.query({ text, rowMode: 'array' })).rows.flat());

beforeAll(async () => {
  database = await createTestDatabase();
  await run('create table counter (id int primary key, value int not null, version int not null default 1)');
  orm = await createOrm({ url: database.url, entities: [Counter] });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});
beforeEach(async () => {
  await run('truncate counter');
  await run('insert into counter (id, value) values (1, 0), (2, 0), (3, 0)');
});

/** Reads some counters, as one who will change them. */
async function reader(from: Orm | MikroORM, ids: number[]) {
  const em = from.em.fork();
  const counters = await em.find(Counter, { id: { $in: ids } }, { orderBy: { id: 'asc' } });
  return async () => {
    for (const counter of counters) counter.value += 1;
    await em.flush();
  };
}

describe('two who change the same rows in one flush', () => {
  it.each([[[1]], [[1, 2]], [[1, 2, 3]]])('(%j): the second is told so, and nothing of what it wrote stays', async (ids) => {
    const [first, second] = [await reader(orm, ids), await reader(orm, ids)];
    await first();
    await expect(second()).rejects.toThrow(OptimisticLockError);
    expect(await run(`select value from counter where id <= ${ids.length} order by id`)).toEqual(ids.map(() => 1));
  });

  it('is told so also when only one of its rows was changed by the other', async () => {
    const [first, second] = [await reader(orm, [2]), await reader(orm, [1, 2, 3])];
    await first();
    await expect(second()).rejects.toThrow(OptimisticLockError);
    expect(await run('select value from counter order by id')).toEqual([0, 1, 0]);
  });

  it('twenty at once: the counters say how many came through', async () => {
    const changes = await Promise.all(Array.from({ length: 20 }, () => reader(orm, [1, 2])));
    const outcomes = await Promise.allSettled(changes.map((change) => change()));
    const through = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(through).toBeGreaterThan(0);
    expect(await run('select value from counter where id < 3 order by id')).toEqual([through, through]);
  });

  it('is told so when both write at the very same moment', async () => {
    expect(await atOnce(orm)).toEqual({ told: ['done', 'OptimisticLockError'], counters: [1, 1] });
  });

  it('with batched updates would be told nothing, and one would lose what it wrote: why they are off', async () => {
    const batching = await MikroORM.init({ clientUrl: database.url, entities: [Counter], useBatchUpdates: true, logger: () => {} });
    try {
      expect(await atOnce(batching)).toEqual({ told: ['done', 'done'], counters: [1, 1] });
    } finally {
      await batching.close();
    }
  });
});

/** Two flushes of two rows each, which meet at a row that somebody else holds until both have come that far. */
async function atOnce(from: Orm | MikroORM): Promise<{ told: string[]; counters: unknown[] }> {
  const changes = [await reader(from, [1, 2]), await reader(from, [1, 2])];
  const told = await withConnection(database.url, async (holder) => {
    await holder.query('begin; select 1 from counter where id = 1 for update');
    const flushes = changes.map((change) =>
      change().then(
        () => 'done',
        (error: Error) => error.constructor.name,
      ),
    );
    const waiting = "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while ((await run(waiting))[0] !== 2) await sleep(5);
    await holder.query('commit');
    return Promise.all(flushes);
  });
  return { told: told.sort().reverse(), counters: await run('select value from counter where id < 3 order by id') };
}
