import { connect } from 'node:net';

/** Sends bytes as they are, then `drip` letter by letter; answers all that comes back until the other side hangs up, or until `patience` is over. */
export function sendRaw(url: string, text: string, patience = 5_000, drip = ''): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let heard = '';
    const left = [...drip];
    const dripping = setInterval(() => left.length > 0 && socket.write(left.shift()!), 200);
    const end = () => {
      clearInterval(dripping);
      clearTimeout(timer);
      socket.destroy();
      resolve(heard);
    };
    const timer = setTimeout(end, patience);
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.write(text, 'latin1');
  });
}

/** One POST to the API as a text, with more headers or other ones. */
export function rawPost(body: string, headers: readonly string[] = []): string {
  const all = [
    'host: localhost',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    ...headers,
  ];
  return `POST /graphql HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n${body}`;
}

/** What must never be in an answer: stacks, statements, names of tables and files of ours, and of what we are built from. */
export const INTERNALS =
  /node_modules|\bat [\w.<>]+ \(|file:\/\/|\/api\/src\/|\.ts:\d|\bselect .* from \b|\binsert into\b|\bviolates\b|\brelation "|pg_catalog|\bapi_token\b|\bledger_post\b|\bfact_key\b|\border_record\b|\bterms_version\b|tributary_app|\bECONN|\bTypeError\b|\bRangeError\b|Cannot read propert|is not a function|MikroORM|Apollo|Fastify|type-graphql/i;
