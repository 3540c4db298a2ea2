import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { createOrm, type Orm } from '../database/orm.ts';
import { applicationUrl } from '../database/pool.ts';
import { type PageArgs, readPage } from './connection.ts';
import { List } from './list.ts';

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

interface Row {
  at: Date;
  minor: bigint;
  name: string;
}

/** Seven rows of three instants, some of one instant. */
const SOURCE = `(values ('2026-01-01T00:00:00.001Z'::timestamptz, 1::bigint, 'a'), ('2026-01-01T00:00:00.001Z', 2, 'b'), ('2026-01-02', 1, 'c'),
  ('2026-01-02', 2, 'd'), ('2026-01-02', 9007199254740993, 'e'), ('2026-01-03', 1, 'f'), ('2026-01-03', 2, 'other')) as t (at, minor, name)`;

function read(args: Partial<PageArgs>, descending = false) {
  const list = new List({
    select: 'at, minor, name',
    from: SOURCE,
    sort: [
      ['at', 'timestamptz'],
      ['minor', 'bigint'],
    ],
    descending,
  });
  list.where('name <> ?', 'other').where('minor between ? and ?', 0n, 9_007_199_254_740_993n);
  const page = readPage({ first: 20, ...args }, ['instant', 'bigint']);
  return list.read<Row, string>(orm.em.fork(), page, { cursor: ({ at, minor }) => [at, minor], node: ({ name }) => name });
}

describe('a list', () => {
  it.each([
    [false, 'abcdef'],
    [true, 'fedcba'],
  ])('is read to its end, page by page, each row once (descending: %s)', async (descending, expected) => {
    for (const first of [1, 2, 3, 5, 6]) {
      const seen: string[] = [];
      for (let after: string | undefined, more = true; more; ) {
        const { nodes, pageInfo } = await read(after === undefined ? { first } : { first, after }, descending);
        seen.push(...nodes);
        more = pageInfo.hasNextPage;
        after = pageInfo.endCursor!;
      }
      expect(seen.join('')).toBe(expected);
    }
  });

  it('counts all of it, wherever the page lies', async () => {
    const { pageInfo } = await read({ first: 2 });
    expect(await (await read({ first: 2, after: pageInfo.endCursor! })).totalCount()).toBe(6);
  });

  it('can be entered by number, and past its end is empty', async () => {
    expect((await read({ first: 2, offset: 3 })).nodes).toEqual(['d', 'e']);
    const { nodes, pageInfo } = await read({ first: 2, offset: 100 });
    expect([nodes, pageInfo.startCursor, pageInfo.endCursor, pageInfo.hasPreviousPage]).toEqual([[], null, null, true]);
  });

  it('takes as many values as its conditions have places for', () => {
    expect(() => new List({ select: '1', from: 'program', sort: [['id', 'uuid']] }).where('a = ? and b = ?', 1)).toThrow(
      /2 placeholders for 1/,
    );
  });
});
