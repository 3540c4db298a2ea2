import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, RequestContext } from '../../context.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import { row } from '../../platform/database/sql.ts';
import { FAULT_MESSAGE } from '../../platform/graphql/errors.ts';
import { heldOn } from '../../sanctions/index.ts';
import { contradictedOn } from '../withdrawal/index.ts';
import { linesOfPart, paymentPart } from './parts.ts';
import { ANSWER_ROUTE, FILE_ROUTE, WEBHOOK_ROUTE } from './paths.ts';
import { batchNamed } from './result.service.ts';
import { partsOf } from './send.service.ts';

const MOST_ANSWER_BYTES = 200 * 1024 * 1024;
const MOST_EVENT_BYTES = 1024 * 1024;

/** Files of batches on their way out, answers on their way in, and what providers tell by themselves. */
export function servePayouts(server: FastifyInstance, { gate, contextOf }: PlainRoutes): void {
  server.register(async (scope) => {
    // Whatever comes is read as it comes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_, payload, done) => done(null, payload));
    scope.addHook('onRequest', gate);
    scope.get(FILE_ROUTE, async (request, reply) => asPayer(contextOf(request), request, reply, sendFile));
    scope.post(ANSWER_ROUTE, { config: { takesFile: true } }, async (request, reply) =>
      asPayer(contextOf(request), request, reply, takeAnswer),
    );
    scope.post(WEBHOOK_ROUTE, async (request, reply) => hearProvider(contextOf(request), request, reply));
  });
}

type Answering = (context: Context, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

async function asPayer(found: RequestContext, request: FastifyRequest, reply: FastifyReply, answer: Answering): Promise<FastifyReply> {
  const context = permitted(found, ['batch.manage'], reply);
  return context === null ? reply : answer(context, request, reply);
}

/** The payment file of a part: the same one each time, also after a crash in the middle of it. */
async function sendFile(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { program, batch: name, number } = request.params as { program: string; batch: string; number: string };
  const batch = await batchNamed(context, program, name);
  const part = batch && (await partsOf(context.em, batch.id)).find((one) => String(one.number) === number);
  const way = part && context.services.payoutResults.fileWay(part.method);
  if (!part || !way) return refuse(reply, 404, 'MALFORMED', 'There is no such file.');
  if (batch.status !== 'sent') return refuse(reply, 409, 'MALFORMED', `The batch is ${batch.status}: its files are there once it is sent.`);
  if (part.status === 'done' && part.reason !== null) return refuse(reply, 409, 'MALFORMED', part.reason);
  const { again } = request.query as { again?: string };
  const { back } = (await row<{ back: number }>(context.em, GIVEN_BACK, [part.id])) as { back: number };
  if (back > 0 && again !== 'true') return refuse(reply, 409, 'MALFORMED', givenBack(back));
  const { held, contradicted } = (await row<{ held: number; contradicted: number }>(context.em, HELD, [part.id])) as {
    held: number;
    contradicted: number;
  };
  if (held > 0 && again !== 'true') return refuse(reply, 409, 'MALFORMED', underReview(held));
  if (contradicted > 0 && again !== 'true') return refuse(reply, 409, 'MALFORMED', paidAlready(contradicted));
  const text = way.write(await paymentPart(context.em, part), linesOfPart(context.em, part.id));
  const file = `${program}-${name}-${part.number}`.replaceAll(/[^\w.-]+/g, '_');
  return reply
    .header('content-type', way.contentType)
    .header('content-disposition', `attachment; filename="${file}.${way.extension}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(text, { objectMode: false }));
}

const GIVEN_BACK = `select count(*)::int as back from payout_line where part_id = $1 and status in ('failed', 'returned')`;

const HELD = `select count(*) filter (where ${heldOn('l')})::int as held, count(*) filter (where ${contradictedOn('l')})::int as contradicted
  from payout_line l where l.part_id = $1 and l.status in ('sent', 'unknown')`;

const underReview = (count: number) =>
  `${count} of its payments are for somebody who is under review by now: mark them as failed where the bank does not have them, or settle the review. With ?again=true it is there for the records.`;

const paidAlready = (count: number) =>
  `${count} of its payments are for somebody who has an earlier amount back that is said to be paid: settle that, or mark them as failed where the bank does not have them. With ?again=true it is there for the records.`;

const givenBack = (count: number) =>
  `${count} of its payments failed or came back, and may be paid by another batch: whoever takes this file to the bank now pays them once more. With ?again=true it is there for the records.`;

/** Kept as a file while it is looked through, so that one that can't be read to its end does nothing. */
async function takeAnswer(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { program, batch: name, method } = request.params as { program: string; batch: string; method: string };
  const batch = await batchNamed(context, program, name);
  if (batch === null) return refuse(reply, 404, 'MALFORMED', 'There is no such batch.');
  if (!(request.body instanceof Readable)) return refuse(reply, 400, 'MALFORMED', 'There is no file.');
  const folder = await mkdtemp(join(tmpdir(), 'tributary-answer-'));
  const file = join(folder, 'answer');
  try {
    const isWhole = await keep(request.body, file);
    if (!isWhole) return refuse(reply, 413, 'TOO_COMPLEX', `An answer has ${MOST_ANSWER_BYTES} bytes at most.`);
    const { value, errors } = await context.services.payoutResults.importAnswer(context, batch, method, () => createReadStream(file));
    return errors ? reply.code(422).send({ userErrors: errors }) : reply.send(value);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** False: it is longer than it may be. */
async function keep(body: Readable, file: string): Promise<boolean> {
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > MOST_ANSWER_BYTES) done(new TooLong());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(body, counter, createWriteStream(file, { mode: 0o600 }));
    return true;
  } catch (error) {
    if (error instanceof TooLong) return false;
    throw error;
  }
}

class TooLong extends Error {}

/** What providers tell is believed when they signed it, and then only as far as that they are asked. */
async function hearProvider({ services }: RequestContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { method } = request.params as { method: string };
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (request.body instanceof Readable) {
    for await (const chunk of request.body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_EVENT_BYTES) return refuse(reply, 413, 'TOO_COMPLEX', 'An event has a megabyte at most.');
      chunks.push(chunk);
    }
  }
  try {
    const heard = await services.payoutProviders.webhook(method, { headers: request.headers, body: Buffer.concat(chunks) });
    return heard === null ? refuse(reply, 401, 'UNAUTHENTICATED', 'The provider did not send that.') : reply.send({ heard });
  } catch (error) {
    request.log.error(error, 'An event of a provider could not be looked into');
    return refuse(reply, 503, 'INTERNAL', FAULT_MESSAGE);
  }
}
