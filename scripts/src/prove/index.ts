import pg from 'pg';
import { type Finding, readChecks, runChecks } from './checks.ts';
import { replay } from './replay/index.ts';
import { type Say, showFinding, showReplay } from './report.ts';

/** Looks at the books by plain SQL, and says what it finds. False: something differs. */
export async function proveBooks(url: string, say: Say): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: 'tributary-prove' });
  await client.connect();
  let findings: Finding[];
  try {
    findings = await runChecks(client, readChecks());
  } finally {
    await client.end();
  }
  for (const finding of findings) showFinding(finding, say);
  return findings.every(({ differing }) => differing === 0);
}

/** Tells all facts again to an empty database, and says what comes out otherwise. False: something does. */
export async function proveReplay(url: string, say: Say): Promise<boolean> {
  const found = await replay(url);
  showReplay(found, say);
  return found.refused.length === 0 && found.differences.every(({ differing }) => differing === 0);
}
