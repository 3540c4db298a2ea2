import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { statementsOf } from '../../testing/statements.ts';
import { newId } from '../ids.ts';
import { createOrm, type Orm } from './orm.ts';
import { applicationUrl } from './pool.ts';
import { asOne, count, hotRows, hotWrite, row, rows, together, type Write } from './sql.ts';
import { inTransaction, isTransient, withEveryCommit, writeAtLast } from './transaction.ts';

let database: TestDatabase;
let orm: Orm;
beforeAll(async () => {
  database = await createTestDatabase();
  orm = await createOrm({ url: applicationUrl(database.url) });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const organizations = (name: string) => count(orm.em.fork(), 'select count(*) from organization where name = $1', [name]);
const INSERT = "insert into organization (id, name, kind) values ($1, $2, 'live')";

describe('a statement', () => {
  it('takes and answers values of every kind, whole columns at a time', async () => {
    const ids = [newId(), newId()];
    const instants = [new Date('2026-01-02T03:04:05.678Z'), null];
    const found = await rows(
      orm.em.fork(),
      `select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::timestamptz[], $5::json[], $6::boolean[])
         as t (id, minor, name, at, content, flag)`,
      [ids, [9_007_199_254_740_993n, null], ['quote " comma , brace } \\ NULL', null], instants, ['{"a":[1,"x"]}', 'null'], [true, false]],
    );
    expect(found).toEqual([
      {
        id: ids[0],
        minor: 9_007_199_254_740_993n,
        name: 'quote " comma , brace } \\ NULL',
        at: instants[0],
        content: { a: [1, 'x'] },
        flag: true,
      },
      { id: ids[1], minor: null, name: null, at: null, content: null, flag: false },
    ]);
  });

  it('answers arrays of numbers, instants and texts', async () => {
    const at = new Date('2026-05-06T07:08:09Z');
    const found = await row(orm.em.fork(), 'select $1::bigint[] as minors, $2::timestamptz[] as instants, $3::text[] as texts', [
      [1n, null, -5n],
      [at, null],
      ['a', null],
    ]);
    expect(found).toEqual({ minors: [1n, null, -5n], instants: [at, null], texts: ['a', null] });
  });

  it('answers instants of any year, zone and precision', async () => {
    const instants = [
      '2026-02-28T23:59:59.999Z',
      '2024-02-29T00:00:00.120Z',
      '1970-01-01T00:00:00.001Z',
      '0050-03-04T05:06:07Z',
      '9999-12-31T23:59:59.5Z',
      '+012026-01-02T03:04:05Z',
    ].map((text) => new Date(text));
    const text = 'select at from unnest($1::timestamptz[]) with ordinality as t (at, n) order by n';
    const expected = instants.map((at) => ({ at }));
    expect(await rows(orm.em.fork(), text, [instants])).toEqual(expected);
    const inZone = await inTransaction(orm.em.fork(), async (transaction) => {
      await rows(transaction, "set local time zone 'Asia/Kathmandu'");
      return rows(transaction, text, [instants]);
    });
    expect(inZone).toEqual(expected);
    expect(await row(orm.em.fork(), "select '2026-01-02T03:04:05.678912Z'::timestamptz as at")).toEqual({
      at: new Date('2026-01-02T03:04:05.678Z'),
    });
  });

  it('runs under the role that may not touch the books', async () => {
    expect(await row(orm.em.fork(), 'select current_user as name')).toEqual({ name: 'tributary_app' });
    await expect(rows(orm.em.fork(), 'delete from ledger_entry')).rejects.toThrow(/permission denied/);
  });

  it('answers the same when it is prepared', async () => {
    const text = 'select $1::text as name, $2::bigint as minor';
    for (let time = 0; time < 7; time++) {
      expect(await inTransaction(orm.em.fork(), (em) => hotRows(em, text, ['x', 7n]))).toEqual([{ name: 'x', minor: 7n }]);
    }
  });
});

describe('a transaction', () => {
  it('commits once, and what it did can be seen in it before', async () => {
    await inTransaction(orm.em.fork(), async (em) => {
      await rows(em, INSERT, [newId(), 'committed']);
      expect(await count(em, 'select count(*) from organization where name = $1', ['committed'])).toBe(1);
      expect(await organizations('committed')).toBe(0);
    });
    expect(await organizations('committed')).toBe(1);
  });

  it('leaves no trace when its work throws', async () => {
    const work = inTransaction(orm.em.fork(), async (em) => {
      await rows(em, INSERT, [newId(), 'thrown']);
      throw new Error('enough');
    });
    await expect(work).rejects.toThrow('enough');
    expect(await organizations('thrown')).toBe(0);
  });

  it('can be used again after a failed statement', async () => {
    for (let time = 0; time < 20; time++)
      await expect(inTransaction(orm.em.fork(), (em) => rows(em, 'select 1/0'))).rejects.toThrow(/zero/);
    expect(await inTransaction(orm.em.fork(), (em) => rows(em, 'select 1 as one'))).toEqual([{ one: 1 }]);
  });

  it('is refused inside another, and its EntityManager outlives it without harm', async () => {
    const em = await inTransaction(orm.em.fork(), async (transaction) => {
      await expect(inTransaction(transaction, async () => {})).rejects.toThrow(/runs already/);
      return transaction;
    });
    expect(em.isInTransaction()).toBe(false);
  });

  it('is tried again after a deadlock', async () => {
    const [a, b] = [newId(), newId()];
    for (const id of [a, b]) await rows(orm.em.fork(), INSERT, [id, 'before']);
    let attempts = 0;
    const swap = (first: string, second: string) =>
      inTransaction(orm.em.fork(), async (em) => {
        attempts += 1;
        await rows(em, "update organization set name = 'locked' where id = $1", [first]);
        await rows(em, 'select pg_sleep(0.05)');
        await rows(em, "update organization set name = 'locked' where id = $1", [second]);
      });
    await Promise.all([swap(a, b), swap(b, a)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await organizations('locked')).toBe(2);
  });

  it('is given up after a bounded number of attempts', async () => {
    let attempts = 0;
    const work = inTransaction(orm.em.fork(), async () => {
      attempts += 1;
      throw Object.assign(new Error('conflict'), { code: '40001' });
    });
    await expect(work).rejects.toThrow('conflict');
    expect(attempts).toBe(6);
    expect(isTransient(new Error('other'))).toBe(false);
  });
});

describe('statements that go together', () => {
  it('are done in their order, each seeing what those before it wrote', async () => {
    const name = `together ${newId()}`;
    const answer = await inTransaction(orm.em.fork(), (tx) =>
      together(tx, [
        () => count(tx, 'select count(*) from organization where name = $1', [name]),
        () => rows(tx, INSERT, [newId(), name]),
        () => count(tx, 'select count(*) from organization where name = $1', [name]),
      ]),
    );
    expect(answer).toEqual([0, [], 1]);
    expect(await organizations(name)).toBe(1);
  });

  it('leave nothing behind when one fails, not even what another asks afterwards', async () => {
    const name = `together ${newId()}`;
    const failing = inTransaction(orm.em.fork(), (tx) =>
      together(tx, [
        async () => {
          await rows(tx, 'select 1');
          throw new Error('refused');
        },
        async () => {
          await rows(tx, 'select pg_sleep(0.05)');
          await rows(tx, INSERT, [newId(), name]);
        },
      ]),
    );
    await expect(failing).rejects.toThrow('refused');
    expect(await organizations(name)).toBe(0);
  });

  it('name the statement that failed first, and the connection serves on', async () => {
    const failing = inTransaction(orm.em.fork(), (tx) =>
      together(tx, [
        () => rows(tx, 'select 1'),
        () => hotRows(tx, 'select 1 / $1::int', [0]),
        () => hotRows(tx, 'select $1::int + 40', [2]),
      ]),
    );
    await expect(failing).rejects.toThrow('division by zero');
    const again = await inTransaction(orm.em.fork(), (tx) => hotRows(tx, 'select $1::int + 40', [2]));
    expect(again).toEqual([{ '?column?': 42 }]);
  });
});

describe('a transaction that begins with what it reads', () => {
  it('is one all the same: what it does is seen by nobody before its commit, and gone when it fails', async () => {
    const name = `reads ${newId()}`;
    await inTransaction(
      orm.em.fork(),
      async (tx) => {
        const found = await together(tx, [
          () => count(tx, 'select count(*) from organization where name = $1', [name]),
          () => rows(tx, 'select 1'),
        ]);
        expect(found[0]).toBe(0);
        await rows(tx, INSERT, [newId(), name]);
        expect(await organizations(name)).toBe(0);
      },
      { readsFirst: true },
    );
    expect(await organizations(name)).toBe(1);
    const failing = inTransaction(
      orm.em.fork(),
      async (tx) => {
        await rows(tx, 'select 1');
        await rows(tx, INSERT, [newId(), name]);
        throw new Error('enough');
      },
      { readsFirst: true, keepsPlans: true },
    );
    await expect(failing).rejects.toThrow('enough');
    expect(await organizations(name)).toBe(1);
  });

  it('serves on after a first statement that failed, and after none', async () => {
    for (let time = 0; time < 20; time++) {
      await expect(inTransaction(orm.em.fork(), (tx) => rows(tx, 'select 1/0'), { readsFirst: true })).rejects.toThrow(/zero/);
      expect(await inTransaction(orm.em.fork(), async () => 'nothing', { readsFirst: true })).toBe('nothing');
    }
    expect(await rows(orm.em.fork(), "select current_setting('plan_cache_mode') as mode")).toEqual([{ mode: 'auto' }]);
  });
});

describe('several writes as one statement', () => {
  const write = (name: string, id = newId()): Write => ({ text: INSERT, values: [id, name] });
  const rename = (from: string, to: string): Write => ({ text: 'update organization set name = $1 where name = $2', values: [to, from] });

  it('are all done, whichever and how many they are', async () => {
    const [one, two, three] = ['a', 'b', 'c'].map((name) => `${name} ${newId()}`) as [string, string, string];
    for (const writes of [[write(one)], [write(two), write(two)], [rename(one, three), write(two), write(one)]] as [Write, ...Write[]][])
      await hotWrite(orm.em.fork(), asOne(writes));
    expect(await Promise.all([one, two, three].map(organizations))).toEqual([1, 3, 1]);
  });

  it('leave nothing behind when one fails', async () => {
    const name = `failing ${newId()}`;
    const id = newId();
    await expect(hotWrite(orm.em.fork(), asOne([write(name), write(name, id), write(name, id)]))).rejects.toThrow(/duplicate key/);
    expect(await organizations(name)).toBe(0);
  });
});

describe('the last write of a transaction', () => {
  const write = (name: string, id = newId()): Write => ({ text: INSERT, values: [id, name] });

  it('is committed with it', async () => {
    const name = `last ${newId()}`;
    const statements = await statementsOf(() => inTransaction(orm.em.fork(), (tx) => writeAtLast(tx, write(name))));
    expect(statements).toEqual(['begin', INSERT, 'commit']);
    expect(await organizations(name)).toBe(1);
  });

  it('leaves nothing behind when it fails', async () => {
    const name = `last ${newId()}`;
    const { id } = (await row<{ id: string }>(orm.em.fork(), 'select id from organization limit 1'))!;
    const failing = inTransaction(orm.em.fork(), async (tx) => {
      await hotWrite(tx, write(name));
      await writeAtLast(tx, write(name, id));
    });
    await expect(failing).rejects.toThrow(/duplicate key/);
    expect(await organizations(name)).toBe(0);
    await inTransaction(orm.em.fork(), (tx) => writeAtLast(tx, write(name)));
    expect(await organizations(name)).toBe(1);
  });

  it('waits with the commit for whoever writes something with every act', async () => {
    const name = `last ${newId()}`;
    const em = orm.em.fork();
    withEveryCommit(em, async (tx) => {
      await rows(tx, INSERT, [newId(), name]);
      throw new Error('it could not be written down');
    });
    await expect(inTransaction(em, (tx) => writeAtLast(tx, write(name)))).rejects.toThrow('written down');
    expect(await organizations(name)).toBe(0);
  });
});
