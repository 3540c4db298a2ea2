import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';

/** Something that must be true of the data, as a query for whatever breaks it. */
export interface Check {
  readonly name: string;
  readonly sentence: string;
  /** Answers one row per difference. */
  readonly differences: string;
  /** Answers how much was looked at. */
  readonly count: string;
}

export interface Finding {
  readonly check: Check;
  readonly looked: number;
  readonly differing: number;
  /** The first few, in words. */
  readonly rows: readonly string[];
}

const FOLDER = fileURLToPath(new URL('checks/', import.meta.url));
const SHOWN = 5;

export function readChecks(): Check[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));
  return files.sort().map((name) => {
    const text = readFileSync(`${FOLDER}${name}`, 'utf8');
    const sentence = /^-- (.+)$/m.exec(text)?.[1];
    const count = /^-- of: (.+)$/m.exec(text)?.[1];
    if (!sentence || !count) throw new Error(`${name} does not say what it proves, or of how much`);
    return { name: parse(name).name, sentence, count, differences: text };
  });
}

/** All checks against one and the same state of the data, whoever writes meanwhile. */
export async function runChecks(client: pg.ClientBase, checks: readonly Check[]): Promise<Finding[]> {
  await client.query('begin transaction isolation level repeatable read read only');
  try {
    return await runChecksHere(client, checks);
  } finally {
    await client.query('rollback');
  }
}

/** Within whatever transaction the caller has. */
export async function runChecksHere(client: pg.ClientBase, checks: readonly Check[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) findings.push(await runCheck(client, check));
  return findings;
}

async function runCheck(client: pg.ClientBase, check: Check): Promise<Finding> {
  const differences = await client.query<{ difference: string; total: string }>(
    `select difference, count(*) over () as total from (${check.differences}\n) found limit ${SHOWN}`,
  );
  const looked = await client.query<{ count: string }>(check.count);
  return {
    check,
    looked: Number(looked.rows[0]!.count),
    differing: Number(differences.rows[0]?.total ?? 0),
    rows: differences.rows.map(({ difference }) => difference),
  };
}
