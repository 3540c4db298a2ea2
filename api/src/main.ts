import { createApp } from './app.ts';
import { BACK_OFFICE, BackOfficeBuild, isBackOfficeBuilt } from './backOffice/index.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { tellDemo } from './demo/index.ts';
import { describeMembers, makeDemoMembers } from './demo/members.ts';
import { watchLaunchers } from './launchers.ts';
import { openDatabase } from './platform/database/open.ts';
import { Shutdown } from './shutdown.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

async function start(config: Config, shutdown: Shutdown): Promise<void> {
  const database = await openDatabase({
    config,
    log: say,
    ...(['debug', 'trace'].includes(config.logLevel) ? { logServer: complain } : {}),
    onLost: (error) => void shutdown.begin(`The database is lost: ${error.message}`, 1),
  });
  shutdown.add('the database', database);
  if (shutdown.begun) return;
  say(`PostgreSQL: ${database.description}`);

  const backOffice = config.buildBackOffice ? new BackOfficeBuild({ ...BACK_OFFICE, say, complain }) : undefined;
  if (backOffice) shutdown.add('the building of the back office', backOffice);
  const app = await createApp({ config, database: { adminUrl: database.adminUrl }, backOffice });
  shutdown.add('the API', app);
  if (shutdown.begun) return;
  const { url } = await app.listen();
  say(`Tributary answers at ${url} (process ${process.pid}; Ctrl-C stops it).`);
  // Only now, so that nobody waits for it who asks the API.
  if (backOffice?.begin()) say(`The back office is being built: ${url}${BACK_OFFICE.prefix}/ says how far that is.`);
  else if (!isBackOfficeBuilt()) say(BACK_OFFICE.missing);
  if (!config.demo) return;
  await tellDemo({ url, dataDir: config.dataDir, say });
  if (config.databaseUrl || config.production) return;
  for (const line of describeMembers(await makeDemoMembers(app, config.dataDir), url)) say(line);
}

function explain(error: unknown, config: Config | undefined): string {
  if (error instanceof ConfigError) return error.message;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE' && config) {
    const other = config.port + 1;
    return `Port ${config.port} of ${config.host} is in use, perhaps by another Tributary. Stop that one, or start on another port: PORT=${other} npx pnpm start`;
  }
  if (code === 'EACCES' && config && config.port < 1024)
    return `Only root may listen on port ${config.port}. Choose one above 1023 with PORT.`;
  return config?.logLevel === 'debug' || !message ? String(stack ?? error) : message;
}

async function main(): Promise<void> {
  const shutdown = new Shutdown(say, complain);
  let config: Config | undefined;
  try {
    config = readConfig(process.env);
    say(`Tributary starts as process ${process.pid}.`);
    shutdown.onSignals();
    watchLaunchers((pid) => void shutdown.begin(`The process that started Tributary (${pid}) has gone.`, 0));
    await shutdown.during(start(config, shutdown));
  } catch (error) {
    if (!shutdown.begun) await shutdown.begin(`Tributary can't start.\n${explain(error, config)}`, 1);
  }
}

await main();
