import transliterate from '@sindresorhus/transliterate';
import { openSync } from 'fontkit';
import { FONTS, type FontName, fontRuns } from './fonts.ts';

/** Written by the fonts that every reader of PDF has. */
const LATIN = /^[\n\u0020-\u007e\u00a0-\u00ff]*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

export const isLatin = (text: string): boolean => LATIN.test(text);

/** Bit by bit: which code points a font has. */
const known = new Map<FontName, Uint8Array>();

function lettersOf(name: FontName): Uint8Array {
  let letters = known.get(name);
  if (letters === undefined) {
    letters = new Uint8Array(0x110000 / 8);
    const font = openSync(FONTS[name].file());
    for (const point of 'characterSet' in font ? font.characterSet : []) letters[point >> 3]! |= 1 << (point & 7);
    known.set(name, letters);
  }
  return letters;
}

function hasLetter(letter: string, font: FontName): boolean {
  const point = letter.codePointAt(0) as number;
  return ((lettersOf(font)[point >> 3] as number) & (1 << (point & 7))) !== 0;
}

const isPrinted = (letter: string, font: FontName) => letter === '\n' || INVISIBLE.test(letter) || hasLetter(letter, font);

/** Are there letters for all of it? */
export function hasLetters(text: string): boolean {
  return isLatin(text) || fontRuns(text, 'plain').every(({ text: run, font }) => [...run].every((letter) => isPrinted(letter, font)));
}

/** What can be printed of a text: letters that no font has are rewritten in Latin ones, or shown as a question mark. */
export function printable(text: string): { text: string; isRewritten: boolean } {
  if (isLatin(text)) return { text, isRewritten: false };
  let isRewritten = false;
  const rewrite = (letter: string) => {
    isRewritten = true;
    const latin = transliterate(letter);
    return latin !== '' && [...latin].every((one) => hasLetter(one, 'plain')) ? latin : '?';
  };
  const runs = fontRuns(text, 'plain').map(({ text: run, font }) => {
    const letters = [...run].filter((letter) => !INVISIBLE.test(letter) || hasLetter(letter, font));
    return letters.map((letter) => (isPrinted(letter, font) ? letter : rewrite(letter))).join('');
  });
  return { text: runs.join(''), isRewritten };
}

/** Under what was printed with other letters than it has. */
export const REWRITTEN = 'Letters that cannot be printed are rewritten in Latin ones, or shown as a question mark.';
