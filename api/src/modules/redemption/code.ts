import { createHash, createHmac } from 'node:crypto';
import type { Keys } from '../../platform/keys.ts';

/** Without letters that are taken for digits. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 20;
const GROUP = 5;

export interface CouponCode {
  readonly text: string;
  readonly hash: Buffer;
  readonly keyVersion: number;
}

/**
 * The code of a coupon: 100 bits that nobody without the installation's key can tell, made of the coupon's id. So it is
 * kept nowhere and can be shown again to whoever repeats the exchange. `version`: of the key; left out: the newest.
 */
export function codeOf(keys: Keys, couponId: string, version?: number): CouponCode | undefined {
  const known = keys.of('coupons');
  const key = version === undefined ? known[0] : known.find((candidate) => candidate.version === version);
  if (key === undefined) return undefined;
  const bytes = createHmac('sha256', key.secret).update(couponId).digest();
  let letters = '';
  for (let index = 0; index < LENGTH; index++) letters += LETTERS[(bytes[index] as number) % LETTERS.length];
  return { text: letters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-'), hash: hashCode(letters), keyVersion: key.version };
}

/** Of a code as somebody typed it: small letters and whatever stands between do not matter. */
export function hashCode(typed: string): Buffer {
  const letters = typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(letters).digest();
}
