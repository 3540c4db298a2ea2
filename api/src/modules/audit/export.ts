import { Readable } from 'node:stream';
import { parseInstant } from '@tributary/shared/time';
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { holdsEverywhere } from '../../access/index.ts';
import type { Context, RequestContext } from '../../context.ts';
import { withAccess } from '../../platform/graphql/access.ts';
import { forbidden, unauthenticated } from '../../platform/graphql/errors.ts';
import { plainCell } from '../../platform/plain-cell.ts';
import type { AuditFilter } from './audit.service.ts';
import type { AuditEntryType } from './audit.type.ts';

const COLUMNS = [
  ...(['number', 'at', 'businessAt', 'actorId', 'actor', 'act', 'program', 'subject', 'outcome', 'codes', 'reason'] as const),
  ...(['asked', 'before', 'after', 'address', 'userAgent', 'requestId', 'hash'] as const),
];
const FORMATS = {
  csv: {
    type: 'text/csv; charset=utf-8',
    head: `${COLUMNS.join(',')}\r\n`,
    line: (entry: AuditEntryType) => `${COLUMNS.map((name) => cell(entry[name])).join(',')}\r\n`,
  },
  jsonl: { type: 'application/jsonl; charset=utf-8', head: '', line: (entry: AuditEntryType) => `${JSON.stringify(entry)}\n` },
};

interface ExportParts {
  /** Says who asks, and counts it. */
  readonly onRequest: onRequestAsyncHookHandler;
  readonly contextOf: (request: FastifyRequest) => RequestContext;
}

/** `GET /export/audit-log.csv` and `.jsonl`, with the filters of the query `auditLog`: streamed, with the caller's rights. */
export function serveAuditExport(http: FastifyInstance, { onRequest, contextOf }: ExportParts): void {
  for (const format of ['csv', 'jsonl'] as const) {
    http.get(`/export/audit-log.${format}`, { onRequest }, async (request, reply) => send(contextOf(request), request, reply, format));
  }
}

function send(context: RequestContext, request: FastifyRequest, reply: FastifyReply, format: keyof typeof FORMATS): FastifyReply {
  const refuse = (status: number, { message, extensions }: ReturnType<typeof forbidden>) =>
    reply.code(status).send({ errors: [{ message, extensions }] });
  if (!context.viewer) return refuse(401, unauthenticated());
  if (!holdsEverywhere(context.viewer.grants, ['audit.read'])) return refuse(403, forbidden());
  const filter = readFilter(request.query as Record<string, unknown>);
  if (typeof filter === 'string') {
    return reply.code(400).send({ errors: [{ message: filter, extensions: { code: 'BAD_USER_INPUT' } }] });
  }
  const { type, head, line } = FORMATS[format];
  const entries = context.services.audit.export(withAccess(context as Context, ['audit.read']), filter);
  async function* lines(): AsyncGenerator<string> {
    if (head) yield head;
    for await (const part of entries) yield part.map(line).join('');
  }
  reply.header('content-type', type).header('content-disposition', `attachment; filename="audit-log.${format}"`);
  return reply.send(Readable.from(lines()));
}

const NAMES = ['actor', 'act', 'subject', 'program', 'outcome', 'from', 'to'];

/** The filter, or what is wrong with it. */
function readFilter(query: Record<string, unknown>): AuditFilter | string {
  const filter: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(query)) {
    if (!NAMES.includes(name)) return `There is no filter ${name.slice(0, 50)}; there are ${NAMES.join(', ')}`;
    if (typeof value !== 'string' || value.includes('\0')) return `${name} is given once, as a text`;
    const instant = name === 'from' || name === 'to' ? parseInstant(value) : undefined;
    if (instant === null) return `${name} is an instant such as 2026-03-01T00:00:00Z`;
    filter[name] = instant ?? value;
  }
  return filter;
}

/** A cell that no spreadsheet takes for a formula. */
function cell(value: AuditEntryType[keyof AuditEntryType]): string {
  const text = value === null ? '' : value instanceof Date ? value.toISOString() : Array.isArray(value) ? value.join(' ') : value;
  const plain = plainCell(text);
  return plain !== text || /[",\r\n]/.test(text) ? `"${plain.replaceAll('"', '""')}"` : text;
}
