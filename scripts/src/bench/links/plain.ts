import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

// A process of its own, forked by the bench: a product read by its primary key, and answered as it is, on node:http and pg.

const [databaseUrl = ''] = process.argv.slice(2);
const READ = 'select content from product where slice = $1 and program_id = $2 and external_id = $3';
const pool = new pg.Pool({ connectionString: databaseUrl, max: 16 });
pool.on('error', () => {});

interface Asked {
  readonly slice: number;
  readonly program: string;
  readonly id: string;
}

const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { slice, program, id } = JSON.parse(Buffer.concat(parts).toString()) as Asked;
  const { rows } = await pool.query<{ content: object }>({ name: 'read', text: READ, values: [slice, program, id] });
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(rows[0]?.content ?? null));
});
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
