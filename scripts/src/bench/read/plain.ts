import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

// A process of its own, forked by the bench: the page of commissions as one would write it for this page alone, on node:http and pg.

const [databaseUrl = '', program = ''] = process.argv.slice(2);
const PAGE = `
  select m.order_id || '.' || m.affiliate_id as id,
    case when m.status = 'earning' then case when m.available_at <= now() then 'AVAILABLE' else 'PENDING' end
         when m.status = 'rejected' then 'REJECTED' else 'REVERSED' end as status,
    m.amount, m.unit, m.available_at, m.decided_at, m.revision, d.rules, o.external_id, o.placed_at, a.external_id as affiliate, a.country
  from (select * from commission m where m.program_id = $1 order by m.order_id desc, m.affiliate_id desc limit 21) m
  join order_record o on o.id = m.order_id
  join decision d on d.order_id = m.order_id and d.revision = m.revision
  join affiliate a on a.id = m.affiliate_id
  order by m.order_id desc, m.affiliate_id desc`;
const TOKEN =
  'select organization_id from api_token where secret_hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())';
/** As long as the API trusts what it read. */
const CACHE_MS = 5_000;
const FIRST = 20;

interface Found {
  readonly id: string;
  readonly status: string;
  readonly amount: string;
  readonly unit: string;
  readonly available_at: Date | null;
  readonly decided_at: Date;
  readonly revision: number;
  readonly rules: string[];
  readonly external_id: string;
  readonly placed_at: Date;
  readonly affiliate: string;
  readonly country: string | null;
}

const pool = new pg.Pool({ connectionString: databaseUrl, max: 16 });
pool.on('error', () => {});
const trusted = new Map<string, { until: number; organization: string }>();

async function organizationOf({ headers }: IncomingMessage): Promise<string | undefined> {
  const hash = createHash('sha256')
    .update(headers.authorization?.slice('Bearer '.length) ?? '')
    .digest();
  const key = hash.toString('base64');
  const known = trusted.get(key);
  if (known && known.until > Date.now()) return known.organization;
  const { rows } = await pool.query<{ organization_id: string }>({ name: 'token', text: TOKEN, values: [hash] });
  if (!rows[0]) return undefined;
  trusted.set(key, { until: Date.now() + CACHE_MS, organization: rows[0].organization_id });
  return rows[0].organization_id;
}

const instant = (date: Date) => date.toISOString().replace('.000Z', 'Z');

async function page(): Promise<object> {
  const { rows } = await pool.query<Found>({ name: 'page', text: PAGE, values: [programId] });
  const nodes = rows.slice(0, FIRST).map((row) => ({
    id: row.id,
    status: row.status,
    amount: { value: decimal(row.amount), unit: row.unit },
    availableAt: row.available_at === null ? null : instant(row.available_at),
    decidedAt: instant(row.decided_at),
    revision: row.revision,
    because: row.rules,
    order: { externalId: row.external_id, placedAt: instant(row.placed_at) },
    affiliate: { externalId: row.affiliate, country: row.country },
  }));
  return { data: { commissions: { nodes } } };
}

function decimal(minor: string): string {
  if (exponent === 0) return minor;
  const digits = minor.padStart(exponent + 1, '0');
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

const found = await pool.query<{ id: string; organization_id: string; exponent: number }>(
  `select p.id, p.organization_id, (v.document->'reward'->>'exponent')::int as exponent from program p
   join organization o on o.id = p.organization_id and o.kind = 'live' join terms_version v on v.program_id = p.id where p.key = $1`,
  [program],
);
const { id: programId, organization_id: owner, exponent } = found.rows[0]!;

const server = createServer(async (request, response) => {
  // The body is read, as it must be for a request of any kind.
  for await (const _ of request);
  const mayRead = (await organizationOf(request)) === owner;
  const body = mayRead ? JSON.stringify(await page()) : '{"errors":[{"message":"unauthenticated"}]}';
  response.writeHead(mayRead ? 200 : 401, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');

process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
