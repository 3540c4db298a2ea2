import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, runTool, startTool } from './run.ts';

const PACKAGES = ['shared', 'api', 'scripts', 'admin', 'tag'];

function hasSources(name: string): boolean {
  const folder = join(REPOSITORY, name, 'src');
  return existsSync(folder) && readdirSync(folder, { recursive: true }).some((path) => /\.tsx?$/.test(String(path)));
}

/** The types of the API's schema, which the back office's documents are checked by. */
function writeSchemaTypes(): boolean {
  const tool = join(REPOSITORY, 'admin/node_modules/.bin/gql.tada');
  return runTool(tool, 'generate-output', '--tsconfig', 'admin/tsconfig.json');
}

if (!writeSchemaTypes()) process.stderr.write('The schema types of admin could not be written\n');

// All of them, so that one run shows everything that is wrong; each is one thread, so they run beside each other.
const packages = PACKAGES.filter(hasSources);
const fit = await Promise.all(packages.map((name) => startTool('tsc', '-p', name)));
const failed = packages.filter((_, index) => !fit[index]);
if (failed.length > 0) process.stderr.write(`Types do not fit in: ${failed.join(', ')}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
