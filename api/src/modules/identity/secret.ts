import { createHash, randomBytes } from 'node:crypto';
import type { ViewerKind } from '../../context.ts';

const PREFIX_LENGTH = 16;
const SECRET = /^trb_(?:staff|integrator|affiliate)_[A-Za-z0-9_-]{43}$/;

export interface Secret {
  readonly text: string;
  readonly hash: Buffer;
  /** Enough to tell tokens apart, too little to use one. */
  readonly prefix: string;
}

export function newSecret(kind: ViewerKind): Secret {
  const text = `trb_${kind}_${randomBytes(32).toString('base64url')}`;
  return { text, hash: hashSecret(text), prefix: text.slice(0, PREFIX_LENGTH) };
}

/** 256 random bits need no slow hash. */
export function hashSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The secret in an Authorization header; undefined where there is none that could be right. */
export function readSecret(header: string | undefined): string | undefined {
  const text = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return text && SECRET.test(text) ? text : undefined;
}
