import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

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
  readonly payout: PayoutEnvironment;
}

/** How money leaves. */
export interface PayoutEnvironment {
  /** The file that says which accounts are paid from and how tables look. */
  readonly settingsFile: string | undefined;
  readonly paypal: { readonly live: PayPalEnvironment | undefined; readonly sandbox: PayPalEnvironment | undefined };
}

export interface PayPalEnvironment {
  readonly url: string;
  readonly clientId: string;
  readonly secret: string;
  /** Without it no webhook is believed; results come by asking. */
  readonly webhookId: string | undefined;
}

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

  const config: Config = {
    host: read('HOST', '127.0.0.1', (text) => (/^[\w.:-]+$/.test(text) ? text : undefined), 'a host name or an address'),
    port: read('PORT', 4000, parsePort, 'a whole number from 0 to 65535'),
    databaseUrl: readUrl('DATABASE_URL'),
    migrationUrl: readUrl('MIGRATION_URL'),
    readUrl: readUrl('READ_URL'),
    dataDir: read('TRIBUTARY_DATA', resolve(REPOSITORY, '.data'), (text) => resolve(text), 'a folder'),
    logLevel: read<LogLevel>('LOG_LEVEL', 'warn', (text) => LOG_LEVELS.find((level) => level === text), `one of ${LOG_LEVELS.join(', ')}`),
    demo: read('TRIBUTARY_DEMO', true, parseSwitch, 'on or off'),
    payout: {
      settingsFile: read<string | undefined>('PAYOUT_SETTINGS', undefined, (text) => resolve(text), 'a file'),
      paypal: {
        live: readPayPal('PAYPAL', 'https://api-m.paypal.com'),
        sandbox: readPayPal('PAYPAL_SANDBOX', 'https://api-m.sandbox.paypal.com'),
      },
    },
  };
  if (!config.databaseUrl && (config.migrationUrl || config.readUrl))
    problems.push(`${config.migrationUrl ? 'MIGRATION_URL' : 'READ_URL'} needs a DATABASE_URL beside it`);
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => `The environment variable ${problem}.`).join('\n'));
  return config;
}

function parsePort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
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

function parsePostgresUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isDatabase = (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') && url.pathname.length > 1;
  return isDatabase ? text : undefined;
}
