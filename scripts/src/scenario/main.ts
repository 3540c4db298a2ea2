import { Api } from './api.ts';
import { Client } from './client.ts';
import { playAll } from './play.ts';
import { findFiles } from './read.ts';
import { Report } from './report.ts';
import { type Server, startServer } from './server.ts';

const USAGE = 'Usage: npx pnpm scenario FILE...   (folders too: all files in them)';
/** Files in flight: enough to keep two cores busy, few enough that one file is quick. */
const AT_ONCE = 6;

let server: Promise<Server> | undefined;
let interrupted = false;

async function interrupt(status: number): Promise<void> {
  if (interrupted) return;
  interrupted = true;
  await (await server?.catch(() => undefined))?.stop();
  process.exit(status);
}

async function main(paths: readonly string[]): Promise<number> {
  if (paths.length === 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  // pnpm starts scripts in the folder of the package; the paths were written in another one.
  const files = findFiles(paths, [process.env['INIT_CWD'] ?? process.cwd(), process.cwd()]);
  const report = new Report((line) => process.stdout.write(`${line}\n`));
  if (files.length > 0) await play(files, report);
  else process.stdout.write('No scenarios there.\n');
  process.stdout.write(`${report.summary()}\n`);
  return files.length > 0 && report.failed === 0 && report.passed === files.length ? 0 : 1;
}

async function play(files: readonly string[], report: Report): Promise<void> {
  server = startServer();
  const { url, staff, log, stop } = await server;
  const client = new Client(url, AT_ONCE * 2);
  try {
    const api = await Api.learn(client, staff);
    await playAll({ client, api, staff, log }, files, AT_ONCE, (index, outcome) => {
      if (!interrupted) report.add(index, outcome);
    });
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
