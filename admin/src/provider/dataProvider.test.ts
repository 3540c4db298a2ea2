import { readFileSync } from 'node:fs';
import { buildSchema, parse, print, validate } from 'graphql';
import { HttpError } from 'react-admin';
import { describe, expect, it, vi } from 'vitest';
import { type Ask, createAsk } from '../api/client.ts';
import { createDataProvider } from './dataProvider.ts';
import { sources } from './sources.ts';

type Answer = { status?: number; body: unknown } | Error;

/** An API that answers what it is told to, and keeps what it was asked. */
function fakeApi(...answers: Answer[]) {
  const asked: { query: string; variables: Record<string, unknown>; headers: Record<string, string>; method: string }[] = [];
  const send = vi.fn(async (_url: RequestInfo | URL, { body, headers, method }: RequestInit = {}) => {
    const { query, variables } = JSON.parse(String(body));
    asked.push({ query, variables, headers: { ...(headers as Record<string, string>) }, method: String(method) });
    const answer = answers[Math.min(asked.length, answers.length) - 1]!;
    if (answer instanceof Error) throw answer;
    return new Response(JSON.stringify(answer.body), {
      status: answer.status ?? 200,
      headers: { 'content-type': 'application/json' },
    });
  });
  const ask = createAsk({ url: 'http://api.test/graphql', place: () => 'sandbox-1', fetch: send as typeof fetch });
  return { asked, provider: createDataProvider(ask, sources), send };
}

const commission = {
  __typename: 'Commission',
  id: 'c1',
  program: { __typename: 'Program', key: 'shop', name: 'Shop' },
  order: null,
  orderExternalId: 'o:1',
  affiliate: null,
  status: 'PENDING',
  amount: { __typename: 'Amount', value: '3.10', unit: 'USD' },
  because: ['R-1'],
  availableAt: null,
  revision: 1,
};
const page = { pagination: { page: 3, perPage: 25 }, sort: { field: 'placed', order: 'ASC' as const } };

describe('the data provider', () => {
  it('asks for withdrawals that may be decided, also by views that were saved when that was a filter of its own', async () => {
    const { asked, provider } = fakeApi({ body: { data: { withdrawals: { totalCount: 0, nodes: [] } } } });
    for (const filter of [{ status: 'TO_DECIDE' }, { held: 'no', open: 'yes' }, { status: 'PAID', open: 'yes' }, {}])
      await provider.getList('withdrawals', { ...page, filter });
    expect(asked.map(({ variables: { waiting, held, statuses } }) => ({ waiting, held, statuses }))).toEqual([
      { waiting: true },
      { waiting: true, held: false },
      { statuses: ['PAID'] },
      {},
    ]);
  });

  it('asks for a page with filters and sorting, for the place one works in, by POST, and hands on rows and total', async () => {
    const { asked, provider } = fakeApi({ body: { data: { commissions: { totalCount: 51, nodes: [commission] } } } });
    const filter = { program: 'shop', status: 'PENDING', affiliate: ' ann ', from: '2026-03-01', to: 'soon' };
    const { data, total } = await provider.getList('commissions', { ...page, filter });
    expect(total).toBe(51);
    expect(data[0]).toMatchObject({ id: 'c1', place: 'shop:o:1', amount: { value: '3.10', unit: 'USD' } });
    const [{ variables, headers, method } = { variables: {}, headers: {} as Record<string, string>, method: '' }] = asked;
    expect(variables).toEqual({
      first: 25,
      offset: 50,
      program: 'shop',
      affiliate: 'ann',
      status: 'PENDING',
      from: '2026-03-01T00:00:00Z',
      sort: 'PLACED',
      descending: false,
    });
    expect(method).toBe('POST');
    expect(headers['authorization']).toBeUndefined();
    expect(headers['x-tributary-organization']).toBe('sandbox-1');
    expect(headers['accept-language']).toBe('en');
  });

  it('pages through what is not counted', async () => {
    const { provider } = fakeApi({ body: { data: { ledgerEntries: { pageInfo: { hasNextPage: true }, nodes: [] } } } });
    const found = await provider.getList('ledger', { ...page, filter: {} });
    expect(found).toEqual({ data: [], pageInfo: { hasNextPage: true, hasPreviousPage: true } });
  });

  it('names orders within their program', async () => {
    const { asked, provider } = fakeApi({ body: { data: { commission: { ...commission } } } });
    await provider.getOne('commissions', { id: 'shop:o:1' });
    expect(asked[0]?.variables).toEqual({ program: 'shop', order: 'o:1' });
  });

  it.each([
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN', 403],
    ['BAD_USER_INPUT', 400],
    ['TOO_COMPLEX', 400],
    ['INTERNAL', 500],
  ])('turns %s, which comes with HTTP 200, into the status %i', async (code, status) => {
    const { provider } = fakeApi({ body: { data: null, errors: [{ message: 'No', extensions: { code } }] } });
    const error = await provider.getList('orders', { ...page, filter: {} }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status, message: 'No', body: { code } });
  });

  it('shows what is there beside what is not for the one who asks', async () => {
    const hidden = (...path: (string | number)[]) => [{ message: 'No', path, extensions: { code: 'FORBIDDEN' } }];
    const named = { ...commission, affiliate: { externalId: 'ann', name: null } };
    const part = fakeApi({ body: { data: { commission: named }, errors: hidden('commission', 'affiliate', 'name') } });
    expect(await part.provider.getOne('commissions', { id: 'shop:o1' })).toMatchObject({ data: { affiliate: { externalId: 'ann' } } });
    const none = fakeApi({ body: { data: { commission: null }, errors: hidden('commission', 'program') } });
    await expect(none.provider.getOne('commissions', { id: 'shop:o1' })).rejects.toMatchObject({ status: 403 });
  });

  it('tries again when the server cannot be reached, then says so', async () => {
    const { asked, provider } = fakeApi(new TypeError('fetch failed'), { body: { data: { program: null } } });
    await expect(provider.getOne('programs', { id: 'shop' })).rejects.toMatchObject({ status: 404 });
    expect(asked).toHaveLength(2);

    const down = fakeApi(new TypeError('fetch failed'));
    await expect(down.provider.getOne('programs', { id: 'shop' })).rejects.toMatchObject({ status: 503 });
    expect(down.asked).toHaveLength(3);
  });

  it('rejects, and does not throw, what it cannot do', async () => {
    const { provider } = fakeApi({ body: {} });
    await expect(provider.getList('nothing', { ...page, filter: {} })).rejects.toMatchObject({ status: 404 });
    await expect(provider.delete('orders', { id: 'shop:o1' })).rejects.toMatchObject({ status: 405 });
  });
});

it('asks for nothing that the API does not have', async () => {
  const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
  const texts: string[] = [];
  const collect: Ask = async (document) => {
    texts.push(print(document));
    throw new Error('asked');
  };
  const query = { first: 1, offset: 0, sort: { field: 'id', descending: true }, filter: {} };
  const provider = createDataProvider(collect, sources);
  const all = await Promise.all(Object.values(sources).map((read) => read()));
  const asking = all.flatMap((source) => [source.list(collect, query), source.one(collect, 'shop:1')]);
  await Promise.allSettled([...asking, provider.explain('shop:1')]);
  expect(texts.length).toBeGreaterThanOrEqual(12);
  for (const text of texts) expect(validate(schema, parse(text))).toEqual([]);
});
