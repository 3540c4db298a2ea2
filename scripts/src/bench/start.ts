import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { REPOSITORY } from '../run.ts';
import { makeFolder } from './host/folder.ts';
import { medianOf } from './stats.ts';
import type { Bench, Measure, Settings } from './types.ts';

const PATIENCE_MS = 600_000;
const QUERY = JSON.stringify({ query: '{ viewer { name } programs { nodes { key } } }' });

interface Run {
  readonly installed: number;
  readonly answered: number;
}

/** A folder with nothing but the clone, and where asked also nothing in the stores of npm and pnpm. */
async function startFresh(folder: string, empty: boolean): Promise<Run> {
  const clone = join(folder, 'clone');
  run('git', 'clone', '--quiet', REPOSITORY, clone);
  const stores = {
    npm_config_cache: join(folder, 'npm'),
    npm_config_store_dir: join(folder, 'store'),
    XDG_CACHE_HOME: join(folder, 'cache'),
  };
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  const child = spawn('npx', ['-y', 'pnpm', 'start'], {
    cwd: clone,
    env: { ...ownEnvironment(), ...(empty ? stores : {}), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  try {
    const { installed, address, pid } = await hear(child, since);
    await firstAnswer(address, join(clone, '.data', 'tokens.json'));
    const answered = since();
    process.kill(pid, 'SIGTERM');
    return { installed, answered };
  } finally {
    await Promise.race([once(child, 'exit'), child.exitCode === null ? sleep(20_000) : undefined]);
  }
}

/** As a person's shell has it: what pnpm told this process is about this clone. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(p?npm_|NODE$|INIT_CWD$|DATABASE_URL$|PORT$|TRIBUTARY_)/i.test(name));
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

/** From its own words: when the server's process began, which it is, and where it answers. */
async function hear(child: ChildProcess, since: () => number): Promise<{ installed: number; address: string; pid: number }> {
  const heard: string[] = [];
  let installed = 0;
  let pid = 0;
  const lines = createInterface({ input: child.stdout! });
  const answer = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      heard.push(line);
      const begun = /starts as process (\d+)/.exec(line)?.[1];
      if (begun) [installed, pid] = [since(), Number(begun)];
      const address = /answers at (http:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  const address = await Promise.race([answer, once(child, 'exit').then(() => undefined), sleep(PATIENCE_MS, undefined, { ref: false })]);
  if (!address) throw new Error(`It did not start:\n${heard.slice(-20).join('\n')}`);
  return { installed, address, pid };
}

async function firstAnswer(address: string, tokens: string): Promise<void> {
  if (!existsSync(tokens)) throw new Error(`There are no tokens in ${tokens}.`);
  const { staff } = JSON.parse(readFileSync(tokens, 'utf8')) as { staff: string };
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${staff}` },
    body: QUERY,
  });
  const { errors } = (await response.json()) as { errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]!.message);
}

async function measure(name: string, runs: number, empty: boolean, say: Settings['say']): Promise<Measure> {
  const all: Run[] = [];
  for (let index = 0; index < runs; index++) {
    const folder = makeFolder('tributary-bench-start-');
    try {
      const one = await startFresh(folder, empty);
      say(`  ${name}: ${one.answered.toFixed(1)} s, of which installing ${one.installed.toFixed(1)} s`);
      all.push(one);
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  const answered = medianOf(all.map((one) => one.answered));
  const share = medianOf(all.map((one) => one.installed / one.answered));
  return { name, ours: `${answered.toFixed(1)} s to the first answer, ${Math.round(share * 100)} % of it installing`, against: '' };
}

export const bench: Bench['run'] = async ({ quick, say }) => [
  await measure('start: packages in the store', quick ? 1 : 3, false, say),
  ...(quick ? [] : [await measure('start: nothing there', 1, true, say)]),
];
