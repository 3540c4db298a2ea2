import pg from 'pg';

/** The application's own role: it may not change the books, and row-level security holds for it. */
export const APPLICATION_ROLE = 'tributary_app';

/** No statement of a request or a job takes longer, even if nobody is left to stop it. */
const STATEMENT_SECONDS = 120;

export interface PoolOptions {
  readonly url: string;
  readonly max?: number;
  readonly statementSeconds?: number;
  /** A connection broke. Queries in flight fail by themselves; without this listener Node would end. */
  onError?(error: Error): void;
}

export function createPool({ url, max = 16, statementSeconds = STATEMENT_SECONDS, onError = () => {} }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    // A statement need not wait for the answer to the one before it; see `together`.
    pipeline: true,
    idleTimeoutMillis: 60_000,
    application_name: 'tributary',
    statement_timeout: statementSeconds * 1000,
    idle_in_transaction_session_timeout: statementSeconds * 1000,
  });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

/**
 * The URL under which the application works, made from one that may do more: its own role logs in where the server
 * asks for no password; elsewhere the given account takes the role on for the whole connection.
 */
export function applicationUrl(url: string): string {
  const changed = new URL(url);
  if (decodeURIComponent(changed.username) === APPLICATION_ROLE) return url;
  if (changed.username && !changed.password) changed.username = APPLICATION_ROLE;
  else changed.searchParams.set('options', [changed.searchParams.get('options'), `-c role=${APPLICATION_ROLE}`].filter(Boolean).join(' '));
  return changed.href;
}
