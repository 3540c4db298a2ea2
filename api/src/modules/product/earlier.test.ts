import { afterAll, beforeAll, expect, it } from 'vitest';
import { withConnection } from '../../platform/database/admin.ts';
import { MIGRATIONS, readMigration } from '../../platform/database/migrate.ts';
import { newId, sliceOf } from '../../platform/ids.ts';
import { createEmptyDatabase, type TestDatabase } from '../../testing/database.ts';
import { pageKeysOf } from './page-keys.ts';
import { wordsOf } from './project-products.ts';

const OURS = '058-pages-of-products';
const URLS = [
  'https://www.shop.example/item',
  'https://shop.example/item/?b=2&a=1&utm_source=x',
  'https://shop.example/item?gclid=7',
  'https://shop.example/ü?name=two%20words&name=two+more&n=%c3%a9&m=ü%&empty&=x#?no=1',
];
const TITLES = ['Oak table', 'หูฟังไร้สาย X9 หูฟัง', '蓝牙耳机', 'ﾜｲﾔﾚｽ か\u3099ー'];
let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

it('products that were told before are found as those that are told now', async () => {
  const programId = newId();
  await withConnection(database.url, async (client) => {
    for (const name of MIGRATIONS.slice(0, MIGRATIONS.indexOf(OURS))) await client.query(readMigration(name));
    for (const [index, url] of URLS.entries()) {
      const [id, content] = [`p${index}`, JSON.stringify({ id: `p${index}`, title: TITLES[index], url })];
      // The key of a page was its host and path.
      const { hostname, pathname } = new URL(url);
      const head = [sliceOf(id), programId, id, hostname.replace('www.', '') + pathname.replace(/\/$/, ''), content];
      const columns = 'slice, program_id, external_id, url_key, content, seen_at';
      await client.query(`insert into product_version (${columns}) values ($1, $2, $3, $4, $5, now())`, head);
      await client.query(`insert into product (${columns}, price, offered, words) values ($1, $2, $3, $4, $5, now(), 0, true, '')`, head);
    }
    await client.query(readMigration(OURS));
    for (const table of ['product', 'product_version']) {
      const text = `select page, page_query, content ->> 'url' as url from ${table} order by external_id`;
      const { rows } = await client.query<{ page: string; page_query: string; url: string }>(text);
      for (const { page, page_query, url } of rows) {
        expect({ path: BigInt(page), query: BigInt(page_query) }, `${table} ${url}`).toEqual(pageKeysOf(url));
      }
    }
    const { rows } = await client.query<{ content: { id: string; title: string } }>('select content from product');
    for (const { content } of rows) {
      const words = wordsOf({ programId, externalId: content.id, content: { ...content, available: true, participates: true } });
      // Words without places were there before.
      const pairs = words.split(' ').filter((word) => word.includes("':"));
      const found = await client.query<{ all: boolean }>(
        "select string_agg(w, ' ')::tsvector = (select words from product where external_id = $2) as all from unnest($1::text[]) as w",
        [pairs, content.id],
      );
      expect(found.rows[0]!.all ?? pairs.length === 0, content.title).toBe(true);
    }
  });
});
