import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface StartedServer {
  readonly child: ChildProcess;
  readonly url: string;
  output(): string;
}

/** The server as people start it, on a PostgreSQL of its own in this folder. */
export async function startServer(dataDir: string, more: Record<string, string> = {}): Promise<StartedServer> {
  const env = {
    ...process.env,
    TRIBUTARY_DATA: dataDir,
    TRIBUTARY_DEMO: 'off',
    BUILD_BACK_OFFICE: 'off',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    ...more,
  };
  for (const name of ['DATABASE_URL', 'MIGRATION_URL', 'READ_URL']) delete (env as Record<string, unknown>)[name];
  const child = spawn(process.execPath, ['--import', 'tsx', main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  const address = /answers at (\S+)/;
  while (!address.test(output)) {
    if (child.exitCode !== null) throw new Error(`The server did not start:\n${output}`);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
  return { child, url: address.exec(output)![1]!, output: () => output };
}
