import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { processState } from './platform/processes.ts';

const script = fileURLToPath(new URL('./testing/run-until-stopped.ts', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  readonly pid: number;
  output(): string;
}

async function run(command: string, ...args: string[]): Promise<Run> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  while (!/ready \d+/.test(output)) await once(child.stdout, 'data');
  return { child, pid: Number(/ready (\d+)/.exec(output)![1]), output: () => output };
}

const runNode = (...words: string[]) => run(process.execPath, '--import', 'tsx', script, ...words);

async function statusOf({ child }: Run): Promise<number | null> {
  const [status] = (await once(child, 'close')) as [number | null];
  return status;
}

describe('stopping', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('on %s closes what was opened and ends with status 0', async (signal) => {
    const server = await runNode();
    server.child.kill(signal);
    expect(await statusOf(server)).toBe(0);
    expect(server.output()).toContain('closed the second');
  });

  it('takes a signal that comes twice at once for one, and a later one for an order to hurry', async () => {
    const server = await runNode('slow');
    server.child.kill('SIGINT');
    server.child.kill('SIGINT');
    await sleep(1_100);
    expect(server.child.exitCode).toBeNull();
    server.child.kill('SIGINT');
    expect(await statusOf(server)).toBe(130);
    expect(server.output()).toContain('killed the first');
  });

  it('in the middle of a start waits for what is being opened, and closes it', async () => {
    const server = await runNode('starting');
    server.child.kill('SIGTERM');
    expect(await statusOf(server)).toBe(0);
    expect(server.output()).toContain('closed the second');
  });

  it.runIf(process.platform === 'linux')('follows the process that launched it, though that one tells it nothing', async () => {
    const shell = await run('sh', '-c', `"${process.execPath}" --import tsx "${script}"; true`);
    shell.child.kill('SIGKILL');
    for (let waited = 0; waited < 5_000 && processState(shell.pid) === 'alive'; waited += 20) await sleep(20);
    expect(processState(shell.pid)).not.toBe('alive');
  });
});
