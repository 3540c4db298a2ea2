import { Client, type CombinedError, fetchExchange, type TypedDocumentNode } from '@urql/core';
import { retryExchange } from '@urql/exchange-retry';
import { type DocumentNode, Kind, OperationTypeNode } from 'graphql';
import { isAtWork } from '../live/activity.ts';
import { toHttpError } from './errors.ts';

/** Asks the API, or has it act. Rejects with an HttpError. */
export type Ask = <Data, Variables extends object>(document: TypedDocumentNode<Data, Variables>, variables: Variables) => Promise<Data>;

export interface ApiOptions {
  readonly url: string;
  /** The sandbox that one works in; null: the organization itself. */
  readonly place?: () => string | null;
  /** In which sentences are read. */
  readonly language?: () => string;
  readonly fetch?: typeof fetch;
}

/** Without a cache of its own: that of the pages is the only one. Acts are never repeated by themselves. */
export function createAsk({ url, place = () => null, language = () => 'en', fetch: send }: ApiOptions): Ask {
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
    // The session is in a cookie that goes along with what this page asks of its own server.
    fetchOptions: () => ({ credentials: 'same-origin', headers: headersFor(place(), language()) }),
    ...(send ? { fetch: send } : {}),
  });
  return async (document, variables) => {
    const asked = isAct(document) ? client.mutation(document, variables) : client.query(document, variables);
    const { data, error } = await asked.toPromise();
    if (error && !isPart(data, error)) throw toHttpError(error);
    if (!data) throw toHttpError(undefined);
    return data;
  };
}

function isAct({ definitions }: DocumentNode): boolean {
  return definitions.some(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION,
  );
}

/** Whether all is there but fields that are not for the one who asks: names, for those who may see orders but not people. */
function isPart(data: unknown, { graphQLErrors, networkError }: CombinedError): boolean {
  if (!data || networkError) return false;
  const isHidden = graphQLErrors.every(({ extensions, path }) => extensions['code'] === 'FORBIDDEN' && (path?.length ?? 0) > 1);
  return isHidden && Object.values(data).every((root) => root !== null);
}

/** Where one works, in which language one reads, and whether anybody does: what pages ask by themselves keeps no session alive. */
export function headersFor(place: string | null, language: string): Record<string, string> {
  return {
    'accept-language': language,
    ...(place === null ? {} : { 'x-tributary-organization': place }),
    ...(isAtWork() ? {} : { 'x-tributary-quiet': '1' }),
  };
}
