import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../run.ts';
import { renewAccess } from './access.ts';
import { renewReference } from './reference.ts';

/** Writes what pages have from the catalogue and the schema anew, committed so that a change shows in the diff. */
function renew(page: string, make: (text: string) => string): void {
  const path = join(REPOSITORY, 'docs', page);
  writeFileSync(path, make(readFileSync(path, 'utf8')));
}

renew('terms.md', renewReference);
renew('api.md', renewAccess);
