import type { CombinedError } from '@urql/core';
import { HttpError } from 'react-admin';

/** What stands for a code of the API, which may come with HTTP 200. */
const STATUS: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  MALFORMED: 400,
  BAD_USER_INPUT: 400,
  TOO_COMPLEX: 400,
  RATE_LIMITED: 429,
  INTERNAL: 500,
};
const UNREACHABLE = 503;

/** The API's first error as the pages understand it: with a status and, as its body, the code. */
export function toHttpError(error: CombinedError | undefined): HttpError {
  const [first] = error?.graphQLErrors ?? [];
  if (first) {
    const code = String(first.extensions['code'] ?? 'INTERNAL');
    const { requestId } = first.extensions;
    const about = typeof requestId === 'string' ? ` (request ${requestId})` : '';
    return new HttpError(`${first.message}${about}`, STATUS[code] ?? 500, { code });
  }
  const status = (error?.response as Response | undefined)?.status;
  return new HttpError('The server cannot be reached. Try again in a moment.', status === 401 ? 401 : UNREACHABLE, { code: 'UNREACHABLE' });
}

export function notFound(what: string, id: string): HttpError {
  return new HttpError(`There is no ${what} ${id}`, 404, { code: 'NOT_FOUND' });
}
