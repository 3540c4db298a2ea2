import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Key } from '../../platform/keys.ts';

const PAIR = /^\s*([^=;\s]+)=([^;]*)$/;

/**
 * The cookies of a request by their names. One that comes twice with two values counts for none: somebody planted one of them, and
 * nobody can tell which.
 */
export function readCookies(header: string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const part of (header ?? '').split(';')) {
    const [, name, text] = PAIR.exec(part) ?? [];
    if (name === undefined) continue;
    const value = text!.trim();
    if (found.has(name) && found.get(name) !== value) doubtful.add(name);
    found.set(name, value);
  }
  for (const name of doubtful) found.delete(name);
  return found;
}

/**
 * What an older key signed, signed by the newest: the library verifies cookies by one key only. Whatever no key signed stays as it is,
 * and is refused.
 */
export function signAnew(value: string, [newest, ...older]: readonly Key[]): string {
  const [text, signature] = split(value);
  if (text === undefined || signature === undefined) return value;
  const isOf = ({ secret }: Key) => {
    const expected = Buffer.from(sign(text, secret));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
  return older.some(isOf) ? encodeURIComponent(`${text}.${sign(text, newest!.secret)}`) : value;
}

function split(value: string): [string, string] | [] {
  let decoded: string;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    return [];
  }
  const dot = decoded.lastIndexOf('.');
  return dot > 0 ? [decoded.slice(0, dot), decoded.slice(dot + 1)] : [];
}

/** As the library does: HMAC-SHA256 keyed by the secret's text, in base64. */
function sign(text: string, secret: Buffer): string {
  return createHmac('sha256', secret.toString('base64')).update(text).digest('base64');
}
