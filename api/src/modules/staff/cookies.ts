import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Key } from '../../platform/keys.ts';

const PAIR = /^\s*([^=;\s]+)=([^;]*)$/;

/** The cookies of a request by their names. */
export function readCookies(header: string | undefined): Map<string, string> {
  const pairs = (header ?? '').split(';').flatMap((part) => {
    const [, name, value] = PAIR.exec(part) ?? [];
    return name === undefined ? [] : [[name, value!.trim()] as const];
  });
  return new Map(pairs);
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
