import transliterate from '@sindresorhus/transliterate';

/** All but what banks the world over can read: the letters of SWIFT's set X, without line ends. */
const UNREADABLE = /[^A-Za-z0-9/\-?:().,'+ ]+/g;

/** A text as payment files may have it: other alphabets are written in Latin letters, what is left over becomes a point. */
export function inBankLetters(text: string, longest: number): string {
  const plain = transliterate(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(UNREADABLE, '.')
    .replaceAll(/\/{2,}/g, '/');
  return plain.slice(0, longest).replaceAll(/^[/ ]+|[/ ]+$/g, '');
}

/** Is there a letter left to read? */
export function isReadable(text: string): boolean {
  return /[A-Za-z0-9]/.test(inBankLetters(text, 140));
}
