const FRAMES = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe']);
const IMAGES = new Set(['image', 'video', 'audio', 'track']);
const SCRIPTS = new Set(['script', 'style', 'font', 'worker', 'sharedworker', 'serviceworker']);

/** What a browser fetched, of its `Sec-Fetch-Dest`, in the words that clicks have; undefined: it did not say. */
export function fetchDestOf(header: string | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  const name = header.toLowerCase();
  if (name === 'document') return name;
  if (FRAMES.has(name)) return 'iframe';
  if (IMAGES.has(name)) return 'image';
  return SCRIPTS.has(name) ? 'script' : 'empty';
}

/** Did a browser fetch the page ahead, in case that somebody goes there? All ways to say so that browsers have had. */
export function isPrefetch(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) => /prefetch|prerender|preview/i.test(String(headers[name] ?? '')));
}
