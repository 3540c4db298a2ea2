import { readFileSync } from 'node:fs';
import pg from 'pg';
import { Pool } from 'undici';
import { parse } from 'yaml';
import { forkReady } from '../host/child.ts';
import { Client, callers } from '../host/client.ts';
import { withHost } from '../host/host.ts';
import { Random } from '../random.ts';
import { medianOf, summarise } from '../stats.ts';
import { figure } from '../table.ts';
import type { Bench } from '../types.ts';

const told = parse(readFileSync(new URL('products.yaml', import.meta.url), 'utf8')) as {
  readonly program: string;
  readonly page: string;
  readonly categories: readonly string[];
  readonly words: readonly string[];
  readonly things: readonly string[];
  readonly compounds: readonly string[];
};
const PRODUCTS = 100_000;
const AT_ONCE = 1_000;
const CALLERS = 4;
const CHECK =
  'query ($program: String!, $url: String!) { checkLink(program: $program, url: $url) { accepted kind rate ageSeconds caveat } }';
const SEARCH =
  'query ($program: String!, $words: String!) { searchProducts(program: $program, words: $words) { nodes { externalId title } pageInfo { hasNextPage endCursor } } }';
/** What the search asks PostgreSQL for, and nothing else. */
const BARE = `with hit as materialized (
  select external_id as "externalId", program_id, seen_at, content from product where words @@ $1::tsquery and program_id = $2 and offered limit 2000
) select * from hit order by "externalId" limit 21`;

/** Milliseconds that each of the works takes, one after the other. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (const item of items) {
    const start = performance.now();
    await work(item);
    took.push(performance.now() - start);
  }
  return took;
}

async function tellProducts(client: Client, count: number, random: Random): Promise<void> {
  const product = (index: number) => ({
    id: `p${index}`,
    title: [
      ...[random.pick(told.words), random.pick(told.words), random.pick(told.things), `m${index % 5_000}`],
      Array.from({ length: 3 }, () => random.pick(told.compounds)).join(''),
    ].join(' '),
    category: random.pick(told.categories),
    kind: 'affiliate',
    price: `${1 + random.whole(0, 499)}.99`,
    rate: '5',
    url: `${told.page}${index}.html`,
  });
  const calls = Array.from({ length: Math.ceil(count / AT_ONCE) }, (_, call) =>
    Array.from({ length: Math.min(AT_ONCE, count - call * AT_ONCE) }, (__, index) => product(call * AT_ONCE + index)),
  );
  await callers(CALLERS, calls, async (products) => {
    await client.ask('mutation ($input: RecordProductsInput!) { recordProducts(input: $input) { userErrors { code } } }', {
      input: { program: told.program, products },
    });
  });
}

export const bench: Bench['run'] = ({ quick, pairs, say }) =>
  withHost(async (host) => {
    const server = await host.serve('links');
    const random = new Random(1);
    const count = quick ? 5_000 : PRODUCTS;
    await tellProducts(server.client, count, random);
    const admin = new pg.Client({ connectionString: server.databaseUrl });
    await admin.connect();
    host.later(() => admin.end());
    await admin.query('vacuum analyze product');
    say(`  ${figure(count)} products`);
    const plain = await forkReady<{ url: string }>(new URL('plain.ts', import.meta.url), [server.databaseUrl]);
    host.later(plain.stop);
    const pool = new Pool(plain.ready.url, { connections: 1 });
    host.later(() => pool.destroy());
    const { rows } = await admin.query<{ id: string }>('select program_id as id from product limit 1');
    const programId = rows[0]!.id;
    const slices = new Map(
      (await admin.query<{ id: string; slice: number }>('select external_id as id, slice from product')).rows.map(({ id, slice }) => [
        id,
        slice,
      ]),
    );

    const tries = quick ? 100 : 1_000;
    const ids = () => Array.from({ length: tries }, () => `p${random.whole(0, count - 1)}`);
    const check = (id: string) => server.client.post(Client.body(CHECK, { program: told.program, url: `${told.page}${id.slice(1)}.html` }));
    const read = async (id: string) => {
      const body = JSON.stringify({ slice: slices.get(id), program: programId, id });
      const answer = await pool.request({ method: 'POST', path: '/', body });
      await answer.body.json();
    };
    const searches = () =>
      Array.from({ length: tries / 10 }, () => [random.pick(told.words), random.pick(told.things).slice(0, 4)] as const);
    const search = ([word, beginning]: readonly [string, string]) =>
      server.client.post(Client.body(SEARCH, { program: told.program, words: `${word} ${beginning}` }));
    const compounds = () => Array.from({ length: tries / 10 }, () => random.pick(told.compounds));
    const searchInside = (part: string) => server.client.post(Client.body(SEARCH, { program: told.program, words: part }));
    const mark = `${programId.slice(-8)}:`;
    const ask = (query: string) => admin.query({ name: 'bare', text: BARE, values: [query, programId] });
    const bare = ([word, beginning]: readonly [string, string]) => ask(`'${mark}${word}' & '${mark}${beginning}':*`);
    const bareInside = (part: string) => {
      const letters = [...part];
      return ask(
        letters
          .slice(1)
          .map((letter, index) => `'${mark}${letters[index]}${letter}'`)
          .join(' <-> '),
      );
    };

    const [checks, reads, searched, bares, inside, baresInside]: number[][] = [[], [], [], [], [], []];
    for (let pair = -1; pair < pairs; pair++) {
      const asked = ids();
      const [words, parts] = [searches(), compounds()];
      const took = [
        ...[await each(asked, check), await each(asked, read), await each(words, search), await each(words, bare)],
        ...[await each(parts, searchInside), await each(parts, bareInside)],
      ];
      const lists = [checks!, reads!, searched!, bares!, inside!, baresInside!];
      // The first round warms up.
      if (pair >= 0) for (const [index, list] of lists.entries()) list.push(medianOf(took[index]!));
    }
    return [
      {
        name: 'link checker: p50 over HTTP',
        ours: `${figure(medianOf(checks!))} ms`,
        against: `a product by its primary key on node:http: ${figure(medianOf(reads!))} ms`,
        ratio: summarise(checks!.map((median, pair) => median / reads![pair]!)),
        goal: { atMost: 3 },
      },
      {
        name: 'product search: p50 over HTTP',
        ours: `${figure(medianOf(searched!))} ms`,
        against: `its query alone: ${figure(medianOf(bares!))} ms`,
        ratio: summarise(searched!.map((median, pair) => median / bares![pair]!)),
        goal: { atMost: 2 },
      },
      {
        name: 'product search inside compounds: p50 over HTTP',
        ours: `${figure(medianOf(inside!))} ms`,
        against: `its query alone: ${figure(medianOf(baresInside!))} ms`,
        ratio: summarise(inside!.map((median, pair) => median / baresInside![pair]!)),
        goal: { atMost: 2 },
      },
    ];
  });
