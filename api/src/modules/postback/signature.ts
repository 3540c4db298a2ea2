import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Key } from '../../platform/keys.ts';

const SIGNATURE = /^[0-9a-f]{64}$/i;

/** The secret of a postback key, from the server's key of that number; undefined: the server has that one no longer. */
export function secretOf(keys: readonly Key[], id: string, version: number): string | undefined {
  const key = keys.find((known) => known.version === version);
  return key && Buffer.from(hkdfSync('sha256', key.secret, 'postback', id, 32)).toString('base64url');
}

/**
 * What is signed: each parameter but the signature as `name=value`, as it is before it is written into an address, a line each, sorted by
 * name. Lines, so that every language says it alike.
 */
export function textOf(parameters: ReadonlyMap<string, string>): string {
  return [...parameters]
    .filter(([name]) => name !== 'signature')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/** Hexadecimal HMAC-SHA256, keyed by the text of the secret. */
export function sign(secret: string, parameters: ReadonlyMap<string, string>): string {
  return createHmac('sha256', secret).update(textOf(parameters)).digest('hex');
}

export function isSigned(secret: string, parameters: ReadonlyMap<string, string>): boolean {
  const given = parameters.get('signature') ?? '';
  return SIGNATURE.test(given) && timingSafeEqual(Buffer.from(sign(secret, parameters)), Buffer.from(given.toLowerCase()));
}
