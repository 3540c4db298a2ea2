import { randomBytes } from 'node:crypto';

/** A UUIDv7 as of an instant, in milliseconds. */
export function idAt(instant: number): string {
  const time = instant.toString(16).padStart(12, '0');
  const rest = randomBytes(10).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

/** The least UUIDv7 of an instant: every id made at it or later is not below. */
export function boundAt(instant: number): string {
  const time = instant.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
