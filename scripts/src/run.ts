import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** Runs a tool of the workspace in front of the reader; true when it ended well. */
export function runTool(command: string, ...args: string[]): boolean {
  const { status, error } = spawnSync(command, args, inFront());
  if (error) process.stderr.write(`${command}: ${error.message}\n`);
  return status === 0;
}

/** The same beside others. */
export async function startTool(command: string, ...args: string[]): Promise<boolean> {
  const tool = spawn(command, args, inFront());
  const [status] = (await once(tool, 'close')) as [number | null];
  return status === 0;
}

function inFront(): SpawnOptions {
  const path = [join(REPOSITORY, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  return { cwd: REPOSITORY, stdio: 'inherit', env: { ...process.env, PATH: path } };
}

export function runScript(path: string, ...args: string[]): boolean {
  return runTool(process.execPath, '--import', 'tsx', path, ...args);
}
