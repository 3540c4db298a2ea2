import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes of top-level errors. What a rule turns away is no such error: it stands in `userErrors`. */
export const ERROR_CODES = ['MALFORMED', 'BAD_USER_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'TOO_COMPLEX', 'INTERNAL'] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export function apiError(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

export const unauthenticated = () =>
  apiError('UNAUTHENTICATED', 'A valid token is needed: send the header "Authorization: Bearer <token>"');
export const forbidden = () => apiError('FORBIDDEN', 'This token may not do that');
export const internalError = (requestId: string) => new GraphQLError('A fault', { extensions: { code: 'INTERNAL', requestId } });
export const badUserInput = (message: string) => apiError('BAD_USER_INPUT', message);

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
  const requestId = formatted.extensions?.['requestId'];
  const message = code === 'INTERNAL' ? FAULT_MESSAGE : formatted.message;
  return {
    message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)} ...` : message,
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code, ...(code === 'INTERNAL' && requestId ? { requestId } : {}) },
  };
}
