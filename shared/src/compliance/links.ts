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

/** What a page is found by in the product feed: host without `www`, and path. Null when it is no address. */
export function pageKey(url: string): string | null {
  if (!isPlainUrl(url)) return null;
  const { hostname, pathname } = new URL(url);
  return hostname.toLowerCase().replace(/^www\./, '') + pathname.replace(/\/+$/, '');
}
