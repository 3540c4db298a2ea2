import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8_192;
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/** Bytes that nobody can foresee, from `start` up to `end`. Asked for many at once: to ask takes longer than they do. */
export function fillByChance(bytes: Uint8Array, start: number, end: number): void {
  const count = end - start;
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  bytes.set(pool.subarray(used, used + count), start);
  // What was given out is nobody else's.
  pool.fill(0, used, used + count);
  used += count;
}
