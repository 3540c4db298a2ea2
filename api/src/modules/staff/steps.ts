import type { Counted } from './throttle.ts';

const ADDRESS_LIMIT = { tries: 100, seconds: 900 };
const ACCOUNT_LIMIT = { tries: 30, seconds: 900 };
/** Of one account from one address: whoever forgot a password stops here, long before the account is closed to others. */
const PAIR_LIMIT = { tries: 10, seconds: 900 };
const MAIL_LIMIT = { tries: 3, seconds: 900 };

export type Body = Readonly<Record<string, unknown>>;

/** Whose cookies the library sees: none, the session's, or that of a sign-in which waits for its second factor. */
type Cookies = 'none' | 'session' | 'challenge';

/** One address below /auth, and what of the library stands behind it. */
export interface Step {
  readonly to: string;
  /** How the audit log names it. */
  readonly act: string;
  /** Texts of the body, by our names and the library's. */
  readonly takes: Readonly<Record<string, string>>;
  readonly always?: Body;
  readonly cookies: Cookies;
  /** What of the library's answer goes out, by our names. What is not named stays inside: tokens above all. */
  readonly gives?: Readonly<Record<string, string>>;
  readonly counts?: (body: Body, address: string) => readonly Counted[];
}

const emailOf = (body: Body) => String(body['email']);
export const byAddress = (what: string, address: string): Counted => ({ key: `${what} from ${address}`, limit: ADDRESS_LIMIT });

export const accountKeys = (email: string, address: string): readonly [string, string] => [
  `sign-in of ${email} from ${address}`,
  `sign-in of ${email}`,
];

const passwordTries = (body: Body, address: string): readonly Counted[] => {
  const [pair, account] = accountKeys(emailOf(body), address);
  return [{ key: pair, limit: PAIR_LIMIT }, { key: account, limit: ACCOUNT_LIMIT }, byAddress('sign-in', address)];
};

export const STEPS = {
  'sign-in': {
    to: '/sign-in/email',
    act: 'signIn',
    takes: { email: 'email', password: 'password' },
    cookies: 'none',
    gives: { secondFactor: 'twoFactorRedirect' },
    counts: passwordTries,
  },
  'second-factor': {
    to: '/two-factor/verify-totp',
    act: 'useSecondFactor',
    takes: { code: 'code' },
    cookies: 'challenge',
    counts: (_, address) => [byAddress('code', address)],
  },
  'recovery-code': {
    to: '/two-factor/verify-backup-code',
    act: 'useRecoveryCode',
    takes: { code: 'code' },
    cookies: 'challenge',
    counts: (_, address) => [byAddress('code', address)],
  },
  'sign-out': { to: '/sign-out', act: 'signOut', takes: {}, cookies: 'session' },
  'set-password': {
    to: '/reset-password',
    act: 'setPassword',
    takes: { token: 'token', password: 'newPassword' },
    cookies: 'none',
    counts: (_, address) => [byAddress('set-password', address)],
  },
  'forgotten-password': {
    to: '/request-password-reset',
    act: 'forgetPassword',
    takes: { email: 'email' },
    cookies: 'none',
    counts: (body, address) => [{ key: `mail to ${emailOf(body)}`, limit: MAIL_LIMIT }, byAddress('mail', address)],
  },
  'change-password': {
    to: '/change-password',
    act: 'changePassword',
    takes: { password: 'currentPassword', newPassword: 'newPassword' },
    always: { revokeOtherSessions: true },
    cookies: 'session',
    counts: (_, address) => [byAddress('password', address)],
  },
  'second-factor/begin': {
    to: '/two-factor/enable',
    act: 'beginSecondFactor',
    takes: { password: 'password' },
    cookies: 'session',
    gives: { uri: 'totpURI', recoveryCodes: 'backupCodes' },
    counts: (_, address) => [byAddress('password', address)],
  },
  'second-factor/confirm': {
    to: '/two-factor/verify-totp',
    act: 'confirmSecondFactor',
    takes: { code: 'code' },
    cookies: 'session',
    counts: (_, address) => [byAddress('code', address)],
  },
  'second-factor/end': {
    to: '/two-factor/disable',
    act: 'endSecondFactor',
    takes: { password: 'password' },
    cookies: 'session',
    counts: (_, address) => [byAddress('password', address)],
  },
  'recovery-codes': {
    to: '/two-factor/generate-backup-codes',
    act: 'renewRecoveryCodes',
    takes: { password: 'password' },
    cookies: 'session',
    gives: { recoveryCodes: 'backupCodes' },
    counts: (_, address) => [byAddress('password', address)],
  },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;
