import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Pool } from 'pg';
import type { OidcConfig } from '../../config.ts';
import { newId } from '../../platform/ids.ts';
import type { Key } from '../../platform/keys.ts';
import { hashIdentifier } from './identifier.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './passwords.ts';

// The library that signs people in, set to our tables. It takes a second to load, so nothing imports this file but `open-auth.ts`.

export const BASE_PATH = '/auth';
export const COOKIE_PREFIX = 'tributary';
/** How the library names whoever signs in by the company's provider. */
export const COMPANY = 'company';
/** By this header, which nobody outside can set, the library learns of the caller's address. */
export const ADDRESS_HEADER = 'x-tributary-address';

const RESET_SECONDS = 3_600;
const MINUTE_MS = 60_000;

export interface AuthOptions {
  readonly pool: Pool;
  readonly keys: readonly Key[];
  readonly publicUrl: string;
  readonly session: { readonly idleMinutes: number; readonly hours: number };
  readonly oidc: OidcConfig | undefined;
  /** Whose organization somebody joins who was not invited. */
  liveOrganization(): Promise<string>;
  isDisabled(memberId: string): Promise<boolean>;
  mailResetLink(member: { id: string; name: string; email: string }, token: string): Promise<void>;
  /** The link was followed: the address is proven, other links are worth nothing. */
  passwordWasSet(memberId: string): Promise<void>;
  sessionEnded(sessionId: string): void;
  log(level: 'error' | 'warn' | 'info' | 'debug', message: string): void;
}

export type Auth = ReturnType<typeof createAuth>;

export function createAuth(options: AuthOptions) {
  const { pool, keys, publicUrl, session, oidc } = options;
  return betterAuth({
    appName: 'Tributary',
    baseURL: publicUrl,
    basePath: BASE_PATH,
    secrets: keys.map(({ version, secret }) => ({ version, value: secret.toString('base64') })),
    database: pool,
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => options.log(level, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => options.mailResetLink(user, token),
      onPasswordReset: async ({ user }) => options.passwordWasSet(user.id),
    },
    user: {
      modelName: 'staff_member',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { organizationId: { type: 'string', fieldName: 'organization_id', required: false, input: false } },
      validateUserInfo: ({ user }) => checkDomain(user.email, oidc),
    },
    session: {
      modelName: 'staff_session',
      fields: {
        userId: 'member_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      additionalFields: { endsAt: { type: 'date', fieldName: 'ends_at', required: true, input: false } },
      expiresIn: session.hours * 3_600,
      // `Sessions` moves the end on with use: the library knows no last end.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'staff_account',
      fields: {
        userId: 'member_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      updateAccountOnSignIn: false,
      // Members come by invitation only, so nobody can have taken an address before its owner came.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
    },
    verification: {
      modelName: 'staff_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: { hash: async (identifier: string) => hashIdentifier(identifier) },
    },
    // `Throttle` counts by account, too, and for several processes.
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => newId() },
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: publicUrl.startsWith('https:'),
      cookies: { session_token: { attributes: { sameSite: 'strict' } } },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    databaseHooks: {
      user: { create: { before: async (user) => ({ data: { ...user, organizationId: await options.liveOrganization() } }) } },
      account: {
        create: {
          before: async (account) => ({ data: { ...account, ...NO_PROVIDER_TOKENS } }),
        },
      },
      session: {
        create: {
          before: async (created) => {
            // Whatever way somebody comes, and with the same answer as to a wrong password.
            if (await options.isDisabled(created.userId)) throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD' });
            const now = Date.now();
            const endsAt = now + session.hours * 60 * MINUTE_MS;
            const expiresAt = Math.min(now + session.idleMinutes * MINUTE_MS, endsAt);
            return { data: { ...created, expiresAt: new Date(expiresAt), endsAt: new Date(endsAt) } };
          },
        },
        delete: { after: async ({ id }) => options.sessionEnded(id) },
      },
    },
    plugins: [
      twoFactor({
        issuer: 'Tributary',
        twoFactorCookieMaxAge: 600,
        // Whoever signs in by the company's provider only has no password to give.
        allowPasswordless: true,
        accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: LOCKED_SECONDS },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'staff_two_factor',
            fields: {
              userId: 'member_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      ...(oidc ? [companySignIn(oidc)] : []),
    ],
  });
}

/** For how long nobody can try second factors of a member after ten wrong ones. */
export const LOCKED_SECONDS = 900;

const NO_PROVIDER_TOKENS = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
};

function companySignIn({ issuer, clientId, clientSecret, join }: OidcConfig) {
  return genericOAuth({
    config: [
      {
        providerId: COMPANY,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        disableSignUp: !join,
      },
    ],
  });
}

/** Also of those who were let in before: the list may have become shorter. */
function checkDomain(email: string | null | undefined, oidc: OidcConfig | undefined): { error: string } | undefined {
  const domain = email?.toLowerCase().split('@').at(-1) ?? '';
  const allowed = !oidc || oidc.domains.length === 0 || oidc.domains.includes(domain);
  return allowed ? undefined : { error: 'domain_not_allowed' };
}
