import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiSchema, printSortedSchema } from '@tributary/api';
import { REPOSITORY } from './run.ts';

/** The API as clients see it, committed so that a change of it shows in the diff. */
writeFileSync(join(REPOSITORY, 'schema.graphql'), printSortedSchema(apiSchema()));
