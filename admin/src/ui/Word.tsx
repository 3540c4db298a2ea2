import { useSay } from '../words/words.ts';

/** A word of the API in the reader's language. */
export function Word({ word }: { readonly word: string }) {
  return useSay().word(word);
}
