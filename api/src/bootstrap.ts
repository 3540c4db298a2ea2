import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Orm } from './platform/database/orm.ts';
import { inTransaction } from './platform/database/transaction.ts';
import type { Services } from './services.ts';

/** Where the first secrets are kept, readable by the server's own account only. */
export const TOKENS_FILE = 'tokens.json';

const NAME = 'live';

export interface FirstTokens {
  readonly organization: string;
  readonly staff: string;
  readonly file: string;
}

/** In an empty database: the organization `live` with all bundled programs, and a staff token to begin with. */
export async function bootstrap(orm: Orm, services: Services, dataDir: string): Promise<FirstTokens | undefined> {
  const { organizations, programs, tokens } = services;
  const em = orm.em.fork();
  if (await organizations.any(em)) return undefined;
  return inTransaction(em, async (transaction) => {
    const organization = await organizations.createFirst(transaction, NAME);
    if (!organization) return undefined;
    await programs.createBundled(transaction, organization.id, programs.bundledKeys());
    const { secret } = await tokens.issue(transaction, {
      organizationId: organization.id,
      kind: 'staff',
      name: 'first staff',
      affiliateId: null,
      expiresAt: null,
      roles: [{ role: 'admin', program: null }],
    });
    // Before the commit: a token that nobody knows would lock everybody out.
    const file = writeTokens(dataDir, { organization: NAME, staff: secret });
    return { organization: NAME, staff: secret, file };
  });
}

function writeTokens(dataDir: string, tokens: Record<string, string>): string {
  const file = join(dataDir, TOKENS_FILE);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  // The mode of writeFileSync counts only for a file that is new.
  chmodSync(file, 0o600);
  return file;
}
