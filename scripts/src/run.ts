import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Runs a tool of the workspace in front of the reader; true when it ended well. */
export function runTool(command: string, ...args: string[]): boolean {
  const path = [join(REPOSITORY, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const { status, error } = spawnSync(command, args, { cwd: REPOSITORY, stdio: 'inherit', env: { ...process.env, PATH: path } });
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  return status === 0;
}

export function runScript(path: string, ...args: string[]): boolean {
  return runTool(process.execPath, '--import', 'tsx', path, ...args);
}
