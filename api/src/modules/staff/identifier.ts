import { createHash } from 'node:crypto';

/** Of whatever is waited for only this is in the database: it opens nothing. */
export function hashIdentifier(identifier: string): string {
  return createHash('sha256').update(identifier).digest('base64url');
}
