/** What scripts may use of the API. */
export { type App, type AppOptions, createApp } from './app.ts';
export { type FirstTokens, TOKENS_FILE } from './bootstrap.ts';
export { type Config, ConfigError, type LogLevel, readConfig } from './config.ts';
export { createDatabase, databaseUrl, dropDatabase } from './platform/database/admin.ts';
export { findRunning } from './platform/database/embedded/running.ts';
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './platform/database/embedded.ts';
export { migrate } from './platform/database/migrate.ts';
export { type OpenDatabase, openDatabase } from './platform/database/open.ts';
export { printSortedSchema } from './platform/graphql/schema.ts';
export { type Fact, openRecorder, type Recorded, type Recorder, type Told } from './recorder.ts';
export { apiSchema } from './schema.ts';
