import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Context } from '../../context.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import { plainCell } from '../../platform/plain-cell.ts';
import { DIMENSIONS, type Dimension } from './report.input.ts';
import type { ReportRowType } from './report.type.ts';

const AT_ONCE = 1_000;
const HEAD = [
  'clicks',
  'barredClicks',
  'referrals',
  'orders',
  'rejectedOrders',
  'sales',
  'currency',
  'commission',
  'unit',
  'earningsPerClick',
  'conversionRate',
];

/** `GET /export/report.csv` with the arguments of the query `report`: all rows, streamed, by the same rights. */
export function serveReports(server: FastifyInstance, { gate, contextOf }: PlainRoutes): void {
  server.get('/export/report.csv', { onRequest: gate }, async (request, reply) => {
    const context = permitted(contextOf(request), ['commission.read', 'own.read'], reply);
    return context === null ? reply : sendReport(context, request, reply);
  });
}

async function sendReport(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { program, by, from, to, affiliate = null, ...others } = request.query as Record<string, unknown>;
  const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0');
  if (!isText(program) || !isText(from) || !isText(to) || !DIMENSIONS.includes(by as Dimension) || Object.keys(others).length > 0)
    return refuse(reply, 400, 'BAD_USER_INPUT', `It takes program, from, to, affiliate, and by: ${DIMENSIONS.join(', ')}.`);
  if (affiliate !== null && !isText(affiliate)) return refuse(reply, 400, 'BAD_USER_INPUT', 'affiliate is given once.');
  let pieces: AsyncGenerator<ReportRowType[]> | null;
  try {
    pieces = await context.services.reports.stream(context, { program, by: by as Dimension, from, to, affiliate }, AT_ONCE);
  } catch (error) {
    if (error instanceof GraphQLError) return refuse(reply, 400, 'BAD_USER_INPUT', error.message);
    throw error;
  }
  if (pieces === null) return refuse(reply, 404, 'BAD_USER_INPUT', 'There is no such program.');
  const found = pieces;
  async function* lines(): AsyncGenerator<string> {
    yield stringify([[by, ...HEAD]], { record_delimiter: 'windows' });
    for await (const rows of found) yield stringify(rows.map(cellsOf), { record_delimiter: 'windows' });
  }
  const name = `report-${program}-${by}-${from}-${to}`.replaceAll(/[^\w.-]+/g, '_').slice(0, 120);
  reply.header('content-disposition', `attachment; filename="${name}.csv"`).type('text/csv; charset=utf-8');
  return reply.send(Readable.from(lines(), { objectMode: false }));
}

function cellsOf(row: ReportRowType): string[] {
  const { key, clicks, barredClicks, referrals, orders, rejectedOrders, sales, commission, earningsPerClick, conversionRate } = row;
  const counts = [clicks, barredClicks, referrals, orders, rejectedOrders].map(String);
  return [
    plainCell(key),
    ...counts,
    sales.amount,
    sales.currency,
    commission.value,
    commission.unit,
    earningsPerClick ?? '',
    conversionRate ?? '',
  ];
}
