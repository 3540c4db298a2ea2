import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { execute, type GraphQLSchema, parse } from 'graphql';
import type { Context, RequestContext } from '../../context.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import { plainCell } from '../../platform/plain-cell.ts';
import { actingFor, appendAudit, whereFrom } from '../audit/index.ts';
import { EXPORTS, type Exported } from './lists.columns.ts';

/** As many as the longest page of a list. */
const AT_ONCE = 100;
const LONGEST_FILTER = 4_000;

interface Page {
  readonly nodes: readonly object[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type Filter = Readonly<Record<string, unknown>>;

/**
 * `GET /export/<list>.csv?filter=<JSON>`: a working list as a table, with the arguments of its query as the filter. It is read by the query
 * itself, page by page and each in a context of its own: whoever exports sees what they see in the list, fields that are not for them
 * are empty, and memory stays flat.
 */
export function serveListExports(server: FastifyInstance, { gate, contextOf }: PlainRoutes, schema: GraphQLSchema): void {
  for (const [name, list] of Object.entries(EXPORTS)) {
    server.get(`/export/${name}.csv`, { onRequest: gate }, async (request, reply) => {
      const context = permitted(contextOf(request), list.needs, reply);
      if (context === null) return reply;
      if (context.viewer.kind !== 'staff') return refuse(reply, 403, 'FORBIDDEN', 'Lists are exported by staff.');
      const filter = readFilter((request.query as { filter?: unknown }).filter);
      if (filter === null) return refuse(reply, 400, 'BAD_USER_INPUT', 'filter is a JSON object with the arguments of the list.');
      return send(reply, { name, list, schema, filter, contextOf: () => contextOf(request), context });
    });
  }
}

interface Sending {
  readonly name: string;
  readonly list: Exported;
  readonly schema: GraphQLSchema;
  readonly filter: Filter;
  contextOf(): RequestContext;
  readonly context: Context;
}

async function send(reply: FastifyReply, sending: Sending): Promise<FastifyReply> {
  const { name, list, filter, context } = sending;
  const first = await readPage(sending, null);
  if (typeof first === 'string') return refuse(reply, 400, 'BAD_USER_INPUT', first);
  const asked = { act: 'exportList', subject: { list: name }, details: { ...whereFrom(context), asked: filter } };
  await appendAudit(context.em, await actingFor(context), asked);
  reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${name}.csv"`);
  async function* lines(page: Page): AsyncGenerator<string> {
    yield write([list.columns.map(([column]) => column)]);
    for (let at: Page | string = page; ; ) {
      if (typeof at === 'string') throw new Error(at);
      yield write(at.nodes.map((node) => list.columns.map(([, read]) => cell(read(node as never)))));
      if (!at.pageInfo.hasNextPage) return;
      at = await readPage(sending, at.pageInfo.endCursor);
    }
  }
  return reply.send(Readable.from(lines(first)));
}

const documents = new WeakMap<Exported, ReturnType<typeof parse>>();

/** A page, or what is wrong with what was asked for. */
async function readPage({ list, schema, filter, contextOf }: Sending, after: string | null): Promise<Page | string> {
  const document = documents.get(list) ?? parse(list.query);
  documents.set(list, document);
  const { offset: _, ...asked } = filter;
  const answer = await execute({ schema, document, contextValue: contextOf(), variableValues: { ...asked, first: AT_ONCE, after } });
  const page = answer.data?.['list'] as Page | null | undefined;
  return page ?? answer.errors?.[0]?.message ?? 'The list cannot be read.';
}

function readFilter(text: unknown): Filter | null {
  if (text === undefined) return {};
  if (typeof text !== 'string' || text.length > LONGEST_FILTER) return null;
  try {
    const filter: unknown = JSON.parse(text);
    return typeof filter === 'object' && filter !== null && !Array.isArray(filter) ? (filter as Filter) : null;
  } catch {
    return null;
  }
}

const write = (rows: readonly (readonly string[])[]) => stringify(rows as string[][], { record_delimiter: 'windows' });

const NUMBER = /^-?\d+(\.\d+)?$/;

/** A cell that no spreadsheet takes for a formula. */
export function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value);
  return NUMBER.test(text) ? text : plainCell(text);
}
