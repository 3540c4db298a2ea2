import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Limits } from '../../config.ts';
import type { RequestContext } from '../../context.ts';
import { sqlStateOf } from '../database/transaction.ts';
import type { Rates } from '../edge/rates.ts';
import { formatError, isInternal, rateLimited, timedOut } from './errors.ts';
import { limitsRule, MAX_TOKENS, rootsOf } from './limits.ts';
import { strangersPlugin } from './strangers.ts';

/** Of a document that does not fit: enough to mend it by, and no work without end. */
const MAX_ERRORS = 10;
/** What PostgreSQL says of a statement that it stopped. */
const CANCELED = '57014';

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly log: FastifyBaseLogger;
  readonly introspection: boolean;
  readonly limits: Limits;
  readonly rates: Rates;
}

/** Apollo, wired for our errors and limits. It asks no other host for anything. */
export function createApolloServer({ schema, log, introspection, limits, rates }: ApolloOptions): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection,
    includeStacktraceInErrorResponses: false,
    formatError,
    // Not Apollo's own `maxRecursiveSelections`: with it our limits would come last. They count the same, and hold it lower.
    validationRules: [limitsRule],
    validationOptions: { maxErrors: MAX_ERRORS },
    csrfPrevention: true,
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
      operationPlugin(limits, rates),
      strangersPlugin(introspection),
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
            if (sqlStateOf(error.originalError) === CANCELED) {
              (error.extensions as Record<string, unknown>)['code'] = 'TIMED_OUT';
              error.message = timedOut().message;
              log.warn({ reqId: requestId, operation: operationName, path: error.path }, 'A statement took too long');
            }
            if (isUnreadVariables(error)) (error.extensions as Record<string, unknown>)['code'] = 'BAD_USER_INPUT';
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

/** graphql-js says so without a code when more than fifty values of the variables don't fit. */
function isUnreadVariables({ originalError, path, message }: GraphQLError): boolean {
  return !originalError && !path && message.startsWith('Too many errors processing variables');
}

/** Once it is known what is asked: an act has more time than a question, and each of several counts. */
function operationPlugin({ mutationSeconds }: Limits, rates: Rates): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, contextValue: { deadline, rateKey } }) {
          // None: the name is of no operation, and nothing will run.
          if (!operation) return;
          if (operation.operation === 'mutation') deadline.set(mutationSeconds);
          const more = rootsOf(operation) - 1;
          if (more === 0) return;
          const { allowed, seconds } = await rates.count(rateKey.kind, rateKey.key, more);
          if (!allowed) throw rateLimited(seconds);
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
