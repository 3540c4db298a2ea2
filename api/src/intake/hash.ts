import { createHash } from 'node:crypto';

/** The hash of a fact's normal form. Normal forms are built with their fields in one order, so equal facts are equal text. */
export function hashOf(content: object): Buffer {
  return createHash('sha256').update(JSON.stringify(content)).digest();
}

/** Tells whether two customers share a number, however it is written. */
export function phoneHashOf(phone: string): Buffer {
  return hashOf({ phone: phone.replace(/\D/g, '') });
}
