import { distance } from 'fastest-levenshtein';
import unhomoglyph from 'unhomoglyph';

/** Digits and signs that stand for letters. Letters of other scripts that look like Latin ones are Unicode's own table's matter. */
const STAND_INS: Record<string, string> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's' };

const STAND_IN = new RegExp(`[${Object.keys(STAND_INS).join('')}]`, 'g');
const BEYOND_ASCII = /[^\0-\x7f]+/g;
const NEAR_DISTANCE = 2;
const WORD_GAP = /[^\p{L}\p{N}@$]+/u;
/** Of plain text in ASCII it finds the same, and sooner. */
const ASCII_WORD_GAP = /[^a-z0-9@$]+/;

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

function plain(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A lookalike spelling as what it imitates. */
function imitated(text: string): string {
  const plainly = isAscii(text) ? text : text.replace(BEYOND_ASCII, (letters) => unhomoglyph(letters).toLowerCase());
  return plainly.replace(STAND_IN, (letter) => STAND_INS[letter] as string);
}

/** A text as it is compared with brands. */
export interface Spelling {
  /** All its words in one. */
  readonly whole: string;
  /** Its words, each two neighbours joined, and the whole. */
  readonly candidates: readonly string[];
}

/** How a text may be read: as it is written, and as what its letters look like. */
export function spellingsOf(text: string): Spelling[] {
  const folded = plain(text);
  const looked = imitated(folded);
  return looked === folded ? [spellingOf(folded)] : [spellingOf(folded), spellingOf(looked)];
}

function spellingOf(text: string): Spelling {
  const words = text.split(isAscii(text) ? ASCII_WORD_GAP : WORD_GAP).filter((word) => word !== '');
  const whole = words.join('');
  const candidates = [...words];
  for (let i = 1; i < words.length; i++) candidates.push((words[i - 1] as string) + words[i]);
  candidates.push(whole);
  return { whole, candidates };
}

/** Makes the test of {@link isNear} ready for one brand. */
export function nearTo(brand: string): (spellings: readonly Spelling[]) => boolean {
  // A brand in another script is imitated, too, when what imitates it is read so.
  const folded = plain(brand);
  const wanted = [...new Set([folded, imitated(folded)])].map((word) => ({ word, letters: new Set(letterCodes(word)) }));
  return (spellings) =>
    spellings.some(({ whole, candidates }) =>
      wanted.some(({ word, letters }) => whole.includes(word) || candidates.some((candidate) => isClose(candidate, word, letters))),
    );
}

function letterCodes(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

function isClose(candidate: string, wanted: string, letters: ReadonlySet<number>): boolean {
  if (Math.abs(candidate.length - wanted.length) > NEAR_DISTANCE) return false;
  // Each letter that the brand does not have costs an edit, so that most words need no measuring.
  let strange = 0;
  for (let i = 0; i < candidate.length; i++) if (!letters.has(candidate.charCodeAt(i)) && ++strange > NEAR_DISTANCE) return false;
  return distance(candidate, wanted) <= NEAR_DISTANCE;
}

/** Whether two texts are the same without case, accents and punctuation. */
export function isSame(text: string, other: string): boolean {
  return spellingOf(plain(text)).whole === spellingOf(plain(other)).whole;
}

/**
 * Whether a text is, contains, or nearly is the brand: an edit distance of at most two for a word, two joined words or
 * the whole text, compared without case, accents and punctuation.
 */
export function isNear(text: string, brand: string): boolean {
  return nearTo(brand)(spellingsOf(text));
}
