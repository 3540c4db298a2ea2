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
  return keysOf(wordsOfName(name));
}

const keysOf = (words: readonly string[]) => [...new Set(words.map((word) => word.slice(0, KEY_LETTERS)))];

export interface NameMatch {
  /** As the list has it. */
  readonly name: string;
  readonly kind: 'exact' | 'near';
}

/**
 * Whether somebody may be who a list names: `exact` by a name word for word; `near` where each word of the shorter name, two at
 * least, is nearly one of the longer and nothing that is known of their countries speaks against it.
 */
export function matchName(screened: Screened, entry: SanctionsEntry): NameMatch | null {
  return compare(wordsOfName(screened.name), screened.country, prepare(entry));
}

/** Compares many with the same entries: their words are taken apart once, and only those that share a beginning are looked at. */
export function screenerOf<E extends SanctionsEntry>(entries: Iterable<E>): (screened: Screened) => (NameMatch & { entry: E })[] {
  const byKey = new Map<string, { entry: E; prepared: Prepared }[]>();
  for (const entry of entries) {
    const both = { entry, prepared: prepare(entry) };
    for (const key of new Set(both.prepared.names.flatMap(({ words }) => keysOf(words)))) {
      const others = byKey.get(key);
      if (others === undefined) byKey.set(key, [both]);
      else others.push(both);
    }
  }
  return (screened) => {
    const words = wordsOfName(screened.name);
    const candidates = new Set(keysOf(words).flatMap((key) => byKey.get(key) ?? []));
    return [...candidates].flatMap(({ entry, prepared }) => {
      const match = compare(words, screened.country, prepared);
      return match === null ? [] : [{ ...match, entry }];
    });
  };
}

interface Prepared {
  readonly names: readonly { readonly name: string; readonly words: readonly string[] }[];
  readonly countries: readonly string[];
}

const prepare = ({ names, countries }: SanctionsEntry): Prepared => ({
  names: names.map((name) => ({ name, words: wordsOfName(name) })),
  countries,
});

function compare(words: readonly string[], country: string | null, { names, countries }: Prepared): NameMatch | null {
  if (words.length === 0) return null;
  const exact = names.find((other) => other.words.length === words.length && other.words.every((word, index) => word === words[index]));
  if (exact !== undefined) return { name: exact.name, kind: 'exact' };
  if (country !== null && countries.length > 0 && !countries.includes(country)) return null;
  const near = names.find((other) => isNearly(words, other.words));
  return near === undefined ? null : { name: near.name, kind: 'near' };
}

function isNearly(words: readonly string[], others: readonly string[]): boolean {
  const [shorter, longer] = words.length <= others.length ? [words, others] : [others, words];
  if (shorter.length < 2) return false;
  const left = [...longer];
  for (const word of shorter) {
    const found = left.findIndex((other) => isNearlyWord(word, other));
    if (found < 0) return false;
    left.splice(found, 1);
  }
  return true;
}

function isNearlyWord(word: string, other: string): boolean {
  const edits = Math.floor(Math.min(word.length, other.length) / LETTERS_PER_EDIT);
  return Math.abs(word.length - other.length) <= edits && distance(word, other) <= edits;
}
