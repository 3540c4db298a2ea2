const LONGEST_WORD = 40;
const MOST_WORDS = 64;
const MOST_TERMS = 8;
/** Letters of runs that are kept of one text, and that are looked for of one run. */
const MOST_LETTERS = 500;
const LONGEST_RUN = 20;

/**
 * A letter of a script that puts no spaces between words. Marks that several such scripts share, as those of kana, are in them; those that Latin
 * letters have, too, such as a tilde, are accents.
 */
const UNSPACED =
  '(?:(?=[\\p{L}\\p{M}\\p{N}])(?!\\p{scx=Latin})[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}])';
const IS_UNSPACED = new RegExp(UNSPACED, 'u');
const PIECES = new RegExp(`(${UNSPACED}+)|(?:(?!${UNSPACED})[\\p{L}\\p{N}])+`, 'gu');
const SPACE = 32;
const LAST_OF_ASCII = 127;

/** What a text is found by. */
export interface SearchEntries {
  /** In small letters, without accents, each once, in order. */
  readonly words: readonly string[];
  /** Of scripts without spaces: each two letters that follow each other, and the last one of a run by itself, with the places where they stand. */
  readonly pairs: ReadonlyMap<string, readonly number[]>;
}

/** A whole word, the beginning of one, or letters that follow each other, by twos. */
export type SearchTerm = { readonly word: string } | { readonly beginning: string } | { readonly run: readonly string[] };

const NO_PAIRS: ReadonlyMap<string, readonly number[]> = new Map();

/** At most 64 words. */
export function searchEntries(text: string): SearchEntries {
  const plain = plainWords(text);
  if (plain !== null) return { words: distinct(plain), pairs: NO_PAIRS };
  const folded = fold(text);
  const words: string[] = [];
  const pairs = new Map<string, number[]>();
  let place = 1;
  for (const [piece, run] of folded.matchAll(PIECES)) {
    if (run === undefined) words.push(piece.slice(0, LONGEST_WORD));
    else if (place < MOST_LETTERS) {
      const letters = [...run].slice(0, MOST_LETTERS);
      for (const [index, letter] of letters.entries()) {
        const pair = letter + (letters[index + 1] ?? '');
        const places = pairs.get(pair);
        if (places === undefined) pairs.set(pair, [place + index]);
        else places.push(place + index);
      }
      // What stands in two runs does not follow each other.
      place += letters.length + 1;
    }
  }
  return { words: distinct(words), pairs };
}

/**
 * What somebody looks for: whole words, and the beginning of the last one, which may still be typed. Letters of scripts without spaces are
 * looked for wherever they stand behind each other: nobody but a dictionary knows where a word begins there, and not in a compound.
 */
export function searchTerms(text: string): SearchTerm[] {
  const pieces = [...fold(text).matchAll(PIECES)].slice(0, MOST_TERMS);
  const isOpen = /[\p{L}\p{N}]$/u.test(text.normalize('NFC'));
  const terms = pieces.map(([piece, run], index): SearchTerm => {
    const word = piece.slice(0, LONGEST_WORD);
    if (run === undefined) return isOpen && index === pieces.length - 1 ? { beginning: word } : { word };
    const letters = [...run].slice(0, LONGEST_RUN);
    // A pair that begins with it, or the last letter of a run.
    if (letters.length === 1) return { beginning: letters[0] as string };
    return { run: letters.slice(1).map((letter, index) => letters[index] + letter) };
  });
  return [...new Map(terms.map((term) => [JSON.stringify(term), term])).values()];
}

/** Most texts are plain, and need no search through tables of letters. Null: this is none. */
function plainWords(text: string): string[] | null {
  const small = text.toLowerCase();
  const words: string[] = [];
  let begin = -1;
  for (let at = 0; at <= small.length; at++) {
    const code = at < small.length ? small.charCodeAt(at) : SPACE;
    if (code > LAST_OF_ASCII) return null;
    const isLetter = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (isLetter && begin === -1) begin = at;
    if (isLetter || begin === -1) continue;
    words.push(small.slice(begin, Math.min(at, begin + LONGEST_WORD)));
    begin = -1;
  }
  return words;
}

/** Texts are short: to look back is sooner done than to keep a set. */
const distinct = (words: readonly string[]): string[] =>
  (words.length > MOST_WORDS ? [...new Set(words)] : words.filter((word, index) => words.indexOf(word) === index)).slice(0, MOST_WORDS);

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, (mark) => (IS_UNSPACED.test(mark) ? mark : ''))
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}
