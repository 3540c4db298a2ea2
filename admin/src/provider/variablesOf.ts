import type { SortPayload } from 'react-admin';
import type { Ask } from '../api/client.ts';
import type { Filter, ListQuery } from './source.ts';

/** What a list is asked with, without the page: whatever else reads the same list asks for the same. */
export async function variablesOf(
  source: { readonly list: (ask: Ask, query: ListQuery) => Promise<unknown> },
  filter: Filter,
  sort: SortPayload,
): Promise<object> {
  let asked: Record<string, unknown> = {};
  const listen = ((_document: unknown, variables: object) => {
    asked = { ...variables };
    return Promise.reject(new Error('It is asked for only'));
  }) as unknown as Ask;
  const query = { first: 1, offset: 0, filter, sort: { field: sort.field, descending: sort.order === 'DESC' } };
  await source.list(listen, query).catch(() => {});
  const { first: _first, offset: _offset, ...variables } = asked;
  return variables;
}
