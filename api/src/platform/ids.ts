import { randomFillSync } from 'node:crypto';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const POOL_BYTES = 8_192;

const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;
/** The instant of the last id, and how many ids it has had: 26 bits, begun at random below the half so that it never overflows in one millisecond. */
let lastMillisecond = 0;
let counter = 0;

function random(count: number): number {
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return used - count;
}

/**
 * A UUIDv7: greater than every earlier one of this process, so that rows lie in the order in which they were made.
 * With a `bucket` (0 to 255) the last byte says where the row lives.
 */
export function newId(bucket?: number): string {
  const at = random(9);
  const now = Date.now();
  if (now > lastMillisecond) {
    lastMillisecond = now;
    counter = ((pool[at]! & 1) << 24) | (pool[at + 1]! << 16) | (pool[at + 2]! << 8) | pool[at + 3]!;
  } else {
    counter += 1;
  }
  const high = Math.floor(lastMillisecond / 0x1_0000_0000);
  const low = lastMillisecond >>> 0;
  const last = bucket === undefined ? pool[at + 8]! : bucket;
  return (
    `${HEX[(high >>> 8) & 255]}${HEX[high & 255]}${HEX[low >>> 24]}${HEX[(low >>> 16) & 255]}-${HEX[(low >>> 8) & 255]}${HEX[low & 255]}` +
    `-${HEX[0x70 | ((counter >>> 22) & 0x0f)]}${HEX[(counter >>> 14) & 255]}-${HEX[0x80 | ((counter >>> 8) & 0x3f)]}${HEX[counter & 255]}` +
    `-${HEX[pool[at + 4]!]}${HEX[pool[at + 5]!]}${HEX[pool[at + 6]!]}${HEX[pool[at + 7]!]}${HEX[pool[at]! ^ pool[at + 8]!]}${HEX[last & 255]}`
  );
}

/** The bucket that `newId(bucket)` was given. */
export function bucketOf(id: string): number {
  return Number.parseInt(id.slice(-2), 16);
}

/** When the row of this id was recorded, by the wall clock. */
export function recordedAt(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}

/** Slices of the tables that are keyed by a caller's id. Fixed for ever: rows are where they are. */
export const SLICES = 64;

/** The slice of a caller's id: FNV-1a over its UTF-16 code units. */
export function sliceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % SLICES;
}
