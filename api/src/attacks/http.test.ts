import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestSandbox, startTestApi, type TestApi } from '../testing/api.ts';
import { connect } from '../testing/books.ts';
import { INTERNALS, rawPost, sendRaw } from './wire.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ SEND_SECONDS: '2', CORS_ORIGINS: 'https://shop.example' });
});
afterAll(() => api.close());

const now = JSON.stringify({ query: '{ now }' });
const post = (headers: Record<string, string>, body: string | undefined = now) =>
  fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.staffToken}`, ...headers },
    ...(body ? { body } : {}),
  });
const json = { 'content-type': 'application/json' };

describe('a request that a page of another site can send without asking', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain; application/json', ''])(
    'is refused: %s',
    async (type) => {
      const answer = await post(type ? { 'content-type': type } : {}, type ? now : undefined);
      expect([400, 415]).toContain(answer.status);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'MALFORMED' } }] });
    },
  );

  it('is refused: without a type, as a page sends bytes', async () => {
    const answer = await sendRaw(api.url, rawPost(now).replace('content-type: application/json\r\n', ''));
    expect(answer).toMatch(/^HTTP\/1\.1 (400|415)/);
    expect(answer).not.toContain('"now"');
  });

  it('is refused: by GET, in the address', async () => {
    for (const query of ['?query={now}', '?query=mutation{x}', '/?query={now}']) {
      const answer = await fetch(`${api.url}/graphql${query}`, { headers: { authorization: `Bearer ${api.staffToken}` } });
      expect(answer.status).toBe(404);
    }
  });
});

describe('another way to ask', () => {
  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'])('%s has nothing', async (method) => {
    const answer = await fetch(`${api.url}/graphql`, { method });
    expect(answer.status).toBe(404);
  });

  it('TRACE gives nothing back of what was sent', async () => {
    const answer = await sendRaw(api.url, 'TRACE /graphql HTTP/1.1\r\nhost: x\r\nx-secret: hush\r\nconnection: close\r\n\r\n');
    expect(answer).not.toContain('hush');
  });

  it('a method by a header changes nothing', async () => {
    const answer = await fetch(`${api.url}/health`, { method: 'POST', headers: { 'x-http-method-override': 'GET' } });
    expect(answer.status).toBe(404);
  });

  it('many operations in one body are none', async () => {
    const answer = await post(json, JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{ now }' }))));
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ extensions: { code: 'MALFORMED' } }] }]);
  });

  it('a hash instead of a text is none, and registers none', async () => {
    const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) };
    for (const query of [undefined, '{ now }']) {
      const answer = await post(json, JSON.stringify({ query, extensions: { persistedQuery } }));
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'MALFORMED' } }] });
    }
  });
});

describe('two requests that look like one', () => {
  it.each<[string, string]>([
    ['two lengths', rawPost(now, ['content-length: 5'])],
    ['a length and chunks', rawPost(now, ['transfer-encoding: chunked'])],
    ['chunks of another name', rawPost(now, ['transfer-encoding: xchunked']).replace(/content-length.*?\r\n/, '')],
    ['a header over two lines', rawPost(now, ['x-a: b\r\n c: d'])],
    ['a blank before the colon', rawPost(now, ['x-a : b'])],
    ['a line feed alone', 'POST /graphql HTTP/1.1\nhost: x\n\n'],
    ['no host', rawPost(now).replace('host: localhost\r\n', '')],
    ['a null in a header', rawPost(now, ['x-a: b\0c'])],
    ['headers without end', rawPost(now, [`x-a: ${'b'.repeat(40_000)}`])],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n'],
  ])('%s: refused, and the connection ends', async (_, text) => {
    const answer = await sendRaw(api.url, text);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(answer).not.toMatch(INTERNALS);
  });

  it('what a caller sends stands in no header of the answer', async () => {
    const answer = await fetch(`${api.url}/graphql?x=%0d%0aset-cookie:a=b`, {
      method: 'POST',
      headers: { ...json, 'x-request-id': 'mine', 'x-forwarded-host': 'evil.example' },
      body: now,
    });
    const headers = JSON.stringify([...answer.headers]);
    expect(headers).not.toMatch(/mine|evil|set-cookie/);
  });
});

describe('a body that does not come', () => {
  it('is waited for only so long', async () => {
    const begun = performance.now();
    const [body, headers] = await Promise.all([
      sendRaw(api.url, rawPost(now).slice(0, -5), 15_000),
      sendRaw(api.url, 'POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ', 15_000),
    ]);
    expect(performance.now() - begun).toBeLessThan(10_000);
    for (const answer of [body, headers]) expect(answer).toMatch(/^HTTP\/1\.1 408 .*"code":"MALFORMED"/s);
  });

  it('letter by letter is no better, and keeps nobody else from being answered', async () => {
    const slow = sendRaw(api.url, rawPost(now).slice(0, -now.length), 10_000, now);
    await sleep(300);
    expect((await post(json)).status).toBe(200);
    expect(await slow).toMatch(/408/);
  });

  it('of a file may take as long as something comes', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['banggood'] });
    const send = (pieces: AsyncIterable<Uint8Array>) =>
      fetch(`${api.url}/imports/banggood/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandbox.integratorToken}`, 'content-type': 'text/csv' },
        body: Readable.toWeb(Readable.from(pieces)) as ReadableStream,
        duplex: 'half',
      });
    const pieces = async function* (pauses: readonly number[]) {
      for (const pause of pauses) {
        yield Buffer.from('order_id,amount\n');
        await sleep(pause);
      }
    };
    const [slow, stopped] = await Promise.all([send(pieces([900, 900, 900])), send(pieces([8_000, 1])).catch(() => ({ status: 408 }))]);
    expect([slow.status, stopped.status]).toEqual([200, 408]);
    expect(await slow.json()).toMatchObject({ import: { bytes: 48 } });
  });
});

describe('what is large', () => {
  it('is refused by its announcement, before it is sent', async () => {
    const answer = await sendRaw(
      api.url,
      rawPost('{', [`authorization: Bearer ${api.staffToken}`]).replace('content-length: 1', 'content-length: 99999999'),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*TOO_COMPLEX/s);
  });

  it('has to come from somebody', async () => {
    const body = JSON.stringify({ query: '{ now }', variables: { x: 'x'.repeat(200_000) } });
    const answer = await fetch(`${api.url}/graphql`, { method: 'POST', headers: json, body });
    expect([answer.status, await answer.json()]).toMatchObject([413, { errors: [{ extensions: { code: 'TOO_COMPLEX' } }] }]);
    expect((await post(json, body)).status).toBe(200);
    const chunked = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"que';
    expect(await sendRaw(api.url, chunked)).toMatch(/^HTTP\/1\.1 413/);
  });
});

describe('names by which objects get another nature', () => {
  it('stand in no body', async () => {
    for (const body of [
      '{"query":"{ now }","variables":{"__proto__":{"admin":true}}}',
      '{"query":"{ now }","__proto__":{"query":"{ viewer { name } }"}}',
      '{"query":"{ now }","variables":{"\\u005f_proto__":{"admin":true}}}',
    ]) {
      const answer = await post(json, body);
      expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ extensions: { code: 'MALFORMED' } }] }]);
    }
  });

  it('are names like others as values, and change nothing', async () => {
    const sandbox = await createTestSandbox(api, { programs: ['banggood'] });
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      for (const [mutation, input] of [
        ['recordActivity', { program: 'banggood', id: name, affiliate: name, kind: name }],
        [
          'recordOrder',
          { program: 'banggood', id: name, lines: [{ sku: name, price: '1.00', category: name }], attributes: [{ name, value: name }] },
        ],
        ['enrollAffiliate', { program: name, affiliate: name }],
      ] as const) {
        const query = `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code } } }`;
        const { status, errors } = await api.send(sandbox.staffToken, query, { input });
        expect([mutation, name, status, errors?.[0]?.extensions.code]).toEqual([mutation, name, 200, undefined]);
      }
    }
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    const answer = await post(json, JSON.stringify({ query: '{ now }', operationName: '__proto__' }));
    expect(answer.status).toBe(400);
  });
});

describe('what browsers are told', () => {
  it('with every answer', async () => {
    for (const path of ['/graphql', '/health', '/', '/nowhere', '/admin/']) {
      const { headers } = await fetch(api.url + path);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('server') ?? headers.get('x-powered-by'), path).toBeNull();
    }
    expect((await post(json)).headers.get('cache-control')).toBe('no-store');
  });

  it('pages of other hosts may call only if they are named', async () => {
    const ask = (origin: string) =>
      fetch(`${api.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,authorization' },
      });
    const allowed = await ask('https://shop.example');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    for (const origin of ['https://evil.example', 'https://shop.example.evil.example', 'http://shop.example', 'null'])
      expect((await ask(origin)).headers.get('access-control-allow-origin'), origin).toBeNull();
  });
});

it('health says nothing of the inside', async () => {
  expect(await (await fetch(`${api.url}/health`)).json()).toEqual({ status: 'ok' });
});

describe('what takes too long', () => {
  let quick: TestApi;
  let client: pg.Client;
  beforeAll(async () => {
    // Jobs would wait for what is held, too.
    quick = await startTestApi({ QUERY_SECONDS: '1', MUTATION_SECONDS: '2' }, { jobs: false });
    client = await connect(quick.database.url);
  });
  afterAll(async () => {
    await client.end();
    await quick.close();
  });

  /** While somebody else holds a table. */
  async function held<T>(table: string, work: () => Promise<T>): Promise<T> {
    await client.query(`begin; lock table ${table} in access exclusive mode`);
    try {
      return await work();
    } finally {
      await client.query('rollback');
    }
  }
  /** Statements that still wait a while later. */
  async function waiting(): Promise<string[]> {
    const text = "select query from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    for (let attempt = 0; ; attempt++) {
      const { rows } = await client.query<{ query: string }>(text);
      if (rows.length === 0 || attempt >= 20) return rows.map(({ query }) => query);
      await sleep(250);
    }
  }

  it('is answered in time, and its statement is stopped', async () => {
    await held('program', async () => {
      const begun = performance.now();
      const answer = await quick.send(quick.staffToken, '{ programs { nodes { key } } }');
      expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: 'TIMED_OUT' } }] });
      expect(performance.now() - begun).toBeLessThan(3_000);
      expect(await waiting()).toEqual([]);
    });
    expect((await quick.send(quick.staffToken, '{ programs { nodes { key } } }')).status).toBe(200);
  });

  it('is done not at all', async () => {
    const sandbox = await createTestSandbox(quick, { programs: ['banggood'] });
    const input = { program: 'banggood', affiliate: 'ann', country: 'DE' };
    const enroll = () =>
      quick.send(
        sandbox.staffToken,
        'mutation ($input: EnrollAffiliateInput!) { enrollAffiliate(input: $input) { userErrors { code } } }',
        { input },
      );
    await held('enrollment', async () => {
      expect(await enroll()).toMatchObject({ status: 503, errors: [{ extensions: { code: 'TIMED_OUT' } }] });
      expect(await waiting()).toEqual([]);
    });
    expect((await client.query('select 1 from affiliate')).rows).toEqual([]);
    expect(await enroll()).toMatchObject({ status: 200, data: { enrollAffiliate: { userErrors: [] } } });
  });
});

describe('a closed server', () => {
  let closed: TestApi;
  const folder = mkdtempSync(join(tmpdir(), 'tributary-listed-'));
  const list = join(folder, 'list.json');
  beforeAll(async () => {
    writeFileSync(list, JSON.stringify({ operations: [{ body: '{ now }' }, { body: 'query Who { viewer { name } }' }] }));
    closed = await startTestApi({
      NODE_ENV: 'production',
      TRIBUTARY_URL: 'https://tributary.example',
      TRIBUTARY_KEYS: `1:${randomBytes(32).toString('base64')}`,
      RATE_PER_TOKEN: '20',
      RATE_PER_STRANGER: '40',
      RATE_WRONG_TOKENS: '5',
    });
  });
  afterAll(async () => {
    await closed.close();
    rmSync(folder, { recursive: true });
  });
  const token = async () => {
    const sandbox = await createTestSandbox(closed);
    return sandbox.staffToken;
  };

  it('shows neither its schema nor an explorer, and says by TLS only', async () => {
    const mine = await token();
    const answer = await closed.send(mine, '{ __schema { types { name } } }');
    expect(answer).toMatchObject({ status: 400, errors: [{ message: 'The schema is not shown here' }] });
    const page = await fetch(closed.url);
    expect([page.status, page.headers.get('strict-transport-security')]).toEqual([404, expect.stringContaining('max-age')]);
    expect((await fetch(`${closed.url}/explorer/ruru.js`)).status).toBe(404);
  });

  it('helps nobody to guess names', async () => {
    const { errors } = await closed.send(await token(), '{ viewe { nam } }');
    expect(errors![0]!.message).toBe('Cannot query field "viewe" on type "Query".');
  });

  it('tells strangers the same of what is there and what is not', async () => {
    const answers = [];
    for (const query of [
      '{ viewer { name } }',
      '{ viewe { name } }',
      '{ __schema { types { name } } }',
      '{ __type(name: "Viewer") { name } }',
      'mutation { revokeToken(input: { id: 5 }) { x } }',
      'query ($x: Nothing!) { now }',
    ])
      answers.push(await closed.send(undefined, query));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({ status: 401, errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('counts, says how much is left, and when to come again', async () => {
    const mine = await token();
    const ask = (query = '{ now }') =>
      fetch(`${closed.url}/graphql`, {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${mine}` },
        body: JSON.stringify({ query }),
      });
    expect((await ask()).headers.get('ratelimit')).toMatch(/^limit=20, remaining=19, reset=\d+$/);
    const many = await ask(`{ ${Array.from({ length: 25 }, (_, i) => `a${i}: now`).join(' ')} }`);
    expect(many.status).toBe(429);
    const late = await ask();
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(await late.json()).toEqual({
      errors: [{ message: expect.stringContaining('try again in'), extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }],
    });
    expect((await closed.send(await token(), '{ now }')).status).toBe(200);
  });

  it('does not look at tokens from where too many were wrong, but at those it knows', async () => {
    const known = await token();
    await closed.as(known)('{ now }');
    const fresh = await token();
    const forged = (i: number) => `trb_staff_${String(i).padStart(43, 'x')}`;
    const statuses = [];
    for (let i = 0; i < 8; i++) statuses.push((await closed.send(forged(i), '{ now }')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect((await closed.send(fresh, '{ now }')).status).toBe(429);
    expect((await closed.send(known, '{ now }')).status).toBe(200);
  });

  it('believes nobody about their address', async () => {
    const answer = await fetch(`${closed.url}/graphql`, {
      method: 'POST',
      headers: { ...json, authorization: 'Bearer x', 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' },
      body: now,
    });
    expect(answer.status).toBe(429);
  });

  it('answers only what is on its list, if it has one', async () => {
    const listed = await startTestApi({ ALLOWED_QUERIES: list });
    try {
      const send = (body: object) =>
        fetch(`${listed.url}/graphql`, {
          method: 'POST',
          headers: { ...json, authorization: `Bearer ${listed.staffToken}` },
          body: JSON.stringify(body),
        });
      expect((await send({ query: '{ now }' })).status).toBe(200);
      const sha256Hash = createHash('sha256').update('query Who { viewer { name } }').digest('hex');
      expect(await (await send({ extensions: { persistedQuery: { version: 1, sha256Hash } } })).json()).toMatchObject({
        data: { viewer: { name: 'first staff' } },
      });
      for (const body of [
        { query: '{ now } ' },
        { query: '{ viewer { name } }', extensions: { persistedQuery: { version: 1, sha256Hash } } },
        {},
        { query: 5 },
        { extensions: { persistedQuery: { sha256Hash: '__proto__' } } },
      ]) {
        const answer = await send(body);
        expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ extensions: { code: 'FORBIDDEN' } }] }]);
      }
    } finally {
      await listed.close();
    }
  });
});
