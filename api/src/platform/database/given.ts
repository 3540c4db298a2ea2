import { withConnection } from './admin.ts';

const OLDEST = 15;

/** Fails, saying what to do, unless a PostgreSQL that is recent enough answers at `url`. */
export async function checkGivenDatabase(url: string, variable = 'DATABASE_URL'): Promise<void> {
  const version = await withConnection(url, async (client) => {
    const { rows } = await client.query<{ number: number; name: string }>(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
    );
    return rows[0]!;
  }).catch((cause: Error) => {
    throw new Error(`No PostgreSQL answers at ${variable} (${withoutPassword(url)}): ${cause.message || String(cause)}`, { cause });
  });
  if (version.number >= OLDEST * 10_000) return;
  throw new Error(`The PostgreSQL at ${variable} (${withoutPassword(url)}) is ${version.name}; Tributary needs ${OLDEST} or later.`);
}

export function withoutPassword(url: string): string {
  const shown = new URL(url);
  if (shown.password) shown.password = '***';
  return shown.href;
}
