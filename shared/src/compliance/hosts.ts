/** The host of a URL or of a bare host name, in lower case. Null when there is none. */
export function hostOf(text: string): string | null {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    return url.hostname === '' ? null : url.hostname.toLowerCase().replace(/\.$/, '');
  } catch {
    return null;
  }
}

/** Whether the URL's host is the given host or lies below it. */
export function hostMatches(url: string, host: string): boolean {
  const found = hostOf(url);
  return found !== null && (found === host || found.endsWith(`.${host}`));
}
