import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './passwords.ts';

/** Codes of what the addresses below /auth turn away. */
export type SignInCode =
  | 'WRONG_CREDENTIALS'
  | 'WRONG_CODE'
  | 'WRONG_PASSWORD'
  | 'SIGN_IN_AGAIN'
  | 'LINK_ENDED'
  | 'WEAK_PASSWORD'
  | 'CONFLICT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'RATE_LIMITED'
  | 'NOT_AVAILABLE'
  | 'MALFORMED'
  | 'INTERNAL';

export interface Refusal {
  readonly status: number;
  readonly code: SignInCode;
  readonly message: string;
}

const refusal = (status: number, code: SignInCode, message: string): Refusal => ({ status, code, message });

export const WRONG_CREDENTIALS = refusal(401, 'WRONG_CREDENTIALS', 'The e-mail address or the password is wrong');
export const WRONG_CODE = refusal(401, 'WRONG_CODE', 'The code is wrong, or was used already');
export const FOREIGN_PAGE = refusal(403, 'FORBIDDEN', 'Signing in works from pages of this server only');
export const TOO_MANY = refusal(429, 'RATE_LIMITED', 'Too many tries; wait a while');
export const NOT_AVAILABLE = refusal(404, 'NOT_AVAILABLE', 'Signing in with a company account is not set up here');
const SIGN_IN_AGAIN = refusal(401, 'SIGN_IN_AGAIN', 'That took too long or went wrong too often: begin again with your password');
const NOT_SET_UP = refusal(409, 'CONFLICT', 'There is no second factor');
const FAULT = refusal(500, 'INTERNAL', 'Something went wrong on our side; the log tells more under the id of the request');

/** The library's codes in our words. */
const TRANSLATED: Readonly<Record<string, Refusal>> = {
  INVALID_EMAIL_OR_PASSWORD: WRONG_CREDENTIALS,
  INVALID_EMAIL: WRONG_CREDENTIALS,
  INVALID_CODE: WRONG_CODE,
  INVALID_BACKUP_CODE: WRONG_CODE,
  INVALID_TWO_FACTOR_COOKIE: SIGN_IN_AGAIN,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: SIGN_IN_AGAIN,
  ACCOUNT_TEMPORARILY_LOCKED: TOO_MANY,
  INVALID_TOKEN: refusal(400, 'LINK_ENDED', 'The link has ended or was used already: ask for another'),
  PASSWORD_TOO_SHORT: refusal(400, 'WEAK_PASSWORD', `A password has at least ${MIN_PASSWORD_LENGTH} characters`),
  PASSWORD_TOO_LONG: refusal(400, 'WEAK_PASSWORD', `A password has at most ${MAX_PASSWORD_LENGTH} characters`),
  INVALID_PASSWORD: refusal(400, 'WRONG_PASSWORD', 'The password is wrong'),
  CREDENTIAL_ACCOUNT_NOT_FOUND: refusal(400, 'WRONG_PASSWORD', 'There is no password yet: ask for a link to set one'),
  TOTP_ALREADY_ENABLED: refusal(409, 'CONFLICT', 'There is a second factor already'),
  TOTP_NOT_ENABLED: NOT_SET_UP,
  BACKUP_CODES_NOT_ENABLED: NOT_SET_UP,
  TWO_FACTOR_NOT_ENABLED: NOT_SET_UP,
  UNAUTHORIZED: refusal(401, 'UNAUTHENTICATED', 'Sign in first'),
  PROVIDER_NOT_FOUND: NOT_AVAILABLE,
};

export function refusalOf(status: number, code: string | undefined): Refusal {
  if (status >= 500) return FAULT;
  const known = TRANSLATED[code ?? ''];
  if (known) return known;
  return status === 401 ? TRANSLATED['UNAUTHORIZED']! : refusal(status, 'MALFORMED', 'This can’t be read');
}

/** In the shape of GraphQL's errors, as everything here. */
export function errorBody({ code, message }: Refusal, more: Readonly<Record<string, unknown>> = {}): object {
  return { errors: [{ message, extensions: { code, ...more } }] };
}

/** Why the company's provider did not lead to a session, as the address of the sign-in page says it. */
export function problemOf(error: string): string {
  if (['signup_disabled', 'account_not_linked', 'domain_not_allowed', 'INVALID_EMAIL_OR_PASSWORD'].includes(error)) return 'not-invited';
  return error === 'access_denied' ? 'refused' : 'failed';
}
