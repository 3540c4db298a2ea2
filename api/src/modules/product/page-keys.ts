import { hash } from 'node:crypto';
import { pageOf } from '@tributary/shared/compliance';

/** What the page of a product is found by: addresses are too long for an index. */
export interface PageKeys {
  readonly path: bigint;
  /** Zero: the address has none. */
  readonly query: bigint;
}

const NO_QUERY = 0n;

/** Null: it is no web address that everybody reads alike. */
export function pageKeysOf(url: string): PageKeys | null {
  const page = pageOf(url);
  return page === null ? null : { path: keyOf(page.path), query: page.query === '' ? NO_QUERY : keyOf(page.query) };
}

/** The first 63 bits of its SHA-256: never below zero. Migration 058 computes it, too. */
function keyOf(text: string): bigint {
  const digest = hash('sha256', text, 'buffer');
  return digest.readBigUInt64BE() >> 1n;
}
