import { isNear } from './brand.ts';
import { hostOf } from './hosts.ts';
import { readableHost } from './punycode.ts';

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

/** The domain as people see it: what stands behind `xn--` is read, too. */
function domainsOf(url: string | undefined): string[] {
  const host = url === undefined ? null : hostOf(url);
  return host === null ? [] : [readableHost(host)];
}
