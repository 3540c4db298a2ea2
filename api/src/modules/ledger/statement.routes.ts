import { Readable } from 'node:stream';
import { parseInstant } from '@tributary/shared/time';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import { statementCsv } from './statement.csv.ts';
import { statementPdf } from './statement.pdf.ts';

const ROUTE = '/statements/:program/:format';
const FIRST_INSTANT = Date.UTC(1970, 0, 1);
const LAST_INSTANT = Date.UTC(2201, 0, 1);

/** Statements to keep: by the same rights as the query `statement`. */
export function serveStatements(server: FastifyInstance, { gate, contextOf }: PlainRoutes): void {
  server.get(ROUTE, { onRequest: gate }, async (request, reply) => {
    const context = permitted(contextOf(request), ['ledger.read', 'own.read'], reply);
    return context === null ? reply : sendStatement(context, request, reply);
  });
}

async function sendStatement(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { program, format } = request.params as { program: string; format: string };
  const asked = request.query as Record<string, unknown>;
  const [from, to] = [readInstant(asked['from']), readInstant(asked['to'])];
  const affiliate = typeof asked['affiliate'] === 'string' ? asked['affiliate'] : null;
  if (format !== 'csv' && format !== 'pdf') return refuse(reply, 404, 'MALFORMED', 'A statement is csv or pdf.');
  if (from === null || to === null || to <= from)
    return refuse(reply, 400, 'BAD_USER_INPUT', 'from and to are instants such as 2026-03-01T00:00:00Z, to after from.');
  const found = await context.services.statements.pieces(context, { program, affiliate, from, to });
  if (found === null) return refuse(reply, 404, 'BAD_USER_INPUT', 'There is no such affiliate in the program, or it is not you.');
  const { head, pieces } = found;
  const name = `statement-${head.program.key}-${head.affiliate.externalId}`.replaceAll(/[^\w.-]+/g, '_').slice(0, 120);
  reply.header('content-disposition', `attachment; filename="${name}.${format}"`).header('cache-control', 'no-store');
  if (format === 'pdf') return reply.type('application/pdf').send(statementPdf(head, pieces));
  return reply.type('text/csv; charset=utf-8').send(Readable.from(statementCsv(head, pieces), { objectMode: false }));
}

function readInstant(text: unknown): number | null {
  const instant = typeof text === 'string' ? parseInstant(text) : null;
  return instant !== null && instant >= FIRST_INSTANT && instant < LAST_INSTANT ? instant : null;
}
