import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { madeOnce } from './once.ts';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const PATIENCE_MS = 120_000;

/** Tells or asks something with one token; fails on any error, those of rules included. */
export type Send = <T = Record<string, { userErrors?: unknown[] }>>(query: string, variables?: Record<string, unknown>) => Promise<T>;

export interface RunningApi {
  readonly url: string;
  readonly staffToken: string;
  as(token: string): Send;
  /** Somebody who was invited, with all rights when no roles are named, and chose this password. */
  join(email: string, name: string, roles?: readonly string[]): Promise<string>;
  /** The secret of the link in the newest mail to somebody, once there are so many. */
  linkTo(email: string, least?: number): Promise<string>;
  stop(): Promise<void>;
}

/**
 * The real server as a process of its own, on an embedded database that is thrown away. With a folder of the run, whoever comes first keeps
 * there what a first start makes, and all start on copies of it: in half the time.
 */
export async function startApi({ runFolder, demo = false }: { runFolder?: string; demo?: boolean } = {}): Promise<RunningApi> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-admin-'));
  if (runFolder === undefined) return serve(dataDir, demo);
  const template = join(runFolder, demo ? 'demo' : 'data');
  await madeOnce(template, async () => (await serve(template, demo)).end());
  // With whose the files are: nobody else's database is started.
  await promisify(execFile)('cp', ['-a', `${template}/.`, dataDir]);
  return serve(dataDir, demo);
}

async function serve(dataDir: string, demo: boolean): Promise<RunningApi & { end(): Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _given, ...environment } = process.env;
  const server = spawn(process.execPath, ['--import', 'tsx', 'api/src/main.ts'], {
    cwd: REPOSITORY,
    // The site of the tests is built by them.
    env: { ...environment, PORT: String(port), TRIBUTARY_DATA: dataDir, TRIBUTARY_DEMO: demo ? 'on' : 'off', BUILD_BACK_OFFICE: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const end = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  };
  const stop = async () => {
    await end();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const tokens = (): Tokens => JSON.parse(readFileSync(join(dataDir, 'tokens.json'), 'utf8'));
  const isReady = async () => (await fetch(`${url}/health`)).ok && (!demo || tokens().demo === 'told');
  if (!(await becomesTrue(isReady, () => server.exitCode === null))) {
    await stop();
    throw new Error(`The API did not start:\n${said}`);
  }
  const linkTo = (email: string, least = 1) => becomesKnown(() => findLink(join(dataDir, 'mail'), email, least));
  return {
    url,
    linkTo,
    staffToken: tokens().staff,
    as: (token) => send(url, token),
    join: (email, name, roles = ['ADMIN']) => joinStaff(url, dataDir, tokens().staff, { email, name, roles }),
    end,
    stop,
  };
}

const PASSWORD = 'four words for testing';

/** Invites somebody and follows the link in the mail, which lies beside the data. */
async function joinStaff(
  url: string,
  dataDir: string,
  token: string,
  person: { email: string; name: string; roles: readonly string[] },
): Promise<string> {
  const query = 'mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) { userErrors { code message } } }';
  await send(url, token)(query, { input: person });
  const link = await becomesKnown(() => findLink(join(dataDir, 'mail'), person.email, 1));
  const headers = { 'content-type': 'application/json', origin: url };
  const body = JSON.stringify({ token: link, password: PASSWORD });
  const { status } = await fetch(`${url}/auth/set-password`, { method: 'POST', headers, body });
  if (status !== 200) throw new Error(`The password could not be set: ${status}`);
  return PASSWORD;
}

function findLink(folder: string, email: string, least: number): string | undefined {
  const mails = readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll(/=\n/g, '').replaceAll('=3D', '='));
  const theirs = mails.filter((text) => text.includes(`To: ${email}`));
  const mail = theirs.length < least ? undefined : theirs.at(-1);
  return mail && /set-password\?token=([\w-]+)/.exec(mail)?.[1];
}

async function becomesKnown(find: () => string | undefined): Promise<string> {
  let found: string | undefined;
  const isFound = async () => {
    found = find();
    return found !== undefined;
  };
  await becomesTrue(isFound, () => true);
  if (found === undefined) throw new Error('There is no such mail');
  return found;
}

/** What the server keeps of its first start. */
interface Tokens {
  readonly staff: string;
  /** How far the demo was told. */
  readonly demo?: string;
}

async function becomesTrue(isReady: () => Promise<boolean>, isAlive: () => boolean): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end && isAlive()) {
    if (await isReady().catch(() => false)) return true;
    await sleep(100);
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}

function send(url: string, token: string): Send {
  return async <T>(query: string, variables?: Record<string, unknown>) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: unknown[] };
    const refused = Object.values(data ?? {}).flatMap((payload) => problemsOf(payload as Payload | null));
    const problems = [...(errors ?? []), ...refused];
    if (problems.length > 0) throw new Error(`${query.slice(0, 120)}\n${JSON.stringify(problems, null, 1)}`);
    return data;
  };
}

interface Payload {
  readonly userErrors?: readonly unknown[];
  readonly results?: readonly { readonly userErrors: readonly unknown[] }[];
}

function problemsOf(payload: Payload | null): readonly unknown[] {
  return [...(payload?.userErrors ?? []), ...(payload?.results ?? []).flatMap(({ userErrors }) => userErrors)];
}
