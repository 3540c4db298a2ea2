import {
  type GraphQLInputField,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  isEnumType,
  isInputObjectType,
  isScalarType,
} from 'graphql';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiSchema } from './schema.ts';
import { must } from './testing/acts.ts';
import { type Answer, createTestSandbox, startTestApi, type TestApi, type TestSandbox } from './testing/api.ts';
import { connect, provedWrong } from './testing/books.ts';

const program = 'banggood';
let api: TestApi;
let client: pg.Client;
let sandbox: TestSandbox;
let counting: string;
/** Where it is noted who tried: what is refused leaves its trace there, and nowhere else. */
const NOTED = ['api_token', 'sign_in_attempt', 'audit_entry', 'audit_head'];

beforeAll(async () => {
  api = await startTestApi({}, { jobs: false });
  client = await connect(api.database.url);
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> all($1) order by 1",
    [NOTED],
  );
  counting = rows
    .map(({ name }) => `select '${name}' as name, count(*)::int as count, max(xmin::text::bigint)::text as newest from ${name}`)
    .join(' union all ')
    .concat(' order by name');
  sandbox = await createTestSandbox(api, { programs: [program, 'aliexpress'], startsAt: '2026-03-01T00:00:00Z' });
  for (const key of [program, 'aliexpress'])
    await must(sandbox.staff, 'enrollAffiliate', { program: key, affiliate: 'ann', country: 'DE' });
  await must(sandbox.integrator, 'recordClick', { program, id: 'k1', affiliate: 'ann', visitor: 'v1' }, 'id');
  await must(
    sandbox.integrator,
    'recordOrder',
    { program, id: 'o1', visitor: 'v1', customer: 'c1', lines: [{ sku: 'a', price: '10.00', quantity: 3 }] },
    'id',
  );
});
afterAll(async () => {
  expect(await provedWrong(client)).toEqual([]);
  await client.end();
  await api.close();
});

/** How many rows every table has, and the newest change of each. */
const everything = async () => JSON.stringify((await client.query({ name: 'everything', text: counting })).rows);

const PAYLOADS = new Map<string, string>();
function queryOf(mutation: string): string {
  const known = PAYLOADS.get(mutation);
  if (known !== undefined) return known;
  const field = apiSchema().getMutationType()!.getFields()[mutation]!;
  const input = String(field.args.find(({ name }) => name === 'input')!.type);
  const bulk =
    mutation.startsWith('record') && String(field.type).includes('Facts') ? 'results { index userErrors { code message path } }' : '';
  const hasResults =
    (apiSchema().getType(String(field.type).replace('!', '')) as { getFields?(): object } | undefined)?.getFields?.() ?? {};
  const results = 'results' in hasResults ? 'results { index userErrors { code message path } }' : bulk;
  const query = `mutation ($input: ${input}) { ${mutation}(input: $input) { ${results} userErrors { code message path } } }`;
  PAYLOADS.set(mutation, query);
  return query;
}

interface Found {
  status: number;
  code: string;
  path: string;
  message: string;
  size: number;
}

/** What was wrong, by the first error there is; undefined: nothing was. */
async function send(mutation: string, input: object, token = sandbox.staffToken): Promise<Found | undefined> {
  const answer = await api.send<Record<string, { userErrors: UserError[]; results?: { userErrors: UserError[] }[] }>>(
    token,
    queryOf(mutation),
    { input },
  );
  return firstError(mutation, answer);
}

interface UserError {
  code: string;
  message: string;
  path: string[];
}

function firstError(
  mutation: string,
  answer: Answer<Record<string, { userErrors: UserError[]; results?: { userErrors: UserError[] }[] }>>,
): Found | undefined {
  const size = JSON.stringify(answer).length;
  const top = answer.errors?.[0];
  if (top !== undefined) return { status: answer.status, code: top.extensions.code, path: '', message: top.message, size };
  const payload = answer.data[mutation]!;
  const error = [...payload.userErrors, ...(payload.results ?? []).flatMap(({ userErrors }) => userErrors)][0];
  return error && { status: answer.status, code: error.code, path: error.path.join('.'), message: error.message, size };
}

async function post(body: Buffer): Promise<Answer<unknown>> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.staffToken}` },
    body: new Uint8Array(body),
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer<unknown>, 'status'>) };
}

const line = { sku: 'a', price: '1.00' };
const order = (change: object = {}) => ({ program, id: 'bad', lines: [line], ...change });
const at = (path: string) => ({ code: 'INVALID', path });
const malformed = (message: RegExp) => ({ status: 400, code: 'BAD_USER_INPUT', message: expect.stringMatching(message) });

describe('what is told wrongly', () => {
  let before: string;
  beforeEach(async () => {
    before = await everything();
  });

  it.each<[string, string, object, object]>([
    ['a field that there is not', 'recordOrder', order({ colour: 'red' }), malformed(/"colour" is not defined/)],
    [
      'a field that there is not, deep inside',
      'recordOrder',
      order({ lines: [{ ...line, colour: 'red' }] }),
      malformed(/"colour" is not defined/),
    ],
    [
      'a word of an enumeration that there is not',
      'recordOrderEvent',
      { program, order: 'o1', kind: 'EATEN' },
      malformed(/OrderEventKind/),
    ],
    ['a number for a text', 'recordOrder', order({ id: 5 }), malformed(/input\.id/)],
    ['an object for a text', 'recordOrder', order({ id: { '>': '' } }), malformed(/input\.id/)],
    ['a list for a text', 'recordOrder', order({ visitor: ['v1'] }), malformed(/input\.visitor/)],
    ['a text for a list of objects', 'recordOrder', order({ lines: 'a' }), malformed(/input\.lines/)],
    ['nothing for what is needed', 'recordOrder', order({ lines: null }), malformed(/input\.lines/)],
    ['a number for an amount', 'recordOrder', order({ lines: [{ ...line, price: 1.5 }] }), malformed(/input\.lines\[0\]\.price/)],
    ['half a unit', 'recordOrder', order({ lines: [{ ...line, quantity: 1.5 }] }), malformed(/quantity/)],
    ['more units than a number can be', 'recordOrder', order({ lines: [{ ...line, quantity: 4_294_967_296 }] }), malformed(/quantity/)],
    ['a negative price', 'recordOrder', order({ lines: [{ ...line, price: '-1.00' }] }), at('lines.0.price')],
    ['a price finer than a cent', 'recordOrder', order({ lines: [{ ...line, price: '1.005' }] }), at('lines.0.price')],
    ['an absurd price', 'recordOrder', order({ lines: [{ ...line, price: '999999999999999999' }] }), at('lines.0.price')],
    [
      'an absurd order of prices that are none',
      'recordOrder',
      order({ lines: [{ ...line, price: '99999999999', quantity: 1_000_000 }] }),
      at('lines'),
    ],
    ['no units', 'recordOrder', order({ lines: [{ ...line, quantity: 0 }] }), at('lines.0.quantity')],
    ['a negative rate', 'recordOrder', order({ lines: [{ ...line, rate: '-1' }] }), at('lines.0.rate')],
    ['one SKU twice', 'recordOrder', order({ lines: [line, line] }), at('lines.1.sku')],
    ['no lines', 'recordOrder', order({ lines: [] }), at('lines')],
    ['a currency that is none', 'recordOrder', order({ currency: 'XXX' }), at('currency')],
    ['another currency', 'recordOrder', order({ currency: 'EUR' }), at('currency')],
    ['a country that is none', 'recordOrder', order({ country: 'ZZ' }), at('country')],
    ['no country where the terms look at it', 'recordOrder', order({ program: 'aliexpress' }), at('country')],
    ['the day of a year nobody lived in', 'recordOrder', order({ occurredAt: '0001-01-01T00:00:00Z' }), malformed(/no instant/)],
    ['a day that never was', 'recordOrder', order({ occurredAt: '2025-02-29T00:00:00Z' }), malformed(/no instant/)],
    ['a day before there were shops', 'recordOrder', order({ occurredAt: '1989-12-31T23:59:59Z' }), at('occurredAt')],
    ['tomorrow', 'recordOrder', order({ occurredAt: '2026-03-02T00:00:00Z' }), at('occurredAt')],
    ['an attribute that nobody declared', 'recordOrder', order({ attributes: [{ name: 'plugin', value: 'x' }] }), at('attributes.plugin')],
    ['a program that there is not', 'recordOrder', order({ program: 'acme' }), { code: 'NOT_FOUND', path: 'program' }],
    ['the program of another organization', 'recordOrder', order({ program: 'bigseller' }), { code: 'NOT_FOUND', path: 'program' }],
    [
      'a click of an affiliate that there is not',
      'recordClick',
      { program, id: 'bad', affiliate: 'nobody' },
      { code: 'NOT_FOUND', path: 'affiliate' },
    ],
    [
      'a click on a link that there is not',
      'recordClick',
      { program, id: 'bad', affiliate: 'ann', link: 'l9' },
      { code: 'NOT_FOUND', path: 'link' },
    ],
    ['a page that is none', 'recordClick', { program, id: 'bad', affiliate: 'ann', page: 'cellar' }, at('page')],
    ['a refund without an id', 'recordOrderEvent', { program, order: 'o1', kind: 'REFUNDED' }, at('id')],
    [
      'a refund of more than there is',
      'recordOrderEvent',
      { program, order: 'o1', kind: 'REFUNDED', id: 'bad', lines: [{ sku: 'a', quantity: 4 }] },
      at('lines.0.quantity'),
    ],
    [
      'a refund of a cent more than there is',
      'recordOrderEvent',
      { program, order: 'o1', kind: 'REFUNDED', id: 'bad', lines: [{ sku: 'a', amount: '30.01' }] },
      at('lines.0.amount'),
    ],
    [
      'a refund of what was not ordered',
      'recordOrderEvent',
      { program, order: 'o1', kind: 'REFUNDED', id: 'bad', lines: [{ sku: 'z' }] },
      at('lines.0.sku'),
    ],
    ['an activity that earns nothing', 'recordActivity', { program, id: 'bad', affiliate: 'ann', kind: 'poem' }, at('kind')],
    [
      'an activity with the name of what every object has',
      'recordActivity',
      { program, id: 'bad', affiliate: 'ann', kind: 'constructor' },
      at('kind'),
    ],
    [
      'an adjustment of nothing',
      'postAdjustment',
      { program, id: 'bad', affiliate: 'ann', kind: 'ADJUSTMENT', amount: '0', reason: 'x' },
      at('amount'),
    ],
    [
      'an adjustment finer than a point',
      'postAdjustment',
      { program, id: 'bad', affiliate: 'ann', kind: 'ADJUSTMENT', amount: '0.5', reason: 'x' },
      at('amount'),
    ],
    [
      'an absurd adjustment',
      'postAdjustment',
      { program, id: 'bad', affiliate: 'ann', kind: 'ADJUSTMENT', amount: '100000000000000', reason: 'x' },
      at('amount'),
    ],
    [
      'an absurd deduction',
      'postAdjustment',
      { program, id: 'bad', affiliate: 'ann', kind: 'ADJUSTMENT', amount: '-100000000000000', reason: 'x' },
      at('amount'),
    ],
    [
      'a negative bonus',
      'postAdjustment',
      { program, id: 'bad', affiliate: 'ann', kind: 'BONUS', amount: '-5', reason: 'x' },
      at('amount'),
    ],
    [
      'an adjustment without a reason',
      'postAdjustment',
      { program, id: 'bad', affiliate: 'ann', kind: 'ADJUSTMENT', amount: '5', reason: ' ' },
      at('reason'),
    ],
    [
      'an adjustment without an id',
      'postAdjustment',
      { program, id: '', affiliate: 'ann', kind: 'ADJUSTMENT', amount: '5', reason: 'x' },
      at('id'),
    ],
    ['a correction that gives an order another id', 'correctOrder', { ...order(), order: 'o1', reason: 'x' }, at('id')],
    [
      'a correction of an order that there is not',
      'voidOrder',
      { program, order: 'o9', reason: 'x' },
      { code: 'NOT_FOUND', path: 'order' },
    ],
    ['an undoing of what never happened', 'undoOrderEvent', { program, order: 'o1', kind: 'PAID', reason: 'x' }, { code: 'NOT_FOUND' }],
    ['an attribution that does not say to whom', 'attributeOrder', { program, order: 'o1', reason: 'x' }, at('affiliate')],
    [
      'an attribution to somebody who is not there',
      'attributeOrder',
      { program, order: 'o1', affiliate: 'nobody', reason: 'x' },
      { code: 'NOT_FOUND', path: 'affiliate' },
    ],
  ])('%s', async (_, mutation, input, expected) => {
    expect(await send(mutation, input)).toMatchObject(expected);
    expect(await everything()).toBe(before);
  });

  it('one of many: the others are recorded, and it says which', async () => {
    const orders = [order({ id: 'good-1' }), order({ id: 'bad', lines: [] }), order({ id: 'good-2' })].map(
      ({ program: _, ...item }) => item,
    );
    const answer = await api.send<{ recordOrders: { results: { index: number; userErrors: UserError[] }[] } }>(
      sandbox.integratorToken,
      queryOf('recordOrders'),
      { input: { program, orders } },
    );
    expect(answer.data.recordOrders.results.map(({ index, userErrors }) => [index, userErrors.map(({ code }) => code).join()])).toEqual([
      [0, ''],
      [1, 'INVALID'],
      [2, ''],
    ]);
  });

  it('more than a call may hold', async () => {
    const orders = Array.from({ length: 1_001 }, (_, i) => ({ id: `m${i}`, lines: [line] }));
    expect(await send('recordOrders', { program, orders })).toMatchObject({ code: 'INVALID', path: 'orders' });
    expect(await everything()).toBe(before);
  });

  it('ten megabytes in one field, a thousand long fields, and a body that is more than a body may be', async () => {
    for (const input of [
      order({ id: 'x'.repeat(10_000_000) }),
      order({ spam: 'x'.repeat(10_000_000) }),
      order({ attributes: [{ name: 'x'.repeat(5_000_000), value: 'x'.repeat(5_000_000) }] }),
      order({ lines: Array.from({ length: 50_000 }, (_, i) => ({ sku: `s${i}`, price: '1.00', category: 'x'.repeat(150) })) }),
      order({ aliases: Array.from({ length: 500_000 }, (_, i) => `alias-${i}`) }),
      order({ discounts: Array.from({ length: 500_000 }, (_, i) => `discount-${i}`) }),
    ]) {
      const begun = performance.now();
      const found = await send('recordOrder', input);
      expect(found).toMatchObject({ code: 'INVALID', path: expect.stringMatching(/^(id|spam|attributes|lines|aliases|discounts)/) });
      expect(found!.size).toBeLessThan(2_000);
      expect(performance.now() - begun).toBeLessThan(5_000);
    }
    expect(await send('recordOrder', order({ id: 'x'.repeat(13_000_000) }))).toMatchObject({ status: 413, code: 'TOO_COMPLEX' });
    expect(await everything()).toBe(before);
  });

  it('lists in lists in lists', async () => {
    const raw = (variables: string) => `{"query":${JSON.stringify(queryOf('recordOrder'))},"variables":${variables}}`;
    const input = (lines: string) => `{"input":{"program":"${program}","id":"bad","lines":${lines}}}`;
    for (const body of [
      raw(input(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)),
      raw(input(`${'[{"lines":'.repeat(50_000)}[]${'}]'.repeat(50_000)}`)),
      raw(`{"input":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`),
    ]) {
      const { status, errors } = await post(Buffer.from(body));
      expect([status, errors![0]!.extensions.code]).toEqual([400, expect.stringMatching(/BAD_USER_INPUT|MALFORMED/)]);
      expect(JSON.stringify(errors).length).toBeLessThan(5_000);
    }
    expect(await everything()).toBe(before);
  });

  it.each([
    ['bytes that are no UTF-8', [0x22, 0xff, 0xfe, 0x22]],
    ['a surrogate as UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a character cut in two', [0x22, 0xc3, 0x22]],
  ])('%s', async (_, bytes) => {
    const [head, tail] = JSON.stringify({ query: queryOf('recordOrder'), variables: { input: order({ spam: 'HERE' }) } }).split('"HERE"');
    const { status, errors } = await post(Buffer.concat([Buffer.from(head!), Buffer.from(bytes), Buffer.from(tail!)]));
    expect([status, errors![0]!.extensions.code]).toEqual([400, 'MALFORMED']);
    expect(await everything()).toBe(before);
  });
});

/** What somebody might write where an id, a name or a text belongs. */
const HOSTILE: [string, string][] = [
  ['SQL', `x'; drop table lot; --`],
  ['SQL that ends a string in another way', `x\\'; update ledger_balance set amount = 1; --`],
  ['script', '<script>alert(1)</script>'],
  ['a template', '{{7*7}}<%= 7*7 %>#{7*7}'],
  ['a path', '../../../../etc/passwd'],
  ['a control character', 'a\u0007b'],
  ['a replacement character', 'a\ufffdb'],
  ['nothing', ''],
  ['a blank', ' '],
  ['the prototype', '__proto__'],
  ['very much', 'x'.repeat(100_000)],
];

/** Free texts for people: they may say anything that is text, SQL and script included, and are kept as they are. */
const FREE =
  /(^|\.)(reason|name|title|note|text|body|message|evidence|phone|account|keyword|referrer|url|category|kind|spam|channel|channels|value|email|document|subId)$/;

const DEFAULTS: Record<string, unknown> = {
  program,
  affiliate: 'ann',
  order: 'o1',
  customer: 'c1',
  visitor: 'v1',
  country: 'DE',
  url: 'https://www.banggood.com/x.html',
  currency: 'USD',
};
let serial = 0;

/** The least that the type asks for. */
function least(type: GraphQLInputType, name: string): unknown {
  if (type instanceof GraphQLNonNull) return least(type.ofType as GraphQLInputType, name);
  if (type instanceof GraphQLList) return [least(type.ofType as GraphQLInputType, name)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => field.type instanceof GraphQLNonNull && field.defaultValue === undefined,
    );
    return Object.fromEntries(fields.map((field) => [field.name, least(field.type, field.name)]));
  }
  const scalars: Record<string, unknown> = { Int: 1, Boolean: true, Decimal: '1.00', Percent: '5', Instant: '2026-03-01T00:00:00Z' };
  return scalars[type.name] ?? DEFAULTS[name] ?? `id-${++serial}`;
}

interface Place {
  /** Names from the outermost, indexes of lists left out. */
  readonly path: string[];
  put(value: unknown): object;
}

/** Every place of an input where something of a scalar type stands, with the input that has a value there. */
function placesOf(type: GraphQLInputType, wanted: (name: string) => boolean): Place[] {
  const bare = type instanceof GraphQLNonNull ? (type.ofType as GraphQLInputType) : type;
  if (!isInputObjectType(bare)) return [];
  return Object.values(bare.getFields()).flatMap((field) =>
    placesOfField(field, wanted).map((place) => ({
      path: place.path,
      put: (value: unknown) => ({ ...(least(bare, '') as object), [field.name]: place.put(value) }),
    })),
  );
}

function placesOfField(field: GraphQLInputField, wanted: (name: string) => boolean): { path: string[]; put(value: unknown): unknown }[] {
  let type: GraphQLInputType = field.type instanceof GraphQLNonNull ? (field.type.ofType as GraphQLInputType) : field.type;
  const isList = type instanceof GraphQLList;
  if (type instanceof GraphQLList) type = type.ofType as GraphQLInputType;
  if (type instanceof GraphQLNonNull) type = type.ofType as GraphQLInputType;
  const wrap = (value: unknown) => (isList ? [value] : value);
  if (isScalarType(type)) return wanted(type.name) ? [{ path: [field.name], put: wrap }] : [];
  return placesOf(type, wanted).map((place) => ({ path: [field.name, ...place.path], put: (value: unknown) => wrap(place.put(value)) }));
}

const mutations = Object.values(apiSchema().getMutationType()!.getFields());
/** Acts that end what the other tests stand on; their texts are those of other acts. */
const ENDING = new Set(['advanceClock']);
/** Acts of strangers that answer the same whatever they name, so that nobody learns what is there. */
const SILENT = new Set(['requestAccess']);

describe('in every text of every mutation', () => {
  it.each(mutations.filter(({ name }) => !ENDING.has(name)).map(({ name }) => [name]))('%s', { timeout: 30_000 }, async (mutation) => {
    const { type } = apiSchema()
      .getMutationType()!
      .getFields()
      [mutation]!.args.find(({ name }) => name === 'input')!;
    const places = placesOf(type, (name) => name === 'String' || name === 'ID');
    const taken: string[] = [];
    const before = await everything();
    const answers = await Promise.all(
      places.flatMap((place) =>
        HOSTILE.map(async ([what, text]) => {
          const path = place.path.join('.');
          const found = await send(mutation, place.put(text));
          return { path, what, text, found };
        }),
      ),
    );
    for (const { path, what, text, found } of answers) {
      if (found === undefined) {
        if (what !== 'the prototype') taken.push(path);
        continue;
      }
      const told = `${mutation} ${path}: ${what}: ${found.code} ${found.path} ${found.message.slice(0, 200)}`;
      expect([found.code, told]).not.toEqual(['INTERNAL', told]);
      expect([found.status < 500, told]).toEqual([true, told]);
      expect([found.size < 3_000, told]).toEqual([true, told]);
      if (text.length > 1 && text.length < 100) expect(found.message.length).toBeLessThan(600);
    }
    // What is no free text is refused, whatever it says.
    if (!SILENT.has(mutation)) expect([...new Set(taken)].filter((path) => !FREE.test(path))).toEqual([]);
    if (taken.length === 0) expect(await everything()).toBe(before);
  });

  it('the server still answers, and no table is gone', async () => {
    expect(await sandbox.staff('{ viewer { kind } now }')).toEqual({ viewer: { kind: 'STAFF' }, now: '2026-03-01T00:00:00Z' });
    expect(JSON.parse(await everything()).length).toBeGreaterThan(30);
  });
});

describe('in every field of every mutation, what is of another type', () => {
  it.each(mutations.map(({ name }) => [name]))('%s', { timeout: 30_000 }, async (mutation) => {
    const { type } = apiSchema()
      .getMutationType()!
      .getFields()
      [mutation]!.args.find(({ name }) => name === 'input')!;
    const before = await everything();
    const inputs = placesOf(type, () => true).flatMap((place) =>
      [{ wrong: { a: 1 } }, { wrong: [[['x']]] }, { wrong: Number.NaN }].map(({ wrong }) => ({
        path: place.path.join('.'),
        input: place.put(wrong),
      })),
    );
    inputs.push({ path: 'surprise', input: { ...(least(type, '') as object), surprise: 1 } });
    const answers = await Promise.all(inputs.map(async ({ path, input }) => ({ path, found: await send(mutation, input) })));
    // NaN is null as JSON, which optional fields take; nothing else of this is taken.
    for (const { path, found } of answers) {
      if (found === undefined) continue;
      expect([path, found.code, found.status]).not.toEqual([path, 'INTERNAL', expect.anything()]);
      expect(found.status).toBeLessThan(500);
    }
    const surprised = answers.at(-1)!.found;
    expect(surprised).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining('surprise') });
    if (answers.every(({ found }) => found !== undefined)) expect(JSON.parse(await everything())).toEqual(JSON.parse(before));
  });
});
