import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ADMIN = fileURLToPath(new URL('../../../admin', import.meta.url));
const BY_HAND = 'npx pnpm --filter @tributary/admin build';

/** The back office: built files of another package, which are there or not. */
export const BACK_OFFICE = {
  prefix: '/admin',
  /** The package that is built. */
  sources: ADMIN,
  folder: join(ADMIN, 'dist'),
  byHand: BY_HAND,
  missing: `The back office is not built yet: ${BY_HAND}`,
} as const;

export function isBackOfficeBuilt(): boolean {
  return existsSync(BACK_OFFICE.folder);
}
