import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { databaseUrl } from '../platform/database/admin.ts';
import { findRunning } from '../platform/database/embedded/running.ts';
import { connect } from './books.ts';

const PATIENCE_MS = 30_000;

/** Waits for something that another process does. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 20) {
    if (await condition()) return;
    await sleep(20);
  }
  throw new Error(`Waited in vain until ${what}`);
}

/** Work on the database that a server runs in its folder. */
export async function withDatabaseOf<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(databaseUrl(findRunning({ dataDir, log: () => {} })!, 'tributary'));
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
