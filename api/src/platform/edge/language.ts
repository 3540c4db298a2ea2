import { LANGUAGES, type Language } from '@tributary/shared/terms';

/** Longer lists of wishes are no reader's. */
const LONGEST = 200;

/**
 * The language that a reader likes best among those that sentences are made in, by `Accept-Language`; the first of them
 * where none is named. `zh-Hant-TW` is Chinese, and what is given the weight 0 is not wanted.
 */
export function languageOf(header: string | undefined): Language {
  const wishes = (header ?? '').slice(0, LONGEST).split(',').map(readWish);
  // Equal ones in the order in which they are named: sorting keeps it.
  const [best] = wishes.filter(({ language, weight }) => language !== undefined && weight > 0).sort((a, b) => b.weight - a.weight);
  return best?.language ?? LANGUAGES[0];
}

function readWish(wish: string): { readonly language: Language | undefined; readonly weight: number } {
  const [range = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase());
  const [primary] = range.split('-');
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const weight = quality === undefined ? 1 : Number(quality);
  return { language: LANGUAGES.find((language) => language === primary), weight: Number.isFinite(weight) ? weight : 0 };
}
