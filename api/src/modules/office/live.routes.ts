import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { holdsSomewhere, type Permission } from '../../access/index.ts';
import type { Context, Viewer } from '../../context.ts';
import { type PlainRoutes, permitted, refuse } from '../../plainRoutes.ts';
import { rows } from '../../platform/database/sql.ts';
import { grantedPrograms } from '../program/index.ts';
import { QUIET_HEADER } from '../staff/index.ts';
import type { Happening, LiveService, LiveTopic } from './live.ts';

const PING_MS = 15_000;
/** After so long the page comes again, and it is asked anew who looks. */
const LONGEST_MS = 10 * 60_000;
const MOST_STREAMS = 2_000;
/** Whoever reads no more is let go. */
const MOST_UNREAD = 64 * 1024;

/** What one must be allowed to see to be told of it. */
const NEEDS: Readonly<Record<LiveTopic, Permission>> = { facts: 'order.read', work: 'program.read' };

export interface LiveParts {
  readonly live: LiveService;
  /** Who asks, as it is now. */
  identify(request: FastifyRequest): Promise<Viewer | null>;
}

/** `GET /live`: server-sent events, each saying that something changed that the viewer may see; what, pages ask by themselves. */
export function serveLive(server: FastifyInstance, { gate, contextOf }: PlainRoutes, { live, identify }: LiveParts): void {
  const open = new Set<Readable>();
  server.addHook('preClose', async () => {
    for (const stream of open) stream.push(null);
  });
  // A page that stays open is nobody who works: its sessions goes on to its end.
  const quietly = async ({ headers }: { headers: Record<string, unknown> }) => {
    headers[QUIET_HEADER] = '1';
  };
  server.get('/live', { onRequest: [quietly, gate] }, async (request, reply) => {
    const context = permitted(contextOf(request), [NEEDS.work], reply);
    if (context === null) return reply;
    if (open.size >= MOST_STREAMS) return refuse(reply, 429, 'RATE_LIMITED', 'Too many pages listen already.');
    const isFor = await filterFor(context);
    const stream = new Readable({ read() {} });
    open.add(stream);
    let over = false;
    const end = () => {
      if (!over) stream.push(null);
      over = true;
    };
    /** A page whose viewer is not who it was comes again, and is turned away or told something else. */
    const push = async (text: string, isChecked: boolean) => {
      if (isChecked && !(await isStill(context.viewer, identify(request)))) end();
      else if (stream.readableLength > MOST_UNREAD) end();
      else if (!over) stream.push(text);
    };
    const stopListening = live.listen((happening) => {
      const { topic, program } = happening;
      // Of tokens that is known in this process already; sessions are asked for less often.
      if (isFor(happening)) void push(`event: ${topic}\ndata: ${JSON.stringify({ program })}\n\n`, context.viewer.tokenId !== null);
    });
    const ping = setInterval(() => void push(': ping\n\n', true), PING_MS);
    const longest = setTimeout(end, LONGEST_MS);
    stream.once('close', () => {
      over = true;
      stopListening();
      clearInterval(ping);
      clearTimeout(longest);
      open.delete(stream);
    });
    stream.push(': here\n\n');
    return reply.header('content-type', 'text/event-stream').header('x-accel-buffering', 'no').send(stream);
  });
}

/** Whether that is whom `now` finds, with the same rights. Whoever cannot be asked for stays. */
async function isStill(viewer: Viewer, now: Promise<Viewer | null>): Promise<boolean> {
  const found = await now.catch(() => viewer);
  return found !== null && JSON.stringify(found.grants) === JSON.stringify(viewer.grants);
}

/** Which changes the viewer may be told of: those of the own organization, in programs where something may be seen. */
async function filterFor(context: Context): Promise<(happening: Happening) => boolean> {
  const { organizationId, grants } = context.viewer;
  const granted = grantedPrograms(context);
  const found = granted && (await rows<{ key: string }>(context.em, 'select key from program where id = any($1::uuid[])', [granted]));
  const keys = found && new Set(found.map(({ key }) => key));
  return (happening) =>
    happening.organizationId === organizationId &&
    (keys === undefined || happening.program === null || keys.has(happening.program)) &&
    holdsSomewhere(grants, [NEEDS[happening.topic]]);
}
