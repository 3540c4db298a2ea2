import { hostMatches } from './hosts.ts';

const LONGEST_URL = 2000;
/** Nothing before the path that programs read in different ways: no user, no encoded letters, no backslashes, no other port. */
const PLAIN_ADDRESS = /^https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?:80|443))?(?:[/?#]|$)/i;

export interface LinkHosts {
  /** Hosts that links may lead to, with those below them. */
  hosts: readonly string[];
  exceptHosts: readonly string[];
}

/** Why a URL cannot become an affiliate link; null: it can. */
export function whyNoLink(url: string, { hosts, exceptHosts }: LinkHosts): string | null {
  if (!isPlainUrl(url)) return 'The URL is not a plain http or https address.';
  if (exceptHosts.some((host) => hostMatches(url, host)))
    return `Links through ${exceptHosts.join(', ')} are not taken: use the direct address.`;
  if (!hosts.some((host) => hostMatches(url, host))) return `The URL does not lead to ${hosts.join(', ')}.`;
  return null;
}

/** A web address that everybody reads alike. */
export function isPlainUrl(url: string): boolean {
  return plainAddress(url) !== null;
}

function plainAddress(url: string): URL | null {
  if (url.length > LONGEST_URL || !PLAIN_ADDRESS.test(url) || hasOddCharacter(url)) return null;
  try {
    const address = new URL(url);
    const { port, username, password } = address;
    return port === '' && username === '' && password === '' ? address : null;
  } catch {
    return null;
  }
}

/** Spaces, control characters and backslashes, which some programs drop or turn into slashes. */
function hasOddCharacter(url: string): boolean {
  return !url.isWellFormed() || /[\s\\\p{Cc}\p{Cf}\ufffd]/u.test(url);
}

/** What is added to an address to count visits, and tells nothing of the page. */
const COUNTING = /^(utm_.*|gclid|fbclid|msclkid|click_id)$/;

/** What a page is found by in the product feed. */
export interface PageOf {
  /** Host without `www`, and path. */
  readonly path: string;
  /** The query but for what counts visits, always in one order and written in one way; empty: it says nothing. */
  readonly query: string;
}

/** Null: it is no web address that everybody reads alike. */
export function pageOf(url: string): PageOf | null {
  const address = plainAddress(url);
  if (address === null) return null;
  const { hostname, pathname, search } = address;
  const path = hostname.replace(/^www\./, '') + pathname.replace(/\/+$/, '');
  return { path, query: search === '' ? '' : queryOf(address) };
}

function queryOf({ searchParams }: URL): string {
  const told = [...searchParams].filter(([name]) => !COUNTING.test(name));
  return told
    .map((pair) => new URLSearchParams([pair]).toString())
    .sort()
    .join('&');
}

/**
 * Of the products whose pages have the path of an address, the newest first, the one that it shows. Shops tell products by the path or by
 * the query: where one path has several, it is the one with the same query, and none rather than another product.
 */
export function productOfPage<T extends { readonly content: { readonly url?: string | undefined } }>(
  url: string,
  products: readonly T[],
): T | null {
  const queries = products.map(({ content }) => pageOf(content.url ?? '')?.query ?? '');
  const asked = pageOf(url)?.query ?? '';
  const same = products.find((_, index) => queries[index] === asked);
  const isToldByPath = products.length === 1 || queries.every((query) => query === '');
  return same ?? (isToldByPath ? (products[0] ?? null) : null);
}
