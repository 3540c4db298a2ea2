import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../context.ts';
import { formatError, isInternal } from './errors.ts';
import { limitsRule, MAX_TOKENS } from './limits.ts';

/** Apollo, wired for our errors and limits. It asks no other host for anything. */
export function createApolloServer(schema: GraphQLSchema, log: FastifyBaseLogger): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    formatError,
    validationRules: [limitsRule],
    parseOptions: { maxTokens: MAX_TOKENS, noLocation: false },
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    apollo: { key: undefined, graphRef: undefined },
    logger: { debug: () => {}, info: () => {}, warn: (message) => log.warn(message), error: (message) => log.error(message) },
    plugins: [
      // It would wrap every field, for headers that we don't send.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      faultsPlugin(log),
      oneLimitPlugin,
    ],
  });
}

/** Writes faults to the log, and says under which id. */
function faultsPlugin(log: FastifyBaseLogger): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue, operationName }) {
          const { requestId } = contextValue;
          for (const error of errors) {
            if (!isInternal(error)) continue;
            (error.extensions as Record<string, unknown>)['requestId'] = requestId;
            log.error(
              { reqId: requestId, operation: operationName, path: error.path, err: error.originalError ?? error },
              'A request failed',
            );
          }
        },
      };
    },
  };
}

/** A query beyond a limit is told so once; see `limitsRule`. */
const oneLimitPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async validationDidStart() {
        return async (errors) => {
          const found = errors as GraphQLError[] | undefined;
          if (found?.some(({ extensions }) => extensions['limit'])) found.splice(1);
        };
      },
    };
  },
};
