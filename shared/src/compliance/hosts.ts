/** The host of a URL or of a bare host name, in lower case. Null when there is none. */
export function hostOf(text: string): string | null {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    return url.hostname === '' ? null : url.hostname.toLowerCase().replace(/\.$/, '');
  } catch {
    return null;
  }
}

/** Whether a page lies on a source: on its host or below it, at its path or under it. */
export function liesOn(page: string, source: string): boolean {
  const host = hostOf(source)?.replace(/^www\./, '');
  if (host === undefined || !hostMatches(page, host)) return false;
  const path = pathOf(source);
  const found = pathOf(page);
  return found === path || found.startsWith(`${path}/`);
}

/** The path of a URL, without slashes at its end. */
function pathOf(url: string): string {
  return URL.parse(url)?.pathname.replace(/\/+$/, '') ?? '';
}

/** Whether the URL's host is the given host or lies below it. */
export function hostMatches(url: string, host: string): boolean {
  const found = hostOf(url);
  return found !== null && (found === host || found.endsWith(`.${host}`));
}
