import { proveBooks, proveReplay } from '../prove/index.ts';
import { Api } from './api.ts';
import { Client } from './client.ts';
import { playAll } from './play.ts';
import { findFiles } from './read.ts';
import { Report } from './report.ts';
import { type Server, startServer } from './server.ts';

const USAGE = `Usage: npx pnpm scenario [--prove] FILE...   (folders too: all files in them)
  --prove  afterwards proves the books of all that was played, and replays it`;
const PROVE = '--prove';
/** Files in flight: enough to keep two cores busy, few enough that one file is quick. */
const AT_ONCE = 6;

const say = (line: string) => process.stdout.write(`${line}\n`);

let server: Promise<Server> | undefined;
let interrupted = false;

async function interrupt(status: number): Promise<void> {
  if (interrupted) return;
  interrupted = true;
  await (await server?.catch(() => undefined))?.stop();
  process.exit(status);
}

async function main(args: readonly string[]): Promise<number> {
  const paths = args.filter((arg) => arg !== PROVE);
  if (paths.length === 0 || paths.some((path) => path.startsWith('--'))) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  // pnpm starts scripts in the folder of the package; the paths were written in another one.
  const files = findFiles(paths, [process.env['INIT_CWD'] ?? process.cwd(), process.cwd()]);
  const report = new Report(say);
  const proved = files.length > 0 && (await play(files, report, args.includes(PROVE)));
  if (files.length === 0) say('No scenarios there.');
  say(report.summary());
  return proved && report.failed === 0 && report.passed === files.length ? 0 : 1;
}

/** False: what was played could not be proved. */
async function play(files: readonly string[], report: Report, prove: boolean): Promise<boolean> {
  server = startServer();
  const { url, staff, database, log, stop } = await server;
  const client = new Client(url, AT_ONCE * 2);
  try {
    const api = await Api.learn(client, staff);
    await playAll({ client, api, staff, log }, files, AT_ONCE, (index, outcome) => {
      if (!interrupted) report.add(index, outcome);
    });
    if (!prove || interrupted) return true;
    // Both, though the first should fail.
    const proofs = [await proveBooks(database, say), await proveReplay(database, say)];
    return proofs.every((proved) => proved);
  } finally {
    await client.close();
    await stop();
  }
}

process.on('SIGINT', () => void interrupt(130));
process.on('SIGTERM', () => void interrupt(143));
process.on('SIGHUP', () => void interrupt(129));

try {
  const status = await main(process.argv.slice(2));
  if (!interrupted) process.exitCode = status;
} catch (error) {
  if (!interrupted) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
