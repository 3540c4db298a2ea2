const LONGEST_WORD = 40;
const MOST_WORDS = 64;
const MOST_TERMS = 8;

/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const GAP = /[^\p{L}\p{N}]+/u;
const ASCII = /^[\u0020-\u007e]*$/;
const ASCII_GAP = /[^a-z0-9]+/;

let segmenter: Intl.Segmenter | undefined;

/** The words of a text as they are compared: in small letters, without accents, each once, in order. At most 64. */
export function searchWords(text: string): string[] {
  return [...new Set(wordsOf(text))].slice(0, MOST_WORDS);
}

/** What somebody looks for: whole words, and the beginning of the last one, which may still be typed. Empty: nothing to look for. */
export function searchTerms(text: string): { words: string[]; beginning: string | null } {
  const words = wordsOf(text).slice(0, MOST_TERMS);
  const isOpen = words.length > 0 && /[\p{L}\p{N}]$/u.test(text.normalize('NFC'));
  const beginning = isOpen ? (words.at(-1) as string) : null;
  return { words: [...new Set(isOpen ? words.slice(0, -1) : words)], beginning };
}

function wordsOf(text: string): string[] {
  // Most texts are plain, and need no search through tables of letters.
  const words = ASCII.test(text) ? text.toLowerCase().split(ASCII_GAP) : split(fold(text));
  return words.filter((word) => word !== '').map((word) => word.slice(0, LONGEST_WORD));
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, (mark) => (UNSPACED.test(mark) ? mark : ''))
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}

function split(text: string): string[] {
  if (!UNSPACED.test(text)) return text.split(GAP);
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  // A segmenter takes "don't" for one word; here words hold letters and digits only.
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).flatMap(({ segment }) => segment.split(GAP));
}
