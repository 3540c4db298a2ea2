import { distance } from 'fastest-levenshtein';

/** Letters that look like Latin ones, so that a lookalike spelling is read as what it imitates. */
const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  а: 'a',
  е: 'e',
  і: 'i',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  ѕ: 's',
  ӏ: 'l',
};

const NEAR_DISTANCE = 2;

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function imitated(text: string): string {
  return [...text].map((letter) => LOOKALIKES[letter] ?? letter).join('');
}

/** Words of letters and digits; anything else separates them. */
function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}@$]+/u).filter((word) => word !== '');
}

/**
 * Whether a text is, contains, or nearly is the brand: an edit distance of at most two for a word, two joined words or
 * the whole text, compared without case, accents and punctuation.
 */
export function isNear(text: string, brand: string): boolean {
  const wanted = plain(brand);
  const folded = plain(text);
  return [folded, imitated(folded)].some((variant) => {
    const words = wordsOf(variant);
    const whole = words.join('');
    if (whole.includes(wanted)) return true;
    const candidates = [...words, ...words.slice(1).map((word, index) => (words[index] as string) + word), whole];
    return candidates.some(
      (candidate) => Math.abs(candidate.length - wanted.length) <= NEAR_DISTANCE && distance(candidate, wanted) <= NEAR_DISTANCE,
    );
  });
}
