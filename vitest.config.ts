import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

// One file for everybody: two copies of graphql refuse each other's types ("another module or realm").
const graphql = createRequire(new URL('./api/package.json', import.meta.url)).resolve('graphql');
const resolve = { alias: [{ find: /^graphql$/, replacement: graphql }] };

function project(name: string, test: Record<string, unknown> = {}) {
  return {
    resolve,
    test: { name, root: `./${name}`, include: ['src/**/*.test.{ts,tsx}'], environment: 'node', ...test },
  };
}

/** These use PostgreSQL: one server for the run, a database of its own for each test file that asks. */
const withDatabase = { globalSetup: ['../api/src/testing/global-setup.ts'], testTimeout: 60_000, hookTimeout: 60_000 };
/** The modules of the API are read and its schema is made once a worker, not once a file: a tenth of a run. */
const sharesModules = { isolate: false };
/** Properties try much; a busy machine takes its time. */
const withProperties = { testTimeout: 60_000 };
/** Its journeys share one build of the back office. */
const withBuild = { globalSetup: ['./src/testing/global-setup.ts'] };

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Half of a test's time is its database's and its server's; two files at a time keep two cores busy.
    maxWorkers: 2,
    projects: [
      project('shared', { ...withProperties, ...sharesModules }),
      project('api', { ...withDatabase, ...sharesModules }),
      project('scripts', { ...withDatabase, ...sharesModules }),
      project('admin', withBuild),
      project('tag', withDatabase),
    ],
  },
});
