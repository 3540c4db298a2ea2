import { Client, fetchExchange, type TypedDocumentNode } from '@urql/core';
import { retryExchange } from '@urql/exchange-retry';
import { toHttpError } from './errors.ts';

/** Asks the API. Rejects with an HttpError. */
export type Ask = <Data, Variables extends object>(document: TypedDocumentNode<Data, Variables>, variables: Variables) => Promise<Data>;

export interface ApiOptions {
  readonly url: string;
  readonly token: () => string | null;
  readonly fetch?: typeof fetch;
}

/** Without a cache of its own: that of the pages is the only one. */
export function createAsk({ url, token, fetch: send }: ApiOptions): Ask {
  const retry = retryExchange({
    initialDelayMs: 300,
    maxNumberAttempts: 3,
    retryIf: ({ networkError, response }, { kind }) => kind === 'query' && Boolean(networkError) && !response,
  });
  const client = new Client({
    url,
    exchanges: [retry, fetchExchange],
    preferGetMethod: false,
    requestPolicy: 'network-only',
    fetchOptions: () => headersFor(token()),
    ...(send ? { fetch: send } : {}),
  });
  return async (document, variables) => {
    const { data, error } = await client.query(document, variables).toPromise();
    if (error) throw toHttpError(error);
    if (!data) throw toHttpError(undefined);
    return data;
  };
}

function headersFor(token: string | null): RequestInit {
  return token ? { headers: { authorization: `Bearer ${token}` } } : {};
}
