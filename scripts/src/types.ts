import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, runTool, startTool } from './run.ts';

/** The compiler in machine code, three times as fast; the one in JavaScript stays for tools that read code through it. */
const COMPILER = join(REPOSITORY, 'node_modules/typescript-native/bin/tsc');

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

// All of them, so that one run shows everything that is wrong.
const packages = PACKAGES.filter(hasSources);
const fit = await Promise.all(packages.map((name) => startTool(process.execPath, COMPILER, '-p', name)));
const failed = packages.filter((_, index) => !fit[index]);
if (failed.length > 0) process.stderr.write(`Types do not fit in: ${failed.join(', ')}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
