import { randomUUID } from 'node:crypto';
import { type GraphQLNamedType, getNamedType, isObjectType } from 'graphql';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiSchema } from '../schema.ts';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { connect } from '../testing/books.ts';
import { actOf, callsOf, deepest, type Field, fieldAt, mutations, queries, textsOf } from './generate.ts';
import { createNeighbours, MARK, MARKED_AMOUNTS, type Neighbours, PROGRAMS } from './neighbours.ts';
import { INTERNALS } from './wire.ts';

const DEPTH = 5;
let api: TestApi;
let client: pg.Client;
let neighbours: Neighbours;
/** All by which something of the other affiliate is called: by the caller, and by us. */
let ids: { given: string[]; ours: string[]; some: string[] };

beforeAll(async () => {
  api = await startTestApi();
  client = await connect(api.database.url);
  neighbours = await createNeighbours(api);
  const ours = await ownedBy();
  ids = { given: GIVEN, ours: [...new Set(ours.flat())], some: ours.flatMap((found) => found.slice(0, 1)) };
}, 120_000);
afterAll(async () => {
  await client.end();
  await api.close();
});

const GIVEN = ['aff', 'link', 'k1', 'won', 'customer', 'v1', 'o1', 'met', 'refund', 'w1', 'r1', 'ae-o'].map((name) => `${MARK}-${name}`);

/** Our ids of the rows that belong to the other, from every table that says whose its rows are. */
async function ownedBy(): Promise<string[][]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c join information_schema.columns i using (table_schema, table_name)
     join pg_class p on p.relname = c.table_name and not p.relispartition and p.relkind in ('r', 'p')
     where c.table_schema = 'public' and c.column_name = 'affiliate_id' and i.column_name = 'id' and i.data_type = 'uuid' order by 1`,
  );
  const texts = ['select id::text as id from affiliate where external_id = $1'];
  for (const { name } of tables)
    texts.push(`select distinct t.id::text as id from ${name} t join affiliate a on a.id = t.affiliate_id where a.external_id = $1`);
  const found: string[][] = [];
  for (const text of texts) found.push((await client.query<{ id: string }>(text, [`${MARK}-aff`])).rows.map(({ id }) => id));
  // Of an order that was taken from somebody they know; it is part of the id of what they earned by it.
  const shared = await client.query<{ id: string }>(
    "select c.order_id::text as id from commission c join affiliate a on a.id = c.affiliate_id where a.external_id = 'mine-aff'",
  );
  const known = new Set(shared.rows.map(({ id }) => id));
  return found.map((some) => some.filter((id) => !known.has(id)));
}

interface Answer {
  readonly status: number;
  readonly errors?: readonly { path?: (string | number)[]; extensions: { code: string } }[];
}

const forbidden = new Set<string>();
/** Queries that are refused whole: nothing is reached through them. */
const closed = new Set<string>();
const asked = new Set<string>();

/** Asks for all of a field that may be seen. What is refused is noted, left out, and the rest asked again. */
async function askAll(field: Field, call: string, { token = neighbours.token, depth = DEPTH } = {}): Promise<string> {
  for (let round = 0; round < 30; round++) {
    const query = deepest(field, call, depth, forbidden);
    for (const [name] of query.matchAll(/\w+/g)) asked.add(name);
    const answer = (await api.send(token, query)) as Answer & { data: unknown };
    const refused = (answer.errors ?? []).filter(({ extensions }) => extensions.code === 'FORBIDDEN');
    const names = refused.map(({ path = [] }) => fieldAt(path, apiSchema().getQueryType()!)).filter((name) => name !== undefined);
    for (const name of names) if (name.startsWith('Query.')) closed.add(name);
    const fresh = names.filter((name) => !name.startsWith('Query.') && !forbidden.has(name));
    if (fresh.length === 0) return JSON.stringify({ status: answer.status, data: answer.data, errors: answer.errors });
    for (const name of fresh) forbidden.add(name);
  }
  throw new Error(`${call} is refused again and again`);
}

/** A thing that is not there, called as one that is. */
function twinOf(id: string): string {
  return id.startsWith(MARK) ? id.replace(MARK, 'qqzc') : randomUUID();
}

/** What is left of an answer when the id that was asked for is the same in both. */
const blank = (answer: string, id: string) => answer.replaceAll(id, '*');

function marksIn(answer: string, sent = ''): string[] {
  const rest = sent ? answer.replaceAll(sent, '*') : answer;
  return [
    rest.includes(MARK) ? rest.slice(Math.max(0, rest.indexOf(MARK) - 200), rest.indexOf(MARK) + 100) : '',
    MARKED_AMOUNTS.some((amount) => rest.includes(amount)) ? 'an amount' : '',
    ...ids.ours.filter((id) => rest.includes(id)),
  ].filter(Boolean);
}

describe("another affiliate's data", { timeout: 180_000 }, () => {
  it('is there to be seen, and its owner sees it', async () => {
    expect(ids.ours.length).toBeGreaterThan(20);
    const found = await askAll(queries().find(({ name }) => name === 'commissions')!, 'commissions(first: 20)', {
      token: neighbours.otherToken,
    });
    expect(found).toContain(`${MARK}-o1`);
    for (const one of ['orders', 'links', 'customers', 'clicks', 'ledgerEntries'])
      expect(await askAll(queries().find(({ name }) => name === one)!, `${one}(program: "banggood", first: 20)`), one).toContain('mine-');
  });

  it('is in no answer to any query, to its full depth', async () => {
    for (const field of queries())
      for (const program of PROGRAMS)
        for (const call of callsOf(field, 'mine-aff', program)) {
          const answer = await askAll(field, call);
          expect(marksIn(answer), call).toEqual([]);
          expect(answer, call).not.toMatch(INTERNALS);
        }
  });

  it('called by its id is as what is not there, byte for byte', async () => {
    const different: string[] = [];
    for (const field of queries())
      for (const id of [...ids.given, ...ids.some]) {
        const twin = twinOf(id);
        const twins = callsOf(field, twin, 'banggood');
        for (const [index, call] of callsOf(field, id, 'banggood').entries()) {
          // Calls in which the id does not stand were made above; in all programs it would be found the same way as in one.
          if (!call.includes(id) || (field.args.some(({ name }) => name === 'program') && !call.includes('program:'))) continue;
          const [answer, other] = await Promise.all([call, twins[index]!].map((one) => askAll(field, one, { depth: 1 })));
          expect(marksIn(answer!, id), call).toEqual([]);
          if (blank(answer!, id) !== blank(other!, twin)) different.push(`${call}: ${answer!.slice(0, 300)} | ${other!.slice(0, 300)}`);
        }
      }
    expect(different).toEqual([]);
  });

  it('is changed by no act, and named in no answer to one', async () => {
    // The job has nothing left to add up meanwhile.
    for (const program of PROGRAMS)
      await neighbours.sandbox.staff(
        `{ report(program: "${program}", by: TOTAL, from: "2026-03-01", to: "2026-03-31") { nodes { key } } }`,
      );
    const before = await standing();
    for (const field of mutations())
      for (const id of [...ids.given, ...ids.some]) {
        const answers: Answer[] = [];
        for (const given of [[], textsOf(field)]) answers.push(await api.send(neighbours.token, actOf(field, id, 'banggood', given)));
        for (const answer of answers.map((one) => JSON.stringify(one))) {
          expect(marksIn(answer, id), `${field.name} ${id}`).toEqual([]);
          expect(answer).not.toMatch(INTERNALS);
        }
        // What this kind of token may not do at all is refused before the id is looked at.
        if (answers.every(({ errors }) => errors?.[0]?.extensions.code === 'FORBIDDEN')) break;
      }
    expect(await standing()).toEqual(before);
  });

  it('was asked for in every field that an affiliate may see', () => {
    // What stands on the way to nothing else, as a field of the roots or of a type that a query leads to.
    const reachable = new Set<string>();
    const visit = (type: GraphQLNamedType): void => {
      if (!isObjectType(type) || type.name.endsWith('Edge')) return;
      for (const field of Object.values(type.getFields())) {
        const name = `${type.name}.${field.name}`;
        if (reachable.has(name) || forbidden.has(name) || closed.has(name)) continue;
        reachable.add(name);
        visit(getNamedType(field.type));
      }
    };
    visit(apiSchema().getQueryType()!);
    expect(reachable.size).toBeGreaterThan(100);
    expect([...reachable].filter((name) => !asked.has(name.split('.')[1]!))).toEqual([]);
  });

  /** All rows of the other affiliate, in every table that says whose its rows are. */
  async function standing(): Promise<string[]> {
    const { rows: tables } = await client.query<{ name: string }>(
      `select distinct c.table_name as name from information_schema.columns c join pg_class p on p.relname = c.table_name and not p.relispartition and p.relkind in ('r', 'p')
       where c.table_schema = 'public' and c.column_name = 'affiliate_id' and c.table_name <> 'api_token' order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(
        `select t::text as text from ${name} t join affiliate a on a.id = t.affiliate_id where a.external_id = $1 order by 1`,
        [`${MARK}-aff`],
      );
      found.push(...rows.map(({ text }) => `${name} ${text}`));
    }
    return found;
  }
});
