import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whatIsWrongWithKeys } from './platform/keys.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How much one caller may ask for. Each is a number above zero: they can be set high, but not switched off. */
export interface Limits {
  /** Requests a minute of one network address, whoever asks and for whatever. */
  readonly perAddress: number;
  /** Operations a minute of one address without a valid token. */
  readonly perStranger: number;
  /** Wrong tokens a minute of one address, before no token from there is looked at. */
  readonly wrongTokens: number;
  /** Operations a minute of one token or session of staff or of an affiliate. */
  readonly perToken: number;
  /** The same for integrators, who tell what happens: many small calls, and large ones. */
  readonly perIntegrator: number;
  /** Seconds that a query may take. */
  readonly querySeconds: number;
  /** Seconds that a mutation may take. */
  readonly mutationSeconds: number;
  /** Seconds in which a request must have been sent wholly. */
  readonly sendSeconds: number;
}

/** Everything the environment decides. It is read once, at start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** The database of normal work; none: an embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** The database for migrations, where it is another one than that of normal work. */
  readonly migrationUrl: string | undefined;
  /** The database for reporting reads, where it is another one. */
  readonly readUrl: string | undefined;
  /** The folder for all that the server keeps on disk. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** Does a start from empty load the living demo? */
  readonly demo: boolean;
  /** Is the back office built where it is missing or older than its sources? */
  readonly buildBackOffice: boolean;
  readonly payout: PayoutEnvironment;
  /** Does it serve more than those who develop? Then what only helps them is off unless it is asked for. */
  readonly production: boolean;
  /** Is the schema shown to whoever asks? */
  readonly introspection: boolean;
  /** Is the explorer served? */
  readonly explorer: boolean;
  /** Origins of web pages on other hosts that may call the API. */
  readonly corsOrigins: readonly string[];
  /** Addresses and networks of proxies whose word on the caller's address is believed. */
  readonly trustedProxies: readonly string[];
  /** Files of the only documents that are answered; none: all are. */
  readonly allowedQueries: readonly string[];
  readonly limits: Limits;
  /** Where people reach it, without a path; none: where it listens. */
  readonly publicUrl: string | undefined;
  /** Networks inside that webhooks may call all the same. */
  readonly webhookNetworks: readonly string[];
  /** How a visitor's country is told. */
  readonly countryDatabase: string | undefined;
  readonly countryHeader: string | undefined;
  /** For signing, the newest first. */
  readonly keys: string | undefined;
  /** Who is invited as the first admin when the database is empty. */
  readonly firstAdmin: { readonly name: string; readonly email: string } | undefined;
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** After so long without use, and after so long at all, a session ends. */
  readonly session: { readonly idleMinutes: number; readonly hours: number };
  /** Must members who have a password have a second factor, too? Without it they may do nothing but set one up. */
  readonly secondFactorRequired: boolean;
  /** The company's own sign-in; none: by password only. */
  readonly oidc: OidcConfig | undefined;
}

export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** On the button. */
  readonly name: string;
  /** Only addresses of these domains are let in; empty: of any. */
  readonly domains: readonly string[];
  /** Does somebody of these domains who was not invited become a member, without any role? */
  readonly join: boolean;
}

/** How money leaves. */
export interface PayoutEnvironment {
  /** The file that says which accounts are paid from and how tables look. */
  readonly settingsFile: string | undefined;
  /** Lines of a batch in one transaction. */
  readonly linesAtOnce: number;
  readonly paypal: { readonly live: PayPalEnvironment | undefined; readonly sandbox: PayPalEnvironment | undefined };
}

export interface PayPalEnvironment {
  readonly url: string;
  readonly clientId: string;
  readonly secret: string;
  /** Without it no webhook is believed; results come by asking. */
  readonly webhookId: string | undefined;
}

/** For whoever drives a server of its own as fast as it goes: tests, the player of scenarios, benches. */
export const HIGH_RATES: Readonly<Record<string, string>> = {
  RATE_PER_ADDRESS: '100000000',
  RATE_PER_STRANGER: '100000000',
  RATE_WRONG_TOKENS: '100000000',
  RATE_PER_TOKEN: '100000000',
  RATE_PER_INTEGRATOR: '100000000',
};

type Environment = Readonly<Record<string, string | undefined>>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** Names every variable that is wrong, not only the first. */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];

  function read<T>(name: string, otherwise: T, parse: (text: string) => T | undefined, expected: string): T {
    const text = environment[name]?.trim();
    if (!text) return otherwise;
    const value = parse(text);
    if (value === undefined) problems.push(`${name} is ${JSON.stringify(text)}; expected ${expected}`);
    return value ?? otherwise;
  }
  const readUrl = (name: string) =>
    read<string | undefined>(name, undefined, parsePostgresUrl, 'postgres://user:password@host:port/database');

  /** All of an account or nothing: half of one is a mistake. */
  function readPayPal(prefix: string, usualUrl: string): PayPalEnvironment | undefined {
    const text = (name: string) => read<string | undefined>(`${prefix}_${name}`, undefined, (value) => value, 'a text');
    const [clientId, secret, webhookId] = [text('CLIENT_ID'), text('CLIENT_SECRET'), text('WEBHOOK_ID')];
    const url = read(`${prefix}_URL`, usualUrl, parseHttpUrl, 'https://host, or http:// on this machine');
    if (clientId !== undefined && secret !== undefined) return { url, clientId, secret, webhookId };
    if (clientId !== undefined || secret !== undefined)
      problems.push(`${prefix}_${clientId === undefined ? 'CLIENT_ID' : 'CLIENT_SECRET'} is missing beside its other half`);
    return undefined;
  }
  const readSwitch = (name: string, otherwise: boolean) => read(name, otherwise, parseSwitch, 'on or off');
  const readNumber = (name: string, otherwise: number) => read(name, otherwise, parseCount, `a whole number from 1 to ${MOST}`);
  const production = environment['NODE_ENV'] === 'production' || readSwitch('TRIBUTARY_PRODUCTION', false);
  const readText = (name: string) => read<string | undefined>(name, undefined, (text) => text, 'a text');

  function readAdmin(): Config['firstAdmin'] {
    const email = read<string | undefined>('TRIBUTARY_ADMIN_EMAIL', undefined, parseEmail, 'an e-mail address');
    const name = readText('TRIBUTARY_ADMIN_NAME');
    if (name && !email) problems.push('TRIBUTARY_ADMIN_NAME needs a TRIBUTARY_ADMIN_EMAIL beside it');
    return email ? { email, name: name ?? email } : undefined;
  }

  function readOidc(): OidcConfig | undefined {
    const issuer = read<string | undefined>('OIDC_ISSUER', undefined, parseIssuer, 'https://host/path, or http:// on the local machine');
    const clientId = readText('OIDC_CLIENT_ID');
    const clientSecret = readText('OIDC_CLIENT_SECRET');
    const name = read('OIDC_NAME', 'your company', (text) => text.slice(0, 60), 'a text');
    const domains = read<readonly string[]>('OIDC_DOMAINS', [], parseDomains, 'domains with commas between them');
    const join = read('OIDC_JOIN', false, parseSwitch, 'on or off');
    if (join && domains.length === 0)
      problems.push('OIDC_JOIN needs OIDC_DOMAINS beside it, or everybody whom the provider knows would join');
    if (issuer && clientId && clientSecret) return { issuer, clientId, clientSecret, name, domains, join };
    if (issuer || clientId || clientSecret)
      problems.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together or not at all');
    return undefined;
  }

  const config: Config = {
    host: read('HOST', '127.0.0.1', (text) => (/^[\w.:-]+$/.test(text) ? text : undefined), 'a host name or an address'),
    port: read('PORT', 4000, parsePort, 'a whole number from 0 to 65535'),
    databaseUrl: readUrl('DATABASE_URL'),
    migrationUrl: readUrl('MIGRATION_URL'),
    readUrl: readUrl('READ_URL'),
    dataDir: read('TRIBUTARY_DATA', resolve(REPOSITORY, '.data'), (text) => resolve(text), 'a folder'),
    logLevel: read<LogLevel>('LOG_LEVEL', 'warn', (text) => LOG_LEVELS.find((level) => level === text), `one of ${LOG_LEVELS.join(', ')}`),
    demo: readSwitch('TRIBUTARY_DEMO', true),
    buildBackOffice: readSwitch('BUILD_BACK_OFFICE', !production),
    production,
    introspection: readSwitch('INTROSPECTION', !production),
    explorer: readSwitch('EXPLORER', !production),
    corsOrigins: read<readonly string[]>(
      'CORS_ORIGINS',
      [],
      listOf(parseOrigin),
      'origins such as https://shop.example, with commas between',
    ),
    trustedProxies: read<readonly string[]>(
      'TRUSTED_PROXIES',
      [],
      listOf(parseNetwork),
      'addresses or networks such as 10.0.0.0/8, with commas between',
    ),
    allowedQueries: read<readonly string[]>(
      'ALLOWED_QUERIES',
      [],
      listOf((text) => resolve(text)),
      'files',
    ),
    limits: {
      perAddress: readNumber('RATE_PER_ADDRESS', 120_000),
      perStranger: readNumber('RATE_PER_STRANGER', 300),
      wrongTokens: readNumber('RATE_WRONG_TOKENS', 30),
      perToken: readNumber('RATE_PER_TOKEN', 6_000),
      perIntegrator: readNumber('RATE_PER_INTEGRATOR', 60_000),
      querySeconds: readNumber('QUERY_SECONDS', 15),
      mutationSeconds: readNumber('MUTATION_SECONDS', 60),
      sendSeconds: readNumber('SEND_SECONDS', 30),
    },
    payout: {
      settingsFile: read<string | undefined>('PAYOUT_SETTINGS', undefined, (text) => resolve(text), 'a file'),
      linesAtOnce: readNumber('PAYOUT_LINES_AT_ONCE', 500),
      paypal: {
        live: readPayPal('PAYPAL', 'https://api-m.paypal.com'),
        sandbox: readPayPal('PAYPAL_SANDBOX', 'https://api-m.sandbox.paypal.com'),
      },
    },
    publicUrl: read<string | undefined>('TRIBUTARY_URL', undefined, parsePublicUrl, 'https://host, without a path'),
    webhookNetworks: read<readonly string[]>(
      'WEBHOOK_NETWORKS',
      [],
      listOf(parseNetwork),
      'addresses or networks such as 10.0.0.0/8, with commas between',
    ),
    countryDatabase: read<string | undefined>('COUNTRY_DATABASE', undefined, (text) => resolve(text), 'a file'),
    countryHeader: read<string | undefined>('COUNTRY_HEADER', undefined, parseHeader, 'the name of a header'),
    keys: readText('TRIBUTARY_KEYS'),
    firstAdmin: readAdmin(),
    mail: {
      smtpUrl: read<string | undefined>('SMTP_URL', undefined, parseSmtpUrl, 'smtp://user:password@host:port or smtps://...'),
      from: read('MAIL_FROM', 'Tributary <tributary@localhost>', parseSender, 'an address, or a name with an address in <>'),
    },
    session: {
      idleMinutes: read('SESSION_IDLE_MINUTES', 120, (text) => parseWhole(text, 1, 1440), 'a whole number from 1 to 1440'),
      hours: read('SESSION_HOURS', 12, (text) => parseWhole(text, 1, 720), 'a whole number from 1 to 720'),
    },
    secondFactorRequired: read('STAFF_SECOND_FACTOR', false, parseRequired, 'required or optional'),
    oidc: readOidc(),
  };
  if (!config.databaseUrl && (config.migrationUrl || config.readUrl))
    problems.push(`${config.migrationUrl ? 'MIGRATION_URL' : 'READ_URL'} needs a DATABASE_URL beside it`);
  if (config.countryHeader && config.trustedProxies.length === 0)
    problems.push('COUNTRY_HEADER needs TRUSTED_PROXIES beside it, or every visitor could say where they are');
  if (config.countryDatabase && !existsSync(config.countryDatabase))
    problems.push(`COUNTRY_DATABASE is ${JSON.stringify(config.countryDatabase)}; there is no such file`);
  const badKeys = whatIsWrongWithKeys(config.keys, production);
  if (badKeys) problems.push(`TRIBUTARY_KEYS ${badKeys}`);
  if (production && !environment['TRIBUTARY_URL']?.trim())
    problems.push('TRIBUTARY_URL is not set; production needs it for links in mails and for cookies');
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => `The environment variable ${problem}.`).join('\n'));
  return config;
}

const MOST = 1_000_000_000;

function parseCount(text: string): number | undefined {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= MOST ? Number(text) : undefined;
}

/** Undefined as soon as one of them is wrong. */
function listOf<T>(parse: (text: string) => T | undefined): (text: string) => readonly T[] | undefined {
  return (text) => {
    const found = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(parse);
    return found.every((value) => value !== undefined) ? (found as T[]) : undefined;
  };
}

function parseOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.origin === text ? text : undefined;
}

function parseNetwork(text: string): string | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  const widest = version === 6 ? 128 : 32;
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest);
  return version > 0 && fits && more.length === 0 ? text : undefined;
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function parseRequired(text: string): boolean | undefined {
  return { required: true, optional: false }[text];
}

function parseSwitch(text: string): boolean | undefined {
  return { on: true, true: true, '1': true, off: false, false: false, '0': false }[text.toLowerCase()];
}

/** Credentials go over TLS, or no further than this machine. */
function parseHttpUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url?.protocol === 'https:' || isLocal ? text.replace(/\/+$/, '') : undefined;
}

function parseWhole(text: string, from: number, to: number): number | undefined {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}

function parsePublicUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin =
    (url?.protocol === 'https:' || url?.protocol === 'http:') && url.pathname === '/' && !url.search && !url.hash && !url.username;
  return isOrigin ? url.origin : undefined;
}

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

function parseIssuer(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.has(url.hostname)) ? text : undefined;
}

function parseSmtpUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (url?.protocol === 'smtp:' || url?.protocol === 'smtps:') && url.hostname ? text : undefined;
}

function parseHeader(text: string): string | undefined {
  return /^[A-Za-z0-9-]{1,60}$/.test(text) ? text.toLowerCase() : undefined;
}

const EMAIL = /^[^\s@<>",;:\\]{1,64}@[^\s@<>",;:\\]{1,189}$/;

function parseEmail(text: string): string | undefined {
  return EMAIL.test(text) ? text.toLowerCase() : undefined;
}

function parseSender(text: string): string | undefined {
  return EMAIL.test(text) || EMAIL.test(/^[^<>\r\n]* <([^<>]+)>$/.exec(text)?.[1] ?? '') ? text : undefined;
}

function parseDomains(text: string): readonly string[] | undefined {
  const domains = text.split(',').map((domain) => domain.trim().toLowerCase());
  return domains.every((domain) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)) ? domains : undefined;
}

function parsePostgresUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isDatabase = (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') && url.pathname.length > 1;
  return isDatabase ? text : undefined;
}
