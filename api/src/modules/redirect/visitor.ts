import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { fillByChance } from '../../platform/chance.ts';
import type { Key } from '../../platform/keys.ts';

const COOKIE = 'tributary_visitor';
const ID_BYTES = 16;
const HEAD_BYTES = 4;
const END = ID_BYTES + HEAD_BYTES + 16;
const VALUE = /^[A-Za-z0-9_-]{48}$/;
const IN_HEADER = new RegExp(`(?:^|;)\\s*${COOKIE}=([^;]*)`, 'g');

/**
 * Visitors by a cookie of ours: a number made by chance, signed, so that nobody can pass for a visitor whom an integrator knows by
 * another name.
 */
export class Visitors {
  private readonly keys: readonly Key[];
  private readonly isSecure: () => boolean;

  constructor(keys: readonly Key[], isSecure: () => boolean) {
    this.keys = keys;
    this.isSecure = isSecure;
  }

  /** A new one: the id by which clicks know it, and the value of its cookie. */
  make(): { id: string; value: string } {
    const [{ version, signer }] = this.keys as [Key];
    const bytes = Buffer.alloc(END);
    bytes.writeUInt32BE(version);
    fillByChance(bytes, HEAD_BYTES, HEAD_BYTES + ID_BYTES);
    sign(bytes, signer).copy(bytes, HEAD_BYTES + ID_BYTES, 0, END - HEAD_BYTES - ID_BYTES);
    return { id: idOf(bytes), value: bytes.toString('base64url') };
  }

  /** Of the request's cookies; null: there is none that we made. */
  read(cookies: string | undefined): { id: string; value: string } | null {
    if (cookies === undefined) return null;
    const found = [...cookies.matchAll(IN_HEADER)].map(([, value]) => value as string);
    const [value] = found;
    // Of two that differ one was planted.
    if (value === undefined || !found.every((other) => other === value) || !VALUE.test(value)) return null;
    const bytes = Buffer.from(value, 'base64url');
    const key = this.keys.find(({ version }) => version === bytes.readUInt32BE());
    if (key === undefined) return null;
    const expected = sign(bytes, key.signer).subarray(0, END - HEAD_BYTES - ID_BYTES);
    return timingSafeEqual(expected, bytes.subarray(HEAD_BYTES + ID_BYTES)) ? { id: idOf(bytes), value } : null;
  }

  /** For redirects only; pages of others cannot read it. */
  cookie(value: string, days: number): string {
    return `${COOKIE}=${value}; Max-Age=${days * 86_400}; Path=/r; HttpOnly; SameSite=Lax${this.isSecure() ? '; Secure' : ''}`;
  }
}

function idOf(bytes: Buffer): string {
  return `r.${bytes.toString('base64url', HEAD_BYTES, HEAD_BYTES + ID_BYTES)}`;
}

function sign(bytes: Buffer, signer: KeyObject): Buffer {
  return createHmac('sha256', signer)
    .update('visitor')
    .update(bytes.subarray(0, HEAD_BYTES + ID_BYTES))
    .digest();
}
