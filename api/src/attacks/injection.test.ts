import { getNamedType } from 'graphql';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { connect, provedWrong } from '../testing/books.ts';
import { actOf, callsOf, mutations, queries, selectionOf, textsOf } from './generate.ts';
import { createNeighbours, type Neighbours } from './neighbours.ts';
import { INTERNALS } from './wire.ts';

let api: TestApi;
let client: pg.Client;
let neighbours: Neighbours;
beforeAll(async () => {
  api = await startTestApi();
  client = await connect(api.database.url);
  neighbours = await createNeighbours(api);
}, 120_000);
afterAll(async () => {
  await client.end();
  await api.close();
});

const SLEEP_MS = 4_000;
/** Each would show itself: by time, by what it answers, or by what is gone. */
const TEXTS = [
  '../../etc/passwd',
  `' or '1'='1`,
  `'; select pg_sleep(${SLEEP_MS / 1000}); --`,
  `' union select null, null, null --`,
  '$1',
  '<%= 7*191 %>',
  '{{constructor.constructor("return process.env")()}}',
  '$(sleep 4)',
  'x\r\nset-cookie: a=b',
];

function check(what: string, answer: { status: number }, begun: number): void {
  const text = JSON.stringify(answer);
  expect(text, what).not.toMatch(INTERNALS);
  expect(text, what).not.toMatch(/"INTERNAL"|\b1337\b|PATH=|root:x/);
  expect(answer.status, what).toBeLessThan(500);
  expect(performance.now() - begun, what).toBeLessThan(SLEEP_MS);
}

describe('a text that is more than a text', { timeout: 180_000 }, () => {
  it('finds nothing in any argument of any query', async () => {
    for (const field of queries())
      for (const text of TEXTS)
        for (const call of callsOf(field, text, 'banggood')) {
          const begun = performance.now();
          const answer = await api.send<Record<string, { nodes?: unknown[] } | null>>(
            neighbours.sandbox.staffToken,
            `{ ${call} ${selectionOf(getNamedType(field.type), 1)} }`,
          );
          check(call, answer, begun);
          // Where it is looked for, nothing has this name.
          const isSought = call.includes(JSON.stringify(text)) && !field.name.startsWith('check');
          if (isSought) expect(answer.data?.[field.name]?.nodes ?? [], call).toEqual([]);
        }
  });

  it('does no harm in any argument of any act', async () => {
    for (const field of mutations())
      for (const text of TEXTS) {
        const begun = performance.now();
        const query = actOf(field, text, 'banggood', textsOf(field));
        check(query, await api.send(neighbours.sandbox.staffToken, query), begun);
      }
    expect(await provedWrong(client)).toEqual([]);
  });

  it('as the name of a program, as a cursor, as the name of an operation', async () => {
    for (const text of TEXTS) {
      for (const query of [
        `{ program(key: ${JSON.stringify(text)}) { id } orders(program: ${JSON.stringify(text)}) { nodes { id } } }`,
        `{ orders(after: ${JSON.stringify(text)}) { nodes { id } } }`,
        `{ orders(after: "${Buffer.from(JSON.stringify([text, text])).toString('base64url')}") { nodes { id } } }`,
      ]) {
        const begun = performance.now();
        check(query, await api.send(neighbours.sandbox.staffToken, query), begun);
      }
    }
  });

  it('and all tables are there as before', async () => {
    const { rows } = await client.query('select count(*)::int as count from affiliate');
    expect(rows[0].count).toBeGreaterThan(1);
    expect((await api.send(neighbours.token, '{ viewer { name } }')).errors).toBeUndefined();
  });
});
