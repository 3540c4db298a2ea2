import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const PATIENCE_MS = 120_000;

/** Tells or asks something with one token; fails on any error, those of rules included. */
export type Send = <T = Record<string, { userErrors?: unknown[] }>>(query: string, variables?: Record<string, unknown>) => Promise<T>;

export interface RunningApi {
  readonly url: string;
  readonly staffToken: string;
  as(token: string): Send;
  stop(): Promise<void>;
}

/** The real server as a process of its own, on an embedded database that is thrown away. */
export async function startApi({ demo = false } = {}): Promise<RunningApi> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tributary-admin-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { DATABASE_URL: _given, ...environment } = process.env;
  const server = spawn(process.execPath, ['--import', 'tsx', 'api/src/main.ts'], {
    cwd: REPOSITORY,
    env: { ...environment, PORT: String(port), TRIBUTARY_DATA: dataDir, TRIBUTARY_DEMO: demo ? 'on' : 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  const tokens = (): Tokens => JSON.parse(readFileSync(join(dataDir, 'tokens.json'), 'utf8'));
  const isReady = async () => (await fetch(`${url}/health`)).ok && (!demo || tokens().demo === 'told');
  if (!(await becomesTrue(isReady, () => server.exitCode === null))) {
    await stop();
    throw new Error(`The API did not start:\n${said}`);
  }
  return { url, staffToken: tokens().staff, as: (token) => send(url, token), stop };
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
