/** What scripts may use of the API. */
export { kindsWith } from './access/index.ts';
export { type App, type AppOptions, createApp } from './app.ts';
export { type Entry, postEntries } from './books/index.ts';
export { type FirstTokens, TOKENS_FILE } from './bootstrap.ts';
export { type Config, ConfigError, HIGH_RATES, type LogLevel, readConfig } from './config.ts';
export { Gatherer } from './modules/intake/index.ts';
export { createDatabase, databaseUrl, dropDatabase } from './platform/database/admin.ts';
export { findRunning } from './platform/database/embedded/running.ts';
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './platform/database/embedded.ts';
export { migrate } from './platform/database/migrate.ts';
export { type OpenDatabase, openDatabase } from './platform/database/open.ts';
export { createOrm, type EntityManager, type Orm } from './platform/database/orm.ts';
export { applicationUrl } from './platform/database/pool.ts';
export { inTransaction } from './platform/database/transaction.ts';
export { printSortedSchema } from './platform/graphql/schema.ts';
export { newId, sliceOf } from './platform/ids.ts';
export { type Fact, type KnownSince, openRecorder, type Recorded, type Recorder, type Told } from './recorder.ts';
export { apiSchema } from './schema.ts';
