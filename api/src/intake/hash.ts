import { hash } from 'node:crypto';

/** The hash of a fact's normal form. Normal forms are built with their fields in one order, so equal facts are equal text. */
export function hashOf(content: object): Buffer {
  return hashOfText(JSON.stringify(content));
}

/** The same of a normal form that is text already. */
export function hashOfText(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** Tells whether two customers share a number, however it is written. */
export function phoneHashOf(phone: string): Buffer {
  return hashOf({ phone: phone.replace(/\D/g, '') });
}
