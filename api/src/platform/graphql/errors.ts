import { HeaderMap } from '@apollo/server';
import { ApolloServerValidationErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes of top-level errors. What a rule turns away is no such error: it stands in `userErrors`. */
export const ERROR_CODES = [
  'MALFORMED',
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'TOO_COMPLEX',
  'RATE_LIMITED',
  'TIMED_OUT',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** `status`: of HTTP, where it is not the usual one. */
export function apiError(code: ErrorCode, message: string, status?: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...(status ? { http: { status } } : {}) } });
}

export const unauthenticated = () =>
  apiError('UNAUTHENTICATED', 'Sign in, or send a valid token in the header "Authorization: Bearer <token>"');
export const forbidden = (message = 'You may not do that') => apiError('FORBIDDEN', message);
export const internalError = (requestId: string) =>
  new GraphQLError('A fault', { extensions: { code: 'INTERNAL', requestId, http: { status: 500 } } });
export const badUserInput = (message: string) => apiError('BAD_USER_INPUT', message);
export const timedOut = () =>
  new GraphQLError('It took too long and was stopped; ask for less. A mutation may be sent again: with the same ids it is done once', {
    extensions: { code: 'TIMED_OUT', http: { status: 503 } },
  });
export const rateLimited = (retryAfter: number) =>
  new GraphQLError(`Too many requests; try again in ${retryAfter} seconds`, {
    extensions: { code: 'RATE_LIMITED', retryAfter, http: { status: 429, headers: new HeaderMap([['retry-after', String(retryAfter)]]) } },
  });
export const notListed = () => apiError('FORBIDDEN', 'This server answers only the documents on its list');

/** Apollo's own codes in our words. */
const TRANSLATED: Record<string, ErrorCode> = {
  GRAPHQL_PARSE_FAILED: 'MALFORMED',
  BAD_REQUEST: 'MALFORMED',
  GRAPHQL_VALIDATION_FAILED: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'MALFORMED',
  PERSISTED_QUERY_NOT_FOUND: 'MALFORMED',
};
const MAX_MESSAGE = 500;
/** What a fault is to whoever is outside. */
export const FAULT_MESSAGE = 'Something went wrong on our side; the log tells more under the id of the request';

function codeOf(extensions: Readonly<Record<string, unknown>> | undefined): ErrorCode {
  if (extensions?.['limit']) return 'TOO_COMPLEX';
  const code = String(extensions?.['code'] ?? '');
  return ERROR_CODES.find((known) => known === code) ?? TRANSLATED[code] ?? 'INTERNAL';
}

/** A fault of ours, not of the request. */
export function isInternal(error: GraphQLError): boolean {
  return codeOf(error.extensions) === 'INTERNAL';
}

/** What leaves the house: a code, a message, where in the request, and nothing of the inside. */
export function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const code = codeOf(formatted.extensions);
  const { requestId, retryAfter, validationErrorCode } = formatted.extensions ?? {};
  const isHidden = validationErrorCode === ApolloServerValidationErrorCode.INTROSPECTION_DISABLED;
  const message = code === 'INTERNAL' ? FAULT_MESSAGE : isHidden ? 'The schema is not shown here' : formatted.message;
  return {
    message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)} ...` : message,
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code, ...(code === 'INTERNAL' && requestId ? { requestId } : {}), ...(retryAfter ? { retryAfter } : {}) },
  };
}
