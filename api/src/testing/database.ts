import { inject } from 'vitest';
import { migrate } from '../platform/database/migrate.ts';
// Says what the run provides.
import type {} from './global-setup.ts';
import { createFresh, createFromTemplate, type TestDatabase } from './template.ts';

export type { TestDatabase };

/** A fresh, migrated database. The run has one PostgreSQL; the first caller migrates a template, all others get a copy of it. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createFromTemplate(inject('postgresUrl'), inject('databasePrefix'), migrate);
}

/** A fresh database with nothing in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createFresh(inject('postgresUrl'), inject('databasePrefix'));
}
