import { isNear, isSame } from './brand.ts';
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

/** What an ad account declares of its ads. */
export interface DeclaredAds {
  readonly texts: readonly string[];
  readonly titles: readonly string[];
  readonly negativeKeywords: readonly string[];
}

/** Whether the ads of an account name one of the words, or are not kept off searches for the first of them, the brand. */
export function bidsOnBrand({ texts, titles, negativeKeywords }: DeclaredAds, words: readonly string[]): boolean {
  const [brand] = words;
  const keptOff = brand === undefined || negativeKeywords.some((keyword) => isSame(keyword, brand));
  return !keptOff || [...texts, ...titles].some((text) => words.some((word) => isNear(text, word)));
}

/** The domain as people see it: what stands behind `xn--` is read, too. */
function domainsOf(url: string | undefined): string[] {
  const host = url === undefined ? null : hostOf(url);
  return host === null ? [] : [readableHost(host)];
}
