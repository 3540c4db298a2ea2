import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import { contractPdf } from './contract.pdf.ts';

/** Contracts to keep: by the same rights as `contract` of an enrollment. */
export function serveContracts(server: FastifyInstance, { gate, contextOf }: PlainRoutes): void {
  server.get('/contracts/:program', { onRequest: gate }, async (request, reply) => {
    const context = permitted(contextOf(request), ['enrollment.read', 'own.read'], reply);
    return context === null ? reply : sendContract(context, request, reply);
  });
}

async function sendContract(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { program } = request.params as { program: string };
  const { affiliate } = request.query as Record<string, unknown>;
  const found = await context.services.contracts.find(context, program, typeof affiliate === 'string' ? affiliate : null);
  if (found === null)
    return refuse(reply, 404, 'BAD_USER_INPUT', 'No contract was sent, there is no such affiliate in the program, or it is not you.');
  const name = `contract-${program}-${found.hash.slice(0, 12)}`.replaceAll(/[^\w.-]+/g, '_').slice(0, 120);
  reply.header('content-disposition', `attachment; filename="${name}.pdf"`).header('cache-control', 'no-store');
  return reply.type('application/pdf').send(contractPdf(found));
}
