import { ConfigError, readConfig } from '@tributary/api';
import pg from 'pg';
import { readChecks, runChecks } from './checks.ts';
import { openData } from './database.ts';
import { showFinding } from './report.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const database = await openData(readConfig(process.env));
  try {
    say(`Books: ${database.description}`);
    const client = new pg.Client({ connectionString: database.url, application_name: 'tributary-prove' });
    await client.connect();
    try {
      const findings = await runChecks(client, readChecks());
      for (const finding of findings) showFinding(finding, say);
      const differing = findings.filter((finding) => finding.differing > 0).length;
      say(differing === 0 ? 'The books are proved.' : `The books are NOT proved: ${differing} of ${findings.length} checks differ.`);
      return differing === 0 ? 0 : 1;
    } finally {
      await client.end();
    }
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : ((error as Error).message ?? String(error))}\n`);
  process.exitCode = 1;
}
