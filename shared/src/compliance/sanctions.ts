import transliterate from '@sindresorhus/transliterate';
import { distance } from 'fastest-levenshtein';

/** An entry of a published list of people and companies that nothing may be paid to. */
export interface SanctionsEntry {
  /** The publisher's own reference. */
  readonly id: string;
  readonly names: readonly string[];
  /** ISO 3166-1 alpha-2, as far as the list says. */
  readonly countries: readonly string[];
}

/** Who is compared with it. */
export interface Screened {
  readonly name: string;
  readonly country: string | null;
}

/** Titles and forms of companies say nothing of who it is. */
const EMPTY_WORDS = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'al',
  'el',
  'bin',
  'ibn',
  'the',
  'of',
  'and',
  'co',
  'ltd',
  'llc',
  'inc',
  'gmbh',
  'company',
  'limited',
]);
/** Nothing to transliterate, which takes its time. */
const PLAIN = /^[ -~]*$/;
const KEY_LETTERS = 3;
/** One edit for so many letters. */
const LETTERS_PER_EDIT = 4;

/** A name as it is compared: its words in Latin letters, without case, accents and empty words, in alphabetical order. */
export function wordsOfName(name: string): string[] {
  // Accents of Latin letters go before: lists write a German umlaut with its plain letter oftener than with two.
  const bare = name.normalize('NFKD').replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '');
  const latin = PLAIN.test(bare) ? bare : transliterate(bare.normalize('NFC')).normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const plain = latin.toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return (telling.length === 0 ? words : telling).sort();
}

/** Beginnings of words, by one of which any name that may be the same is found. */
export function keysOfName(name: string): string[] {
  return [...new Set(wordsOfName(name).map((word) => word.slice(0, KEY_LETTERS)))];
}

/**
 * Whether somebody may be who a list names: `exact` by a name word for word; `near` where each word of the shorter name, two at
 * least, is nearly one of the longer and nothing that is known of their countries speaks against it.
 */
export function matchName(screened: Screened, entry: SanctionsEntry): { name: string; kind: 'exact' | 'near' } | null {
  const words = wordsOfName(screened.name);
  const exact = entry.names.find((name) => wordsOfName(name).join(' ') === words.join(' '));
  if (exact !== undefined && words.length > 0) return { name: exact, kind: 'exact' };
  const elsewhere = screened.country !== null && entry.countries.length > 0 && !entry.countries.includes(screened.country);
  if (elsewhere) return null;
  const near = entry.names.find((name) => isNearly(words, wordsOfName(name)));
  return near === undefined ? null : { name: near, kind: 'near' };
}

function isNearly(words: readonly string[], others: readonly string[]): boolean {
  const [shorter, longer] = words.length <= others.length ? [words, others] : [others, words];
  if (shorter.length < 2) return false;
  const left = [...longer];
  for (const word of shorter) {
    const found = left.findIndex((other) => distance(word, other) <= Math.floor(Math.min(word.length, other.length) / LETTERS_PER_EDIT));
    if (found < 0) return false;
    left.splice(found, 1);
  }
  return true;
}
