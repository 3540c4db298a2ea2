import { isNear } from './brand.ts';
import { hostOf } from './hosts.ts';

/** Kinds of declared traffic sources. */
export const SOURCE_KINDS = [
  'website',
  'social',
  'app',
  'email',
  'sms',
  'search-ads',
  'contextual-ads',
  'display-ads',
  'dropshipping',
  'offline',
  'other',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Whether the name or the domain of a source is, contains or nearly is one of the words. */
export function namesBrand(
  source: { name: string; url?: string },
  words: readonly string[],
  parts: readonly ('name' | 'domain')[],
): boolean {
  const texts = parts.flatMap((part) => (part === 'name' ? [source.name] : domainsOf(source.url)));
  return texts.some((text) => words.some((word) => isNear(text, word)));
}

/** The domain as written and as looked up: letters that only look Latin are gone from the latter. */
function domainsOf(url: string | undefined): string[] {
  if (url === undefined) return [];
  const written = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?([^/?#:]+)/i.exec(url)?.[1];
  return [written, hostOf(url)].filter((text) => text !== undefined && text !== null);
}
