import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { newId } from '../ids.ts';
import { arrayText } from './arrays.ts';
import { createOrm, type Orm } from './orm.ts';
import { row, type SqlItem } from './sql.ts';

let database: TestDatabase;
let orm: Orm;
beforeAll(async () => {
  database = await createTestDatabase();
  orm = await createOrm({ url: database.url });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const ODD = ['', 'NULL', 'null', ' a ', '"', '\\', 'a"b\\"c\\\\', '{a,b}', 'a\nb\tc', "it's", '東京 🧵', '$1', '\\x61', null];
const YEARS = ['1990-01-01T00:00:00Z', '2026-02-28T23:59:59.999Z', '0050-03-04T05:06:07Z', '+012026-01-02T03:04:05Z'];

const KINDS: readonly (readonly [type: string, items: readonly SqlItem[]])[] = [
  ['text', ODD],
  ['json', [JSON.stringify({ a: [1, 'x"y\\z\n'], 東: null }), 'null', null]],
  ['bytea', [Buffer.from([0, 1, 0x5c, 0x22, 255]), Buffer.alloc(0), null]],
  ['uuid', [newId(), null]],
  ['bigint', [9_007_199_254_740_993n, -1n, 0, null]],
  ['boolean', [true, false, null]],
  ['timestamptz', [...YEARS.map((text) => new Date(text)), null]],
];

describe('an array that we write', () => {
  it.each(KINDS)('is what pg would have bound: %s', async (type, items) => {
    const text = `select $1::${type}[]::text as ours, $2::${type}[]::text as theirs, cardinality($1::${type}[]) as length`;
    const { ours, theirs, length } = (await row<Record<string, unknown>>(orm.em.fork(), text, [arrayText(type, items), items]))!;
    expect(ours).toBe(theirs);
    expect(length).toBe(items.length);
  });

  it('takes instants as numbers, too', async () => {
    const at = Date.UTC(2026, 2, 1, 12);
    expect(await row(orm.em.fork(), 'select $1::timestamptz[] as instants', [arrayText('timestamptz', [at, at + 1, at])])).toEqual({
      instants: [at, at + 1, at].map((instant) => new Date(instant)),
    });
  });
});
