import { Readable } from 'node:stream';
import { type LinkHosts, whyNoLink } from '@tributary/shared/compliance';
import { listOf } from '@tributary/shared/terms';
import { formatInstant, parseInstant } from '@tributary/shared/time';
import { stringify } from 'csv-stringify/sync';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { versionAt } from '../../intake/index.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import { plainCell } from '../../platform/plain-cell.ts';
import { type FeedFilter, type FeedRow, feedRows } from './feed.export.ts';

const COLUMNS = [
  ...(['id', 'title', 'description', 'link', 'image_link', 'price', 'currency', 'availability', 'category'] as const),
  ...(['brand', 'gtin', 'free_shipping', 'local_stock', 'store', 'changed_at'] as const),
];
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

const FORMATS = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: `${COLUMNS.join(',')}\r\n`,
    write: (rows: readonly Row[]) =>
      stringify(
        rows.map((row) => COLUMNS.map((name) => plainCell(row[name]))),
        { record_delimiter: 'windows' },
      ),
  },
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    head: '',
    write: (rows: readonly Row[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  },
};
const NAMES = ['program', 'link', 'since', 'freeShipping', 'localStock', 'category'];

/** `GET /export/products.csv` and `.jsonl`: a program's products, streamed, with the asker's tracked links. */
export function serveFeeds(server: FastifyInstance, { gate, contextOf }: PlainRoutes): void {
  for (const format of ['csv', 'jsonl'] as const)
    server.get(`/export/products.${format}`, { onRequest: gate }, async (request, reply) => {
      const context = permitted(contextOf(request), ['program.read', 'own.read'], reply);
      return context === null ? reply : sendFeed(context, request, reply, format);
    });
}

async function sendFeed(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  format: keyof typeof FORMATS,
): Promise<FastifyReply> {
  const query = request.query as Record<string, unknown>;
  const filter = readFilter(query);
  if (typeof filter === 'string') return refuse(reply, 400, 'BAD_USER_INPUT', filter);
  const program = await context.services.programs.find(context, query['program'] as string);
  if (program === undefined) return refuse(reply, 404, 'BAD_USER_INPUT', 'There is no such program.');
  const asked = query['link'] as string | undefined;
  const link = asked === undefined ? null : await context.services.links.find(context, program.key, asked);
  if (asked !== undefined && link === null) return refuse(reply, 404, 'BAD_USER_INPUT', 'There is no such link.');
  const terms = await context.services.intake.termsOf(context.em, program.id, program.organizationId);
  const { currency } = terms.versions[0]!.compiled.terms.program;
  const at = await context.now();
  const { compiled } = versionAt(terms, at);
  const { hosts, exceptHosts } = compiled.terms.links;
  const leads: LinkHosts = {
    hosts: listOf(compiled, hosts, at),
    exceptHosts: exceptHosts === undefined ? [] : listOf(compiled, exceptHosts, at),
  };
  const { type, head, write } = FORMATS[format];
  const publicUrl = context.services.signIn.publicUrl();
  /** A page that no link of the program may lead to has none. */
  const tracked = (url: string) => {
    if (link === null || url === '') return url;
    return whyNoLink(url, leads) === null ? `${publicUrl}/r/${link.code}?${new URLSearchParams({ to: url })}` : '';
  };
  async function* lines(): AsyncGenerator<string> {
    if (head) yield head;
    for await (const some of feedRows(context.em, program!.id, filter as FeedFilter))
      yield write(some.map((row) => show(row, currency, tracked)));
  }
  const name = `products-${program.key}`.replaceAll(/[^\w.-]+/g, '_').slice(0, 100);
  reply.header('content-disposition', `attachment; filename="${name}.${format}"`).type(type);
  return reply.send(Readable.from(lines(), { objectMode: false }));
}

/** The filter, or what is wrong with it. */
function readFilter(query: Record<string, unknown>): FeedFilter | string {
  for (const [name, value] of Object.entries(query)) {
    if (!NAMES.includes(name)) return `There is no ${name.slice(0, 50)}; there are ${NAMES.join(', ')}`;
    if (typeof value !== 'string' || value.includes('\0')) return `${name} is given once, as a text`;
  }
  const { program, since, freeShipping, localStock, category } = query as Record<string, string | undefined>;
  if (program === undefined) return 'program says of which program';
  const at = since === undefined ? null : parseInstant(since);
  if (since !== undefined && at === null) return 'since is an instant such as 2026-03-01T00:00:00Z';
  if (freeShipping !== undefined && freeShipping !== 'true' && freeShipping !== 'false') return 'freeShipping is true or false';
  if (localStock !== undefined && !/^[A-Z]{2}$/.test(localStock)) return 'localStock is a country such as DE';
  return {
    since: at,
    freeShipping: freeShipping === undefined ? null : freeShipping === 'true',
    localStock: localStock ?? null,
    category: category ?? null,
  };
}

function show({ id, changedAt, gone, content, details }: FeedRow, currency: string, tracked: (url: string) => string): Row {
  const { url = '' } = content;
  return {
    id,
    title: content.title ?? details.title ?? '',
    description: details.description ?? '',
    link: tracked(url),
    image_link: details.image ?? '',
    price: content.price ?? '',
    currency: content.price === undefined ? '' : currency,
    availability: !gone && content.available && content.participates ? 'in_stock' : 'out_of_stock',
    category: content.category ?? '',
    brand: details.brand ?? '',
    gtin: details.gtin ?? '',
    free_shipping: details.freeShipping === undefined ? '' : String(details.freeShipping),
    local_stock: (details.localStock ?? []).join(' '),
    store: content.store ?? '',
    changed_at: formatInstant(changedAt.getTime()),
  };
}
