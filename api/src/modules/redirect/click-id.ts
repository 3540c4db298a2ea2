import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { fillByChance } from '../../platform/chance.ts';
import type { Key } from '../../platform/keys.ts';

/** Whose click it was: all that attributing an order takes, so that the id alone says it. */
export interface ClickIdContent {
  readonly programId: string;
  readonly affiliateId: string;
  readonly linkId: string;
  /** Milliseconds since 1970, by the program's clock. */
  readonly at: number;
}

const FORMAT = 1;
const [AT, RANDOM, SUBJECT, SIGNATURE, END] = [4, 10, 18, 66, 84];
/** 84 bytes in base64url; the first of them is the format. */
const SHAPE = /^AQ[A-Za-z0-9_-]{110}$/;

/**
 * Click ids as redirects hand them out: format, number of the key, instant, chance, program, affiliate and link, and a signature over all
 * of it. Nobody else can make one, and none can be changed.
 */
export class ClickIds {
  private readonly keys: readonly Key[];

  constructor(keys: readonly Key[]) {
    this.keys = keys;
  }

  /** `subject`: from `subjectOf`, made once for each link. */
  make(subject: Uint8Array, at: number): string {
    const [{ version, signer }] = this.keys as [Key];
    const bytes = Buffer.allocUnsafe(END);
    bytes.writeUInt32BE(FORMAT * 0x1_00_00_00 + version);
    bytes.writeUIntBE(at, AT, RANDOM - AT);
    fillByChance(bytes, RANDOM, SUBJECT);
    bytes.set(subject, SUBJECT);
    sign(bytes, signer).copy(bytes, SIGNATURE, 0, END - SIGNATURE);
    return bytes.toString('base64url');
  }

  /** Null: it is none of ours, or was changed. */
  read(text: string): ClickIdContent | null {
    if (!SHAPE.test(text)) return null;
    const bytes = Buffer.from(text, 'base64url');
    const version = bytes.readUIntBE(1, 3);
    const key = this.keys.find((known) => known.version === version);
    if (key === undefined) return null;
    const expected = sign(bytes, key.signer).subarray(0, END - SIGNATURE);
    if (!timingSafeEqual(expected, bytes.subarray(SIGNATURE))) return null;
    return {
      at: bytes.readUIntBE(AT, RANDOM - AT),
      programId: uuidAt(bytes, SUBJECT),
      affiliateId: uuidAt(bytes, SUBJECT + 16),
      linkId: uuidAt(bytes, SUBJECT + 32),
    };
  }

  /** Does it look like one of ours without being one of this program's? Ids in other shapes are the callers' own business. */
  isForged(text: string, programId: string): boolean {
    return SHAPE.test(text) && this.read(text)?.programId !== programId;
  }
}

export function subjectOf({ programId, affiliateId, linkId }: Omit<ClickIdContent, 'at'>): Uint8Array {
  return Buffer.from(`${programId}${affiliateId}${linkId}`.replaceAll('-', ''), 'hex');
}

function sign(bytes: Buffer, signer: KeyObject): Buffer {
  return createHmac('sha256', signer).update(bytes.subarray(0, SIGNATURE)).digest();
}

function uuidAt(bytes: Buffer, start: number): string {
  const hex = bytes.toString('hex', start, start + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
