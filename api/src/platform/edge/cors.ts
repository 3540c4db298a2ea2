import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

const TEN_MINUTES = 600;

/** Pages of these origins may call with a token of their own; cookies are never sent along. Of no others does a browser show an answer. */
export async function allowOrigins(server: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await server.register(cors, {
    origin: [...origins],
    methods: ['POST'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['x-request-id', 'ratelimit', 'retry-after'],
    credentials: false,
    maxAge: TEN_MINUTES,
  });
}
