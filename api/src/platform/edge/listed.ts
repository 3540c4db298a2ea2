import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import { notListed } from '../graphql/errors.ts';

interface Body {
  query?: unknown;
  extensions?: { persistedQuery?: { sha256Hash?: unknown } } | null;
}

/**
 * Lets only listed documents pass: by their text, letter by letter, or by its SHA-256 alone, as clients with persisted queries
 * send it. Nothing can be added to the list by a request. No files: all documents pass.
 */
export function onlyListed(files: readonly string[]): (request: FastifyRequest) => Promise<void> {
  if (files.length === 0) return async () => {};
  const texts = files.flatMap(readDocuments);
  const byHash = new Map(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
  const listed = new Set(texts);
  return async (request) => {
    const body = request.body as Body | null;
    const hash = body?.extensions?.persistedQuery?.sha256Hash;
    const text = typeof body?.query === 'string' ? body.query : byHash.get(String(hash));
    if (!body || text === undefined || !listed.has(text)) throw notListed();
    body.query = text;
    delete body.extensions;
  };
}

/** `.graphql`: one document. Else JSON: a list of texts, or a manifest of operations with a `body` each, as tools write it. */
function readDocuments(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.graphql')) return [text];
  const found = JSON.parse(text) as unknown;
  const items = Array.isArray(found) ? (found as unknown[]) : ((found as { operations?: unknown[] }).operations ?? []);
  const texts = items.map((item) => (typeof item === 'string' ? item : (item as { body?: unknown } | null)?.body));
  if (texts.length === 0 || !texts.every((item) => typeof item === 'string'))
    throw new Error(`${file}: expected a list of documents, or a manifest with "operations" that have a "body" each`);
  return texts as string[];
}
