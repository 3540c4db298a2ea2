import { startEmbeddedPostgres } from '../platform/database/embedded.ts';

// Run as a process of its own by tests that kill it: prints where PostgreSQL is, then waits.
const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedPostgres({ dataDir, log: () => {} });
process.stdout.write(`${JSON.stringify({ url: server.url, pid: server.pid() })}\n`);
setInterval(() => {}, 60_000);
