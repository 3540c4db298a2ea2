import { createHmac, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own, forked by the bench: what a redirect costs that reads, signs and sets a cookie, and keeps nothing.

const [page = ''] = process.argv.slice(2);
const secret = randomBytes(32);
const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');

const server = createServer((request, response) => {
  const url = new URL(request.url!, 'http://localhost');
  const code = url.pathname.slice('/r/'.length);
  const visitor = /(?:^|;\s*)visitor=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? randomBytes(16).toString('base64url');
  const click = `${code}.${Date.now()}.${randomBytes(8).toString('base64url')}`;
  const destination = new URL(page);
  destination.searchParams.set('click_id', `${click}.${sign(click)}`);
  response.writeHead(302, {
    location: destination.href,
    'set-cookie': `visitor=${visitor}.${sign(visitor)}; Max-Age=1296000; Path=/r; HttpOnly; SameSite=Lax`,
    'cache-control': 'no-store',
  });
  response.end();
});
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
