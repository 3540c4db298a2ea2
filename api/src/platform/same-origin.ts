import type { IncomingHttpHeaders } from 'node:http';

/** Of a request that could carry a browser's cookie. */
export interface Proof {
  readonly headers: IncomingHttpHeaders;
  /** Where people reach the server. */
  readonly publicUrl: string;
}

/**
 * Does the browser vouch that a page of this very origin sends it? Other sites can make a browser send our cookie along, but can neither
 * change what it says of them nor send JSON without asking first. Callers that are no browser say nothing of the kind; they have tokens.
 */
export function isSameOrigin({ headers, publicUrl }: Proof): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (!origin) return false;
  return origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host);
}
