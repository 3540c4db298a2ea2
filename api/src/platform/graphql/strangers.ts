import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { RequestContext } from '../../context.ts';
import { unauthenticated } from './errors.ts';

const SUGGESTION = / ?Did you mean [^?]*\?/g;
/** These speak of the request itself, not of what the schema has. */
const SAID_TO_ALL: ReadonlySet<unknown> = new Set(['MALFORMED', 'TOO_COMPLEX', 'RATE_LIMITED', 'TIMED_OUT', 'INTERNAL']);

/**
 * What whoever has no valid token is told of a request that went wrong. Where the schema is shown: no suggestions. Where it is
 * not: that a token is needed, and nothing from which it could be seen whether a field, a type or a thing is there.
 */
export function strangersPlugin(introspection: boolean): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue: { viewer } }) {
          if ((viewer && introspection) || response.body.kind !== 'single') return;
          const result = response.body.singleResult;
          if (!result.errors) return;
          result.errors = result.errors.map(withoutSuggestion);
          if (viewer || introspection) return;
          const isAnswered = Object.values(result.data ?? {}).some((value) => value !== null);
          if (isAnswered || result.errors.some(({ extensions }) => SAID_TO_ALL.has(extensions?.['code']))) return;
          delete result.data;
          result.errors = [unauthenticated().toJSON()];
          response.http.status = 401;
          response.http.headers.set('www-authenticate', 'Bearer');
        },
      };
    },
  };
}

function withoutSuggestion(error: GraphQLFormattedError): GraphQLFormattedError {
  return { ...error, message: error.message.replaceAll(SUGGESTION, '') };
}
