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
  if (url.length > LONGEST_URL || !PLAIN_ADDRESS.test(url) || hasOddCharacter(url)) return false;
  try {
    const { port, username, password } = new URL(url);
    return port === '' && username === '' && password === '';
  } catch {
    return false;
  }
}

/** Spaces, control characters and backslashes, which some programs drop or turn into slashes. */
function hasOddCharacter(url: string): boolean {
  return !url.isWellFormed() || /[\s\\\p{Cc}\p{Cf}\ufffd]/u.test(url);
}

/** What is added to an address to count visits, and tells nothing of the page. */
const COUNTING = /^(utm_.*|gclid|fbclid|msclkid|click_id)$/;

/** What a page is found by in the product feed: host without `www`, and path. Null when it is no address. */
export function pageKey(url: string): string | null {
  if (!isPlainUrl(url)) return null;
  const { hostname, pathname } = new URL(url);
  return hostname.toLowerCase().replace(/^www\./, '') + pathname.replace(/\/+$/, '');
}

/**
 * Of the products whose pages have the key of an address, the newest first, the one that it shows. Shops tell products by the path or by
 * the query: where one path has several, it is the one with the same query, and none rather than another product.
 */
export function productOfPage<T extends { readonly content: { readonly url?: string | undefined } }>(
  url: string,
  products: readonly T[],
): T | null {
  const queries = products.map(({ content }) => queryOf(content.url ?? ''));
  const asked = queryOf(url);
  const same = products.find((_, index) => queries[index] === asked);
  const isToldByPath = products.length === 1 || queries.every((query) => query === '');
  return same ?? (isToldByPath ? (products[0] ?? null) : null);
}

function queryOf(url: string): string {
  if (!isPlainUrl(url)) return '';
  const { searchParams } = new URL(url);
  for (const name of [...searchParams.keys()]) if (COUNTING.test(name)) searchParams.delete(name);
  searchParams.sort();
  return searchParams.toString();
}
