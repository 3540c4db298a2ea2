import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, createApp } from '../app.ts';
import { TOKENS_FILE } from '../bootstrap.ts';
import { type Config, HIGH_RATES, readConfig } from '../config.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './database.ts';

export interface Answer<T> {
  readonly status: number;
  readonly data: T;
  readonly errors?: readonly { message: string; path?: (string | number)[]; extensions: { code: string; requestId?: string } }[];
}

/** Asks the API as the holder of one token. */
export type Ask = <T = Record<string, never>>(query: string, variables?: Record<string, unknown>) => Promise<T>;

export interface TestApi {
  readonly app: App;
  readonly url: string;
  readonly database: TestDatabase;
  readonly dataDir: string;
  /** Of the organization `live`. */
  readonly staff: Ask;
  readonly staffToken: string;
  /** For whoever has this token; undefined: nobody. Fails on any top-level error. */
  as(token: string | undefined): Ask;
  /** The whole answer, errors included. */
  send<T>(token: string | undefined, query: string, variables?: Record<string, unknown>): Promise<Answer<T>>;
  /** A further process on the same database, with other settings. */
  again(environment: Record<string, string>): Promise<{ url: string; close(): Promise<void> }>;
  close(): Promise<void>;
}

/** The whole API on a database of its own, over HTTP. */
export async function startTestApi(environment: Record<string, string> = {}, { jobs = true } = {}): Promise<TestApi> {
  return serve(await createTestDatabase(), environment, jobs);
}

/** The same on tables that `prepare` makes. */
export async function startTestApiOn(prepare: (url: string) => Promise<void>): Promise<TestApi> {
  const database = await createEmptyDatabase();
  await prepare(database.url);
  return serve(database, {}, true);
}

async function serve(database: TestDatabase, environment: Record<string, string>, jobs: boolean): Promise<TestApi> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-api-'));
  const settings = { PORT: '0', LOG_LEVEL: 'silent', TRIBUTARY_DEMO: 'off', TRIBUTARY_DATA: dataDir, ...HIGH_RATES, ...environment };
  const start = async (more: Record<string, string> = {}) => {
    const config: Config = readConfig({ ...settings, ...more });
    const started = await createApp({ config, database: { adminUrl: database.url }, jobs, say: () => {} });
    return { app: started, ...(await started.listen()) };
  };
  const { app, url } = await start().catch(async (error) => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });
  const tokens = JSON.parse(readFileSync(join(dataDir, TOKENS_FILE), 'utf8')) as { staff: string };

  async function send<T>(token: string | undefined, query: string, variables?: Record<string, unknown>): Promise<Answer<T>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer<T>, 'status'>) };
  }

  function as(token: string | undefined): Ask {
    return async <T>(query: string, variables?: Record<string, unknown>) => {
      const { data, errors } = await send<T>(token, query, variables);
      if (errors) throw new Error(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'));
      return data;
    };
  }

  return {
    app,
    url,
    database,
    dataDir,
    staff: as(tokens.staff),
    staffToken: tokens.staff,
    as,
    send,
    async again(more) {
      const other = await start(more);
      return { url: other.url, close: () => other.app.close() };
    },
    async close() {
      await app.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface TestSandbox {
  readonly id: string;
  readonly staffToken: string;
  readonly integratorToken: string;
  readonly staff: Ask;
  readonly integrator: Ask;
  /** Moves the clock. */
  at(instant: string): Promise<void>;
}

/** A sandbox with copies of bundled programs, its clock at `startsAt`. */
export async function createTestSandbox(
  api: TestApi,
  { programs = [] as string[], startsAt = '2026-01-01T00:00:00Z', name = 'test' } = {},
): Promise<TestSandbox> {
  const { createSandbox } = await api.staff<{
    createSandbox: { sandbox: { id: string } | null; staffToken: string; integratorToken: string; userErrors: { message: string }[] };
  }>(
    `mutation ($input: CreateSandboxInput!) {
       createSandbox(input: $input) { sandbox { id } staffToken integratorToken userErrors { message } }
     }`,
    { input: { name, startsAt, programs } },
  );
  const { sandbox, staffToken, integratorToken, userErrors } = createSandbox;
  if (!sandbox) throw new Error(userErrors.map(({ message }) => message).join('\n'));
  const staff = api.as(staffToken);
  return {
    id: sandbox.id,
    staffToken,
    integratorToken,
    staff,
    integrator: api.as(integratorToken),
    async at(to) {
      const { advanceClock } = await staff<{ advanceClock: { userErrors: { message: string }[] } }>(
        'mutation ($input: AdvanceClockInput!) { advanceClock(input: $input) { userErrors { message } } }',
        { input: { to } },
      );
      if (advanceClock.userErrors.length > 0) throw new Error(advanceClock.userErrors[0]!.message);
    },
  };
}
