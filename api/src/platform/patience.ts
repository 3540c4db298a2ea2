import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What comes is a file of any length: it may take its time, as long as something comes. */
    readonly takesFile?: boolean;
  }
}

/** Whoever was told so reads it before the connection goes. */
const FAREWELL_MS = 1_000;

/**
 * Waits for a body for so long, and for a file as long as there is no such pause in it; then `say` tells the caller, and the connection
 * ends. Headers are none of its concern.
 */
export function waitOnly(server: FastifyInstance, milliseconds: number, say: (request: FastifyRequest) => void): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
    if (length !== '0' || coding !== undefined) wait(request, reply, milliseconds, say);
    done();
  });
}

function wait(request: FastifyRequest, reply: FastifyReply, milliseconds: number, say: (request: FastifyRequest) => void): void {
  const { raw } = request;
  const { socket } = raw;
  const isPatient = request.routeOptions.config.takesFile === true;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    // What has come and lies here is not the caller's to answer for.
    const goesOn = isPatient && (socket.bytesRead > before || raw.readableLength > 0);
    before = socket.bytesRead;
    if (goesOn) return;
    clearInterval(timer);
    if (raw.complete || socket.destroyed) return;
    if (!reply.raw.headersSent) say(request);
    setTimeout(() => socket.destroy(), FAREWELL_MS).unref();
  }, milliseconds);
  timer.unref();
  raw.once('close', () => clearInterval(timer));
}
