import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../run.ts';
import { renewReference } from './reference.ts';

/** Writes the reference of docs/terms.md anew, committed so that a change of what terms can say shows in the diff. */
const path = join(REPOSITORY, 'docs', 'terms.md');
writeFileSync(path, renewReference(readFileSync(path, 'utf8')));
