import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ViewerKind } from '../../context.ts';

/** What a secret opens: the API as one of its viewers, or one step that a mail asked for. */
export type SecretKind = ViewerKind | 'code';

/** Of the random part: enough to tell tokens apart, too little to use one. */
const SHOWN = 6;
const CHECKSUM = 6;
const TOKEN = /^trb_(?:staff|integrator|affiliate)_[A-Za-z0-9_-]{43}([A-Za-z0-9]{6})?$/;
const CODE = /^trb_code_[A-Za-z0-9_-]{43}([A-Za-z0-9]{6})$/;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export interface Secret {
  readonly text: string;
  readonly hash: Buffer;
  /** What may be shown of it for ever. */
  readonly prefix: string;
}

/** `trb_<kind>_`, 256 random bits, and a checksum: whoever scans for lost secrets can tell ours from what looks like them. */
export function newSecret(kind: SecretKind): Secret {
  const label = `trb_${kind}_`;
  const body = `${label}${randomBytes(32).toString('base64url')}`;
  const text = `${body}${checksumOf(body)}`;
  return { text, hash: hashSecret(text), prefix: text.slice(0, label.length + SHOWN) };
}

/** 256 random bits need no slow hash. */
export function hashSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The secret in an Authorization header; undefined where there is none that could be right. */
export function readSecret(header: string | undefined): string | undefined {
  const text = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return text === undefined ? undefined : checked(text, TOKEN.exec(text));
}

/** A code out of a mail; undefined where it could not be right. */
export function readCode(text: string): string | undefined {
  const code = text.trim();
  return checked(code, CODE.exec(code));
}

/** CRC-32 of all that stands before it, in six digits of base 62. */
function checksumOf(body: string): string {
  let rest = crc32(body);
  let digits = '';
  while (digits.length < CHECKSUM) {
    digits = BASE62[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** Tokens made before there were checksums have none. */
function checked(text: string, match: RegExpExecArray | null): string | undefined {
  if (match === null) return undefined;
  const checksum = match[1];
  return checksum === undefined || checksumOf(text.slice(0, -CHECKSUM)) === checksum ? text : undefined;
}
