import { setTimeout as sleep } from 'node:timers/promises';
import { watchLaunchers } from '../launchers.ts';
import { Shutdown } from '../shutdown.ts';

// Run as a process of its own by tests that stop it: two parts, of which the first may be too slow to close.
const slow = process.argv.includes('slow');
const say = (line: string) => process.stdout.write(`${line}\n`);
const shutdown = new Shutdown(say, say);
shutdown.onSignals();
watchLaunchers(() => void shutdown.begin('the launcher has gone', 0), 50);

async function start(): Promise<void> {
  if (process.argv.includes('starting')) {
    say(`ready ${process.pid}`);
    await sleep(300);
  }
  shutdown.add('the first', { close: async () => (slow ? sleep(60_000) : undefined), kill: () => say('killed the first') });
  shutdown.add('the second', { close: async () => void say('closed the second') });
}

await shutdown.during(start());
say(`ready ${process.pid}`);
setInterval(() => {}, 60_000);
