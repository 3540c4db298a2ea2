import { ConfigError, readConfig } from '@tributary/api';
import { openData } from './database.ts';
import { proveBooks, proveReplay } from './index.ts';

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
    const books = options.includes('--replay') || (await proveBooks(database.url, say));
    const replayed = options.includes('--books') || (await proveReplay(database.url, say));
    say(books && replayed ? 'Proved.' : 'NOT proved.');
    return books && replayed ? 0 : 1;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}
