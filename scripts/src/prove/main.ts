import { ConfigError, readConfig } from '@tributary/api';
import pg from 'pg';
import { type Finding, readChecks, runChecks } from './checks.ts';
import { openData } from './database.ts';
import { replay } from './replay/index.ts';
import { showFinding, showReplay } from './report.ts';

const USAGE = 'Usage: npx pnpm prove [--books | --replay]   (without an option: both)';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(options: readonly string[]): Promise<number> {
  if (options.length > 1 || options.some((option) => !['--books', '--replay'].includes(option))) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const database = await openData(readConfig(process.env));
  try {
    say(`Data: ${database.description}`);
    const booksDiffer = options.includes('--replay') ? false : await proveBooks(database.url);
    const replayDiffers = options.includes('--books') ? false : await proveReplay(database.url);
    say(booksDiffer || replayDiffers ? 'NOT proved.' : 'Proved.');
    return booksDiffer || replayDiffers ? 1 : 0;
  } finally {
    await database.close();
  }
}

/** True: something differs. */
async function proveBooks(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: 'tributary-prove' });
  await client.connect();
  let findings: Finding[];
  try {
    findings = await runChecks(client, readChecks());
  } finally {
    await client.end();
  }
  for (const finding of findings) showFinding(finding, say);
  return findings.some(({ differing }) => differing > 0);
}

/** True: something differs. */
async function proveReplay(url: string): Promise<boolean> {
  const found = await replay(url);
  showReplay(found, say);
  return found.refused.length > 0 || found.differences.some(({ differing }) => differing > 0);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}
