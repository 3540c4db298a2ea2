import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The back office: built files of another package, which are there or not. */
export const BACK_OFFICE = {
  prefix: '/admin',
  folder: fileURLToPath(new URL('../../admin/dist', import.meta.url)),
  missing: 'The back office is not built yet: npx pnpm --filter @tributary/admin build',
};

export function isBackOfficeBuilt(): boolean {
  return existsSync(BACK_OFFICE.folder);
}
