import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { withConnection } from './platform/database/admin.ts';
import { type Answer, startTestApi, type TestApi } from './testing/api.ts';
import { createTestDatabase } from './testing/database.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function post(
  body: string | Uint8Array,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Answer<unknown>> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.staffToken}`, ...headers },
    body,
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer<unknown>, 'status'>) };
}

const codeOf = ({ errors }: Answer<unknown>) => errors?.[0]?.extensions.code;
const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part))));

describe('the server', () => {
  it('says how it is', async () => {
    const response = await fetch(`${api.url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('serves an explorer that needs no other host', async () => {
    const page = await (await fetch(api.url)).text();
    expect(page).toContain('/explorer/ruru.js');
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const script = await fetch(`${api.url}/explorer/ruru.js`);
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect((await fetch(`${api.url}/explorer/../../package.json`)).status).toBe(404);
  });

  it('shows its schema to whoever asks', async () => {
    const { data, errors } = await api.send<{ __schema: { types: unknown[] } }>(undefined, getIntrospectionQuery());
    expect(errors).toBeUndefined();
    expect(data.__schema.types.length).toBeGreaterThan(20);
  });

  it('keeps the first secret in a file that only its own account can read', () => {
    const file = join(api.dataDir, 'tokens.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ organization: 'live', staff: api.staffToken });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('without a valid token', () => {
  it.each([undefined, '', 'x', 'trb_staff_', `trb_staff_${'a'.repeat(43)}`, `trb_staff_${'a'.repeat(5000)}`])(
    '%s, nobody is told anything',
    async (token) => {
      for (const query of ['{ viewer { name } }', '{ now }', 'mutation { revokeToken(input: { id: "x" }) { secret: token { id } } }']) {
        const answer = await api.send(token, query);
        expect(answer).toMatchObject({ data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
      }
    },
  );
});

describe('a body that is none', () => {
  it.each<[string, string | Uint8Array, number, string]>([
    ['no UTF-8', bytes('{"query":"{ viewer { name } } # ', 0xff, 0xfe, '"}'), 400, 'MALFORMED'],
    ['an overlong encoding', bytes('{"query":"', 0xc0, 0xaf, '"}'), 400, 'MALFORMED'],
    ['no JSON', '{"query":', 400, 'MALFORMED'],
    ['nothing', '', 400, 'MALFORMED'],
    ['a list of operations', '[{"query":"{now}"}]', 400, 'MALFORMED'],
    ['a text', '"{now}"', 400, 'MALFORMED'],
    ['no query', '{"variables":{}}', 400, 'MALFORMED'],
    ['variables as a text', '{"query":"{now}","variables":"{}"}', 400, 'MALFORMED'],
    ['a null character', '{"query":"{now}","variables":{"x":{"y":["a\\u0000"]}}}', 400, 'MALFORMED'],
    ['half a surrogate pair', '{"query":"{now}","variables":{"x":"\\ud83d"}}', 400, 'MALFORMED'],
    ['a query that does not parse', '{"query":"{ viewer { name }"}', 400, 'MALFORMED'],
    ['too much', `{"query":"${' '.repeat(12 * 1024 * 1024)}"}`, 413, 'TOO_COMPLEX'],
    ['JSON nested without end', `{"query":"{now}","variables":${'{"x":'.repeat(200_000)}1${'}'.repeat(200_000)}}`, 200, ''],
    ['a query nested without end', `{"query":"${'{a'.repeat(100_000)}${'}'.repeat(100_000)}"}`, 400, 'MALFORMED'],
  ])('%s', async (_, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, codeOf(answer) ?? '']).toEqual([status, code]);
    expect(JSON.stringify(answer).length).toBeLessThan(2_000);
  });

  it('of another type', async () => {
    expect(await post('{"query":"{now}"}', { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
      errors: [{ extensions: { code: 'MALFORMED' } }],
    });
  });

  it('an escaped emoji is a text like another', async () => {
    expect(await post('{"query":"{now}","variables":{"x":"\\ud83d\\ude00"}}')).toMatchObject({
      status: 200,
      data: { now: expect.any(String) },
    });
  });
});

describe('a query that can not be answered', () => {
  it.each<[string, string, RegExp]>([
    ['an unknown field', '{ viewer { nam } }', /Cannot query field "nam"/],
    ['a field of a scalar', '{ now { x } }', /must not have a selection/],
    ['an unknown word', 'mutation { createToken(input: { kind: BOSS, name: "x" }) { secret } }', /TokenKind/],
    ['a missing value', 'mutation { createSandbox(input: { name: "x" }) { staffToken } }', /startsAt/],
    [
      'a null character',
      'mutation { createSandbox(input: { name: "a\\u0000b", startsAt: "2026-01-01T00:00:00Z" }) { staffToken } }',
      /U\+0000/,
    ],
    ['no instant', 'mutation { createSandbox(input: { name: "x", startsAt: "2026-02-30T00:00:00Z" }) { staffToken } }', /no instant/],
    ['too long a page', '{ tokens(first: 101) { totalCount } }', /1 to 100/],
    ['an empty page', '{ tokens(first: 0) { totalCount } }', /1 to 100/],
    ['a negative offset', '{ tokens(offset: -1) { totalCount } }', /offset/],
    ['a cursor of nothing', '{ tokens(after: "x") { totalCount } }', /cursor/],
    ['a cursor with a word too many', `{ tokens(after: "${Buffer.from('["a","b"]').toString('base64url')}") { totalCount } }`, /cursor/],
    ['two beginnings', '{ tokens(after: "x", offset: 2) { totalCount } }', /not both/],
  ])('%s', async (_, query, message) => {
    const answer = await api.send(api.staffToken, query);
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors![0]!.message).toMatch(message);
  });

  it('a variable of another type', async () => {
    const query = 'mutation ($input: CreateSandboxInput!) { createSandbox(input: $input) { staffToken } }';
    for (const startsAt of [
      5,
      null,
      {},
      '2026-01-01',
      '2026-01-01T00:00:00',
      '2026-01-01T00:00:00.1234Z',
      '1969-12-31T23:59:59Z',
      '2201-01-01T00:00:00Z',
      '2026-01-01T00:00:00+25:00',
    ]) {
      const answer = await api.send(api.staffToken, query, { input: { name: 'x', startsAt } });
      expect([startsAt, answer.status, codeOf(answer)]).toEqual([startsAt, 400, 'BAD_USER_INPUT']);
    }
  });
});

describe('too much work', () => {
  const nodes = '{ nodes { key } }';
  it.each<[string, string, RegExp]>([
    ['depth', `{ ${'viewer { '.repeat(20)}name${' }'.repeat(20)} }`, /levels deep/],
    [
      'aliases',
      `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: viewer { b: name c: name d: name e: name f: name }`).join(' ')} }`,
      /aliases/,
    ],
    ['roots', `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: now`).join(' ')} }`, /root/],
    ['the same field again and again', `{ viewer { ${'name '.repeat(19_000)} } }`, /selects 19001 fields/],
    ['words', `{ viewer { ${'name '.repeat(40_000)} } }`, /tokens/],
    [
      'fragments of fragments',
      `{ ...f0 } ${Array.from({ length: 14 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(' ')} fragment f14 on Query { now }`,
      /16384 fields at its root/,
    ],
    [
      'long lists',
      `{ ${Array.from({ length: 30 }, (_, i) => `a${i}: programs(first: 100) { nodes { termsVersions { ${'id '.repeat(100)} } } }`).join(' ')} }`,
      /may answer|selects/,
    ],
    ['directives', `{ viewer { ${'name @include(if: true) '.repeat(120)} } }`, /directives/],
    ['operations', Array.from({ length: 30 }, (_, i) => `query q${i} { now }`).join(' '), /operations/],
    ['circles', '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', /Cannot spread fragment/],
  ])('by %s', async (_, query, message) => {
    const begun = performance.now();
    const answer = await api.send(api.staffToken, query);
    expect(answer.errors![0]!.message).toMatch(message);
    expect(answer.errors!.length).toBeLessThan(3);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(['TOO_COMPLEX', 'BAD_USER_INPUT', 'MALFORMED']).toContain(codeOf(answer));
  });

  it('is not what people ask for', async () => {
    const query = `{ viewer { name organization { name } } programs ${nodes} tokens(first: 100) { totalCount nodes { name } pageInfo { endCursor } } }`;
    expect((await api.send(api.staffToken, query)).errors).toBeUndefined();
  });
});

it('every answer names its request', async () => {
  for (const path of ['/health', '/graphql', '/nowhere'])
    expect((await fetch(api.url + path)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

it('a fault of ours tells nothing of the inside', async () => {
  const swap = (from: string, to: string) =>
    withConnection(api.database.url, (client) => client.query(`alter table ${from} rename to ${to}`));
  await swap('program', 'program_away');
  try {
    const answer = await api.send(api.staffToken, '{ programs { nodes { key } } }');
    expect(answer).toMatchObject({
      data: null,
      errors: [{ path: ['programs'], extensions: { code: 'INTERNAL', requestId: expect.any(String) } }],
    });
    expect(JSON.stringify(answer)).not.toMatch(/select|relation|\.ts|node_modules/);
  } finally {
    await swap('program_away', 'program');
  }
});

it('a caller that never ends its request does not keep the server from closing', async () => {
  const other = await startTestApi();
  const { hostname, port } = new URL(other.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query":');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const begun = performance.now();
  await other.close();
  expect(performance.now() - begun).toBeLessThan(6_000);
  socket.destroy();
});

it('several processes that start at once on one empty database make one organization', async () => {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-start-'));
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', TRIBUTARY_DATA: dataDir });
  const said: string[] = [];
  const start = () => createApp({ config, database: { adminUrl: database.url }, say: (line) => said.push(line) });
  const apps = await Promise.all([start(), start(), start()]);
  try {
    const made = await withConnection(database.url, (client) => client.query('select name from organization'));
    expect(made.rows).toEqual([{ name: 'live' }]);
    expect(said).toHaveLength(1);
  } finally {
    await Promise.all(apps.map((app) => app.close()));
    await database.drop();
    rmSync(dataDir, { recursive: true });
  }
});
